"""The export journal in SQLite: one file per export, in the user's data folder, never in a folder of pictures.

synchronous=FULL, unlike the other files of this program: after a power cut the journal must not be behind the folders.
The connection keeps the file locked, so that two programs cannot carry out or undo one export at the same time.
"""

import logging
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from shoal.domain.earlier_exports import ExportedFile
from shoal.domain.errors import ExportRefused, StorageFull
from shoal.domain.export_journal import ExportHeader, FolderRecord, Step, StepState
from shoal.domain.images import ContentHash, FileStamp, Snapshot
from shoal.domain.sentence import Sentence, from_stored, to_stored
from shoal.files.reserve import Reserve
from shoal.store.own_files import plain_words, private_folder
from shoal.store.sqlite_files import translated_errors
from shoal.store.transactions import DatabaseDamaged, transaction

APPLICATION_ID = 0x5348584A  # "SHXJ"
VERSION = 3
SUFFIX = ".export"
SECONDS_FOR_READERS = 3

_SCHEMA = """
CREATE TABLE export (
    id TEXT NOT NULL, root BLOB NOT NULL, action TEXT NOT NULL, made_at TEXT NOT NULL,
    finished INTEGER NOT NULL, undone INTEGER NOT NULL, continued INTEGER NOT NULL
);
CREATE TABLE step (
    number INTEGER PRIMARY KEY, action TEXT NOT NULL, source BLOB, target BLOB NOT NULL,
    size INTEGER, modified_ns INTEGER, content_hash TEXT, state TEXT NOT NULL,
    made_device TEXT, made_inode TEXT, made_size INTEGER, made_modified_ns INTEGER, reason TEXT NOT NULL,
    picture BLOB, role TEXT NOT NULL DEFAULT '', key TEXT NOT NULL DEFAULT ''
);
CREATE TABLE content (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE folder (
    path BLOB PRIMARY KEY, created INTEGER NOT NULL, modified_ns INTEGER NOT NULL, names_digest TEXT NOT NULL,
    mount BLOB NOT NULL
);
"""
_STEP_COLUMNS = 16
_SINCE_3 = ("picture BLOB", "role TEXT NOT NULL DEFAULT ''", "key TEXT NOT NULL DEFAULT ''")
_EXPORTED = """
SELECT CAST(target AS TEXT), CAST(ifnull(source, '') AS TEXT), CAST(ifnull(picture, '') AS TEXT), role, key, action,
    size, modified_ns, ifnull(content_hash, ''), made_size, made_modified_ns, ifnull(made_inode, ''), state
FROM step WHERE state IN ('done', 'published', 'kept', 'undoing') OR state = 'started' AND made_inode IS NOT NULL
ORDER BY number
"""
log = logging.getLogger(__name__)


class JournalDamaged(ExportRefused):
    """Nothing can be known from it any more."""


class SqliteExportJournal:
    """Implements `ExportJournal`. Made by `create_journal` and `open_journal`."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self._path = path
        self._db = db

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    def header(self) -> ExportHeader:
        made_of = ", ".join(f"EXISTS (SELECT 1 FROM step WHERE action = '{action}')" for action in ("crop", "trash"))
        columns = f"id, root, action, made_at, finished, undone, continued, {made_of}"
        with translated_errors(self._path):
            row = self._db.execute(f"SELECT {columns} FROM export").fetchone()
        if row is None:
            raise DatabaseDamaged(f"{self._path} describes no export")
        id_, root, action, made_at, *states = row
        return ExportHeader(id_, _path(root), action, made_at, *map(bool, states))

    def steps(self) -> list[Step]:
        with translated_errors(self._path):
            return [_step(row) for row in self._db.execute("SELECT * FROM step ORDER BY number")]

    def exported(self) -> list[ExportedFile]:
        with translated_errors(self._path):
            try:
                self._db.text_factory = str if sys.getfilesystemencoding() == "utf-8" else os.fsdecode
                return self._all_exported()
            except sqlite3.OperationalError:  # a name is no text, which is seldom, and known at no cost
                self._db.text_factory = os.fsdecode
                return self._all_exported()
            finally:
                self._db.text_factory = str

    def _all_exported(self) -> list[ExportedFile]:
        return list(map(ExportedFile._make, self._db.execute(_EXPORTED)))

    def content(self, number: int) -> bytes:
        with translated_errors(self._path):
            (content,) = self._db.execute("SELECT bytes FROM content WHERE number = ?", (number,)).fetchone()
        return bytes(content)

    def update(self, steps: Sequence[Step]) -> None:
        written = [(step.number,) for step in steps if step.state is StepState.DONE]

        def put(db: sqlite3.Connection) -> None:
            _put_steps(db, steps)
            db.executemany("DELETE FROM content WHERE number = ?", written)

        self._write(put)

    def folders(self) -> list[FolderRecord]:
        columns = "path, created, modified_ns, names_digest, mount"
        with translated_errors(self._path):
            rows = self._db.execute(f"SELECT {columns} FROM folder ORDER BY rowid").fetchall()
        return [
            FolderRecord(_path(path), bool(created), time, digest, _path(mount))
            for path, created, time, digest, mount in rows
        ]

    def remember_folders(self, folders: Sequence[FolderRecord]) -> None:
        rows = [
            (os.fsencode(item.path), item.created, item.modified_ns, item.names_digest, os.fsencode(item.mount))
            for item in folders
        ]
        self._write(lambda db: db.executemany("INSERT OR IGNORE INTO folder VALUES (?, ?, ?, ?, ?)", rows))

    def set_finished(self) -> None:
        self._write(lambda db: db.execute("UPDATE export SET finished = 1"))

    def set_undone(self) -> None:
        self._write(lambda db: db.execute("UPDATE export SET undone = 1"))

    def set_continued(self) -> None:
        self._write(lambda db: db.execute("UPDATE export SET continued = 1"))

    def _write(self, operation: Callable[[sqlite3.Connection], object]) -> None:
        """All of it or nothing. On a full drive the reserve in the folder is let go of, so that the journal is true."""
        try:
            self._attempt(operation)
        except StorageFull:
            if not Reserve(self._path.parent).let_go():
                raise
            log.warning("The drive of %s is full; the reserve was let go of.", self._path)
            self._attempt(operation)

    def _attempt(self, operation: Callable[[sqlite3.Connection], object]) -> None:
        with translated_errors(self._path), transaction(self._db):
            operation(self._db)


def create_journal(
    folder: Path, header: ExportHeader, steps: Sequence[Step], contents: Mapping[int, bytes]
) -> SqliteExportJournal:
    """Write down a whole export before its first step. Raises UserFacingError if that cannot be done."""
    path = journal_path(folder, header.id)
    private_folder(folder)
    with translated_errors(path):
        db = _connect(path)
        with _closing_on_error(db), transaction(db):
            for statement in _SCHEMA.split(";"):
                db.execute(statement)
            states = (header.finished, header.undone, header.continued)
            row = (header.id, os.fsencode(header.root), header.action, header.made_at, *states)
            db.execute("INSERT INTO export VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            _put_steps(db, steps)
            db.executemany("INSERT INTO content VALUES (?, ?)", contents.items())
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {VERSION}")
    return SqliteExportJournal(path, db)


def open_journal(folder: Path, export_id: str) -> SqliteExportJournal | None:
    """None where there is no such journal. Raises ExportRefused if another program has it open, or it is damaged."""
    path = journal_path(folder, export_id)
    if not path.is_file():
        return None
    with _told_if_damaged(path), translated_errors(path):
        db = _connect(path)
        with _closing_on_error(db):
            _require_own(db, path)
            _brought_up_to_date(db)
    return SqliteExportJournal(path, db)


def look_into(folder: Path, export_id: str) -> SqliteExportJournal | None:
    """Like `open_journal`, to read only: others may do so at the same time."""
    path = journal_path(folder, export_id)
    if not path.is_file():
        return None
    with _told_if_damaged(path), translated_errors(path):
        db = _connect(path, to_work=False)
        with _closing_on_error(db):
            _require_own(db, path)
            (version,) = db.execute("PRAGMA user_version").fetchone()
        if version == VERSION:
            return SqliteExportJournal(path, db)
        db.close()
    return open_journal(folder, export_id)


def journal_path(folder: Path, export_id: str) -> Path:
    return folder / f"{export_id}{SUFFIX}"


def journal_ids(folder: Path) -> list[str]:
    """The ids of all exports ever begun here, in no particular order."""
    with plain_words(folder):
        names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return [name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)]


def read_header(folder: Path, export_id: str) -> ExportHeader | None:
    """A look at a journal that leaves it alone; None where it is missing, damaged, in use or was never completed."""
    try:
        journal = look_into(folder, export_id)
        if journal is None:
            return None
        with journal:
            return journal.header()
    except ExportRefused:
        return None


def _connect(path: Path, to_work: bool = True) -> sqlite3.Connection:
    """`to_work`: nobody else may have it meanwhile. Several may read at once, and keep out those who want to work."""
    patience = SECONDS_FOR_READERS if to_work else 1
    db = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    with _closing_on_error(db):
        try:
            db.execute("PRAGMA trusted_schema = OFF")
            if to_work:
                db.execute("PRAGMA locking_mode = EXCLUSIVE")
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = FULL")
            db.execute("BEGIN EXCLUSIVE" if to_work else "BEGIN")  # takes the lock, which that locking mode then keeps
            db.execute("SELECT count(*) FROM sqlite_master")
            db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise ExportRefused(
                    Sentence("This export is being worked on by another window."), Sentence("Wait until it is done.")
                ) from error
            raise
    return db


def _require_own(db: sqlite3.Connection, path: Path) -> None:
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise DatabaseDamaged(f"{path} is not an export journal")
    if version > VERSION:
        raise ExportRefused(
            Sentence("This export was made by a newer version of the program."), Sentence("Please update the program.")
        )


def _brought_up_to_date(db: sqlite3.Connection) -> None:
    """Journals of version 2 know of no families: what they do not say stays empty."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version < VERSION:
        with transaction(db):
            for column in _SINCE_3:
                db.execute(f"ALTER TABLE step ADD COLUMN {column}")
            db.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def _told_if_damaged(path: Path) -> Iterator[None]:
    try:
        yield
    except DatabaseDamaged as error:
        raise JournalDamaged(
            Sentence("The journal {path} is damaged.", path=path),
            Sentence("What was exported is safe, but stays as it is."),
        ) from error


@contextmanager
def _closing_on_error(db: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        db.close()
        raise


def _put_steps(db: sqlite3.Connection, steps: Iterable[Step]) -> None:
    places = ", ".join("?" * _STEP_COLUMNS)
    db.executemany(f"INSERT OR REPLACE INTO step VALUES ({places})", map(_row, steps))


def _row(step: Step) -> tuple[object, ...]:
    stamp, made = step.stamp, step.made
    return (
        step.number,
        step.action,
        None if step.source is None else os.fsencode(step.source),
        os.fsencode(step.target),
        *((None, None) if stamp is None else (stamp.size, stamp.modified_ns)),
        step.content_hash,
        step.state.value,
        # As text: inodes may need all of 64 bits, and SQLite's integers have a sign.
        *((None,) * 4 if made is None else (str(made.device), str(made.inode), made.size, made.modified_ns)),
        to_stored(step.reason),
        None if step.picture is None else os.fsencode(step.picture),
        step.role,
        step.key,
    )


def _step(row: tuple[Any, ...]) -> Step:
    number, action, source, target, size, modified_ns, content_hash, state, *made, reason, picture, role, key = row
    device, inode, made_size, made_modified_ns = made
    return Step(
        number=number,
        action=action,
        source=None if source is None else _path(source),
        target=_path(target),
        stamp=None if size is None else FileStamp(size, modified_ns),
        content_hash=None if content_hash is None else ContentHash(content_hash),
        state=StepState(state),
        made=None if device is None else Snapshot(int(device), int(inode), made_size, made_modified_ns),
        reason=from_stored(reason),
        picture=None if picture is None else _path(picture),
        role=role,
        key=key,
    )


def _path(value: bytes) -> Path:
    return Path(os.fsdecode(value))
