"""A map at once: the two widest directions, while the real one is still being made elsewhere."""

import numpy as np
from numpy.typing import NDArray

from shoal.domain.geometry import EmbeddingMatrix, MapLayout, stage_key

_ROUNDS = 6
_SPARE_DIRECTIONS = 6
_ALL_UP_TO, _SAMPLE = 30_000, 20_000


def first_map(embeddings: EmbeddingMatrix) -> MapLayout:
    """Two principal components by subspace iteration (Halko, Martinsson and Tropp 2011), with numpy alone.

    Deterministic; each vector is touched a dozen times, or only once where there are many and every so manieth says
    which directions are widest: well under a second at 100,000, a few at a million.
    """
    vectors = embeddings.vectors
    count, dimension = vectors.shape
    positions = np.zeros((count, 2), np.float32)
    if count > 2:
        step = 1 if count <= _ALL_UP_TO else count // _SAMPLE
        mean, axes = _widest(np.ascontiguousarray(vectors[::step]))
        positions[:, : min(2, dimension)] = vectors @ axes - mean @ axes
    return MapLayout(stage_key("first map", embeddings.key), embeddings.rows, positions, "pca")


def _widest(vectors: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The mean of the rows, and the two directions (d x 2, one where d is 1) in which they differ most."""
    dimension, mean = vectors.shape[1], vectors.mean(axis=0)
    width = min(2 + _SPARE_DIRECTIONS, dimension)
    basis = np.random.default_rng(0).standard_normal((dimension, width)).astype(np.float32)
    for _ in range(_ROUNDS):
        basis = np.linalg.qr(basis)[0]
        projected = vectors @ basis - mean @ basis
        basis = vectors.T @ projected - np.outer(mean, projected.sum(axis=0))
    basis = np.linalg.qr(basis)[0]
    projected = vectors @ basis - mean @ basis
    _, turn = np.linalg.eigh(projected.T @ projected)
    return mean, (basis @ turn)[:, ::-1][:, :2]
