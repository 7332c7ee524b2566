"""Transparent pictures: what is visible of them, and a ground on which it is."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

WHITE: Final = (255, 255, 255)
_OTHER_GROUNDS: Final = ((128, 128, 128), (40, 40, 40))
_TOO_ALIKE: Final = 50
"""Levels of 255 between an outline and its ground, at the least, in one of the three colours."""
_MOST_LOST: Final = 0.2
"""The share of the outline that may vanish on white: white is what most programs and shops put behind."""
_SIDE: Final = 256
"""Pixels on the longer side are enough to judge by."""
_VISIBLE: Final = 48
"""Of 255: a faint shadow around a product is not the product."""
_LEAST_CLEAR: Final = 0.25
"""The share of the outermost pixels that is transparent where something stands free; icons have clear corners."""


def is_transparent(image: Image.Image) -> bool:
    """Whether it has a channel that says so."""
    return image.mode in ("LA", "RGBA")


def ground_for(image: Image.Image) -> tuple[int, int, int]:
    """For a picture in mode LA or RGBA: white, or a grey where its outline would vanish on white."""
    colours = _outline(image)
    if not len(colours) or _lost(colours, WHITE) <= _MOST_LOST:
        return WHITE
    return min(_OTHER_GROUNDS, key=lambda ground: _lost(colours, ground))


def visible_box(image: Image.Image) -> tuple[int, int, int, int] | None:
    """The part of a picture in mode LA or RGBA that stands free on nothing; None if it does not, or is invisible."""
    alpha = image.getchannel("A")
    seen = np.asarray(alpha) >= _VISIBLE
    outermost = np.concatenate([seen[0], seen[-1], seen[:, 0], seen[:, -1]])
    if outermost.mean() > 1 - _LEAST_CLEAR or not seen.any():
        return None
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _outline(image: Image.Image) -> NDArray[np.uint8]:
    """n x 3: the colours of those visible pixels that have a transparent neighbour."""
    factor = max(image.size) // _SIDE
    small = (image.reduce(factor) if factor > 1 else image).convert("RGBA")
    pixels = np.asarray(small)
    visible = pixels[..., 3] >= max(1, min(128, int(pixels[..., 3].max())))
    framed = np.pad(visible, 1, mode="edge")
    inside = framed[:-2, 1:-1] & framed[2:, 1:-1] & framed[1:-1, :-2] & framed[1:-1, 2:]
    outline: NDArray[np.uint8] = pixels[visible & ~inside, :3]
    return outline


def _lost(colours: NDArray[np.uint8], ground: tuple[int, int, int]) -> float:
    """The share of `colours` that nobody could tell from the ground."""
    apart = np.abs(colours.astype(np.int16) - ground).max(axis=1)
    return float((apart < _TOO_ALIKE).mean())
