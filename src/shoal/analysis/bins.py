"""Named clusters as bins for other pictures: each has a middle, and how far from it its members lie."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.prototypes import Knowledge, learn_prototypes
from shoal.analysis.vector_space import unit_rows

_DEVIATIONS = 2.0
"""Farther than the usual member by so many standard deviations is too far."""
_BORROWED = 5
"""Each bin is judged as if so many members of the average one were among its own: three say little of how they vary."""
_CLEAR = 0.02
"""The next bin has to be farther by so much of the distance, or nothing is sure."""
UNSURE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Bins:
    """`mean` (dimension) and `directions` (dimension x k) lead into the space of `middles` (bins x k) after `metric`.

    `limits` bins: the largest squared distance of what still belongs there.
    """

    mean: NDArray[np.float32]
    directions: NDArray[np.float32]
    metric: NDArray[np.float32]
    middles: NDArray[np.float32]
    limits: NDArray[np.float32]

    def __post_init__(self) -> None:
        size = self.directions.shape[1] if self.directions.ndim == 2 else -1
        shapes = {
            "mean": (self.mean.shape, (len(self.directions),)),
            "metric": (self.metric.shape, (size, size)),
            "middles": (self.middles.shape, (len(self.limits), size)),
            "limits": (self.limits.shape, (len(self.limits),)),
        }
        wrong = [name for name, (given, needed) in shapes.items() if given != needed]
        arrays = (self.mean, self.directions, self.metric, self.middles, self.limits)
        if wrong or size < 1 or not all(np.isfinite(array).all() for array in arrays):
            raise ValueError(f"these are no bins: {', '.join(wrong) or 'not finite'}")


def bins_of(knowledge: Knowledge, clusters: NDArray[np.int32]) -> Bins:
    """One for each of `clusters`, which hold pictures, ascending."""
    inside = np.isin(knowledge.homes, clusters)
    learnt = learn_prototypes(knowledge, np.where(inside, knowledge.weights, np.float32(0)))
    middles = learnt.means @ learnt.metric
    rows = np.flatnonzero(inside)
    own = np.searchsorted(learnt.clusters, knowledge.homes[rows])
    apart = ((knowledge.space.points[rows] @ learnt.metric - middles[own]) ** 2).sum(axis=1)
    counts = np.bincount(own, minlength=len(middles)) + _BORROWED
    usual = float(apart.mean())
    means = (np.bincount(own, apart, len(middles)) + _BORROWED * usual) / counts
    spread = np.bincount(own, (apart - means[own]) ** 2, len(middles)) + _BORROWED * float(apart.var())
    limits = means + _DEVIATIONS * np.sqrt(spread / counts)
    space = knowledge.space
    return Bins(space.mean, space.directions, learnt.metric, middles, limits.astype(np.float32))


def fall_into(bins: Bins, vectors: NDArray[np.float32]) -> NDArray[np.int32]:
    """The bin of each of `vectors` (m x dimension, unit rows), `UNSURE` for what is far from all or between two."""
    points = unit_rows(np.asarray((vectors - bins.mean) @ bins.directions, np.float32)) @ bins.metric
    squares = (points**2).sum(axis=1)[:, None] + (bins.middles**2).sum(axis=1)[None]
    apart = np.maximum(squares - 2 * points @ bins.middles.T, 0)
    apart = np.concatenate([apart, np.full((len(apart), 1), np.inf)], axis=1)
    order = np.argsort(apart, axis=1, kind="stable")[:, :2]
    nearest, next_one = np.take_along_axis(apart, order, axis=1).T
    sure = (nearest <= np.append(bins.limits, -1)[order[:, 0]]) & (next_one >= (1 + _CLEAR) * nearest)
    return np.where(sure, order[:, 0], UNSURE).astype(np.int32)
