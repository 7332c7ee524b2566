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


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The details of a picture, their spectrum, and sums of them and of their squares up to each place."""

    details: Grey
    spectrum: NDArray[np.complex128]
    sums: NDArray[np.float64]
    variance: float


def ground_of(grey: Grey) -> Ground:
    details = _details(grey)
    sums = np.zeros((2, details.shape[0] + 1, details.shape[1] + 1))
    sums[0, 1:, 1:], sums[1, 1:, 1:] = details, details.astype(np.float64) ** 2
    spectrum = np.fft.rfft2(details, _filled(details.shape))
    return Ground(details, spectrum, sums.cumsum(axis=1).cumsum(axis=2), float(details.var()))


def overlap_of(first: Ground, other: Ground, nearly: float = 0.06) -> Overlap:
    """Of two pictures of one shape. Shifts up to `nearly` of a side count as none."""
    correlations = _correlations(first, other)
    height, width = first.details.shape
    down = (np.arange(correlations.shape[0]) - (height - 1))[:, np.newaxis] / height
    across = (np.arange(correlations.shape[1]) - (width - 1))[np.newaxis] / width
    still = float(correlations[(np.abs(down) <= nearly) & (np.abs(across) <= nearly)].max())
    row, column = np.unravel_index(int(correlations.argmax()), correlations.shape)
    return Overlap(float(across[0, column]), float(down[row, 0]), float(correlations[row, column]), still)


def is_still(first: Ground, other: Ground, least: float, nearly: float = 0.06) -> bool:
    """Whether `overlap_of(first, other).still` is `least` or more, without a look at the other shifts.

    The smallest shifts come first, for most pictures that show the same show it at the same place.
    """
    height, width = first.details.shape
    most_down, most_across = int(nearly * height), int(nearly * width)
    shifts = [(y, x) for y in range(-most_down, most_down + 1) for x in range(-most_across, most_across + 1)]
    shifts.sort(key=lambda shift: shift[0] ** 2 + shift[1] ** 2)
    return any(_correlation(first, other, *shift) >= least for shift in shifts)


def _correlation(first: Ground, other: Ground, down: int, across: int) -> float:
    """As `_correlations` has it at this shift."""
    height, width = first.details.shape
    rows, columns = slice(max(0, down), height + min(0, down)), slice(max(0, across), width + min(0, across))
    rows_b, columns_b = slice(max(0, -down), height - max(0, down)), slice(max(0, -across), width - max(0, across))
    a, b = first.details[rows, columns], other.details[rows_b, columns_b]
    sum_a, sum_b = float(a.sum(dtype=np.float64)), float(b.sum(dtype=np.float64))
    variance_a = float(np.vdot(a, a)) - sum_a**2 / a.size
    variance_b = float(np.vdot(b, b)) - sum_b**2 / b.size
    if variance_a <= _FLAT * first.variance * a.size or variance_b <= _FLAT * other.variance * a.size:
        return -1.0
    cross = float(np.vdot(a, b)) - sum_a * sum_b / a.size
    return cross / float(np.sqrt(max(variance_a * variance_b, 1e-12)))


def _filled(shape: tuple[int, ...]) -> tuple[int, int]:
    """Room for every shift."""
    return 2 * shape[0], 2 * shape[1]


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


def _correlations(first: Ground, other: Ground) -> NDArray[np.float64]:
    """At each shift the correlation of what overlaps, -1 where that is too little or too flat.

    Entry (height - 1 + y, width - 1 + x) is for the second picture shifted by y down and x across.
    """
    height, width = first.details.shape
    down, across = np.arange(1 - height, height), np.arange(1 - width, width)
    filled = _filled(first.details.shape)
    cross = np.fft.irfft2(first.spectrum * np.conj(other.spectrum), filled)[
        np.ix_(down % filled[0], across % filled[1])
    ]
    count = np.outer(height - np.abs(down), width - np.abs(across)).astype(np.float64)
    sum_a, square_a = _sums(first.sums, down, across)
    sum_b, square_b = _sums(other.sums, -down, -across)
    variance_a, variance_b = square_a - sum_a**2 / count, square_b - sum_b**2 / count
    enough = count >= LEAST_OVERLAP * first.details.size
    enough &= (variance_a > _FLAT * first.variance * count) & (variance_b > _FLAT * other.variance * count)
    correlations = (cross - sum_a * sum_b / count) / np.sqrt(np.maximum(variance_a * variance_b, 1e-12))
    return np.where(enough, np.clip(correlations, -1, 1), -1.0)


def _sums(sums: NDArray[np.float64], down: NDArray[np.intp], across: NDArray[np.intp]) -> NDArray[np.float64]:
    """Of the part of a picture that another one covers, shifted by so much: of details, and of their squares."""
    height, width = sums.shape[1] - 1, sums.shape[2] - 1
    tops, bottoms = np.maximum(0, down), np.minimum(height, height + down)
    lefts, rights = np.maximum(0, across), np.minimum(width, width + across)
    rows = sums[:, bottoms] - sums[:, tops]
    inside: NDArray[np.float64] = rows[:, :, rights] - rows[:, :, lefts]
    return inside
