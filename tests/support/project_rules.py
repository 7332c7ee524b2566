"""What must hold of a project after every step, whatever was done to it before."""

from collections.abc import Callable

import numpy as np
from tests.support.changing_pictures import KINDS

from shoal.domain.grouping import UNSORTED
from shoal.domain.images import ImageId

FEW = 3
"""Kinds with fewer pictures than this may be taken for a part of another kind."""


class Broken(AssertionError):
    """A rule that does not hold; its name first."""

    def __init__(self, rule: str, why: str) -> None:
        super().__init__(f"{rule}: {why}")
        self.rule, self.why = rule, why


def every_picture_is_in_one_cluster(world) -> None:
    grouping, images = world.grouping, world.images
    _require(len(grouping.home) == len(images), f"{len(images)} images, {len(grouping.home)} places")
    _require([one.id for one in images] == list(range(len(images))), "the ids do not count from 0")
    strange = {int(home) for home in grouping.home} - {UNSORTED, *grouping.clusters}
    _require(not strange, f"pictures sit in clusters {strange} that are not there")
    _require(sum(grouping.counts().values()) == len(images), "the counts do not add up")


def memory_is_what_the_file_says(world) -> None:
    kept = world.in_the_file()
    _require(kept.grouping == world.grouping, "the file has another grouping than memory")
    _require(kept.images == tuple(world.images), "the file has other images than memory")
    _require(kept.history == world.history, "the file has another history than memory")


def what_was_looked_at_is_there(world) -> None:
    """Of each file that could be read when it was looked at last there is exactly one image, or some objects."""
    if world.seen is None:
        return
    paths = [one.path for one in world.images]
    _require(world.objects or len(set(paths)) == len(paths), "a file is two images")
    _require(world.objects or world.seen <= set(paths), "a picture has no image")


def rows_agree(world) -> None:
    view = world.view()
    if view.ids is None:
        return
    ids = view.ids.tolist()
    _require(ids == sorted(set(ids)), "the ids of the vectors do not ascend")
    _require(set(ids) <= set(range(len(world.images))), "a vector belongs to no image")
    for name, others in view.other_ids.items():
        _require(others.tolist() == ids, f"the {name} has other rows than the vectors")
    _require(view.stacks is None or len(view.stacks) == len(world.images), "stacks of other images")


def vectors_are_their_pictures(world) -> None:
    """The vector in an image's row looks like others of the same kind, not like those of another."""
    view = world.view()
    if view.ids is None or world.objects:
        return
    kinds = _kinds(world, view.ids)
    for kind in np.unique(kinds):
        alike = view.vectors[kinds == kind]
        _require(float((alike @ alike.T).min()) > 0.85, f"vectors of kind {kind} look unlike each other")


def neighbours_are_near(world) -> None:
    """The graph says of its rows what the vectors say: it was made from them."""
    view = world.view()
    if view.neighbours is None or view.ids is None:
        return
    rows, known = view.neighbours, view.neighbours >= 0
    _require(bool((rows < len(view.vectors)).all()), "a neighbour is no row")
    _require(len(rows) == len(view.vectors), "the graph has other rows than the vectors")
    similar = np.einsum("id,ikd->ik", view.vectors, view.vectors[np.maximum(rows, 0)])
    _require(np.allclose(view.distances[known], 1 - similar[known], atol=1e-3), "distances of other vectors")


def stacks_are_of_now(world) -> None:
    view = world.view()
    if view.stacks is not None and view.neighbours is not None:
        _require(np.array_equal(view.stacks, world.stacks_now()), "the stacks are those of other pictures")


def why_here_is_known(world) -> None:
    """Each picture that has a vector can be explained, with its nearest."""
    view = world.view()
    if view.ids is None or len(world.grouping.home) != len(world.images):
        return
    portraits = world.portray()
    ids = view.ids.tolist()
    explained = [world.explain(ImageId(id_), portraits) for id_ in ids]
    missing = explained.count(None)
    _require(not missing, f"{missing} of {len(ids)} are not explained")
    lonely = sum(not one.nearest for one in explained)
    _require(len(ids) < 2 or view.neighbours is None or not lonely, f"{lonely} of {len(ids)} have no nearest picture")
    world.pairs(portraits)


def suggestions_make_sense(world) -> None:
    grouping = world.grouping
    if world.view().neighbours is None or len(grouping.home) != len(world.images):
        return
    found = world.suggestions()
    _require(not grouping.pinned[found.images].any(), "a picture that the user put somewhere is to go elsewhere")
    _require(set(found.clusters.tolist()) <= set(grouping.clusters), "a suggestion names no cluster")


def the_tree_parts_the_kinds(world) -> None:
    """The tree cut into as many clusters as there are kinds: one of each."""
    view = world.view()
    if "tree" not in view.other_ids or not _may_be_judged(world, view.other_ids["tree"]):
        return
    kinds = _kinds(world, view.other_ids["tree"])
    _require(_pure(view.cut(len(np.unique(kinds))), kinds), "the tree mixes kinds")


def clean_pictures_stay_clean(world) -> None:
    """Clusters just found by an algorithm that can tell these kinds apart hold one kind each.

    Where a few pictures of two kinds share one all the same, it must be what comes of these vectors computed afresh.
    """
    ids = world.view().other_ids.get("proposal")
    if not world.just_clustered or ids is None or not _may_be_judged(world, ids):
        return
    labels, kinds = world.view().labels, _kinds(world, ids)
    if not _can_tell_apart(world) or (world.clusters or KINDS) < len(np.unique(kinds)):
        return
    if not _pure(labels, kinds):
        afresh = _same_parts(labels, world.clusters_afresh())
        _require(afresh, f"proposed clusters mix kinds: {_mixture(labels, kinds)}")
        return
    homes = world.grouping.home[ids]
    free = ~world.grouping.pinned[ids] & (homes != UNSORTED) & ~np.isin(homes, _named_without_core(world.grouping))
    if not world.grouping.rejections:
        _require(_pure(homes[free], kinds[free]), f"clusters mix kinds: {_mixture(homes[free], kinds[free])}")


RULES: dict[str, Callable[[object], None]] = {
    "one cluster each": every_picture_is_in_one_cluster,
    "memory is the file": memory_is_what_the_file_says,
    "pictures": what_was_looked_at_is_there,
    "rows": rows_agree,
    "vectors": vectors_are_their_pictures,
    "neighbours": neighbours_are_near,
    "stacks": stacks_are_of_now,
    "why here": why_here_is_known,
    "suggestions": suggestions_make_sense,
    "tree": the_tree_parts_the_kinds,
    "clean": clean_pictures_stay_clean,
}


def check(world, names=tuple(RULES)) -> None:
    """Raises Broken for the first rule that does not hold."""
    for name in names:
        try:
            RULES[name](world)
        except Broken as error:
            raise Broken(name, error.why) from None


def _named_without_core(grouping) -> list[int]:
    """Clusters as a table gave them: nothing in them is pinned, so they stay whole rather than be emptied."""
    with_core = set(np.unique(grouping.home[grouping.pinned]).tolist())
    return [id_ for id_, cluster in grouping.clusters.items() if cluster.named and id_ not in with_core]


def _require(holds: bool, why: str) -> None:
    if not holds:
        raise Broken("", why)


def _kinds(world, ids: np.ndarray) -> np.ndarray:
    return np.array([world.pictures.kind_of(world.images[int(id_)]) for id_ in ids], np.int64)


def _may_be_judged(world, ids: np.ndarray) -> bool:
    kinds = _kinds(world, ids)
    return len(kinds) > 0 and np.unique(kinds, return_counts=True)[1].min() >= FEW and len(np.unique(kinds)) > 1


def _pure(labels: np.ndarray, kinds: np.ndarray) -> bool:
    return all(len(np.unique(kinds[labels == label])) == 1 for label in np.unique(labels) if label >= 0)


def _can_tell_apart(world) -> bool:
    """Of so few pictures other algorithms make what they can; k-means chooses no number for a handful of vectors."""
    return world.algorithm == "auto" or (world.algorithm == "kmeans" and (world.clusters or not world.objects))


def _same_parts(one: np.ndarray, other: np.ndarray) -> bool:
    pairs = set(zip(one.tolist(), other.tolist(), strict=True))
    return len(pairs) == len(set(one.tolist())) == len(set(other.tolist()))


def _mixture(labels: np.ndarray, kinds: np.ndarray) -> list[list[int]]:
    """How many of each kind are in each cluster."""
    return [np.bincount(kinds[labels == label], minlength=4).tolist() for label in np.unique(labels)]
