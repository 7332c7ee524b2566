"""Runs in the project file: results that the user keeps under a name."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

import numpy as np

from shoal.domain.errors import UserFacingError
from shoal.domain.geometry import MapLayout, Proposal, StageKey
from shoal.domain.grouping import OUT, Cluster, ClusterId
from shoal.domain.history import Made
from shoal.domain.runs import Run, RunFacts
from shoal.domain.sentence import Sentence
from shoal.store.packed_values import packed, unpacked
from shoal.store.patch_codec import pack, unpack
from shoal.store.project_database import ProjectDatabase
from shoal.store.transactions import DatabaseDamaged

_COLUMNS = "name, kept, made, recipe, clusters, pictures"


@dataclass(frozen=True, slots=True, eq=False)
class PackedRun:
    """As bytes: packing takes long, and is done by whoever has time."""

    facts: RunFacts
    grouping: bytes
    map: bytes | None
    proposal: bytes | None


def packed_run(run: Run) -> PackedRun:
    clusters = [[one.id, one.name, one.colour, one.named, one.parent] for one in run.clusters.values()]
    grouping = pack({"clusters": clusters}, {"home": run.home, "pinned": run.pinned})
    layout, proposal = (None if one is None else packed(StageKey(""), one).data for one in (run.layout, run.proposal))
    return PackedRun(run.facts, grouping, layout, proposal)


class KeptRuns:
    """Any thread may ask."""

    def __init__(self, database: ProjectDatabase) -> None:
        self._database = database

    def listed(self) -> tuple[RunFacts, ...]:
        """In the order in which they were kept."""
        rows = self._database.read(f"SELECT {_COLUMNS} FROM run ORDER BY kept, name")
        return tuple(_facts(*row) for row in rows)

    def load(self, name: str) -> Run | None:
        """None where there is none of this name. Raises UserFacingError for one that cannot be read."""
        rows = self._database.read(f"SELECT {_COLUMNS}, grouping, map, proposal FROM run WHERE name = ?", [name])
        if not rows:
            return None
        *facts, grouping, layout, proposal = rows[0]
        try:
            return _run(_facts(*facts), grouping, layout, proposal)
        except (DatabaseDamaged, ValueError, TypeError, KeyError) as error:
            raise UserFacingError(
                Sentence("The run {name} in the project file is damaged.", name=name),
                Sentence("The other runs and the project itself are not; delete this one."),
            ) from error

    def save(self, run: PackedRun) -> None:
        """In the place of one of the same name."""
        facts = run.facts
        row = [facts.name, facts.kept, json.dumps(list(_made_row(facts.made))), facts.recipe, facts.clusters]
        values = [*row, facts.pictures, run.grouping, run.map, run.proposal]
        statement = f"INSERT OR REPLACE INTO run ({_COLUMNS}, grouping, map, proposal) VALUES (?,?,?,?,?,?,?,?,?)"
        self._database.write(lambda db: db.execute(statement, values), dear=True)

    def remove(self, name: str) -> PackedRun | None:
        """Returns what was there, for whoever wants it back."""

        def take(db: sqlite3.Connection) -> PackedRun | None:
            row = db.execute(f"SELECT {_COLUMNS}, grouping, map, proposal FROM run WHERE name = ?", [name]).fetchone()
            db.execute("DELETE FROM run WHERE name = ?", [name])
            return None if row is None else PackedRun(_facts(*row[:6]), *row[6:])

        return self._database.write(take)

    def call(self, name: str, other: str) -> None:
        self._database.write(lambda db: db.execute("UPDATE run SET name = ? WHERE name = ?", [other, name]))


def _made_row(made: Made) -> tuple[str, str, str, str, float]:
    return made.model, made.look, made.layout, made.clusters, made.moment


def _facts(name: str, kept: str, made: str, recipe: str, clusters: int, pictures: int) -> RunFacts:
    """One that we would not have written was made by nothing that is known."""
    try:
        model, look, layout, sorted_by, moment = json.loads(made)
        told = Made(str(model), StageKey(str(look)), StageKey(str(layout)), StageKey(str(sorted_by)), float(moment))
    except (ValueError, TypeError, RecursionError):
        told = Made()
    return RunFacts(name, kept, told, recipe, clusters, pictures)


def _run(facts: RunFacts, grouping: bytes, layout: bytes | None, proposal: bytes | None) -> Run:
    head, arrays = unpack(grouping)
    clusters = {one.id: one for one in (_cluster(*row) for row in head["clusters"])}
    home, pinned = arrays["home"], arrays["pinned"]
    if home.dtype != np.int32 or pinned.dtype != np.bool_ or home.shape != pinned.shape or home.ndim != 1:
        raise ValueError("its columns are of the wrong kind")
    if not set(np.unique(home).tolist()) <= {OUT, 0, *clusters}:
        raise ValueError("a picture is in a cluster that is not there")
    places = None if layout is None else unpacked(MapLayout, layout)
    if places is not None and (places.rows.ids.min(initial=0) < 0 or places.rows.ids.max(initial=-1) >= len(home)):
        raise ValueError("its map has pictures that are not there")
    return Run(facts, clusters, home, pinned, places, None if proposal is None else unpacked(Proposal, proposal))


def _cluster(id_: Any, name: Any, colour: Any, named: Any, parent: Any) -> Cluster:
    if (
        type(id_) is not int
        or id_ < 1
        or type(colour) is not int
        or not all(isinstance(one, str) for one in (name, parent))
    ):
        raise ValueError("a cluster is not as we write them")
    return Cluster(ClusterId(id_), name, colour, bool(named), parent)
