"""The authored state in the project file: where images sit, clusters, refusals, and the steps that led there."""

import json
import logging
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import astuple
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import ProjectNotReadable
from shoal.domain.grouping import OUT, UNSORTED, Grouping, Patch
from shoal.domain.history import Made, Step, Turn, made_at
from shoal.domain.rows import StageKey
from shoal.domain.sentence import Sentence, from_stored, to_stored
from shoal.store.patch_codec import as_cluster, as_rejection, decode_patch, encode_patch
from shoal.store.project_checks import not_readable
from shoal.store.project_database import ProjectDatabase
from shoal.store.stack_rows import SELECT_STACKS, load_stacks, write_stacks
from shoal.store.transactions import DatabaseDamaged
from shoal.store.verdict_rows import SELECT_VERDICTS, load_verdicts, write_verdicts

log = logging.getLogger(__name__)
MOST_STEPS = 10_000
MOST_BYTES = 1_000_000_000
"""Beyond either the oldest steps can no longer be undone: years of work by hand, or some hundred
re-clusterings of a million images."""

_BLOCK = 512


class _Step(NamedTuple):
    """`size` of the patch in bytes."""

    id: int
    label: str
    size: int
    turn: Turn | None


class ProjectJournal:
    """The `GroupingJournal` of a project file. Patches stay on disk until somebody undoes them."""

    def __init__(self, database: ProjectDatabase) -> None:
        self._database = database
        rows = database.read("SELECT id, label, length(patch), turn FROM step ORDER BY id")
        self._steps = [_Step(int(id_), from_stored(label), int(size), _turn(turn)) for id_, label, size, turn in rows]
        last = _number(database, "last_step")
        self._position = sum(step.id <= last for step in self._steps)
        self._made = _made(database)

    @property
    def labels(self) -> Sequence[str]:
        return [step.label for step in self._steps]

    @property
    def position(self) -> int:
        return self._position

    @property
    def made(self) -> Made:
        return self._made

    def turn(self, step: int) -> Turn | None:
        return self._steps[step].turn

    def patch(self, step: int) -> Patch:
        """Raises ProjectNotReadable if what was kept is damaged."""
        rows = self._database.read("SELECT patch FROM step WHERE id = ?", [self._steps[step].id])
        try:
            return decode_patch(rows[0][0])
        except (DatabaseDamaged, IndexError) as error:
            raise _damaged_history(self._database) from error

    def record(self, step: Step, after: Grouping) -> None:
        data, made = encode_patch(step.patch), step.turn.after if step.turn else self._made
        kept = self._steps[: self._position]
        new = _Step(kept[-1].id + 1 if kept else 1, step.label, len(data), step.turn)
        staying = _within_limits([*kept, new])

        def save(db: sqlite3.Connection) -> None:
            step.also()
            # The oldest beyond the limits, and what was undone: from here on it leads nowhere.
            db.execute("DELETE FROM step WHERE id < ? OR id >= ?", [staying[0].id, new.id])
            _put_step(db, new, data)
            _write_change(db, step.patch, after, new.id, made)

        self._database.write(save, dear=True)
        # Memory follows the file: a write that fails leaves both as they were.
        self._steps, self._position, self._made = staying, len(staying), made

    def begin(self, made: Made, done: Sequence[tuple[Step, Grouping]]) -> None:
        packed = [encode_patch(step.patch) for step, _after in done]
        new = [
            _Step(number, step.label, len(data), step.turn)
            for number, ((step, _after), data) in enumerate(zip(done, packed, strict=True), start=1)
        ]

        def save(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM step")
            for record, data, (step, after) in zip(new, packed, done, strict=True):
                step.also()
                _put_step(db, record, data)
                _write_change(db, step.patch, after, record.id, made)

        self._database.write(save, dear=True)
        self._steps, self._position, self._made = new, len(new), made

    def keep(self, patch: Patch, after: Grouping, made: Made, also: Callable[[], None]) -> None:
        def save(db: sqlite3.Connection) -> None:
            also()
            _write_change(db, patch, after, self._last_step(self._position), made)

        self._database.write(save)
        self._made = made

    def move_to(self, position: int, patch: Patch, after: Grouping) -> None:
        last, made = self._last_step(position), made_at(self, position)
        self._database.write(lambda db: _write_change(db, patch, after, last, made), dear=True)
        self._position, self._made = position, made

    def _last_step(self, position: int) -> int:
        return self._steps[position - 1].id if position else 0


def _put_step(db: sqlite3.Connection, step: _Step, patch: bytes) -> None:
    row = [step.id, to_stored(step.label), patch, _turn_text(step.turn)]
    db.execute("INSERT INTO step (id, label, patch, turn) VALUES (?, ?, ?, ?)", row)


def load_grouping(database: ProjectDatabase) -> Grouping:
    """Raises ProjectNotReadable if the rows contradict each other."""
    try:
        return _loaded_grouping(database)
    except (ValueError, TypeError) as error:
        raise not_readable(database.path, Sentence("it contradicts itself ({error})", error=error)) from error


def _loaded_grouping(database: ProjectDatabase) -> Grouping:
    rows = database.read("SELECT id, name, colour, named, parent FROM cluster ORDER BY id")
    clusters = {cluster.id: cluster for cluster in (as_cluster(*row) for row in rows)}
    refusals = frozenset(as_rejection(*row) for row in database.read("SELECT kind, first, second FROM rejection"))
    home, pinned = _places(database)
    strange = {int(id_) for id_ in np.unique(home)} - {OUT, UNSORTED, *clusters}
    if strange:
        raise ValueError(f"images sit in clusters that are not there: {sorted(strange)[:3]}")
    verdicts = load_verdicts(database.read(SELECT_VERDICTS), len(home))
    stacked = load_stacks(database.read(SELECT_STACKS), len(home))
    return Grouping(clusters, home, pinned, refusals, _number(database, "highest_cluster"), verdicts, stacked)


def _places(database: ProjectDatabase) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    ((images,),) = database.read("SELECT coalesce(max(id) + 1, 0) FROM image")
    rows = database.read("SELECT block, homes, pins FROM place ORDER BY block")
    if [row[0] for row in rows] != list(range(-(-images // _BLOCK))):
        raise ValueError("blocks of images are missing")
    homes = np.frombuffer(b"".join(row[1] for row in rows), "<i4")
    pins = [np.unpackbits(np.frombuffer(row[2], np.uint8))[: len(row[1]) // 4] for row in rows]
    pinned = np.concatenate([*pins, np.empty(0, np.uint8)]).astype(np.bool_)
    if len(homes) != images or len(pinned) != images or any(len(row[1]) != 4 * _BLOCK for row in rows[:-1]):
        raise ValueError("places and images differ in number")
    return homes.astype(np.int32), pinned


def write_places(db: sqlite3.Connection, after: Grouping, images: NDArray[np.int32]) -> None:
    """Write the blocks that hold these images."""
    rows = []
    for block in np.unique(images // _BLOCK).tolist():
        part = slice(block * _BLOCK, (block + 1) * _BLOCK)
        rows.append((block, after.home[part].astype("<i4").tobytes(), np.packbits(after.pinned[part]).tobytes()))
    db.executemany("INSERT OR REPLACE INTO place (block, homes, pins) VALUES (?, ?, ?)", rows)


def grow_places(db: sqlite3.Connection, count: int) -> None:
    """Room for so many images: the new ones unpinned in Unsorted. What is there is read where it is written."""
    last = db.execute("SELECT block, homes, pins FROM place ORDER BY block DESC LIMIT 1").fetchone()
    block, homes, pins = last or (0, b"", b"")
    stored = len(homes) // 4
    start, missing = block * _BLOCK, count - block * _BLOCK - stored
    home = np.concatenate([np.frombuffer(homes, "<i4"), np.full(missing, UNSORTED, "<i4")])
    pinned = np.concatenate([np.unpackbits(np.frombuffer(pins, np.uint8))[:stored], np.zeros(missing, np.uint8)])
    for at in range(0, count - start, _BLOCK):
        part = slice(at, at + _BLOCK)
        row = [(start + at) // _BLOCK, home[part].astype("<i4").tobytes(), np.packbits(pinned[part]).tobytes()]
        db.execute("INSERT OR REPLACE INTO place (block, homes, pins) VALUES (?, ?, ?)", row)


def _write_change(db: sqlite3.Connection, patch: Patch, after: Grouping, last_step: int, made: Made) -> None:
    (images,) = db.execute("SELECT coalesce(max(id) + 1, 0) FROM image").fetchone()
    if images != len(after.home):
        raise ValueError(f"the project file has {images} images, the grouping {len(after.home)}")
    write_places(db, after, patch.places.images)
    _write_clusters(db, patch)
    write_verdicts(db, patch.verdicts)
    write_stacks(db, patch.stacks)
    refusals = [(pair.kind, pair.first, pair.second) for pair in patch.rejected]
    db.executemany("INSERT INTO rejection (kind, first, second) VALUES (?, ?, ?)", refusals)
    forgiven = [(pair.kind, pair.first, pair.second) for pair in patch.unrejected]
    db.executemany("DELETE FROM rejection WHERE kind = ? AND first = ? AND second = ?", forgiven)
    _write_setting(db, "highest_cluster", str(after.highest_id))
    _write_setting(db, "last_step", str(last_step))
    _write_setting(db, "made", json.dumps(astuple(made)))


def _write_clusters(db: sqlite3.Connection, patch: Patch) -> None:
    gone = [(id_,) for id_, (_before, after) in patch.clusters.items() if after is None]
    db.executemany("DELETE FROM cluster WHERE id = ?", gone)
    written = [after for _before, after in patch.clusters.values() if after is not None]
    db.executemany(
        "INSERT OR REPLACE INTO cluster (id, name, colour, named, parent) VALUES (?, ?, ?, ?, ?)",
        [(cluster.id, cluster.name, cluster.colour, cluster.named, cluster.parent) for cluster in written],
    )


def _within_limits(steps: list[_Step]) -> list[_Step]:
    """The newest steps that fit, the very newest in any case."""
    start, size = len(steps) - 1, steps[-1].size
    while start and len(steps) - start < MOST_STEPS and size + steps[start - 1].size <= MOST_BYTES:
        start -= 1
        size += steps[start].size
    return steps[start:]


def _made(database: ProjectDatabase) -> Made:
    rows = database.read("SELECT value FROM project WHERE key = 'made'")
    return _as_made(_from_json(rows[0][0])) if rows else Made()


def _turn(text: str | None) -> Turn | None:
    sides = _from_json(text) if text is not None else None
    return Turn(*map(_as_made, sides)) if isinstance(sides, list) and len(sides) == 2 else None


def _turn_text(turn: Turn | None) -> str | None:
    return None if turn is None else json.dumps([astuple(step) for step in turn])


def _as_made(said: object) -> Made:
    """Nothing for what we would not have written: then everything derived is made anew. Of old there was no moment."""
    if not isinstance(said, list) or not all(isinstance(word, str) for word in said[:4]):
        return Made()
    match said:
        case [model, look, layout, clusters]:
            return Made(model, StageKey(look), StageKey(layout), StageKey(clusters))
        case [model, look, layout, clusters, float(moment)] if 0 <= moment <= 1:
            return Made(model, StageKey(look), StageKey(layout), StageKey(clusters), moment)
    return Made()


def _from_json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        log.warning("What the clusters were made with cannot be read, and is found out anew.")
        return None


def _number(database: ProjectDatabase, key: str) -> int:
    rows = database.read("SELECT value FROM project WHERE key = ?", [key])
    try:
        return int(rows[0][0]) if rows else 0
    except ValueError as error:
        raise not_readable(database.path, Sentence("{key} is no number", key=key)) from error


def _write_setting(db: sqlite3.Connection, key: str, value: str) -> None:
    db.execute("INSERT OR REPLACE INTO project (key, value) VALUES (?, ?)", [key, value])


def _damaged_history(database: ProjectDatabase) -> ProjectNotReadable:
    return not_readable(database.path, Sentence("a step of its history is damaged"))
