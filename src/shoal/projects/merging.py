"""Which clusters are the most alike."""

import numpy as np

from shoal.domain.grouping import UNSORTED, ClusterId, Grouping, Rejection
from shoal.projects.portraits import Portraits


def most_alike_pairs(
    grouping: Grouping, portraits: Portraits, limit: int = 50
) -> list[tuple[ClusterId, ClusterId, float]]:
    """Pairs of clusters by cosine similarity of their centres, most alike first; refused pairs are left out."""
    ids = sorted(id_ for id_ in portraits.clusters if id_ != UNSORTED and id_ in grouping.clusters)
    if len(ids) < 2:
        return []
    centres = np.stack([portraits.clusters[id_].centre for id_ in ids])
    similarity = np.triu(centres @ centres.T, 1)
    rows, columns = np.triu_indices(len(ids), 1)
    order = np.argsort(-similarity[rows, columns], kind="stable")
    pairs = []
    for row, column in zip(rows[order], columns[order], strict=True):
        one, other = ids[int(row)], ids[int(column)]
        if Rejection("merge", int(one), int(other)) not in grouping.rejections:
            pairs.append((one, other, float(similarity[row, column])))
        if len(pairs) == limit:
            break
    return pairs
