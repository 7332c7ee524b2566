"""Taking a freshly computed clustering over as one undoable edit, without harm to what the user did by hand.

Pinned images stay where they are. A cluster that a proposed one mostly overlaps with keeps its id and colour, and its
name unless the proposal knows a better one; what the user named keeps its name whatever the proposal says.
A cluster stays if the user named it or put it under a parent, and if images remain in it that the proposal may not
move.

What the user named is never emptied. Its core, the images that are pinned in it (naming pins those most typical of it),
stays in any case, and decides which proposed cluster goes on with the name. A named cluster without a core goes on with
the proposed cluster that mostly overlaps with it; where there is none it keeps all that it has.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from numpy.typing import NDArray

from shoal.domain.edits import ClusterChanges, clean_name, distinct_names, free_colours, places_of, refused_moves
from shoal.domain.grouping import UNSORTED, Cluster, ClusterId, Grouping, Patch

LEAST_DIGITS = 2
"""Of the numbers of clusters, so that they stand in their order where names are sorted by their letters."""


def never(_name: str) -> bool:
    """No name of an old cluster is worse than a number."""
    return False


@dataclass(frozen=True, slots=True, eq=False)
class ProposedClusters:
    """`images`: ids in any order; `labels`: proposed cluster per image, 0..k-1, -1 for "belongs nowhere".

    `names`: one per proposed cluster, "" where there is nothing better than `word` and a number. `outlived` tells of an
    old cluster's name, not the user's, whether it only holds where the proposal gives it again.
    """

    images: NDArray[np.int64]
    labels: NDArray[np.int32]
    names: Sequence[str]
    word: str = "Cluster"
    outlived: Callable[[str], bool] = never

    def __post_init__(self) -> None:
        if self.images.shape != self.labels.shape:
            raise ValueError(f"{len(self.images)} images but {len(self.labels)} labels")
        if len(self.labels) and not -1 <= self.labels.min() <= self.labels.max() < len(self.names):
            raise ValueError(f"a label has no name among the {len(self.names)}")


def adopt_proposal(grouping: Grouping, proposed: ProposedClusters) -> Patch:
    """Re-cluster: every image of the proposal that is not pinned goes where the proposal says."""
    order = np.argsort(proposed.images, kind="stable")
    images, labels = proposed.images[order].astype(np.int32), proposed.labels[order]
    _require_distinct(grouping, images)
    heirs = matched_clusters(labels, _telling_homes(grouping, images), len(proposed.names))
    free = ~grouping.pinned[images] & ~np.isin(grouping.home[images], _kept_whole(grouping, heirs))
    proposed_labels = np.unique(labels[free & (labels >= 0)])
    fresh_ids = dict(zip((label for label in proposed_labels.tolist() if label not in heirs), count(grouping.fresh_id)))
    target = np.full(len(proposed.names) + 1, UNSORTED, np.int32)  # the last one serves label -1
    for label, id_ in {**heirs, **fresh_ids}.items():
        target[label] = id_
    images, homes = images[free], target[labels[free]]
    refused = refused_moves(grouping, images, homes) & (grouping.home[images] != homes)
    homes[refused] = grouping.home[images[refused]]
    after = grouping.home.copy()
    after[images] = homes
    gone = _left_over(grouping, after, heirs)
    changes = _named_anew(grouping, proposed, heirs, fresh_ids, gone)
    return Patch(places_of(grouping, images, homes, False), changes)


def matched_clusters(labels: NDArray[np.int32], homes: NDArray[np.int32], proposed: int) -> dict[int, ClusterId]:
    """Proposed label -> the old cluster whose identity it inherits, by largest overlap, each at most once.

    To be an heir a cluster must share more than half of one of the two: a single common image hands on no name.
    """
    both = (labels >= 0) & (homes > UNSORTED)
    pairs, overlaps = np.unique(labels[both].astype(np.int64) << 32 | homes[both], return_counts=True)
    new, old = pairs >> 32, pairs & 0xFFFFFFFF
    new_sizes = np.bincount(labels[labels >= 0], minlength=proposed)
    old_ids, old_counts = np.unique(homes, return_counts=True)
    old_sizes = old_counts[np.searchsorted(old_ids, old)]
    likely = 2 * overlaps > np.minimum(new_sizes[new], old_sizes)
    heirs: dict[int, ClusterId] = {}
    taken: set[int] = set()
    for at in np.lexsort((old, new, -overlaps)):
        label, id_ = int(new[at]), int(old[at])
        if likely[at] and label not in heirs and id_ not in taken:
            heirs[label] = ClusterId(id_)
            taken.add(id_)
    return heirs


def _telling_homes(grouping: Grouping, images: NDArray[np.int32]) -> NDArray[np.int32]:
    """The home of each image; Unsorted for those in a named cluster that has a core which they are not part of."""
    homes = grouping.home[images]
    beside = np.isin(homes, _named_with_core(grouping)) & ~grouping.pinned[images]
    return np.where(beside, np.int32(UNSORTED), homes)


def _named_with_core(grouping: Grouping) -> list[int]:
    cores = set(np.unique(grouping.home[grouping.pinned]).tolist())
    return [id_ for id_, cluster in grouping.clusters.items() if cluster.named and id_ in cores]


def _kept_whole(grouping: Grouping, heirs: Mapping[int, ClusterId]) -> list[int]:
    """The named clusters that neither a core nor a proposed cluster would keep from being emptied."""
    safe = {*_named_with_core(grouping), *heirs.values()}
    return [id_ for id_, cluster in grouping.clusters.items() if _is_authored(cluster) and id_ not in safe]


def _is_authored(cluster: Cluster) -> bool:
    return cluster.named or bool(cluster.parent)


def _require_distinct(grouping: Grouping, images: NDArray[np.int32]) -> None:
    if len(images) and not (0 <= images[0] <= images[-1] < len(grouping.home) and (np.diff(images) > 0).all()):
        raise ValueError("the proposal names an image twice or one that is not there")


def _without(grouping: Grouping, gone: Collection[ClusterId]) -> Grouping:
    """What goes makes room: its name, number and colour are free."""
    staying = {id_: cluster for id_, cluster in grouping.clusters.items() if id_ not in gone}
    return replace(grouping, clusters=staying)


def _named_anew(
    grouping: Grouping,
    proposed: ProposedClusters,
    heirs: Mapping[int, ClusterId],
    fresh_ids: Mapping[int, int],
    gone: ClusterChanges,
) -> ClusterChanges:
    """What becomes of the clusters: `gone` ones, new ones, and old ones that are called otherwise from now on."""
    renamed = {label: id_ for label, id_ in heirs.items() if _loses_its_name(grouping.clusters[id_], proposed, label)}
    others = _without(grouping, {*gone, *renamed.values()})
    labels = sorted([*renamed, *fresh_ids])
    names = dict(zip(labels, distinct_names(others, _names_or_numbers(others, proposed, labels)), strict=True))
    colours = free_colours(_without(grouping, gone), len(fresh_ids))
    changes = dict(gone)
    for (label, id_), colour in zip(fresh_ids.items(), colours, strict=True):
        changes[ClusterId(id_)] = None, Cluster(ClusterId(id_), names[label], colour)
    for label, id_ in renamed.items():
        before = grouping.clusters[id_]
        changes[id_] = before, replace(before, name=names[label])
    return {id_: (before, after) for id_, (before, after) in changes.items() if before != after}


def _loses_its_name(cluster: Cluster, proposed: ProposedClusters, label: int) -> bool:
    return not cluster.named and (bool(proposed.names[label]) or proposed.outlived(cluster.name))


def _names_or_numbers(grouping: Grouping, proposed: ProposedClusters, labels: Sequence[int]) -> list[str]:
    """The proposed names; where there is none, the word with the lowest number that nobody has."""
    taken = {cluster.name.casefold() for cluster in grouping.clusters.values()}
    given = [proposed.names[label] for label in labels]
    taken.update(clean_name(name).casefold() for name in given if name)
    digits = max(LEAST_DIGITS, len(str(len(proposed.names))))
    numbers = (number for number in count(1) if f"{proposed.word} {number}".casefold() not in taken)
    names = (f"{proposed.word} {number:0{digits}}" for number in numbers)
    free = (name for name in names if name.casefold() not in taken)
    return [name or next(free) for name in given]


def _left_over(grouping: Grouping, after: NDArray[np.int32], heirs: dict[int, ClusterId]) -> ClusterChanges:
    """The old clusters that go: without an heir, a name from the user, or an image left in them."""
    staying = {*heirs.values(), *(int(id_) for id_ in np.unique(after))}
    return {
        id_: (cluster, None)
        for id_, cluster in grouping.clusters.items()
        if id_ not in staying and not _is_authored(cluster)
    }
