"""Every backend ends here: rows of unit length, whatever the network made of the picture."""

import numpy as np
from numpy.typing import NDArray


def unit_rows(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    """n x d to float32 rows of length 1.

    A row without a direction (all zeros, or not finite) becomes the diagonal: one picture a network cannot see must
    not turn the whole map into NaN.
    """
    rows = np.asarray(vectors, np.float64)
    lengths = np.linalg.norm(rows, axis=1)
    lost = ~np.isfinite(lengths) | (lengths < 1e-12)
    if lost.any():
        rows = np.where(lost[:, None], 1.0, rows)
        lengths = np.where(lost, np.sqrt(rows.shape[1]), lengths)
    unit: NDArray[np.float32] = (rows / lengths[:, None]).astype(np.float32)
    return unit
