"""A map at once: the two widest directions, while the real one is still being made elsewhere."""

import numpy as np

from shoal.domain.geometry import EmbeddingMatrix, MapLayout, stage_key

_ROUNDS = 6
_SPARE_DIRECTIONS = 6


def first_map(embeddings: EmbeddingMatrix) -> MapLayout:
    """Two principal components by subspace iteration (Halko, Martinsson and Tropp 2011), with numpy alone.

    Deterministic; touches each vector a dozen times, so that it takes well under a second at 100,000.
    """
    vectors = embeddings.vectors
    count, dimension = vectors.shape
    positions = np.zeros((count, 2), np.float32)
    if count > 2:
        mean = vectors.mean(axis=0)
        width = min(2 + _SPARE_DIRECTIONS, dimension)
        basis = np.random.default_rng(0).standard_normal((dimension, width)).astype(np.float32)
        for _ in range(_ROUNDS):
            basis = np.linalg.qr(basis)[0]
            projected = vectors @ basis - mean @ basis
            basis = vectors.T @ projected - np.outer(mean, projected.sum(axis=0))
        basis = np.linalg.qr(basis)[0]
        projected = vectors @ basis - mean @ basis
        _, turn = np.linalg.eigh(projected.T @ projected)
        positions[:, : min(2, width)] = (projected @ turn)[:, ::-1][:, :2]
    return MapLayout(stage_key("first map", embeddings.key), embeddings.rows, positions, "pca")
