"""What a picture is of lies inside its border: the white around a product, the bars of a film, a frame.

A border is even: its lines are of one colour up to the noise of a JPEG, on two sides at least. What ends in a straight
edge on every side is cut off exactly, and whatever even border comes next after it. A silhouette keeps a margin of
its own and is put in the middle of a square, so that a product looks the same however much paper lies around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.domain.images import RgbImage

_TOLERANCE: Final = 14
"""Levels of 255 by which a border may vary once the picture is shrunk: JPEG's rings, paper, a little noise."""
_STRAY: Final = 1
"""Pixels of a line that may be of another colour."""
_EVEN: Final = 3.5
"""Levels by which an even line may differ from its colour on average: a wall or a sky differ by more."""
_MOST_BORDERS: Final = 4  # paper, mat, frame, bars; a pattern of stripes would be eaten up to its middle otherwise
_MARGIN: Final = 0.1
"""On each side of a silhouette, of its longer side, if there is as much: what the usual centre crop cuts off, and a
little. Paper beyond the picture is not made up: products then came out less alike, not more (NMI -0.02 on objects)."""
_STRAIGHT: Final = 0.85
"""The share of a line that differs from the border where that ends in a straight edge."""
_LEAST_STRAIGHT: Final = 0.3
"""Of the longer side, what is left inside of a straight edge: anything smaller is a thing that happens to be square."""
_LEAST_SHARE: Final = 0.1
"""Of the longer side of the picture: a speck on paper is not made to fill the square."""
_FEWEST_LINES: Final = 16  # of the shrunk picture: with fewer, a border and a thing cannot be told apart
_FEWEST_SIDES: Final = 2  # one even side is a wall, a sky or a table

Box = tuple[int, int, int, int]
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Frame:
    """The part to look at, in shares of the picture's width and height: left, top, right, bottom.

    What of it lies outside of the picture (below 0, above 1) is of the colour `ground`.
    """

    sides: tuple[float, float, float, float]
    ground: Colour

    def share(self, width: int, height: int) -> float:
        """How much shorter the shorter side of the part is than that of the picture of that size; 1 at most."""
        left, top, right, bottom = self.sides
        return min(1.0, min((right - left) * width, (bottom - top) * height) / min(width, height))

    def box(self, width: int, height: int) -> Box:
        """In pixels of a picture of that size, one at least each way."""
        left, top, right, bottom = self.sides
        x, y = round(left * width), round(top * height)
        return x, y, max(x + 1, round(right * width)), max(y + 1, round(bottom * height))


@dataclass(frozen=True, slots=True)
class _Border:
    """How many lines of one colour lie on each side (left, top, right, bottom), and whether all end straight."""

    lines: Box
    straight: bool
    ground: Colour


def inside_border(small: RgbImage) -> Frame | None:
    """Where to look in the picture that was shrunk to `small`; None if there is no border, or nothing else."""
    height, width = small.shape[:2]
    box: Box = (0, 0, width, height)
    ground: Colour = (0, 0, 0)
    for _ in range(_MOST_BORDERS):
        border = _border(small[box[1] : box[3], box[0] : box[2]])
        if border is None:
            break
        inner = _inner(box, border.lines)
        if not border.straight or _longest(inner) < _LEAST_STRAIGHT * _longest(box):
            return _roomy(inner, box, border.ground, (width, height))
        box, ground = _inner(inner, [min(1, count) for count in border.lines]), border.ground  # less the mixed line
    return _as_frame(box, ground, (width, height)) if box != (0, 0, width, height) else None


def inside_frame(picture: RgbImage) -> RgbImage:
    """What is left without even borders that end in a straight edge on every side: the whole of most pictures."""
    for _ in range(_MOST_BORDERS):
        border = _border(picture)
        if border is None or not border.straight:
            break
        left, top, right, bottom = (min(1, count) + count for count in border.lines)  # and the mixed line
        inner = picture[top : picture.shape[0] - bottom, left : picture.shape[1] - right]
        if min(inner.shape[:2]) < _LEAST_STRAIGHT * max(picture.shape[:2]):
            break
        picture = inner
    return picture


def around_silhouette(box: Box, size: tuple[int, int], ground: Colour) -> Frame:
    """The square with a margin around what is visible of a transparent picture, which has ground enough anywhere."""
    return _roomy(box, None, ground, size)


def _border(pixels: RgbImage) -> _Border | None:
    if min(pixels.shape[:2]) < _FEWEST_LINES:
        return None
    ground = _colour_of_border(pixels)
    if ground is None:
        return None
    differs = _differs(pixels, ground)
    down, across = differs.sum(axis=1), differs.sum(axis=0)
    rows, columns = np.flatnonzero(down > _STRAY), np.flatnonzero(across > _STRAY)
    if not len(rows) or not len(columns):
        return None
    height, width = differs.shape
    lines = int(columns[0]), int(rows[0]), width - 1 - int(columns[-1]), height - 1 - int(rows[-1])
    # A single even side is sky, or a table.
    if sum(count > 0 for count in lines) < _FEWEST_SIDES:
        return None
    return _Border(lines, _ends_straight(differs, lines), ground)


def _inner(box: Box, lines: Sequence[int]) -> Box:
    return box[0] + lines[0], box[1] + lines[1], box[2] - lines[2], box[3] - lines[3]


def _longest(box: Box) -> int:
    return max(box[2] - box[0], box[3] - box[1])


def _colour_of_border(pixels: RgbImage) -> Colour | None:
    """That of the even outer lines, if two of them are of one colour."""
    medians = [
        np.median(line, axis=0).astype(np.uint8)
        for line in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1])
        if _is_even(line)
    ]
    # So that alike colours stand side by side, and the darkest pair wins where two sides have one and two another.
    medians.sort(key=lambda median: int(median.sum()))
    for colour, other in pairwise(medians):
        if int(np.abs(colour.astype(int) - other).max()) <= 2 * _EVEN:
            red, green, blue = colour.tolist()
            return red, green, blue
    return None


def _is_even(line: RgbImage) -> bool:
    some = np.sort(line[:: max(1, len(line) // 16), 1])
    if int(some[-2]) - int(some[1]) > 2 * _TOLERANCE:  # so it is with most lines of most photographs
        return False
    apart = np.abs(line - np.median(line, axis=0)).max(axis=1)
    return int((apart > _TOLERANCE).sum()) <= _STRAY and float(apart.mean()) <= _EVEN


def _differs(pixels: RgbImage, ground: tuple[int, ...]) -> NDArray[np.bool_]:
    colour = np.array(ground, np.uint8)
    apart = np.maximum(pixels, colour) - np.minimum(pixels, colour)
    differs: NDArray[np.bool_] = np.any(apart > _TOLERANCE, axis=-1)
    return differs


def _ends_straight(differs: NDArray[np.bool_], lines: Box) -> bool:
    """Whether behind the border, on every side that has one, nearly the whole line is something else.

    The second line behind it is looked at: the first may be a mixture of both.
    """
    left, top, right, bottom = lines
    inner = differs[top : differs.shape[0] - bottom, left : differs.shape[1] - right]
    if min(inner.shape) < 4:
        return False
    behind = (inner[:, 1], inner[1], inner[:, -2], inner[-2])
    return all(bool(line.mean() >= _STRAIGHT) for line, count in zip(behind, lines, strict=True) if count)


def _roomy(inner: Box, outer: Box | None, ground: Colour, size: tuple[int, int]) -> Frame:
    """A square around `inner`, with a margin, as far as it lies within `outer`."""
    left, top, right, bottom = inner
    side = max(_longest(inner) * (1 + 2 * _MARGIN), max(size) * _LEAST_SHARE)
    x, y = (left + right - side) / 2, (top + bottom - side) / 2
    square = x, y, x + side, y + side
    if outer is None:
        return _as_frame(square, ground, size)
    least, most = map(max, square[:2], outer[:2]), map(min, square[2:], outer[2:])
    return _as_frame((*least, *most), ground, size)


def _as_frame(box: Sequence[float], ground: Colour, size: tuple[int, int]) -> Frame:
    (left, top, right, bottom), (width, height) = box, size
    return Frame((left / width, top / height, right / width, bottom / height), ground)
