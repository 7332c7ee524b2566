"""What was sorted by hand before a first look was over, in the project file, by the names of the files."""

import json
from pathlib import Path

import numpy as np

from shoal.domain.sorted_ahead import SortedAhead
from shoal.domain.stacks import require_sound
from shoal.domain.verdicts import LARGEST, UNSAID, Verdict
from shoal.store.patch_codec import as_cluster
from shoal.store.project_database import ProjectDatabase

_KEY = "ahead"


class KeptAhead:
    def __init__(self, database: ProjectDatabase) -> None:
        self._database = database

    def load(self) -> SortedAhead:
        """Nothing where the file says what we would not have written."""
        rows = self._database.read("SELECT value FROM project WHERE key = ?", [_KEY])
        try:
            return _read(json.loads(rows[0][0])) if rows else SortedAhead()
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
            return SortedAhead()

    def save(self, ahead: SortedAhead) -> None:
        value = json.dumps(
            {
                "clusters": [
                    [cluster.id, cluster.name, cluster.colour, cluster.named, cluster.parent]
                    for cluster in ahead.clusters
                ],
                "places": [[str(file), *place] for file, place in ahead.places.items()],
                "verdicts": [[str(file), *verdict] for file, verdict in ahead.verdicts.items()],
                "stacks": [[str(file), *said] for file, said in ahead.stacks.items()],
            }
        )
        statement = "INSERT OR REPLACE INTO project (key, value) VALUES (?, ?)"
        self._database.write(lambda db: db.execute(statement, [_KEY, value]), dear=True)

    def forget(self) -> None:
        self._database.write(lambda db: db.execute("DELETE FROM project WHERE key = ?", [_KEY]))


def _read(said: dict[str, list[list[object]]]) -> SortedAhead:
    return SortedAhead(
        tuple(as_cluster(*row) for row in said["clusters"]),
        {_path(file): _place(*place) for file, *place in said["places"]},
        {_path(file): _verdict(*verdict) for file, *verdict in said["verdicts"]},
        {_path(file): _stack(*stack) for file, *stack in said["stacks"]},
    )


def _path(file: object) -> Path:
    if not isinstance(file, str) or "\0" in file:
        raise ValueError("a file is not as we write them")
    return Path(file)


def _place(home: object, pinned: object) -> tuple[int, bool]:
    if type(home) is not int or home < 0 or not isinstance(pinned, bool):
        raise ValueError("a place is not as we write them")
    return home, pinned


def _stack(number: object, top: object) -> tuple[int, int]:
    if type(number) is not int or type(top) is not int:
        raise ValueError("a stack is not as we write them")
    require_sound(np.array([[number, top]], np.int32))
    return number, top


def _verdict(stars: object, flag: object, colour: object) -> Verdict:
    row = (stars, flag, colour)
    if not all(type(value) is int for value in row):
        raise ValueError("a verdict is not as we write them")
    for value, largest in zip(row, LARGEST, strict=True):
        if not UNSAID <= value <= largest:  # type: ignore[operator]  # they are whole numbers
            raise ValueError("there are no such stars, flags or labels")
    return row  # type: ignore[return-value]  # they are whole numbers
