"""A SQLite file that may be lost: when it is damaged, or of a version that nobody reads here, it is begun anew.

Where it cannot be written its content is taken into memory, and what is added there lasts as long as the program.
"""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from shoal.domain.errors import UserFacingError
from shoal.domain.sentence import Sentence
from shoal.store.own_files import discard, no_space, set_aside
from shoal.store.sqlite_files import connect, connect_in_memory, copy_from, is_full, translated_errors
from shoal.store.transactions import DatabaseDamaged, transaction

T = TypeVar("T")
Row = tuple[Any, ...]
Tell = Callable[[str], None]
"""Hears a sentence for the user, on whichever thread met the damage."""

log = logging.getLogger(__name__)


def say_nothing(_sentence: str) -> None:
    """The log knows all the same."""


class OtherVersion(DatabaseDamaged):
    """The file is a cache of ours, whole, but of a version that does not lead here."""

    def __init__(self, version: int, newer: bool) -> None:
        super().__init__(f"its version is {version}")
        self.newer = newer


@dataclass(frozen=True, slots=True)
class CacheFormat:
    """What must be in the file. The last of the `upgrades` are the statements from the version before to `version`.

    A file of another `application_id` counts as damaged; one of an older version than the upgrades begin with, or of
    a newer one, is an `OtherVersion`. `most_in_memory`: bytes of a file, up to which its content is taken into memory.
    """

    application_id: int
    version: int
    schema: tuple[str, ...]
    upgrades: tuple[tuple[str, ...], ...] = ()
    most_in_memory: int = 256 << 20

    def prepare(self, db: sqlite3.Connection) -> None:
        """Create the tables in a new file; check the identity of an old one, and bring it up to date."""
        with transaction(db):
            (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            if not tables:
                for statement in self.schema:
                    db.execute(statement)
                db.execute(f"PRAGMA application_id = {self.application_id}")
                db.execute(f"PRAGMA user_version = {self.version}")
            application, version = (_number(db, name) for name in ("application_id", "user_version"))
            if application != self.application_id or version < 1:
                raise DatabaseDamaged(f"application and version are {application}, {version}")
            oldest = self.version - len(self.upgrades)
            if not oldest <= version <= self.version:
                raise OtherVersion(version, newer=version > self.version)
            for statements in self.upgrades[version - oldest :]:
                for statement in statements:
                    db.execute(statement)
            db.execute(f"PRAGMA user_version = {self.version}")


def _number(db: sqlite3.Connection, pragma: str) -> int:
    return int(db.execute(f"PRAGMA {pragma}").fetchone()[0])


class CacheFile:
    """Two connections, each behind its lock, so that reading never waits for a batch that is being written.

    Any thread may call it. What it is asked to carry out may be carried out twice: once more after a rebuild.
    """

    def __init__(self, path: Path, format_: CacheFormat, tell: Tell) -> None:
        self.path = path
        self._format = format_
        self._tell = tell
        self._read_lock = Lock()
        self._write_lock = Lock()
        self._rebuilds = 0
        self._copied = False
        self._close: Callable[[], None] = ExitStack().close
        self.trouble: UserFacingError | None = None
        """Why it is kept in memory only; None where it is kept on the drive."""
        try:
            self._open_or_begin_anew()
            if is_full(path):
                self._close()
                raise no_space(path)
        except UserFacingError as trouble:
            self.trouble = trouble
            self._open_or_begin_anew()

    def read(self, query: str, parameters: Sequence[object] = ()) -> list[Row]:
        """The rows of a question."""
        operation = partial(_fetch, query=query, parameters=parameters)
        return self._carry_out(self._read_lock, lambda: operation(self._reader))

    def write(self, operation: Callable[[sqlite3.Connection], T]) -> T:
        """Carry out `operation` in one transaction: after a kill all of it is there, or nothing."""

        def in_transaction() -> T:
            with transaction(self._writer):
                return operation(self._writer)

        return self._carry_out(self._write_lock, in_transaction)

    def shrink(self) -> None:
        """Give pages that are no longer used back to the drive."""
        # execute() would stop after the first page: this pragma answers with rows that have no columns
        self._carry_out(self._write_lock, lambda: self._writer.executescript("PRAGMA incremental_vacuum"))

    def close(self) -> None:
        with self._write_lock, self._read_lock:
            self._close()

    def _carry_out(self, lock: Lock, operation: Callable[[], T]) -> T:
        with lock:
            rebuilds = self._rebuilds
            try:
                with translated_errors(self.path):
                    return operation()
            except DatabaseDamaged as error:
                damage = error
        self._rebuild(damage, rebuilds)
        with lock, translated_errors(self.path):
            return operation()

    def _open_or_begin_anew(self) -> None:
        try:
            self._open()
        except DatabaseDamaged as damage:
            self._rebuild(damage, self._rebuilds)

    def _open(self) -> None:
        open_one = partial(connect, self.path) if self.trouble is None else connect_in_memory()
        with translated_errors(self.path), ExitStack() as connections:
            self._writer = connections.enter_context(closing(open_one()))
            if self.trouble is not None and not self._copied:
                self._copied = True  # once: it may be damaged
                copy_from(self.path, self._writer, self._format.most_in_memory)
            self._format.prepare(self._writer)
            self._reader = connections.enter_context(closing(open_one()))
            self._close = connections.pop_all().close

    def _rebuild(self, damage: DatabaseDamaged, seen_rebuilds: int) -> None:
        with self._write_lock, self._read_lock:
            if self._rebuilds != seen_rebuilds:
                return  # another thread met the same damage first
            self._close()
            if self.trouble is None:
                self._make_way(damage)
            self._open()
            self._rebuilds += 1

    def _make_way(self, damage: DatabaseDamaged) -> None:
        """Put the file out of the way, and say why; one of an older version, which nobody will read again, goes."""
        name = self.path.name
        if isinstance(damage, OtherVersion) and not damage.newer:
            discard(self.path)
            log.info("The cache %s was made by an older version (%s). It begins anew.", self.path, damage)
            self._tell(
                Sentence(
                    "Shoal was updated, and its cache {name} is made anew: pictures are looked at once more.", name=name
                )
            )
            return
        aside = set_aside(self.path)
        log.warning("The cache %s cannot be used (%s). It begins anew; the old file is %s.", self.path, damage, aside)
        if isinstance(damage, OtherVersion):
            self._tell(
                Sentence(
                    "The cache {name} is of a newer version of Shoal and begins anew: pictures are looked at again.",
                    name=name,
                )
            )
        else:
            self._tell(
                Sentence("The cache {name} could not be used and begins anew: pictures are looked at again.", name=name)
            )


def _fetch(db: sqlite3.Connection, query: str, parameters: Sequence[object]) -> list[Row]:
    return db.execute(query, parameters).fetchall()
