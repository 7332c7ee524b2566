"""Whether one picture is a part of another: the strongest sign that one was cut out of, or framed, turned into it.

Each of two pictures is looked for inside the other, in some sizes and at all places, by normalised cross-correlation
(Lewis: "Fast normalized cross-correlation", 1995), worked out by the Fourier transform.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.copy_signs import POSITIONS
from shoal.domain.task import Task

Grey = NDArray[np.float32]

SHORT_SIDE, LONG_SIDE = 48, 144
"""Of the pictures that are compared; what is longer is squeezed."""
SIZES: Final = (1.0, 0.95, 0.9, 0.85, 0.8)
"""Of the one that is looked for, as shares of the largest that fits into the other."""
ENOUGH: Final = 0.985
"""Nobody looks for more than that."""
_FLAT: Final = 1e-3  # of the largest variance of a window: below it there is nothing to be found in it
_QUICK: Final = (48, 54, 60, 64, 72, 80, 90, 96, 108, 120, 128, 144)
"""Lengths that are transformed in no time."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A picture in which others are looked for. `spectrum` of it, filled up to `filled`; `sums`: see `_integrals`."""

    grey: Grey
    filled: tuple[int, int]
    spectrum: NDArray[np.complex64]
    sums: NDArray[np.float64]


def ground_of(grey: Grey) -> Ground:
    level = grey - grey.mean()
    filled = _quick(grey.shape[0]), _quick(grey.shape[1])
    spectrum = np.fft.rfft2(level, s=filled).astype(np.complex64, copy=False)
    return Ground(grey, filled, spectrum, _integrals(level))


def aligned(one: Ground, other: Ground, positions: Sequence[int] = (0,)) -> float:
    """The best correlation, -1..1, of one picture inside the other, whichever; `one` lies in any of `positions`."""
    best = -1.0
    for position in positions:
        best = max(best, _inside(in_place(one.grey, position), other))
        if best < ENOUGH:
            best = max(best, _inside(in_place(other.grey, back_from(position)), one))
        if best >= ENOUGH:
            break
    return best


def aligned_pairs(
    greys: Sequence[Grey], pairs: Sequence[tuple[int, int]], positions: Sequence[Sequence[int]], task: Task
) -> NDArray[np.float32]:
    """Of each pair of places in `greys`. Raises `Cancelled`."""
    grounds = [ground_of(grey) for grey in greys]
    found = np.empty(len(pairs), np.float32)
    for place, (one, other) in enumerate(pairs):
        task.check()
        found[place] = aligned(grounds[one], grounds[other], positions[place])
    return found


def in_place(grey: Grey, position: int) -> Grey:
    """As `copy_signs.in_position`, of one picture of any shape."""
    mirrored = grey[:, ::-1] if position >= POSITIONS // 2 else grey
    return np.rot90(mirrored, position % 4)


def back_from(position: int) -> int:
    """The position that undoes it; what mirrors undoes itself."""
    return position if position >= POSITIONS // 2 else -position % 4


def _inside(small: Grey, ground: Ground) -> float:
    height, width = ground.grey.shape
    fits = min(height / small.shape[0], width / small.shape[1])
    shapes = [(_side(small.shape[0] * fits * by, height), _side(small.shape[1] * fits * by, width)) for by in SIZES]
    templates = np.zeros((len(shapes), *ground.filled), np.float32)
    for template, (down, across) in zip(templates, shapes, strict=True):
        shrunk = _shrinking(small.shape[0], down) @ small @ _shrinking(small.shape[1], across).T
        shrunk -= shrunk.mean()
        template[:down, :across] = shrunk / max(float(np.linalg.norm(shrunk)), 1e-6)
    found = np.fft.irfft2(ground.spectrum * np.conj(np.fft.rfft2(templates)), s=ground.filled)
    return max(_best(found[size], ground.sums, shape) for size, shape in enumerate(shapes))


def _quick(length: int) -> int:
    return next((quick for quick in _QUICK if quick >= length), length)


def _side(length: float, most: int) -> int:
    return int(min(most, max(4, round(length))))


def _best(found: Grey, sums: NDArray[np.float64], shape: tuple[int, int]) -> float:
    """At all places where a template of that shape lies inside."""
    down, across = shape
    inside = sums[:, down:, across:] - sums[:, :-down, across:] - sums[:, down:, :-across] + sums[:, :-down, :-across]
    variance = inside[1] - inside[0] ** 2 / (down * across)
    places = found[: variance.shape[0], : variance.shape[1]]
    return float((places / np.sqrt(np.maximum(variance, _FLAT * max(float(variance.max()), 1e-6)))).max())


def _integrals(picture: Grey) -> NDArray[np.float64]:
    """Sums of all that is above and left of each place: of brightness, and of its square."""
    both = np.zeros((2, picture.shape[0] + 1, picture.shape[1] + 1))
    both[0, 1:, 1:], both[1, 1:, 1:] = picture, picture**2
    return both.cumsum(axis=1).cumsum(axis=2)


@lru_cache(maxsize=4096)
def _shrinking(length: int, to: int) -> NDArray[np.float32]:
    """A matrix that makes `to` numbers of `length`, each the mean of those it covers, by how much it does."""
    edges = np.linspace(0, length, to + 1)
    starts, ends = edges[:-1, np.newaxis], edges[1:, np.newaxis]
    cells = np.arange(length)
    covered = np.clip(np.minimum(ends, cells + 1) - np.maximum(starts, cells), 0, None)
    weights: NDArray[np.float32] = (covered / covered.sum(axis=1, keepdims=True)).astype(np.float32)
    return weights
