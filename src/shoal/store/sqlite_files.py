"""Opening SQLite files, and what their errors mean to the user."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path

from shoal.files.drives import is_network_drive
from shoal.store.own_files import no_space, not_writable, private_folder
from shoal.store.transactions import DatabaseDamaged

BUSY_SECONDS = 30.0
_HARDLY_ANYTHING = 1 << 17
_VERSIONS = slice(18, 20)
"""Where a file says how it is written: 2 with a write-ahead log, which memory has none of (SQLite's format, 1.3.3)."""
_NAMES = count()
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_MISMATCH}
_UNREACHABLE = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
}


def _meaning(error: sqlite3.Error, path: Path) -> Exception:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return no_space(path)
    if code in _UNREACHABLE:
        return no_space(path) if is_full(path) else not_writable(path)
    if code in _DAMAGE or "Could not decode" in str(error):
        return DatabaseDamaged(f"{path}: {error}")
    return error


def is_full(path: Path) -> bool:
    """SQLite does not always say that it lacked space: for its shared memory, say, it reports that it cannot open."""
    try:
        return shutil.disk_usage(path.parent).free < _HARDLY_ANYTHING
    except OSError:
        return False


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Full disks and missing rights become sentences, damage becomes `DatabaseDamaged`; our own mistakes pass."""
    try:
        yield
    except UnicodeDecodeError as error:  # names of columns that are no text
        raise DatabaseDamaged(f"{path}: {error}") from error
    except sqlite3.Error as error:
        meaning = _meaning(error, path)
        if meaning is error:
            raise
        raise meaning from error


def connect(path: Path) -> sqlite3.Connection:
    """Open (or create) a file of ours, in WAL mode on drives of this computer, for use from any one thread at a time.

    With synchronous=NORMAL a killed process loses nothing that was committed.
    """
    private_folder(path.parent)
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA trusted_schema = OFF")
        if not db.execute("PRAGMA page_count").fetchone()[0]:  # in an old file this would write to no effect
            db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        # A write-ahead log needs memory that all who read share, which other computers cannot.
        db.execute(f"PRAGMA journal_mode = {'TRUNCATE' if is_network_drive(path.parent) else 'WAL'}")
        db.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        db.close()
        raise
    return db


def connect_in_memory() -> Callable[[], sqlite3.Connection]:
    """What opens connections to one new database, which is gone with the last of them."""
    place = f"file:/shoal-{next(_NAMES)}?vfs=memdb"
    return partial(
        sqlite3.connect, place, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )


def copy_from(file: Path, db: sqlite3.Connection, most_bytes: int) -> None:
    """What can be read of `file`, unless it is larger, into the new database `db`; nothing where it cannot be read."""
    with suppress(sqlite3.Error, OSError):
        if not 0 < file.stat().st_size <= most_bytes:
            return
        content = bytearray(file.read_bytes())
        content[_VERSIONS] = b"\x01\x01"[: len(content[_VERSIONS])]
        with closing(sqlite3.connect(":memory:")) as old:
            old.deserialize(bytes(content))
            old.backup(db)
