"""Where one picture goes on in another: correlation of what overlaps, at every shift of one over the other.

Padfield, "Masked object registration in the Fourier domain" (2012). What repeats itself along a line at any shift, a
horizon above all, says nothing about a shift and is taken out first.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]

LEAST_OVERLAP: Final = 0.15
"""Of the area: what overlaps less is not looked at."""
_FLAT: Final = 0.05
"""Of the variance of the whole: an overlap with less is too flat to tell anything."""
_AROUND: Final = 4
"""Pixels to each side whose mean is taken off: what is left are the details."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """The best shift of the second picture against the first, as shares of width and height, and its correlation.

    `still`: the best correlation where hardly anything is shifted.
    """

    across: float
    down: float
    correlation: float
    still: float


def overlap_of(one: Grey, other: Grey, nearly: float = 0.06) -> Overlap:
    """Two grey pictures of one shape. Shifts up to `nearly` of a side count as none."""
    found = _correlations(_details(one), _details(other))
    height, width = one.shape
    down = (np.arange(found.shape[0]) - (height - 1))[:, np.newaxis] / height
    across = (np.arange(found.shape[1]) - (width - 1))[np.newaxis] / width
    still = float(found[(np.abs(down) <= nearly) & (np.abs(across) <= nearly)].max())
    row, column = np.unravel_index(int(found.argmax()), found.shape)
    return Overlap(float(across[0, column]), float(down[row, 0]), float(found[row, column]), still)


def _details(grey: Grey) -> Grey:
    around = _box(_box(grey, 0), 1)
    left: Grey = grey - around
    left = left - left.mean(axis=0, keepdims=True)
    left -= left.mean(axis=1, keepdims=True)
    return left


def _box(grey: Grey, axis: int) -> Grey:
    """The mean of so many pixels to both sides, fewer at the edges."""
    sums = np.cumsum(np.insert(grey, 0, 0, axis=axis), axis=axis, dtype=np.float64)
    length = grey.shape[axis]
    first = np.clip(np.arange(length) - _AROUND, 0, length)
    last = np.clip(np.arange(length) + _AROUND + 1, 0, length)
    shape = [1, 1]
    shape[axis] = length
    mean: Grey = ((sums.take(last, axis) - sums.take(first, axis)) / (last - first).reshape(shape)).astype(np.float32)
    return mean


def _correlations(one: Grey, other: Grey) -> NDArray[np.float64]:
    """At each shift the correlation of what overlaps, -1 where that is too little or too flat.

    Entry (height - 1 + y, width - 1 + x) is for the second picture shifted by y down and x across.
    """
    height, width = one.shape
    shape = (2 * height - 1, 2 * width - 1)
    first, second = one.astype(np.float64), other[::-1, ::-1].astype(np.float64)
    ones = np.fft.rfft2(np.ones_like(first), shape)
    a, aa = np.fft.rfft2(first, shape), np.fft.rfft2(first**2, shape)
    b, bb = np.fft.rfft2(second, shape), np.fft.rfft2(second**2, shape)
    count, cross, sum_a, sum_b, square_a, square_b = (
        np.fft.irfft2(product, shape) for product in (ones * ones, a * b, a * ones, ones * b, aa * ones, ones * bb)
    )
    count = np.maximum(np.round(count), 1)
    variance_a, variance_b = square_a - sum_a**2 / count, square_b - sum_b**2 / count
    enough = count >= LEAST_OVERLAP * one.size
    enough &= (variance_a > _FLAT * one.var() * count) & (variance_b > _FLAT * other.var() * count)
    found = (cross - sum_a * sum_b / count) / np.sqrt(np.maximum(variance_a * variance_b, 1e-12))
    return np.where(enough, np.clip(found, -1, 1), -1.0)
