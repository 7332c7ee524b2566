"""Maps, proposals, graphs, trees and outliers as bytes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from shoal.domain.geometry import ClusterTree, MapLayout, NeighbourGraph, Outliers, Proposal, Rows, Shoot, StageKey
from shoal.domain.stacks import FOCUS, NEAR
from shoal.store.patch_codec import pack, unpack

Kept = MapLayout | Proposal | NeighbourGraph | ClusterTree | Outliers | Shoot
V = TypeVar("V", MapLayout, Proposal, NeighbourGraph, ClusterTree, Outliers, Shoot)
Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """How one type is written: `name` in the file, columns with their kinds, words; how many of them are kept."""

    name: str
    columns: Mapping[str, str]
    words: tuple[str, ...]
    check: Callable[[Any], None]
    most: int = 4


def _check_map(layout: MapLayout) -> None:
    if layout.positions.ndim != 2 or layout.method not in ("pca", "umap"):
        raise ValueError("it is no map")


def _check_proposal(proposal: Proposal) -> None:
    if proposal.labels.min(initial=-1) < -1 or proposal.labels.max(initial=-1) >= len(proposal.typical):
        raise ValueError("it has labels without a cluster")
    if proposal.typical.min(initial=0) < 0 or proposal.typical.max(initial=-1) >= len(proposal.rows):
        raise ValueError("a typical image is not there")


def _check_graph(graph: NeighbourGraph) -> None:
    if graph.indices.ndim != 2 or graph.indices.shape != graph.distances.shape:
        raise ValueError("it is no graph")
    if graph.indices.min(initial=-1) < -1 or graph.indices.max(initial=-1) >= len(graph.rows):
        raise ValueError("a neighbour is not there")


def _check_tree(tree: ClusterTree) -> None:
    order = tree.order
    if order.min(initial=0) < 0 or order.max(initial=-1) >= len(order) or (np.bincount(order) != 1).any():
        raise ValueError("its rows are not in a line")


def _check_outliers(outliers: Outliers) -> None:
    if outliers.isolation.ndim != 1 or outliers.oddness.ndim != 1:
        raise ValueError("it has more than one number for each image")


def _check_shoot(shoot: Shoot) -> None:
    if shoot.series.min(initial=-1) < -1 or ((shoot.kinds < NEAR) | (shoot.kinds > FOCUS)).any():
        raise ValueError("there are no such series")
    if shoot.series.max(initial=-1) >= len(shoot.rows):
        raise ValueError("it has more series than images")


KINDS: Mapping[type, Kind] = {
    MapLayout: Kind("map", {"positions": "f4"}, ("method",), _check_map, most=8),
    Proposal: Kind(
        "proposal",
        {"labels": "i4", "typical": "i4", "tightness": "f4", "silhouette": "f4"},
        ("algorithm",),
        _check_proposal,
        most=12,
    ),
    NeighbourGraph: Kind("graph", {"indices": "i4", "distances": "f4"}, (), _check_graph),
    ClusterTree: Kind("tree", {"order": "i4", "opens_at": "i4"}, (), _check_tree),
    Outliers: Kind("outliers", {"isolation": "f4", "oddness": "f4"}, (), _check_outliers),
    Shoot: Kind("shoot", {"shots": "i4", "series": "i4", "kinds": "i4"}, (), _check_shoot),
}


@dataclass(frozen=True, slots=True, eq=False)
class PackedValue:
    """A value with its recipe, and as bytes: packing takes long, and is done by whoever has time."""

    recipe: StageKey
    value: Kept
    data: bytes


def packed(recipe: StageKey, value: Kept) -> PackedValue:
    return PackedValue(recipe, value, _packed(value))


def _packed(value: Kept) -> bytes:
    kind = KINDS[type(value)]
    head = {"key": value.key, "rows": value.rows.key, **{word: getattr(value, word) for word in kind.words}}
    return pack(head, {"image_ids": value.rows.ids, **{name: getattr(value, name) for name in kind.columns}})


def unpacked(type_: type[V], data: bytes) -> V:
    kind = KINDS[type_]
    head, arrays = unpack(data)
    columns = {"image_ids": "i8", **kind.columns}
    if any(arrays[name].dtype.str[1:] != letter for name, letter in columns.items()):
        raise ValueError("its columns are of the wrong kind")
    key, made_from = StageKey(str(head["key"])), StageKey(str(head.get("rows", "")))  # files of version 4 lack it
    words = {word: str(head[word]) for word in kind.words}
    rows = Rows(arrays["image_ids"], made_from)
    value = cast("Any", type_)(key=key, rows=rows, **words, **{name: arrays[name] for name in kind.columns})
    kind.check(value)
    return cast("V", value)
