"""The project file: one SQLite file with everything that a project is, safe against kill -9 at any moment."""

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

from shoal.domain.grouping import Grouping
from shoal.domain.image_table import ImageTable
from shoal.domain.images import SkippedImage
from shoal.domain.sentence import Sentence, from_stored, to_stored
from shoal.store.cache_file import Tell, say_nothing
from shoal.store.feature_cache import MEASURED_AS
from shoal.store.image_rows import COLUMNS, ImageRow, as_path, from_rows, path_bytes
from shoal.store.kept_ahead import KeptAhead
from shoal.store.kept_digits import KeptDigits
from shoal.store.kept_recipes import KeptRecipes
from shoal.store.kept_runs import KeptRuns
from shoal.store.kept_stack_rule import KeptStackRule
from shoal.store.kept_values import KeptValues
from shoal.store.project_checks import backup_of, not_readable
from shoal.store.project_database import ProjectDatabase, in_use, restore_backup
from shoal.store.project_journal import ProjectJournal, grow_places, load_grouping

__all__ = ["ProjectStore", "backup_of", "in_use", "restore_backup"]

_PUT_IMAGE = f"INSERT INTO image ({COLUMNS}) VALUES ({', '.join('?' * (COLUMNS.count(',') + 1))})"


class ProjectStore:
    """Open, and made if it is not there. Everything raises UserFacingError when the drive does not play along.

    The second to open a project gets it with `read_only`: loading works, saving raises ProjectInUse. Any thread may
    call it. `journal` belongs to the one `Project`.
    """

    def __init__(self, path: Path, tell: Tell = say_nothing) -> None:
        """`tell` hears sentences for the user, on the thread that writes: that the drive is full, but all is kept."""
        self._database = ProjectDatabase(path, tell=tell)
        self.journal = ProjectJournal(self._database)
        self.kept = KeptValues(self._database)
        self.digits = KeptDigits(self._database)
        self.stack_rule = KeptStackRule(self._database)
        self.recipes = KeptRecipes(self._database)
        self.runs = KeptRuns(self._database)
        self.ahead = KeptAhead(self._database)

    def __enter__(self) -> "ProjectStore":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        return self._database.path

    @property
    def read_only(self) -> bool:
        return self._database.read_only

    def go_on_in(self, path: Path) -> None:
        """Save everything as a new file and work there from now on; the old one stays as it is."""
        self._database.go_on_in(path)

    def close(self) -> None:
        """Make the rolling backup if anything changed, and let go of the file."""
        self._database.close()

    def load_grouping(self) -> Grouping:
        return load_grouping(self._database)

    def load_images(self) -> ImageTable:
        """In the order of their ids: `images[id]`."""
        try:
            return self._database.read_each(f"SELECT {COLUMNS} FROM image ORDER BY id", from_rows)
        except (ValueError, TypeError) as error:
            raise not_readable(self.path, Sentence("its list of images is damaged ({error})", error=error)) from error

    def add_images(self, rows: Sequence[ImageRow]) -> None:
        """Keep images met for the first time; ids go on where the last ones ended. They start in Unsorted.

        Afterwards the open `Project` wants `grow_to` with the new number of images.
        """
        if not rows:
            return

        def save(db: sqlite3.Connection) -> None:
            (count,) = db.execute("SELECT coalesce(max(id) + 1, 0) FROM image").fetchone()
            if [row[0] for row in rows] != list(range(count, count + len(rows))):
                raise ValueError(f"new images must count on from {count}")
            db.executemany(_PUT_IMAGE, rows)
            grow_places(db, count + len(rows))

        self._database.write(save)

    def update_images(self, rows: Sequence[ImageRow]) -> None:
        """Keep what has become of known images: moved, renamed, or with other contents."""
        if not rows:
            return
        replace = _PUT_IMAGE.replace("INSERT", "INSERT OR REPLACE")
        self._database.write(lambda db: db.executemany(replace, rows))

    def load_roots(self) -> tuple[Path, ...]:
        """The folders that the project looks at, in the order in which they were added."""
        return tuple(as_path(row[0]) for row in self._database.read("SELECT path FROM root ORDER BY id"))

    def save_roots(self, roots: Sequence[Path]) -> None:
        def save(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM root")
            db.executemany("INSERT INTO root (path) VALUES (?)", [(path_bytes(root),) for root in dict.fromkeys(roots)])

        self._database.write(save)

    def load_looked(self) -> int:
        """When the look began that the images are from, in nanoseconds; 0 if pictures were measured otherwise then."""
        rows = self._database.read("SELECT value FROM project WHERE key = 'looked'")
        measured, _, began = rows[0][0].partition(" ") if rows else ("", "", "")
        if measured != MEASURED_AS or not began.isdecimal():
            return 0
        return int(began) if 0 < int(began) < time.time_ns() else 0

    def save_looked(self, began_ns: int) -> None:
        said = f"{MEASURED_AS} {began_ns}"
        statement = "INSERT OR REPLACE INTO project (key, value) VALUES ('looked', ?)"
        self._database.write(lambda db: db.execute(statement, [said]))

    def load_skipped(self) -> tuple[SkippedImage, ...]:
        """What the last look at the folders left out, in the order of the names."""
        rows = self._database.read("SELECT path, reason FROM skipped ORDER BY path")
        return tuple(SkippedImage(as_path(path), from_stored(reason)) for path, reason in rows)

    def save_skipped(self, skipped: Sequence[SkippedImage]) -> None:
        """Takes the place of the last list."""
        rows = {path_bytes(image.path): to_stored(image.reason) for image in skipped}

        def save(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM skipped")
            db.executemany("INSERT INTO skipped (path, reason) VALUES (?, ?)", rows.items())

        self._database.write(save)
