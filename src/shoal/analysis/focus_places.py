"""Whether the sharp place moves from picture to picture while the framing stays: what makes a focus series.

In a burst the sharpest shot is the sharpest nearly everywhere; in a focus series each shot is the sharpest somewhere
else. Sharpness is the energy of the Laplacian in squares of the picture, as in focus stacking.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]

FIELDS: Final = 8
"""Squares along each side."""
FEWEST: Final = 3
CLEARLY: Final = 1.3
"""A shot is the sharpest in a square where it has so many times the energy of the shot in the middle."""
LEAST_SHARE: Final = 0.1
"""Of the squares that tell anything, in which a shot is clearly the sharpest, for it to have a place of its own."""
_FLAT: Final = 2.0
"""Squares whose strongest energy is below tell nothing: noise."""


def focus_moves(greys: Sequence[Grey | None]) -> bool:
    """At least three shots, and at least half of all, have a sharp place of their own; of two shots both."""
    if any(grey is None for grey in greys) or len({grey.shape for grey in greys if grey is not None}) != 1:
        return False
    energy = np.stack([energies(grey) for grey in greys if grey is not None])
    telling = energy.max(axis=0) > _FLAT
    if telling.sum() < FIELDS:
        return False
    energy = energy[:, telling]
    clear = energy.max(axis=0) >= CLEARLY * np.median(energy, axis=0)
    shares = np.bincount(energy.argmax(axis=0)[clear], minlength=len(energy)) / telling.sum()
    own = int((shares >= min(LEAST_SHARE, 1 / (2 * len(energy)))).sum())
    return own >= min(FEWEST, len(energy)) and 2 * own >= len(energy)


def energies(grey: Grey) -> NDArray[np.float32]:
    """Mean absolute Laplacian of each square, one number each."""
    inner = 4 * grey[1:-1, 1:-1] - grey[:-2, 1:-1] - grey[2:, 1:-1] - grey[1:-1, :-2] - grey[1:-1, 2:]
    height, width = (side // FIELDS * FIELDS for side in inner.shape)
    squares = np.abs(inner[:height, :width]).reshape(FIELDS, height // FIELDS, FIELDS, width // FIELDS)
    means: NDArray[np.float32] = squares.mean(axis=(1, 3)).ravel()
    return means
