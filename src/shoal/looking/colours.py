"""The colours of a part of a picture, as a vector: how much there is of each, whatever its shape."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from shoal.domain.images import RgbImage
from shoal.embedding.colour_layout import lab_planes

_SIDE: Final = 48
_LIGHT, _CHROMA, _RANGE = 6, 9, 80.0
_CENTRE: Final = 0.45
"""How far the weight of the middle reaches, in sides: the corners of a square around a thing are ground."""


def colours_of(part: RgbImage) -> NDArray[np.float32]:
    """Unit row: the square roots of a histogram over CIELAB, the middle counting most."""
    small = np.asarray(Image.fromarray(part).resize((_SIDE, _SIDE), Image.Resampling.BOX))
    light, a, b = lab_planes(small)
    place = (np.arange(_SIDE) + 0.5) / _SIDE - 0.5
    weight = np.exp(-(place[:, None] ** 2 + place[None] ** 2) / (2 * (_CENTRE / 2) ** 2)).astype(np.float32)
    axes = (_scaled(light, 0, 100, _LIGHT), *(_scaled(plane, -_RANGE, _RANGE, _CHROMA) for plane in (a, b)))
    counts = np.zeros((_LIGHT, _CHROMA, _CHROMA), np.float32)
    for corner in np.ndindex(2, 2, 2):
        share, index = weight.copy(), []
        for side, position in zip(corner, axes, strict=True):
            lower = np.floor(position)
            share *= position - lower if side else 1 - (position - lower)
            index.append((lower + side).astype(np.intp))
        np.add.at(
            counts, tuple(np.minimum(at, np.array(counts.shape)[axis] - 1) for axis, at in enumerate(index)), share
        )
    roots = np.sqrt(counts.ravel())
    return (roots / max(float(np.linalg.norm(roots)), 1e-6)).astype(np.float32)


def _scaled(plane: NDArray[np.float32], least: float, most: float, bins: int) -> NDArray[np.float32]:
    """Positions between the centres of the first and the last bin."""
    scaled: NDArray[np.float32] = ((plane.clip(least, most) - least) / (most - least) * (bins - 1)).astype(np.float32)
    return scaled
