"""What a user can do to a grouping. Each edit only says what changes; `Patch.inverse` is the undo.

An image that the user put somewhere is pinned there; what a machine proposed is not. Edits raise ValueError for images
and clusters that are not there. A patch that changes nothing is false.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from shoal.domain.grouping import (
    LONGEST_NAME,
    OUT,
    UNSORTED,
    Cluster,
    ClusterId,
    Grouping,
    Patch,
    Places,
    Rejection,
    images_array,
)
from shoal.domain.images import ImageId
from shoal.domain.verdicts import VerdictChange

PALETTE_SIZE = 24
"""How many colours the palette has that can be told apart."""

_NOT_ON_A_LINE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

Images = Iterable[ImageId] | NDArray[np.integer]
ClusterChanges = dict[ClusterId, tuple[Cluster | None, Cluster | None]]


def move_images(grouping: Grouping, images: Images, to: ClusterId) -> Patch:
    """Put images into a cluster (or Unsorted) and pin them there."""
    _existing(grouping, to)
    return Patch(places_of(grouping, _column(grouping, images), to, True))


def accept_images(grouping: Grouping, images: Images) -> Patch:
    """Pin images where they are."""
    column = _column(grouping, images)
    return Patch(places_of(grouping, column, grouping.home[column], True))


def unpin_images(grouping: Grouping, images: Images) -> Patch:
    column = _column(grouping, images)
    return Patch(places_of(grouping, column, grouping.home[column], False))


def rename_cluster(grouping: Grouping, cluster: ClusterId, name: str, core: Images = ()) -> Patch:
    """`core`: images of the cluster that stand for what it is called; they are pinned in it."""
    column = _column(grouping, core)
    column = column[grouping.home[column] == cluster]
    renamed = _changed(grouping, replace(_cluster(grouping, cluster), name=clean_name(name), named=True))
    return Patch(places_of(grouping, column, cluster, True), renamed.clusters)


def suggest_names(grouping: Grouping, names: Mapping[ClusterId, str]) -> Patch:
    """Let a machine call clusters something; those that the user has named stay as they are, and the rest still may be.

    Equal names get numbers.
    """
    free = {id_: name for id_, name in names.items() if not _cluster(grouping, id_).named}
    others = replace(grouping, clusters={id_: cluster for id_, cluster in grouping.clusters.items() if id_ not in free})
    after = dict(zip(free, distinct_names(others, list(free.values())), strict=True))
    changes: ClusterChanges = {
        id_: (grouping.clusters[id_], replace(grouping.clusters[id_], name=name)) for id_, name in after.items()
    }
    return Patch(clusters={id_: (before, now) for id_, (before, now) in changes.items() if before != now})


def put_under(grouping: Grouping, clusters: Iterable[ClusterId], parent: str) -> Patch:
    """Put clusters under a parent of that name, which is new if there is none; "" takes them out of theirs.

    Names of parents differ in more than their case.
    """
    name = clean_name(parent) if parent.strip() else ""
    present = {other.casefold(): other for other in parents(grouping)}
    return _all_changed(
        grouping, {id_: replace(_cluster(grouping, id_), parent=present.get(name.casefold(), name)) for id_ in clusters}
    )


def rename_parent(grouping: Grouping, parent: str, name: str) -> Patch:
    """Called like another one, the two become one."""
    name = clean_name(name)
    present = {other.casefold(): other for other in parents(grouping) if other != parent}
    return _all_changed(
        grouping,
        {
            id_: replace(cluster, parent=present.get(name.casefold(), name))
            for id_, cluster in grouping.clusters.items()
            if cluster.parent == parent
        },
    )


def parents(grouping: Grouping) -> list[str]:
    """The names of all parents, in the order of the first cluster under each."""
    return list(dict.fromkeys(cluster.parent for cluster in grouping.clusters.values() if cluster.parent))


def recolour_cluster(grouping: Grouping, cluster: ClusterId, colour: int) -> Patch:
    return _changed(grouping, replace(_cluster(grouping, cluster), colour=colour % PALETTE_SIZE))


def create_cluster(grouping: Grouping, name: str, images: Images = ()) -> Patch:
    new = Cluster(grouping.fresh_id, clean_name(name), free_colours(grouping, 1)[0], named=True)
    return Patch(places_of(grouping, _column(grouping, images), new.id, True), {new.id: (None, new)})


def merge_clusters(grouping: Grouping, sources: Iterable[ClusterId], into: ClusterId) -> Patch:
    """Move all images of `sources` into one cluster; those moved are pinned, so that the merge outlasts re-clustering.

    If the user named none but one of the sources, that name is kept.
    """
    target = _cluster(grouping, into)
    gone = [_cluster(grouping, id_) for id_ in sorted(set(sources) - {into})]
    names = [cluster.name for cluster in gone if cluster.named]
    after = replace(target, name=names[0], named=True) if len(names) == 1 and not target.named else target
    changes: ClusterChanges = {cluster.id: (cluster, None) for cluster in gone}
    if after != target:
        changes[into] = (target, after)
    moved = np.flatnonzero(np.isin(grouping.home, [cluster.id for cluster in gone])).astype(np.int32)
    return Patch(places_of(grouping, moved, into, True), changes)


def split_cluster(grouping: Grouping, cluster: ClusterId, labels: NDArray[np.int32]) -> Patch:
    """Give each part a cluster of its own, under the parent of the whole.

    `labels`: part per member in the order of `members`, -1 stays.

    The largest part keeps the cluster's identity; the images of the others are pinned in their new clusters.
    """
    whole, members = _cluster(grouping, cluster), grouping.members(cluster)
    if labels.shape != members.shape:
        raise ValueError(f"{len(labels)} labels for the {len(members)} images of cluster {cluster}")
    parts, sizes = np.unique(labels[labels >= 0], return_counts=True)
    leaving = np.sort(parts[np.argsort(-sizes, kind="stable")][1:]) if (labels >= 0).all() else parts
    if not len(leaving):
        return Patch()
    names = distinct_names(grouping, [f"{whole.name} {number}" for number in range(2, len(leaving) + 2)])
    new = [replace(part, parent=whole.parent) for part in _new_clusters(grouping, names)]
    mask = np.isin(labels, leaving)
    homes = np.array([part.id for part in new], np.int32)[np.searchsorted(leaving, labels[mask])]
    return Patch(places_of(grouping, members[mask], homes, True), {part.id: (None, part) for part in new})


def dissolve_clusters(grouping: Grouping, clusters: Iterable[ClusterId]) -> Patch:
    """Take clusters away. Their images go to Unsorted, free to be put anywhere by the next clustering."""
    gone: ClusterChanges = {id_: (_cluster(grouping, id_), None) for id_ in clusters}
    images = np.flatnonzero(np.isin(grouping.home, list(gone))).astype(np.int32)
    return Patch(places_of(grouping, images, UNSORTED, False), gone)


def dissolve_cluster(grouping: Grouping, cluster: ClusterId) -> Patch:
    return dissolve_clusters(grouping, [cluster])


def take_out_images(grouping: Grouping, images: Images) -> Patch:
    """Images whose files are gone are no longer shown or counted. If a file comes back, it is placed like a new one."""
    return Patch(places_of(grouping, _column(grouping, images), OUT, False))


def place_new_images(grouping: Grouping, images: Images, clusters: NDArray[np.int32]) -> Patch:
    """Put new images where a machine thinks they belong: `clusters[i]` for the i-th of ascending `images`.

    Only images move that are unpinned in Unsorted, or were taken out; nothing else does.
    """
    column = _column(grouping, images)
    if clusters.shape != column.shape:
        raise ValueError(f"{len(clusters)} clusters for {len(column)} images")
    for id_ in np.unique(clusters):
        _existing(grouping, ClusterId(int(id_)))
    home = grouping.home[column]
    waiting = (home == OUT) | ((home == UNSORTED) & ~grouping.pinned[column])
    column, homes = column[waiting], clusters[waiting].copy()
    homes[refused_moves(grouping, column, homes)] = UNSORTED
    return Patch(places_of(grouping, column, homes, False))


def follow_suggestions(grouping: Grouping, images: NDArray[np.int32], clusters: NDArray[np.int32]) -> Patch:
    """Put each of ascending `images` into the cluster beside it and pin it there."""
    for id_ in np.unique(clusters):
        _existing(grouping, ClusterId(int(id_)))
    return Patch(places_of(grouping, _column(grouping, images), clusters, True))


def reject_suggestions(grouping: Grouping, images: NDArray[np.int32], clusters: NDArray[np.int32]) -> Patch:
    """Never suggest again that each of `images` belongs to the cluster beside it."""
    pairs = zip(images.tolist(), clusters.tolist(), strict=True)
    return _rejecting(grouping, frozenset(Rejection("move", image, cluster) for image, cluster in pairs))


def reject_merge(grouping: Grouping, first: ClusterId, other: ClusterId) -> Patch:
    """Never suggest again that these two be merged, in either order."""
    return _rejecting(grouping, frozenset({Rejection("merge", *sorted((int(first), int(other))))}))


def mark_images(grouping: Grouping, images: Images, column: int, value: int) -> Patch:
    """Give images stars, a flag or a label: `column` is STARS, FLAG or COLOUR; UNSAID leaves it to the files."""
    chosen = _column(grouping, images)
    chosen = chosen[grouping.verdicts[chosen, column] != value]
    before = grouping.verdicts[chosen]
    after = before.copy()
    after[:, column] = value
    return Patch(verdicts=VerdictChange(chosen, before, after))


def created_clusters(patch: Patch) -> list[ClusterId]:
    """The clusters that a patch brings into being, ascending."""
    return sorted(id_ for id_, (before, after) in patch.clusters.items() if before is None and after is not None)


def clean_name(name: str) -> str:
    """A name on one line, without control characters; raises ValueError if nothing is left."""
    kept = (
        " " if unicodedata.category(char) in _NOT_ON_A_LINE else char
        for char in unicodedata.normalize("NFC", name)
        if char not in _DIRECTION_MARKS
    )
    cleaned = " ".join("".join(kept).split())[:LONGEST_NAME].strip()
    if not cleaned:
        raise ValueError("a cluster needs a name")
    return cleaned


def distinct_names(grouping: Grouping, offered: Sequence[str]) -> list[str]:
    """`offered`, each with a number behind it where a cluster or an earlier one is already called so (without case).

    Beside "cats" and "cats 2" the next one is "cats 3"; where the name ends in a number itself, "Room 12 (2)".
    """
    taken = {cluster.name.casefold() for cluster in grouping.clusters.values()}
    names = []
    for name in map(clean_name, offered):
        number, distinct = 1, name
        while distinct.casefold() in taken:
            number += 1
            stem = _without_number(name, taken)[: LONGEST_NAME - 8]
            distinct = f"{stem} ({number})" if stem[-1].isdecimal() else f"{stem} {number}"
        taken.add(distinct.casefold())
        names.append(distinct)
    return names


def _without_number(name: str, taken: Collection[str]) -> str:
    """A number behind a name is one of ours if the name without it is there, too: it is none in "Holiday 2024"."""
    stem, blank, number = name.rpartition(" ")
    return stem if blank and number.isdecimal() and stem.casefold() in taken else name


def free_colours(grouping: Grouping, count: int) -> list[int]:
    """The colours used least so far, each as seldom as can be, in the order of the palette."""
    uses = [0] * PALETTE_SIZE
    for cluster in grouping.clusters.values():
        uses[cluster.colour % PALETTE_SIZE] += 1
    colours = []
    for _ in range(count):
        colours.append(uses.index(min(uses)))
        uses[colours[-1]] += 1
    return colours


def _column(grouping: Grouping, images: Images) -> NDArray[np.int32]:
    array = isinstance(images, np.ndarray)
    column = np.unique(images).astype(np.int32) if array else images_array(images)  # type: ignore[arg-type]  # Iterable
    if len(column) and not 0 <= column[0] <= column[-1] < len(grouping.home):
        raise ValueError(f"image {column[-1]} is not among the {len(grouping.home)} images")
    return column


def _cluster(grouping: Grouping, id_: ClusterId) -> Cluster:
    if id_ not in grouping.clusters:
        raise ValueError(f"there is no cluster {id_}")
    return grouping.clusters[id_]


def _existing(grouping: Grouping, id_: ClusterId) -> None:
    if id_ != UNSORTED:
        _cluster(grouping, id_)


def _changed(grouping: Grouping, after: Cluster) -> Patch:
    before = grouping.clusters[after.id]
    return Patch(clusters={after.id: (before, after)} if after != before else {})


def _all_changed(grouping: Grouping, after: Mapping[ClusterId, Cluster]) -> Patch:
    changes: ClusterChanges = {id_: (grouping.clusters[id_], cluster) for id_, cluster in after.items()}
    return Patch(clusters={id_: (before, now) for id_, (before, now) in changes.items() if before != now})


def _rejecting(grouping: Grouping, rejections: frozenset[Rejection]) -> Patch:
    return Patch(rejected=rejections - grouping.rejections)


def _new_clusters(grouping: Grouping, names: Sequence[str]) -> list[Cluster]:
    colours = free_colours(grouping, len(names))
    first = grouping.fresh_id
    return [Cluster(ClusterId(first + n), name, colours[n]) for n, name in enumerate(names)]


def places_of(
    grouping: Grouping, images: NDArray[np.int32], to: int | NDArray[np.int32], pinned: bool | NDArray[np.bool_]
) -> Places:
    """The places of ascending `images`, those left out that are as wanted already."""
    home = np.broadcast_to(np.asarray(to, np.int32), images.shape)
    pin = np.broadcast_to(np.asarray(pinned, np.bool_), images.shape)
    home_before, pin_before = grouping.home[images], grouping.pinned[images]
    differs = (home_before != home) | (pin_before != pin)
    columns = (images, home_before, home, pin_before, pin)
    return Places(*(column[differs] for column in columns))


def refused_moves(grouping: Grouping, images: NDArray[np.int32], homes: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which of these moves the user has refused for good."""
    refused = [(move.first, move.second) for move in grouping.rejections if move.kind == "move"]
    if not refused:
        return np.zeros(len(images), np.bool_)
    pairs = np.array(refused, np.int64)
    return np.isin(_pair(images, homes), _pair(pairs[:, 0], pairs[:, 1]))


def _pair(first: NDArray[np.integer], second: NDArray[np.integer]) -> NDArray[np.int64]:
    return first.astype(np.int64) << 32 | second.astype(np.int64)
