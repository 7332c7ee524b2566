"""In which order clusters stand in the window: as the user wants them, and so that no edit moves a card."""

from collections.abc import Callable, Mapping
from enum import Enum

import numpy as np

from shoal.domain.grouping import UNSORTED, ClusterId, Grouping, Patch
from shoal.domain.natural_order import natural_keys
from shoal.looking.snapshot import Snapshot
from shoal.projects.portraits import Portraits


class ClusterSort(Enum):
    SIZE = "size"
    NAME = "name"
    MIXED = "mixed"
    UNSURE = "unsure"
    RECENT = "recent"


class ClusterOrder:
    """As they were sorted last; what an edit makes comes last. Only RECENT moves what an edit has touched."""

    def __init__(self) -> None:
        self._order: list[ClusterId] = []
        self._touched: list[ClusterId] = []
        self.by = ClusterSort.SIZE
        self.is_new = False
        """Whether the clusters were made anew, and are sorted by their size for want of anything else."""

    def of(self, grouping: Grouping | None) -> list[ClusterId]:
        return [] if grouping is None else [id_ for id_ in self._order if id_ in grouping.clusters]

    def begin(self, grouping: Grouping | None) -> None:
        """After a look or a clustering."""
        self._order = [] if grouping is None else _by_size(grouping)
        self._touched, self.is_new = [], True

    def sort(self, by: ClusterSort, grouping: Grouping, snapshot: Snapshot, portraits: Portraits) -> None:
        self.by, self.is_new = by, False
        if by is ClusterSort.RECENT:
            self._order = [*reversed(self._touched), *(id_ for id_ in self._order if id_ not in set(self._touched))]
        else:
            self._order = _SORTED[by](grouping, snapshot, portraits)

    def follow(self, patch: Patch, grouping: Grouping | None) -> None:
        """After a step. One in which most clusters come or go is a clustering; of others, those that go keep their
        places, should undo bring them back."""
        others = sum(before is None or after is None for before, after in patch.clusters.values())
        if grouping is not None and 2 * others > len(grouping.clusters) + 1:
            self.begin(grouping)
        elif grouping is not None:
            self._order += sorted(set(grouping.clusters) - set(self._order))
            self._touch(patch)

    def _touch(self, patch: Patch) -> None:
        """What got pictures, or another name, is what was worked on."""
        targets = {ClusterId(id_) for id_ in np.unique(patch.places.home_after).tolist() if id_ > UNSORTED}
        touched = sorted({*patch.clusters, *targets})
        self._touched = [*(id_ for id_ in self._touched if id_ not in touched), *touched]
        if self.by is ClusterSort.RECENT:
            self._order = [*reversed(touched), *(id_ for id_ in self._order if id_ not in touched)]


def _by_size(grouping: Grouping) -> list[ClusterId]:
    counts = grouping.counts()
    return sorted(grouping.clusters, key=lambda id_: (-counts[id_], id_))


def _by_name(grouping: Grouping) -> list[ClusterId]:
    keys = natural_keys([cluster.name for cluster in grouping.clusters.values()])
    return [id_ for _key, id_ in sorted(zip(keys, grouping.clusters, strict=True))]


def _by_figure(grouping: Grouping, figure: Mapping[ClusterId, float]) -> list[ClusterId]:
    """The smallest first, the unknown last."""
    return sorted(grouping.clusters, key=lambda id_: (figure.get(id_, np.inf), id_))


def tightness_of(portraits: Portraits) -> dict[ClusterId, float]:
    return {id_: portrait.tightness for id_, portrait in portraits.clusters.items()}


def sureness_of(grouping: Grouping, snapshot: Snapshot) -> dict[ClusterId, float]:
    """Mean silhouette of what is in each cluster now, as far as the last clustering knew the pictures."""
    proposal = snapshot.proposal
    if proposal is None:
        return {}
    is_placed = proposal.labels >= 0
    home = np.maximum(grouping.homes.of(proposal.rows)[is_placed], UNSORTED)
    counts, sums = np.bincount(home), np.bincount(home, proposal.silhouette[is_placed].astype(np.float64))
    return {ClusterId(id_): float(sums[id_] / counts[id_]) for id_ in np.flatnonzero(counts).tolist()}


_SORTED: Mapping[ClusterSort, Callable[[Grouping, Snapshot, Portraits], list[ClusterId]]] = {
    ClusterSort.SIZE: lambda grouping, _snapshot, _portraits: _by_size(grouping),
    ClusterSort.NAME: lambda grouping, _snapshot, _portraits: _by_name(grouping),
    ClusterSort.MIXED: lambda grouping, _snapshot, portraits: _by_figure(grouping, tightness_of(portraits)),
    ClusterSort.UNSURE: lambda grouping, snapshot, _portraits: _by_figure(grouping, sureness_of(grouping, snapshot)),
}
