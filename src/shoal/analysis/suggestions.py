"""Which images look as if they had ended up in the wrong cluster: most of those most like them are in another one."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from shoal.domain.edits import refused_moves
from shoal.domain.geometry import NeighbourGraph, Rows
from shoal.domain.grouping import UNSORTED, Grouping

MOST = 0.7
"""Of an image's neighbours, that part has to be in the other cluster."""

FEWEST_NEIGHBOURS = 5
_NO_ONE = -1
"""The home of a neighbour that is not there: it has no vote."""


def _no_ids() -> NDArray[np.int32]:
    return np.empty(0, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Suggestions:
    """`images`, ascending, and the cluster that each might rather be in."""

    images: NDArray[np.int32] = field(default_factory=_no_ids)
    clusters: NDArray[np.int32] = field(default_factory=_no_ids)

    def of(self, image: int) -> int | None:
        row = Rows(self.images.astype(np.int64)).row_of(image)
        return None if row is None else int(self.clusters[row])


def suggest_moves(graph: NeighbourGraph, grouping: Grouping) -> Suggestions:
    """Images that the user has put somewhere, and moves that the user has refused, are left alone."""
    if graph.indices.shape[1] < FEWEST_NEIGHBOURS:
        return Suggestions()
    known = graph.indices >= 0
    own = grouping.homes.of(graph.rows)
    homes = np.where(known, own[graph.indices], _NO_ONE)
    cluster, votes = _most_frequent(homes)
    images = graph.rows.ids.astype(np.int32)
    enough = (votes >= MOST * known.sum(axis=1)) & (known.sum(axis=1) >= FEWEST_NEIGHBOURS)
    wrong = enough & (cluster > UNSORTED) & (cluster != own) & ~grouping.pinned[images]
    images, cluster = images[wrong], cluster[wrong]
    open_ = ~refused_moves(grouping, images, cluster)
    return Suggestions(images[open_], cluster[open_])


def _most_frequent(values: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Per row the value that occurs most often, the smallest of equals, and how often it does; _NO_ONE never counts."""
    ordered = np.sort(values, axis=1)
    count = values.shape[1]
    best, votes = np.full(len(values), _NO_ONE, np.int32), np.zeros(len(values), np.int64)
    for length in range(1, count + 1):
        runs = ordered[:, length - 1 :] == ordered[:, : count - length + 1]
        runs &= ordered[:, : count - length + 1] != _NO_ONE
        has = runs.any(axis=1)
        first = runs.argmax(axis=1)
        best[has] = ordered[has, first[has]]
        votes[has] = length
    return best, votes
