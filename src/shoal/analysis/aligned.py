"""Whether one picture is a part of another: the strongest sign that one was cut out of, or framed, turned into it.

Each of two pictures is looked for inside the other, in some sizes and at all places, by normalised cross-correlation
(Lewis: "Fast normalized cross-correlation", 1995), worked out by the Fourier transform. Where the two fit best they are
compared part by part: two shots of one scene agree in most of it and not at all in some, a copy agrees all over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.copy_signs import POSITIONS
from shoal.analysis.threads import one_thread_for_products
from shoal.domain.task import Task

Grey = NDArray[np.float32]

SHORT_SIDE, LONG_SIDE = 48, 144
"""Of the pictures that are compared; what is longer is squeezed."""
SIZES: Final = (1.0, 0.95, 0.9, 0.85, 0.8)
"""Of the one that is looked for, as shares of the largest that fits into the other."""
ENOUGH: Final = 0.985
"""Nobody looks for more than that."""
_FLAT: Final = 1e-3  # of the largest variance of a window: below it there is nothing to be found in it
_FLAT_PART: Final = 0.02  # of the variance of a picture: a part with less has nothing that could correlate
_UNSEEN: Final = 0.003  # of the same: what does not fit by less says nothing
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


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """`small` shrunk, and the `window` of the other that it was laid on; -1 if it was laid on nothing."""

    correlation: float
    small: Grey
    window: Grey


# Worse than any fit, so that the first one tried is better.
NOTHING: Final = Fit(-1.0, np.zeros((1, 1), np.float32), np.zeros((1, 1), np.float32))
LAID_SIGNS: Final = 5
PARTS: Final = 6
"""Each way."""


def best_fit(first: Ground, other: Ground, positions: Sequence[int] = (0,)) -> Fit:
    """One picture inside the other, whichever; `first` lies in any of `positions`."""
    best = NOTHING
    for position in positions:
        best = _better(best, _inside(in_place(first.grey, position), other))
        if best.correlation < ENOUGH:
            best = _better(best, _inside(in_place(other.grey, back_from(position)), first))
        if best.correlation >= ENOUGH:
            break
    return best


def _better(first: Fit, other: Fit) -> Fit:
    return other if other.correlation > first.correlation else first


def aligned_pairs(
    greys: Sequence[Grey],
    framed: Mapping[int, Grey],
    pairs: Sequence[tuple[int, int]],
    positions: Sequence[Sequence[int]],
    task: Task,
) -> NDArray[np.float32]:
    """m x `LAID_SIGNS` of each pair of places in `greys`, see `signs_of_fit`. Raises `Cancelled`.

    `framed`: what lies inside of those that have a frame, which are tried without it as well.
    """
    grounds = [ground_of(grey) for grey in greys]
    inner = {place: ground_of(grey) for place, grey in framed.items()}
    signs = np.empty((len(pairs), LAID_SIGNS), np.float32)
    # Pictures are shrunk by products of small matrices: with two threads a pair takes three times the processor time.
    with one_thread_for_products():
        for place, (first, other) in enumerate(pairs):
            task.check()
            fit = best_fit(grounds[first], grounds[other], positions[place])
            if fit.correlation < ENOUGH and (first in inner or other in inner):
                without = best_fit(inner.get(first, grounds[first]), inner.get(other, grounds[other]), positions[place])
                fit = _better(fit, without)
            signs[place] = signs_of_fit(fit)
    return signs


def signs_of_fit(fit: Fit) -> NDArray[np.float32]:
    """The best correlation, -1..1; over the parts the middle and the upper tenth of what does not fit (logarithms); and
    of how each part correlates by itself the lower quarter and the middle."""
    small, window = _even(fit.small), _even(fit.window)
    odd = window - float((small * window).mean()) * small
    wide = _mean_of_parts(odd * odd)
    alone = _mean_of_parts(small * window) - _mean_of_parts(small) * _mean_of_parts(window)
    spread = np.sqrt(_variance_of_parts(small) * _variance_of_parts(window))
    each = (alone + _FLAT_PART) / (spread + _FLAT_PART)
    amiss = np.log(np.quantile(wide, (0.5, 0.9)) + _UNSEEN)
    signs: NDArray[np.float32] = np.array([fit.correlation, *amiss, *np.quantile(each, (0.25, 0.5))], np.float32)
    return signs


def _even(grey: Grey) -> Grey:
    level = grey - grey.mean()
    result: Grey = level / max(float(level.std()), 1e-6)
    return result


def _mean_of_parts(picture: Grey) -> NDArray[np.float32]:
    down, across = (np.linspace(0, length, min(PARTS, length) + 1).astype(int) for length in picture.shape)
    sums = np.add.reduceat(np.add.reduceat(picture, down[:-1], axis=0), across[:-1], axis=1)
    means: NDArray[np.float32] = sums / np.outer(np.diff(down), np.diff(across))
    return means


def _variance_of_parts(picture: Grey) -> NDArray[np.float32]:
    variance: NDArray[np.float32] = np.maximum(_mean_of_parts(picture**2) - _mean_of_parts(picture) ** 2, 0)
    return variance


def in_place(grey: Grey, position: int) -> Grey:
    """As `copy_signs.in_position`, of one picture of any shape."""
    mirrored = grey[:, ::-1] if position >= POSITIONS // 2 else grey
    return np.rot90(mirrored, position % 4)


def back_from(position: int) -> int:
    """The position that undoes it; what mirrors undoes itself."""
    return position if position >= POSITIONS // 2 else -position % 4


def _inside(small: Grey, ground: Ground) -> Fit:
    height, width = ground.grey.shape
    room = min(height / small.shape[0], width / small.shape[1])
    shapes = [(_side(small.shape[0] * room * by, height), _side(small.shape[1] * room * by, width)) for by in SIZES]
    templates = np.zeros((len(shapes), *ground.filled), np.float32)
    for template, (down, across) in zip(templates, shapes, strict=True):
        shrunk = _shrinking(small.shape[0], down) @ small @ _shrinking(small.shape[1], across).T
        shrunk -= shrunk.mean()
        template[:down, :across] = shrunk / max(float(np.linalg.norm(shrunk)), 1e-6)
    correlated = np.fft.irfft2(ground.spectrum * np.conj(np.fft.rfft2(templates)), s=ground.filled)
    fits = [_best(correlated[size], ground.sums, shape) for size, shape in enumerate(shapes)]
    size = int(np.argmax([correlation for correlation, _place in fits]))
    (correlation, (top, left)), (down, across) = fits[size], shapes[size]
    return Fit(correlation, templates[size, :down, :across], ground.grey[top : top + down, left : left + across])


def _quick(length: int) -> int:
    return next((quick for quick in _QUICK if quick >= length), length)


def _side(length: float, most: int) -> int:
    return int(min(most, max(4, round(length))))


def _best(correlated: Grey, sums: NDArray[np.float64], shape: tuple[int, int]) -> tuple[float, tuple[int, int]]:
    """Of all places where a template of that shape lies inside: the correlation, and its upper left corner."""
    down, across = shape
    inside = sums[:, down:, across:] - sums[:, :-down, across:] - sums[:, down:, :-across] + sums[:, :-down, :-across]
    variance = inside[1] - inside[0] ** 2 / (down * across)
    places = correlated[: variance.shape[0], : variance.shape[1]]
    correlations = places / np.sqrt(np.maximum(variance, _FLAT * max(float(variance.max()), 1e-6)))
    top, left = divmod(int(correlations.argmax()), correlations.shape[1])
    return float(correlations[top, left]), (top, left)


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
