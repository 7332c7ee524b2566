"""Which clusters are the most alike."""

import numpy as np
from numpy.typing import NDArray

from shoal.domain.grouping import UNSORTED, ClusterId, Grouping
from shoal.projects.portraits import Portraits

NEAREST, ROWS_AT_ONCE = 8, 512
"""Of each cluster so many others are asked, and the centres of so many clusters compared with all at once."""


def most_alike_pairs(
    grouping: Grouping, portraits: Portraits, limit: int = 50
) -> list[tuple[ClusterId, ClusterId, float]]:
    """Pairs of clusters by cosine similarity of their centres, most alike first; refused pairs are left out.

    Each cluster is asked for its nearest ones only, and for more where it refused some: never all pairs are held.
    """
    ids = sorted(id_ for id_ in portraits.clusters if id_ != UNSORTED and id_ in grouping.clusters)
    if len(ids) < 2:
        return []
    centres = np.stack([portraits.clusters[id_].centre for id_ in ids])
    refused = {(one.first, one.second) for one in grouping.rejections if one.kind == "merge"}
    nearest = _nearest_pairs(centres, min(len(ids) - 1, NEAREST + _most_refused(refused)))
    pairs = [(ids[one], ids[other], similarity) for one, other, similarity in nearest]
    return [pair for pair in pairs if (int(pair[0]), int(pair[1])) not in refused][:limit]


def _most_refused(refused: set[tuple[int, int]]) -> int:
    """How many pairs of one cluster were refused at the most."""
    counts = np.unique(np.array([*refused], np.int64).ravel(), return_counts=True)[1]
    return int(counts.max(initial=0))


def _nearest_pairs(centres: NDArray[np.float32], nearest: int) -> list[tuple[int, int, float]]:
    """Each pair once, the more alike first."""
    rows, columns, values = [], [], []
    for start in range(0, len(centres), ROWS_AT_ONCE):
        here = np.arange(start, min(start + ROWS_AT_ONCE, len(centres)))
        alike = centres[here] @ centres.T
        alike[np.arange(len(here)), here] = -2
        others = np.argpartition(-alike, nearest - 1, axis=1)[:, :nearest]
        rows.append(np.repeat(here, nearest))
        columns.append(others.ravel())
        values.append(np.take_along_axis(alike, others, axis=1).ravel())
    first, second, value = np.concatenate(rows), np.concatenate(columns), np.concatenate(values)
    low, high = np.minimum(first, second), np.maximum(first, second)
    _codes, once = np.unique(low * len(centres) + high, return_index=True)
    once = once[np.argsort(-value[once], kind="stable")]
    return list(zip(low[once].tolist(), high[once].tolist(), value[once].tolist(), strict=True))
