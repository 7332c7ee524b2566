"""From the bytes that vectors are kept in to rows: in 16 bits where only directions count, in 32 where lengths do."""

import numpy as np
from numpy.typing import NDArray

from shoal.store.transactions import DatabaseDamaged


def rows_in_use(numbers: bytes, dimension: int, count: int) -> NDArray[np.float32]:
    """Rows as they are used. Rounding to float16 left them a little off unit length; raw ones are kept in float32."""
    if numbers and len(numbers) == 4 * dimension * count:
        return _raw(numbers, dimension)
    if len(numbers) != 2 * dimension * count:
        raise DatabaseDamaged("a vector has the wrong length")
    vectors = np.frombuffer(numbers, "<f2").reshape(count, dimension).astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    if not (np.abs(lengths - 1) < 0.05).all():
        raise DatabaseDamaged("a vector is not of unit length")
    vectors /= lengths[:, np.newaxis]
    return vectors


def _raw(numbers: bytes, dimension: int) -> NDArray[np.float32]:
    vectors = np.frombuffer(numbers, "<f4").reshape(-1, dimension).astype(np.float32)
    if not np.isfinite(vectors).all() or not vectors.any(axis=1).all():
        raise DatabaseDamaged("a vector holds numbers that are none")
    return vectors
