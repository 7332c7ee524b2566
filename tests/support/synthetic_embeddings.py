"""Embeddings for tests: clusters on the unit sphere, made by code."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey


def as_embeddings(vectors: ArrayLike, key: str = "embeddings") -> EmbeddingMatrix:
    rows = np.asarray(vectors, np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return EmbeddingMatrix(Rows(np.arange(len(rows), dtype=np.int64), StageKey(key)), rows / np.maximum(lengths, 1e-12))


def clusters(
    count: int, dimension: int, cluster_count: int, seed: int = 0, spread: float = 1.0
) -> tuple[EmbeddingMatrix, NDArray[np.int32]]:
    """As networks make them: every cluster lies in a few directions of its own, with a little noise in all of them.

    Returns the embeddings and the cluster of each row.
    """
    random = np.random.default_rng(seed)
    labels = random.integers(0, cluster_count, count).astype(np.int32)
    directions = min(24, dimension)
    vectors = np.empty((count, dimension), np.float32)
    for label in range(cluster_count):
        members = np.flatnonzero(labels == label)
        basis = random.normal(size=(directions, dimension)) / directions**0.5
        within = random.normal(size=(len(members), directions)) @ basis
        noise = random.normal(size=(len(members), dimension))
        vectors[members] = random.normal(size=dimension) + spread * (0.9 * within + 0.15 * noise)
    return as_embeddings(vectors), labels
