"""Rousseeuw's silhouette with Euclidean distance, as scikit-learn gives it, for points of any length."""

import numpy as np
from numpy.typing import NDArray

from shoal.domain.sentence import Sentence
from shoal.domain.task import Task

_CHUNK = 1024  # rows whose distances to all points are held at once
MOST_COMPARED = 20_000
"""With more points, each is compared with so many of them, drawn from every cluster in proportion."""


def silhouettes(points: NDArray[np.float32], labels: NDArray[np.int32], task: Task) -> NDArray[np.float32]:
    """Of every row; 0 for rows labelled -1, which are nobody's neighbours, for rows alone, and with one cluster."""
    values = np.zeros(len(labels), np.float32)
    clustered = np.flatnonzero(labels >= 0)
    present, compact = np.unique(labels[clustered], return_inverse=True)
    if len(present) < 2:
        return values
    sample = _sample(compact)
    references = points[clustered[sample]].astype(np.float64)
    membership = np.zeros((len(sample), len(present)))
    membership[np.arange(len(sample)), compact[sample]] = 1
    counts, place = membership.sum(axis=0), np.full(len(clustered), -1)
    place[sample] = np.arange(len(sample))
    for start in task.track(range(0, len(clustered), _CHUNK), Sentence("Judging clusters")):
        some = slice(start, start + _CHUNK)
        sums = _distances(points[clustered[some]].astype(np.float64), references) @ membership
        values[clustered[some]] = _values(sums, compact[some], counts, place[some] >= 0)
    return values


def _sample(compact: NDArray[np.int64]) -> NDArray[np.int64]:
    """Every so-manieth member of each cluster, and two of each at least."""
    if len(compact) <= MOST_COMPARED:
        return np.arange(len(compact))
    order, share = np.argsort(compact, kind="stable"), MOST_COMPARED / len(compact)
    rank = np.arange(len(compact)) - np.searchsorted(compact[order], compact[order])
    taken = (np.floor(rank * share) != np.floor((rank - 1) * share)) | (rank < 2)
    return np.sort(order[taken])


def _distances(some: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    squares = (some**2).sum(axis=1)[:, None] + (others**2).sum(axis=1)[None] - 2.0 * (some @ others.T)
    distances: NDArray[np.float64] = np.sqrt(np.maximum(squares, 0.0))
    return distances


def _values(
    sums: NDArray[np.float64], own: NDArray[np.int64], counts: NDArray[np.float64], among: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """`sums`: of the distances to each cluster's compared members; `among`: whether the row itself is compared."""
    here = np.arange(len(own))
    others = counts[own] - among
    within = sums[here, own] / np.maximum(others, 1)
    beyond = sums / counts[None]
    beyond[here, own] = np.inf
    nearest = beyond.min(axis=1)
    larger = np.maximum(within, nearest)
    meaningful = (others > 0) & (larger > 0)
    return np.where(meaningful, (nearest - within) / np.where(meaningful, larger, 1.0), 0.0)
