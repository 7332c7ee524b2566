"""Which clusters are the most alike."""

import numpy as np
from numpy.typing import NDArray

from shoal.domain.grouping import UNSORTED, ClusterId, Grouping
from shoal.domain.task import Task
from shoal.projects.portraits import Portraits

ROWS_AT_ONCE = 512
"""The centres of so many clusters are compared with all at once."""

Pair = tuple[ClusterId, ClusterId, float]
"""Two clusters, the lower id first, and the cosine similarity of their centres."""

_NEVER = -2
"""Less alike than any two."""


def most_alike_pairs(
    grouping: Grouping, portraits: Portraits, limit: int = 50, *, task: Task | None = None
) -> list[Pair]:
    """Pairs of clusters by cosine similarity of their centres, most alike first; refused pairs are left out.

    Safe on any thread. Never all pairs are held; `task` is asked between blocks of clusters whether to stop.
    """
    ids = sorted(id_ for id_ in portraits.clusters if id_ != UNSORTED and id_ in grouping.clusters)
    if len(ids) < 2:
        return []
    centres = np.stack([portraits.clusters[id_].centre for id_ in ids])
    refused = _refused_rows(grouping, np.array(ids, np.int64))
    best: tuple[NDArray[np.int64], NDArray[np.float32]] = np.empty((0, 2), np.int64), np.empty(0, np.float32)
    for start in range(0, len(ids), ROWS_AT_ONCE):
        if task is not None:
            task.check()
        best = _best_of(best, _block(centres, refused, start, limit), limit)
    rows, similarity = best
    return [
        (ids[first], ids[other], value)
        for (first, other), value in zip(rows.tolist(), similarity.tolist(), strict=True)
    ]


def _refused_rows(grouping: Grouping, ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """int64 (n, 2): places in `ids`, ascending, of the pairs that were refused."""
    refused = [(rejection.first, rejection.second) for rejection in grouping.rejections if rejection.kind == "merge"]
    pairs = np.array(refused, np.int64).reshape(-1, 2)
    return np.searchsorted(ids, pairs[np.isin(pairs, ids).all(axis=1)])


def _block(
    centres: NDArray[np.float32], refused: NDArray[np.int64], start: int, limit: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The most alike pairs of which the first is one of the block's clusters, and the other stands behind it."""
    end = min(start + ROWS_AT_ONCE, len(centres))
    alike = centres[start:end] @ centres[start:].T
    alike[np.tri(*alike.shape, dtype=np.bool_)] = _NEVER
    here = refused[(refused[:, 0] >= start) & (refused[:, 0] < end)] - start
    alike[here[:, 0], here[:, 1]] = _NEVER
    flat = alike.ravel()
    best = np.argpartition(flat, max(0, len(flat) - limit))[-limit:]
    best = best[flat[best] > _NEVER]
    return np.stack(np.unravel_index(best, alike.shape), axis=1) + start, flat[best]


def _best_of(
    first: tuple[NDArray[np.int64], NDArray[np.float32]],
    other: tuple[NDArray[np.int64], NDArray[np.float32]],
    limit: int,
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    rows, similarity = np.concatenate([first[0], other[0]]), np.concatenate([first[1], other[1]])
    order = np.argsort(-similarity, kind="stable")[:limit]
    return rows[order], similarity[order]
