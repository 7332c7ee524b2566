"""The authored state in the project file: where images sit, clusters, refusals, and the steps that led there."""

import sqlite3
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import ProjectNotReadable
from shoal.domain.grouping import UNSORTED, Grouping, Patch
from shoal.domain.sentence import Sentence, from_stored, to_stored
from shoal.store.patch_codec import as_cluster, as_rejection, decode_patch, encode_patch
from shoal.store.project_checks import not_readable
from shoal.store.project_database import ProjectDatabase
from shoal.store.sqlite_files import DatabaseDamaged

MOST_STEPS = 10_000
MOST_BYTES = 1_000_000_000
"""Beyond either the oldest steps can no longer be undone: years of work by hand, or some hundred
re-clusterings of a million images."""

_BLOCK = 512


class ProjectJournal:
    """The `GroupingJournal` of a project file. Patches stay on disk until somebody undoes them."""

    def __init__(self, database: ProjectDatabase) -> None:
        self._database = database
        rows = database.read("SELECT id, label, length(patch) FROM step ORDER BY id")
        self._steps: list[tuple[int, str, int]] = [
            (int(id_), from_stored(label), int(size)) for id_, label, size in rows
        ]
        last = _number(database, "last_step")
        self._position = sum(id_ <= last for id_, _label, _size in self._steps)

    @property
    def labels(self) -> Sequence[str]:
        return [label for _id, label, _size in self._steps]

    @property
    def position(self) -> int:
        return self._position

    def patch(self, step: int) -> Patch:
        """Raises ProjectNotReadable if what was kept is damaged."""
        rows = self._database.read("SELECT patch FROM step WHERE id = ?", [self._steps[step][0]])
        try:
            return decode_patch(rows[0][0])
        except (DatabaseDamaged, IndexError) as error:
            raise _damaged_history(self._database) from error

    def record(self, label: str, patch: Patch, after: Grouping) -> None:
        data = encode_patch(patch)
        kept = self._steps[: self._position]
        new = (kept[-1][0] + 1 if kept else 1, label, len(data))
        staying = _within_limits([*kept, new])

        def save(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM step WHERE id < ? OR id >= ?", [staying[0][0], new[0]])
            db.execute("INSERT INTO step (id, label, patch) VALUES (?, ?, ?)", [new[0], to_stored(label), data])
            _write_change(db, patch, after, new[0])

        self._database.write(save, dear=True)
        self._steps, self._position = staying, len(staying)

    def move_to(self, position: int, patch: Patch, after: Grouping) -> None:
        last = self._steps[position - 1][0] if position else 0
        self._database.write(lambda db: _write_change(db, patch, after, last), dear=True)
        self._position = position


def load_grouping(database: ProjectDatabase) -> Grouping:
    """Raises ProjectNotReadable if the rows contradict each other."""
    try:
        return _loaded_grouping(database)
    except (ValueError, TypeError) as error:
        raise not_readable(database.path, Sentence("it contradicts itself ({error})", error=error)) from error


def _loaded_grouping(database: ProjectDatabase) -> Grouping:
    rows = database.read("SELECT id, name, colour, named FROM cluster ORDER BY id")
    clusters = {cluster.id: cluster for cluster in (as_cluster(*row) for row in rows)}
    refusals = frozenset(as_rejection(*row) for row in database.read("SELECT kind, first, second FROM rejection"))
    home, pinned = _places(database)
    strange = {int(id_) for id_ in np.unique(home)} - {UNSORTED, *clusters}
    if strange:
        raise ValueError(f"images sit in clusters that are not there: {sorted(strange)[:3]}")
    return Grouping(clusters, home, pinned, refusals, _number(database, "highest_cluster"))


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


def _write_change(db: sqlite3.Connection, patch: Patch, after: Grouping, last_step: int) -> None:
    (images,) = db.execute("SELECT coalesce(max(id) + 1, 0) FROM image").fetchone()
    if images != len(after.home):
        raise ValueError(f"the project file has {images} images, the grouping {len(after.home)}")
    write_places(db, after, patch.places.images)
    _write_clusters(db, patch)
    refusals = [(one.kind, one.first, one.second) for one in patch.rejected]
    db.executemany("INSERT INTO rejection (kind, first, second) VALUES (?, ?, ?)", refusals)
    forgiven = [(one.kind, one.first, one.second) for one in patch.unrejected]
    db.executemany("DELETE FROM rejection WHERE kind = ? AND first = ? AND second = ?", forgiven)
    _write_setting(db, "highest_cluster", str(after.highest_id))
    _write_setting(db, "last_step", str(last_step))


def _write_clusters(db: sqlite3.Connection, patch: Patch) -> None:
    gone = [(id_,) for id_, (_before, after) in patch.clusters.items() if after is None]
    db.executemany("DELETE FROM cluster WHERE id = ?", gone)
    there = [after for _before, after in patch.clusters.values() if after is not None]
    db.executemany(
        "INSERT OR REPLACE INTO cluster (id, name, colour, named) VALUES (?, ?, ?, ?)",
        [(one.id, one.name, one.colour, one.named) for one in there],
    )


def _within_limits(steps: list[tuple[int, str, int]]) -> list[tuple[int, str, int]]:
    """The newest steps that fit, the very newest in any case."""
    start, size = len(steps) - 1, steps[-1][2]
    while start and len(steps) - start < MOST_STEPS and size + steps[start - 1][2] <= MOST_BYTES:
        start -= 1
        size += steps[start][2]
    return steps[start:]


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
