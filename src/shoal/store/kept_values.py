"""Maps, proposals, graphs and trees in a project file, so that it reopens at once. If they are lost they are remade."""

import logging
import sqlite3
from collections.abc import Iterable

from shoal.domain.geometry import StageKey
from shoal.store.packed_values import KINDS, Kept, PackedValue, V, unpacked
from shoal.store.project_database import ProjectDatabase
from shoal.store.transactions import DatabaseDamaged

log = logging.getLogger(__name__)


class KeptValues:
    """Any thread may ask. Loading gives None for what is not there and, with a line in the log, what cannot be read.

    `recipe` says how a value was made, whatever the pictures; whether it is stale the caller sees by its rows.
    Of each kind the last few recipes are kept: going back to another model costs nothing.
    """

    def __init__(self, database: ProjectDatabase) -> None:
        self._database = database

    def load(self, kind: type[V], recipe: StageKey) -> V | None:
        name = KINDS[kind].name
        rows = self._database.read("SELECT value FROM kept WHERE kind = ? AND recipe = ?", [name, recipe])
        if not rows:
            return None
        try:
            return unpacked(kind, rows[0][0])
        except (DatabaseDamaged, ValueError, TypeError, KeyError) as error:
            log.warning("The %s kept in %s cannot be read and is made anew: %s", name, self._database.path, error)
            return None

    def has(self, kind: type[Kept], recipe: StageKey) -> bool:
        name = KINDS[kind].name
        return bool(self._database.read("SELECT 1 FROM kept WHERE kind = ? AND recipe = ?", [name, recipe]))

    def forget(self) -> None:
        """Files have other contents than when these were made, and none of them says of which."""
        self._database.write(lambda db: db.execute("DELETE FROM kept"))

    def save(self, values: Iterable[PackedValue]) -> None:
        """Each takes the place of the last one with its recipe; beyond the limit those not saved for longest go."""
        packed = [(KINDS[type(value.value)], value.recipe, value.data) for value in values]

        def write(db: sqlite3.Connection) -> None:
            (latest,) = db.execute("SELECT coalesce(max(used), 0) + 1 FROM kept").fetchone()
            for kind, recipe, data in packed:
                db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", [kind.name, recipe, latest, data])
                older = "SELECT recipe FROM kept WHERE kind = ? ORDER BY used DESC, recipe LIMIT -1 OFFSET ?"
                db.execute(
                    f"DELETE FROM kept WHERE kind = ? AND recipe IN ({older})", [kind.name, kind.name, kind.most]
                )

        self._database.write(write)
