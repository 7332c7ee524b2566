"""Opening SQLite files, and what their errors mean to the user."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shoal.files.drives import is_network_drive
from shoal.store.own_files import no_space, not_writable, private_folder
from shoal.store.transactions import DatabaseDamaged

BUSY_SECONDS = 30.0
_HARDLY_ANYTHING = 1 << 17
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
        return no_space(path) if _is_full(path) else not_writable(path)
    if code in _DAMAGE or "Could not decode" in str(error):
        return DatabaseDamaged(f"{path}: {error}")
    return error


def _is_full(path: Path) -> bool:
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
