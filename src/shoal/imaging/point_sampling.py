"""Bilinear resizing that looks at four pixels only, however much smaller the picture gets.

It loses detail to chance where our own resampling averages. But detectors were trained on pictures made this way, and
whoever compares our vectors with theirs expects the same pixels: these are OpenCV's (INTER_LINEAR) to the last bit or
nearly so, which is why all of it is in its whole numbers.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.domain.images import RgbImage

_ONE: Final = 1 << 11  # OpenCV's weights are 11-bit fractions


def bilinear_points(pixels: RgbImage, width: int, height: int) -> RgbImage:
    """`pixels` at another size."""
    upper, lower, weight = _taps(pixels.shape[0], height)
    down = weight[:, None, None]
    mixed = _weighed(_across(pixels[upper], width), _ONE - down)
    mixed += _weighed(_across(pixels[lower], width), down)
    mixed += 2
    mixed >>= 2
    return mixed.astype(np.uint8)


def _weighed(rows: NDArray[np.int32], weight: NDArray[np.int32]) -> NDArray[np.int32]:
    rows >>= 4
    rows *= weight
    rows >>= 16
    return rows


def _across(rows: RgbImage, width: int) -> NDArray[np.int32]:
    left, right, weight = _taps(rows.shape[1], width)
    share = weight[:, None]
    mixed: NDArray[np.int32] = np.take(rows, left, axis=1) * (_ONE - share)
    mixed += np.take(rows, right, axis=1) * share
    return mixed


def _taps(source: int, target: int) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int32]]:
    """For every target position the two source positions it lies between, and the weight of the second."""
    position = (np.arange(target) + 0.5) * (source / target) - 0.5
    first = np.floor(position)
    weight = np.rint((position - first) * _ONE).astype(np.int32)
    index = first.astype(np.intp)
    return index.clip(0, source - 1), (index + 1).clip(0, source - 1), weight
