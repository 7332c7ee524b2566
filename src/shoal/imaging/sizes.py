"""How many pixels are wanted, how far a picture may be shrunk before it has too few, and what a thumbnail is."""

import io
from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from shoal.domain.input_geometry import InputGeometry

THUMBNAIL_SIDE: Final = 256
_THUMBNAIL_QUALITY: Final = 85
EVERY_PIXEL: Final = 1 << 30
MOST_AT_ONCE: Final = 64_000_000
"""Pixels of a picture that is shown as a whole; of a larger one the parts that are looked at are unpacked."""

Box = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels."""

_UPRIGHT_BY_ORIENTATION: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

_PLACES: Final = {
    number: np.array(rows)
    for number, rows in {
        1: [[1, 0], [0, 1]],
        2: [[-1, 0], [0, 1]],
        3: [[-1, 0], [0, -1]],
        4: [[1, 0], [0, -1]],
        5: [[0, 1], [1, 0]],
        6: [[0, -1], [1, 0]],
        7: [[0, -1], [-1, 0]],
        8: [[0, 1], [-1, 0]],
    }.items()
}
"""Where undoing an orientation brings a point, seen from the middle, x to the right and y down."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The least that a shrunk picture must keep on its shorter and on its longer side, in pixels."""

    short: int
    long: int
    quickly: bool = False
    """The small copy that the file holds will do, if it is large enough."""

    def factor(self, width: int, height: int) -> int:
        """The largest whole number by which both sides may be divided; 1 for a picture that is small already."""
        return max(1, min(min(width, height) // self.short, max(width, height) // self.long))

    def for_a_part(self, share: float) -> "Wanted":
        """As many pixels of a part whose sides have at least `share` of those of the whole."""
        return Wanted(min(EVERY_PIXEL, ceil(self.short / share)), min(EVERY_PIXEL, ceil(self.long / share)))

    def shrunk(self, image: Image.Image) -> Image.Image:
        """Average whole blocks of pixels, faster than any filter, and leave the filter something to do."""
        factor = self.factor(*image.size) * 2 // 3
        return image.reduce(factor) if factor > 1 else image


def wanted_for(geometry: InputGeometry) -> Wanted:
    """Enough for the network's input and for the thumbnail, whichever needs more."""
    if geometry.sampling in ("point", "whole") or geometry.fit == "cut":
        return Wanted(EVERY_PIXEL, EVERY_PIXEL)
    short = {"crop": geometry.resize, "squash": geometry.size, "between": geometry.size, "letterbox": 1}[geometry.fit]
    long = geometry.size if geometry.fit != "crop" else 1
    return Wanted(short=short, long=max(long, THUMBNAIL_SIDE))


def turned_again(orientation: int, undone: int, target: int) -> int:
    """The orientation to undo instead of `orientation`, where undoing it means that `undone` of the original was
    undone, and `target` is to be. All are EXIF's 1..8.
    """
    turn = _PLACES[target] @ _PLACES[undone].T @ _PLACES[orientation]
    return next(number for number, places in _PLACES.items() if np.array_equal(places, turn))


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Undo EXIF's orientation 1..8; cheap once the picture is shrunk."""
    method = _UPRIGHT_BY_ORIENTATION.get(orientation)
    return image if method is None else image.transpose(method)


def before_upright(box: Box, orientation: int, size: tuple[int, int]) -> Box:
    """Where a part of the upright picture is in the picture as it is stored, which has that size."""
    method = _UPRIGHT_BY_ORIENTATION.get(orientation)
    return box if method is None else before_turn(box, method, size)


def before_turn(box: Box, method: Image.Transpose, size: tuple[int, int]) -> Box:
    """Where a part of what `method` made of a picture of that size was in it."""
    left, top, right, bottom = box
    wide, high = size
    on_its_side = method.name in ("TRANSPOSE", "TRANSVERSE", "ROTATE_90", "ROTATE_270")
    if on_its_side:
        left, top, right, bottom = top, left, bottom, right
    if method.name in ("FLIP_LEFT_RIGHT", "ROTATE_180", "ROTATE_90", "TRANSVERSE"):
        left, right = wide - right, wide - left
    if method.name in ("FLIP_TOP_BOTTOM", "ROTATE_180", "ROTATE_270", "TRANSVERSE"):
        top, bottom = high - bottom, high - top
    return left, top, right, bottom


def whole_side(width: int, height: int) -> int:
    """How long the longer side is of a picture that is shown as a whole: all of it, or the half, a quarter ..."""
    halves = 0
    while (width >> halves) * (height >> halves) > MOST_AT_ONCE:
        halves += 1
    return max(width, height) >> halves


def encode_thumbnail(thumbnail: NDArray[np.uint8]) -> bytes:
    """As JPEG, for the thumbnail cache."""
    buffer = io.BytesIO()
    Image.fromarray(thumbnail).save(buffer, "JPEG", quality=_THUMBNAIL_QUALITY)
    return buffer.getvalue()
