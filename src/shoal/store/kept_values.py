"""Maps, proposals, graphs and trees in a project file, so that it reopens at once. If they are lost they are remade."""

import logging
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from shoal.domain.geometry import ClusterTree, MapLayout, NeighbourGraph, Proposal, Rows, StageKey
from shoal.store.patch_codec import pack, unpack
from shoal.store.project_database import ProjectDatabase
from shoal.store.sqlite_files import DatabaseDamaged

Kept = MapLayout | Proposal | NeighbourGraph | ClusterTree
V = TypeVar("V", MapLayout, Proposal, NeighbourGraph, ClusterTree)
Arrays = Mapping[str, NDArray[Any]]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Kind:
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


_KINDS: Mapping[type, _Kind] = {
    MapLayout: _Kind("map", {"positions": "f4"}, ("method",), _check_map),
    Proposal: _Kind(
        "proposal",
        {"labels": "i4", "typical": "i4", "tightness": "f4", "silhouette": "f4"},
        ("algorithm",),
        _check_proposal,
        most=12,
    ),
    NeighbourGraph: _Kind("graph", {"indices": "i4", "distances": "f4"}, (), _check_graph),
    ClusterTree: _Kind("tree", {"order": "i4", "opens_at": "i4"}, (), _check_tree),
}


@dataclass(frozen=True, slots=True, eq=False)
class PackedValue:
    """A value with its recipe, and as bytes: packing takes long, and is done by whoever has time."""

    recipe: StageKey
    value: Kept
    data: bytes


def packed(recipe: StageKey, value: Kept) -> PackedValue:
    return PackedValue(recipe, value, _packed(value))


class KeptValues:
    """Any thread may ask. Loading gives None for what is not there and, with a line in the log, what cannot be read.

    `recipe` says how a value was made, whatever the pictures; whether it is stale the caller sees by its rows.
    Of each kind the last few recipes are kept: going back to another model costs nothing.
    """

    def __init__(self, database: ProjectDatabase) -> None:
        self._database = database

    def load(self, kind: type[V], recipe: StageKey) -> V | None:
        name = _KINDS[kind].name
        rows = self._database.read("SELECT value FROM kept WHERE kind = ? AND recipe = ?", [name, recipe])
        if not rows:
            return None
        try:
            return _unpacked(kind, rows[0][0])
        except (DatabaseDamaged, ValueError, TypeError, KeyError) as error:
            log.warning("The %s kept in %s cannot be read and is made anew: %s", name, self._database.path, error)
            return None

    def forget(self) -> None:
        """Files have other contents than when these were made, and none of them says of which."""
        self._database.write(lambda db: db.execute("DELETE FROM kept"))

    def save(self, values: Iterable[PackedValue]) -> None:
        """Each takes the place of the last one with its recipe; beyond the limit those not saved for longest go."""
        packed = [(_KINDS[type(one.value)], one.recipe, one.data) for one in values]

        def write(db: sqlite3.Connection) -> None:
            (latest,) = db.execute("SELECT coalesce(max(used), 0) + 1 FROM kept").fetchone()
            for kind, recipe, data in packed:
                db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", [kind.name, recipe, latest, data])
                older = "SELECT recipe FROM kept WHERE kind = ? ORDER BY used DESC, recipe LIMIT -1 OFFSET ?"
                db.execute(
                    f"DELETE FROM kept WHERE kind = ? AND recipe IN ({older})", [kind.name, kind.name, kind.most]
                )

        self._database.write(write)


def _packed(value: Kept) -> bytes:
    kind = _KINDS[type(value)]
    head = {"key": value.key, "rows": value.rows.key, **{word: getattr(value, word) for word in kind.words}}
    return pack(head, {"image_ids": value.rows.ids, **{name: getattr(value, name) for name in kind.columns}})


def _unpacked(type_: type[V], data: bytes) -> V:
    kind = _KINDS[type_]
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
