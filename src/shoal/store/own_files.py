"""The program's own files: private folders, whole-or-not-at-all writing, setting a damaged file aside.

Nothing here is ever called with a file of the user's.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shoal.domain.errors import StorageFull, UserFacingError
from shoal.domain.sentence import Sentence
from shoal.files.safe_files import remove_own, rename_own, replace_own

_FULL = {errno.ENOSPC, errno.EDQUOT}
_SQLITE_COMPANIONS = ("-wal", "-shm", "-journal")


def not_writable(path: Path) -> UserFacingError:
    return UserFacingError(
        Sentence("{path} cannot be written.", path=path),
        Sentence("Check that its drive is there and that you may write to it."),
    )


def no_space(path: Path) -> StorageFull:
    return StorageFull(
        Sentence("There is no space left to write {path}.", path=path),
        Sentence("Make room on that drive, then try again."),
    )


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Turn the operating system's errors about a file of ours into sentences for the user."""
    try:
        yield
    except OSError as error:
        raise (no_space(path) if error.errno in _FULL else not_writable(path)) from error


def private_folder(path: Path) -> Path:
    """Make sure that the folder is there, and return it. What is made anew is readable by its owner only."""
    with plain_words(path):
        missing = [folder for folder in (path, *path.parents) if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(mode=0o700, exist_ok=True)
        if not path.is_dir():
            raise not_writable(path)
    return path


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file of ours: after a crash it holds the old bytes or the new ones, never a part of either."""
    private_folder(path.parent)
    with plain_words(path):
        replace_own(path, data)


def take_place(draft: Path, target: Path) -> None:
    """Let a finished file take the place of an older one, in one step."""
    with plain_words(target):
        rename_own(draft, target)


def set_aside(database: Path) -> Path:
    """Rename a damaged database, with its write-ahead log, out of the way; an older one set aside gives way to it."""
    aside = database.with_name(f"{database.name}.damaged")
    with plain_words(database):
        for ending in ("", *_SQLITE_COMPANIONS):
            part = database.with_name(database.name + ending)
            if part.exists():
                rename_own(part, aside.with_name(aside.name + ending))
    return aside


def discard(database: Path) -> None:
    """Remove a database that can be made anew, with its write-ahead log."""
    with plain_words(database):
        for ending in ("", *_SQLITE_COMPANIONS):
            remove_own(database.with_name(database.name + ending))
