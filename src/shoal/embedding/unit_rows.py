"""Every backend ends here: rows of unit length, whatever the network made of the picture."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=np.floating)


def unit_rows(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    """n x d to float32 rows of length 1.

    A row without a direction (all zeros, or not finite) becomes the diagonal: one picture a network cannot see must
    not turn the whole map into NaN.
    """
    rows = with_a_direction(np.asarray(vectors, np.float64))
    unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1)[:, None]).astype(np.float32)
    return unit


def with_a_direction(rows: NDArray[F]) -> NDArray[F]:
    """The same rows, but ones where a row has no direction."""
    lengths = np.linalg.norm(rows.astype(np.float64, copy=False), axis=1)
    lost = ~np.isfinite(lengths) | (lengths < 1e-12)
    return np.where(lost[:, None], np.ones(1, rows.dtype), rows) if lost.any() else rows
