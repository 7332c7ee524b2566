"""Bilinear resizing that looks at four pixels only, however much smaller the picture gets.

It loses detail to chance where our own resampling averages. But detectors were trained on pictures made this way, and
whoever compares our vectors with theirs expects the same pixels: these are OpenCV's (INTER_LINEAR) to the last bit or
nearly so, which is why all of it is in its whole numbers.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from shoal.domain.images import RgbImage

_ONE: Final = 1 << 11  # OpenCV's weights are 11-bit fractions
_BAND: Final = 16  # rows of the result at a time: what is needed for them stays in the processor's cache
Taps = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int32]]
"""For every target position the two source positions it lies between, and the weight of the second."""


def bilinear_points(picture: Image.Image, width: int, height: int) -> RgbImage:
    """A picture in mode RGB at another size."""
    result = np.empty((height, width, 3), np.uint8)
    upper, lower, weight = _taps(picture.height, height)
    horizontal = _taps(picture.width, width)
    for begin in range(0, height, _BAND):
        band = slice(begin, begin + _BAND)
        top, down = int(upper[begin]), weight[band]
        rows = _rows(picture, top, int(lower[band][-1]) + 1)
        mixed = _weighed(_across(rows, upper[band] - top, horizontal), _ONE - down)
        mixed += _weighed(_across(rows, lower[band] - top, horizontal), down)
        mixed += 2
        mixed >>= 2
        result[band] = mixed.reshape(-1, width, 4)[..., :3]
    return result


def _rows(picture: Image.Image, top: int, bottom: int) -> NDArray[np.uint32]:
    """The pixels from `top` up to `bottom`, four bytes each."""
    strip = picture.crop((0, top, picture.width, bottom)).tobytes("raw", "RGBX")
    return np.frombuffer(strip, np.uint32).reshape(bottom - top, picture.width)


def _across(pixels: NDArray[np.uint32], rows: NDArray[np.intp], horizontal: Taps) -> NDArray[np.int32]:
    """Rows of 4 x width sums. The weights stand four times each, so that whole rows are multiplied in one go."""
    left, right, weight = horizontal
    share, near = weight.repeat(4), pixels[rows]
    # Taken column by column of whole rows: both at once, by an index of two dimensions, takes three times as long.
    mixed = _channels(near.take(left, axis=1))
    mixed *= _ONE - share
    second = _channels(near.take(right, axis=1))
    second *= share
    mixed += second
    return mixed


def _channels(pixels: NDArray[np.uint32]) -> NDArray[np.int32]:
    return pixels.view(np.uint8).astype(np.int32)


def _weighed(rows: NDArray[np.int32], weight: NDArray[np.int32]) -> NDArray[np.int32]:
    rows >>= 4
    rows *= weight[:, None]
    rows >>= 16
    return rows


def _taps(source: int, target: int) -> Taps:
    position = (np.arange(target) + 0.5) * (source / target) - 0.5
    first = np.floor(position)
    weight = np.rint((position - first) * _ONE).astype(np.int32)
    index = first.astype(np.intp)
    return index.clip(0, source - 1), (index + 1).clip(0, source - 1), weight
