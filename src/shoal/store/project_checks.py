"""Project files may come from strangers: what a file must be before anything is believed of it.

Nothing in here changes the file. `ProjectNotReadable` names the backup beside it, if there is one.
"""

import os
import sqlite3
import struct
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from glob import escape
from pathlib import Path

from shoal.domain.errors import ProjectNotReadable, ProjectTooNew
from shoal.domain.sentence import Sentence
from shoal.store.migrations import APPLICATION_ID, Migration, expected_schema, schema_of, version_of
from shoal.store.sqlite_files import translated_errors

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_STEPS_BETWEEN_LOOKS = 100_000
_PATIENCE_SECONDS = 60.0
_NO_ROOM_FOR_A_LOG = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}  # in a folder that cannot be written
_SLOWEST_BYTES_PER_SECOND = 2_000_000


def backup_of(path: Path) -> Path:
    """Where the rolling backup of a project is kept."""
    return path.with_name(f"{path.name}.backup")


def backups_of(path: Path) -> list[Path]:
    """What is kept of earlier states, the best first: the rolling backup, then the copies made before migrations."""
    before_migrations = sorted(path.parent.glob(f"{escape(path.name)}.version-*"), reverse=True)
    return [file for file in (backup_of(path), *before_migrations) if file.is_file()]


def not_readable(path: Path, why: str) -> ProjectNotReadable:
    backups = backups_of(path)
    return ProjectNotReadable(
        Sentence("{path} cannot be opened: {why}.", path=path, why=why),
        Sentence("A backup is kept beside it: {backup}.", backup=backups[0])
        if backups
        else Sentence("Choose another file."),
        path if backups else None,
    )


def too_new(path: Path) -> ProjectTooNew:
    return ProjectTooNew(
        Sentence("{path} was made by a newer version of Shoal.", path=path),
        Sentence("Update the program; the file was left as it is."),
    )


def check_header(path: Path, latest: int) -> None:
    """Look at the first bytes without SQLite, so that a file that is not ours is left exactly as it is.

    A project that was killed while it was made is empty or without identity; that is no fault.
    """
    try:
        with open(path, "rb") as file:
            header = file.read(_HEADER_BYTES)
    except OSError as error:
        raise not_readable(path, os.strerror(error.errno or 0).lower()) from error
    if not header:
        return
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise not_readable(path, Sentence("it is no project, or it is damaged"))
    (version,) = struct.unpack_from(">I", header, 60)
    (application,) = struct.unpack_from(">I", header, 68)
    if application not in (0, APPLICATION_ID):
        raise not_readable(path, Sentence("it belongs to another program"))
    if application == APPLICATION_ID and version > latest:
        raise too_new(path)


def check_contents(path: Path, db: sqlite3.Connection, migrations: tuple[Migration, ...]) -> None:
    """Identity, version, a schema that is exactly ours (no view, trigger or virtual table), sound pages."""
    with _patience(path, db), translated_errors(path):
        version = version_of(db)
        (application,) = db.execute("PRAGMA application_id").fetchone()
        if application == APPLICATION_ID and version > len(migrations):
            raise too_new(path)
        if (application, version) != (APPLICATION_ID if version else 0, version):
            raise not_readable(path, Sentence("it belongs to another program"))
        if schema_of(db) != expected_schema(migrations[:version]):
            raise not_readable(path, Sentence("its tables are not those of a project"))
        (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise not_readable(path, Sentence("it is damaged"))


def open_read_only(path: Path) -> sqlite3.Connection:
    """A connection that cannot change the file; one that cannot even be locked is read as it lies there."""
    address = path.absolute().as_uri()
    for mode in ("mode=ro", "mode=ro&immutable=1"):
        db = sqlite3.connect(f"{address}?{mode}", uri=True, isolation_level=None, check_same_thread=False)
        try:
            limit_powers(db)
            version_of(db)
        except sqlite3.OperationalError as error:
            db.close()
            if error.sqlite_errorcode & 0xFF not in _NO_ROOM_FOR_A_LOG or path.with_name(f"{path.name}-wal").exists():
                raise
        except BaseException:
            db.close()
            raise
        else:
            return db
    raise not_readable(path, Sentence("it cannot be read"))


def limit_powers(db: sqlite3.Connection) -> None:
    """What a hostile schema could use is switched off before the schema is looked at."""
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA cell_size_check = ON")
    db.execute("PRAGMA mmap_size = 0")
    db.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)


def inspect(path: Path, migrations: tuple[Migration, ...]) -> None:
    """Everything that can be checked before the file is opened for writing."""
    check_header(path, len(migrations))
    try:
        with translated_errors(path), closing(open_read_only(path)) as db:
            check_contents(path, db, migrations)
    except sqlite3.Error as error:  # nothing of ours has run yet: whatever SQLite finds wrong is wrong with the file
        raise not_readable(path, Sentence("it is damaged")) from error


@contextmanager
def _patience(path: Path, db: sqlite3.Connection) -> Iterator[None]:
    """Give up on a file that was built to keep us busy for ever."""
    deadline = time.monotonic() + _PATIENCE_SECONDS + path.stat().st_size / _SLOWEST_BYTES_PER_SECOND
    db.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise not_readable(path, Sentence("reading it does not come to an end")) from error
        raise
    finally:
        db.set_progress_handler(None, 0)
