"""The open file behind a project: opened with suspicion, locked, migrated, backed up."""

import logging
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from shoal.domain.errors import ProjectInUse, ProjectNotReadable, StorageFull, UserFacingError
from shoal.domain.sentence import Sentence
from shoal.files.reserve import Reserve
from shoal.files.safe_files import remove_own
from shoal.store.cache_file import Tell, say_nothing
from shoal.store.migrations import MIGRATIONS, Migration, migrate, version_of
from shoal.store.own_files import discard, not_writable, plain_words, private_folder, set_aside, take_place
from shoal.store.project_checks import backup_of, backups_of, inspect, limit_powers, not_readable, open_read_only
from shoal.store.project_lock import ProjectLock
from shoal.store.sqlite_files import connect, translated_errors
from shoal.store.transactions import DatabaseDamaged, transaction

T = TypeVar("T")
Row = tuple[Any, ...]
log = logging.getLogger(__name__)


class ProjectDatabase:
    """One connection behind a lock; any thread may call it. The second to open a file can only read it."""

    def __init__(self, path: Path, migrations: tuple[Migration, ...] = MIGRATIONS, tell: Tell = say_nothing) -> None:
        """`tell` hears a sentence for the user: that the reserve beside the file had to be let go of."""
        self.path, self._tell = path, tell
        self._let_go = 0
        self._access = RLock()
        self._lock = ProjectLock(path)
        private_folder(path.parent)
        self.read_only = not _writable(path) or not self._lock.take()
        self._is_new = not path.exists()
        try:
            with self._honest_errors():
                self._db = self._open(migrations)
        except BaseException:
            self._lock.release()
            raise
        self._written = False

    def read(self, query: str, parameters: Sequence[object] = ()) -> list[Row]:
        with self._access, self._honest_errors():
            return self._db.execute(query, parameters).fetchall()

    def read_each(self, query: str, use: Callable[[Iterator[Row]], T]) -> T:
        """What `use` makes of the rows, one by one, so that not all of them are objects at once."""
        with self._access, self._honest_errors():
            return use(iter(self._db.execute(query)))

    def write(self, operation: Callable[[sqlite3.Connection], T], *, dear: bool = False) -> T:
        """Carry out `operation` in one transaction, or as a part of the one that is under way.

        Raises ProjectInUse in a file that can only be read.

        For what is `dear`, the user's own doing, the reserve in the file's folder is let go of where the drive is full.
        """
        if self.read_only:
            raise in_use(self.path)
        with self._access:
            if self._db.in_transaction:  # of this thread: a part of what it writes in one go
                return operation(self._db)
            try:
                result = self._write(operation)
            except StorageFull:
                if not (dear and self._let_go_of_reserve()):
                    raise
                result = self._write(operation)
            self._take_reserve_again()
            return result

    def _write(self, operation: Callable[[sqlite3.Connection], T]) -> T:
        with self._honest_errors(), transaction(self._db):
            self._written = True
            return operation(self._db)

    def _let_go_of_reserve(self) -> bool:
        reserve = Reserve(self.path.parent)
        size = reserve.size
        if not reserve.let_go():
            return False
        self._let_go = size
        log.warning("The drive of %s is full; the reserve of %d bytes was let go of.", self.path, size)
        self._tell(
            Sentence(
                "The drive of {folder} is full. What you do is still kept, "
                "in space that Shoal had set aside: make room on it.",
                folder=self.path.parent,
            )
        )
        return True

    def _take_reserve_again(self) -> None:
        if self._let_go and Reserve(self.path.parent).hold(self._let_go):
            self._let_go = 0

    def go_on_in(self, path: Path) -> None:
        """Copy everything into a new file and work there from now on; the old one stays as it is.

        Raises UserFacingError for a name that is taken, ProjectInUse in a file that can only be read.
        """
        if path.exists():
            raise UserFacingError(
                Sentence("{path} is there already, and nothing is ever overwritten.", path=path),
                Sentence("Choose another name."),
            )
        with self._access:
            self.write(lambda _db: None)
            with translated_errors(path):
                copy_database(self._db, path)
            other = ProjectDatabase(path, tell=self._tell)
            self.close()
            self.path, self.read_only = other.path, other.read_only
            self._db, self._lock, self._written, self._let_go = other._db, other._lock, False, 0
            self._is_new = False

    def close(self) -> None:
        """Closing twice does no harm. A new file that nothing was ever written to is not left behind."""
        with self._access:
            if self._written:
                self._back_up(self._db)
            unused = self._is_new and not self._written and not self.read_only
            self._written = self._is_new = False
            self._db.close()
            if unused:
                with suppress(UserFacingError):
                    discard(self.path)
            self._lock.release(remove=unused)

    @contextmanager
    def _honest_errors(self) -> Iterator[None]:
        try:
            with translated_errors(self.path):
                yield
        except DatabaseDamaged as error:
            raise not_readable(self.path, Sentence("it is damaged")) from error

    def _open(self, migrations: tuple[Migration, ...]) -> sqlite3.Connection:
        if self.path.exists():
            inspect(self.path, migrations)
        elif not _writable(self.path):
            raise not_writable(self.path)
        if self.read_only:
            return _brought_up_to_date(open_read_only(self.path), migrations)
        stale = _last_change(backup_of(self.path)) < _last_change(self.path)
        db = connect(self.path)
        try:
            limit_powers(db)
            db.execute("PRAGMA synchronous = FULL")  # edits are few and dear: not even a power cut loses one
            if 0 < version_of(db) < len(migrations):
                copy_database(db, self.path.with_name(f"{self.path.name}.version-{version_of(db)}"))
            migrate(db, migrations)
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if stale:
                self._back_up(db)
        except BaseException:
            db.close()
            raise
        return db

    def _back_up(self, db: sqlite3.Connection) -> None:
        """A backup that cannot be made stops nobody: the project itself is safe."""
        try:
            with self._honest_errors():
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                copy_database(db, backup_of(self.path))
        except UserFacingError as error:
            log.warning("No backup of the project was made. %s", error)


def in_use(path: Path) -> ProjectInUse:
    """Why nothing can be changed in a project that was opened `read_only`."""
    return ProjectInUse(
        Sentence("{path} can only be looked at: it is open in another window, or may not be written.", path=path),
        Sentence("Close the other window and open the project again."),
    )


def copy_database(source: sqlite3.Connection, target: Path) -> None:
    """A whole copy in one plain file, checked before it takes the place of an older copy."""
    draft = target.with_name(f"{target.name}.new")
    with plain_words(draft):
        remove_own(draft)
    with closing(sqlite3.connect(draft, isolation_level=None)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise DatabaseDamaged(f"the copy is damaged: {verdict}")
    take_place(draft, target)


def restore_backup(path: Path) -> Path:
    """Put the newest sound backup in the place of a damaged project. Returns where the damaged file was set aside."""
    backup = _newest_sound(backups_of(path))
    lock = ProjectLock(path)
    if not lock.take():
        raise ProjectInUse(Sentence("{path} is open in another window.", path=path), Sentence("Close it there first."))
    try:
        aside = set_aside(path)
        with translated_errors(path), closing(open_read_only(backup)) as db:
            copy_database(db, path)
    finally:
        lock.release()
    return aside


def _newest_sound(backups: Sequence[Path]) -> Path:
    """Raises ProjectNotReadable for the last one if all are damaged."""
    *earlier, last = backups
    for backup in earlier:
        with suppress(ProjectNotReadable):
            inspect(backup, MIGRATIONS)
            return backup
    inspect(last, MIGRATIONS)
    return last


def _last_change(path: Path) -> int:
    """In nanoseconds, the write-ahead log counted in; 0 for a file that is not there or has nothing in it."""
    files = [file for file in (path, path.with_name(f"{path.name}-wal")) if file.exists() and file.stat().st_size]
    return max((file.stat().st_mtime_ns for file in files), default=0)


def _writable(path: Path) -> bool:
    return os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)


def _brought_up_to_date(db: sqlite3.Connection, migrations: tuple[Migration, ...]) -> sqlite3.Connection:
    """An old file that may not be changed is migrated in memory."""
    if version_of(db) == len(migrations):
        return db
    with closing(db):
        memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        db.backup(memory)
    migrate(memory, migrations)
    return memory
