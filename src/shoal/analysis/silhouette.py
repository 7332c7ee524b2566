"""How well each image fits its cluster compared with the next best one."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task

_CHUNK = 2048  # rows in double precision at a time; and between them somebody may cancel
_MANY = 20_000_000  # comparisons of rows with clusters: beyond, in single precision only the few nearest are found
_NEAREST = 3  # a row's own cluster, the next one, and one more in case rounding confuses two
_ROUNDING = 1e-6  # distances below this are what float32 leaves of zero

_Beyond = Callable[[NDArray[np.float32], NDArray[np.int64], NDArray[np.float64]], NDArray[np.float64]]
"""From rows (m x d), their clusters and all means (k x d) to each row's mean distance to the nearest other cluster."""


def silhouette(embeddings: EmbeddingMatrix, labels: NDArray[np.int32], task: Task) -> NDArray[np.float32]:
    """Return Rousseeuw's silhouette of every row with cosine distance, exactly, whatever the number of rows.

    With unit rows the mean cosine distance to a cluster is 1 - row . (mean of its rows), so that rows are compared
    with clusters and never with each other: no sample is needed. 0 for rows labelled -1 (they are in no cluster and
    nobody's neighbour), for rows alone in their cluster, and if there are fewer than two clusters.
    """
    return silhouette_of_rows(embeddings.vectors, labels, task)


def silhouette_of_rows(vectors: NDArray[np.float32], labels: NDArray[np.int32], task: Task) -> NDArray[np.float32]:
    """Like `silhouette`, for n x d unit rows."""
    values = np.zeros(len(labels), np.float32)
    clustered = np.flatnonzero(labels >= 0)
    present, compact = np.unique(labels[clustered], return_inverse=True)
    if len(present) < 2:
        return values
    means, counts = cluster_means(vectors, clustered, compact, len(present))
    beyond = _least_of_nearest if len(clustered) * len(present) > _MANY else _least_of_all
    for start in task.track(range(0, len(clustered), _CHUNK), Sentence("Judging clusters")):
        rows = clustered[start : start + _CHUNK]
        values[rows] = _chunk_values(vectors[rows], compact[start : start + _CHUNK], means, counts, beyond)
    return values


def cluster_means(
    vectors: NDArray[np.float32], rows: NDArray[np.int64], compact: NDArray[np.int64], count: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the mean vector (count x d, not of unit length) and the number of rows of each cluster 0..count-1."""
    order = np.argsort(compact, kind="stable")
    counts = np.bincount(compact, minlength=count)
    means = np.empty((count, vectors.shape[1]), np.float64)
    stops = np.cumsum(counts)
    for cluster, (start, stop) in enumerate(zip(stops - counts, stops, strict=True)):
        means[cluster] = vectors[rows[order[start:stop]]].mean(axis=0, dtype=np.float64)
    return means, counts


def _chunk_values(
    vectors: NDArray[np.float32],
    own: NDArray[np.int64],
    means: NDArray[np.float64],
    counts: NDArray[np.int64],
    beyond: _Beyond,
) -> NDArray[np.float64]:
    rows = vectors.astype(np.float64)
    size = counts[own]
    # The mean over a row's own cluster leaves out the row itself, whose distance to itself is 1 - row . row.
    to_itself = 1.0 - np.einsum("ij,ij->i", rows, rows)
    to_own = 1.0 - np.einsum("ij,ij->i", rows, means[own])
    within = np.maximum((to_own * size - to_itself) / np.maximum(size - 1, 1), 0.0)
    outside = np.maximum(beyond(vectors, own, means), 0.0)
    larger = np.maximum(within, outside)
    meaningful = (size > 1) & (larger > _ROUNDING)
    return np.where(meaningful, (outside - within) / np.where(meaningful, larger, 1.0), 0.0)


def _least_of_all(
    vectors: NDArray[np.float32], own: NDArray[np.int64], means: NDArray[np.float64]
) -> NDArray[np.float64]:
    distances = 1.0 - vectors.astype(np.float64) @ means.T
    distances[np.arange(len(own)), own] = np.inf
    return np.asarray(distances.min(axis=1))


def _least_of_nearest(
    vectors: NDArray[np.float32], own: NDArray[np.int64], means: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The same to the last digit or two, without a table of all distances."""
    import faiss

    number = min(_NEAREST, len(means))
    near = faiss.knn(vectors, means.astype(np.float32), number, metric=faiss.METRIC_INNER_PRODUCT)[1]
    distances = 1.0 - np.einsum("ij,ikj->ik", vectors.astype(np.float64), means[near])
    distances[near == own[:, None]] = np.inf
    return np.asarray(distances.min(axis=1))


def mean_silhouette(values: NDArray[np.float32], labels: NDArray[np.int32]) -> float:
    """The overall figure: the mean over all rows that are in a cluster, 0 if none is."""
    clustered = values[labels >= 0]
    return float(clustered.mean(dtype=np.float64)) if len(clustered) else 0.0
