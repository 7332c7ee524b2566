"""The one module that may rename, link, copy or remove; a lint rule keeps these calls out of everywhere else.

A file appears under its final name whole or not at all: it is written under a temporary name in the target's folder,
flushed to the disk, read back and compared by hash, and only then gets its name, in a way that fails where the name
is taken. A source is removed last, and only while it is still the file that was looked at. Whoever calls journals the
steps in between. Errors of the system come through as `OSError`, those of a source as `SourceTrouble`.
"""

import ctypes
import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from threading import get_ident

from shoal.domain.errors import ShoalError
from shoal.domain.images import ContentHash, Snapshot
from shoal.domain.sentence import Sentence
from shoal.files.access_rights import OWNER_ONLY, copy_attributes, limit_rights
from shoal.files.placeholders import is_placeholder

CHUNK = 1 << 20
_AT_FDCWD = -100
_RENAME_NOREPLACE = 1  # Linux
_RENAME_EXCL = 4  # macOS
_CLONE = 0x40049409  # FICLONE
_NOT_OFFERED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}
_READ_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NEW_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class SourceTrouble(ShoalError):
    """A file that was to be copied or moved is missing, cannot be read, or is not what it was; says which in words."""


class WrittenWrong(ShoalError):
    """What was read back from the disk is not what was written."""


def _snapshot_of(status: os.stat_result) -> Snapshot:
    return Snapshot(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def look(path: Path) -> Snapshot | None:
    """What stands under a name, links not followed; None for nothing at all."""
    try:
        return _snapshot_of(path.lstat())
    except (FileNotFoundError, NotADirectoryError):
        return None


def look_at_file(path: Path) -> Snapshot | None:
    """Like `look`, but None too for what is not a regular file."""
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return _snapshot_of(status) if stat.S_ISREG(status.st_mode) else None


def is_folder(path: Path) -> bool:
    """A real folder, not a link to one."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


# --- reading


def _open_source(path: Path) -> int:
    """A descriptor of a regular file; nothing else is ever opened for reading. Raises SourceTrouble."""
    try:
        status = path.lstat()
        # Before it is opened: a pipe would make us wait for ever, and a placeholder would be downloaded.
        if not stat.S_ISREG(status.st_mode):
            raise SourceTrouble(Sentence("it is not a regular file"))
        if is_placeholder(status):
            raise SourceTrouble(Sentence("its contents are in the cloud only: have them downloaded first"))
        descriptor = os.open(path, _READ_FLAGS)
    except OSError as error:
        raise SourceTrouble(Sentence("it cannot be read ({reason})", reason=error.strerror)) from error
    # Once more: another may have taken the name since it was looked at.
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise SourceTrouble(Sentence("it is not a regular file"))
    return descriptor


def _chunks(descriptor: int, check: Callable[[], None]) -> Iterator[bytes]:
    """Ends behind the size that the file has now: one that grows as fast as it is read would never end."""
    left = os.fstat(descriptor).st_size + 1
    os.lseek(descriptor, 0, os.SEEK_SET)
    while left > 0 and (chunk := os.read(descriptor, CHUNK)):
        check()
        yield chunk
        left -= len(chunk)


def _hash_descriptor(descriptor: int, check: Callable[[], None]) -> ContentHash:
    digest = blake2b(digest_size=16)
    for chunk in _chunks(descriptor, check):
        digest.update(chunk)
    return ContentHash(digest.hexdigest())


def _do_nothing() -> None: ...


def hash_file(path: Path, check: Callable[[], None] = _do_nothing) -> ContentHash:
    """BLAKE2b-128 of the contents. Raises SourceTrouble. `check` is called between chunks and may raise."""
    descriptor = _open_source(path)
    try:
        return _hash_descriptor(descriptor, check)
    except OSError as error:
        raise SourceTrouble(Sentence("it cannot be read ({reason})", reason=error.strerror)) from error
    finally:
        os.close(descriptor)


def read_file(path: Path, limit: int) -> bytes:
    """The contents of a small file. Raises SourceTrouble, also if it is longer than `limit` bytes."""
    descriptor = _open_source(path)
    with open(descriptor, "rb") as file:
        try:
            content = file.read(limit + 1)
        except OSError as error:
            raise SourceTrouble(Sentence("it cannot be read ({reason})", reason=error.strerror)) from error
    if len(content) > limit:
        raise SourceTrouble(Sentence("it is too large"))
    return content


def hash_bytes(content: bytes) -> ContentHash:
    return ContentHash(blake2b(content, digest_size=16).hexdigest())


# --- writing under a temporary name


@dataclass(frozen=True, slots=True)
class Written:
    """A finished, verified file under its temporary name, and the state of the source it came from."""

    made: Snapshot
    content_hash: ContentHash


def write_new(path: Path, content: bytes, about: Path | None = None) -> Written:
    """Make a file that was not there, and verify it. Removes it again if anything goes wrong.

    No more people may read it than the file that it is `about`.
    """

    def fill(target: int) -> None:
        if about is not None:
            limit_rights(about, path, target)
        _write_all(target, content)

    return _make_new(path, fill, hash_bytes(content), _do_nothing)


def copy_new(
    source: Path,
    path: Path,
    expected: ContentHash | None,
    check: Callable[[], None] = _do_nothing,
    clone: bool = False,
) -> Written:
    """Copy contents, times and permissions to a file that was not there, and verify it against `expected`.

    `expected` None stands for whatever the source holds now. `clone` shares the blocks with the source, or fails with
    an OSError where the file system cannot. Raises SourceTrouble if the source is not the expected one.
    """
    descriptor = _open_source(source)
    try:
        before = os.fstat(descriptor)
        content = expected or _hash_source(descriptor, check)

        def fill(target: int) -> None:
            _clone(descriptor, target) if clone else _copy_bytes(descriptor, target, check)
            copy_attributes(source, descriptor, path, target)

        try:
            written = _make_new(path, fill, content, check, OWNER_ONLY)
        except WrittenWrong:
            if _hash_source(descriptor, check) != content:
                raise SourceTrouble(Sentence("it has changed since it was looked at")) from None
            raise
        if _snapshot_of(os.fstat(descriptor)) != _snapshot_of(before):
            remove_own(path)
            raise SourceTrouble(Sentence("it changed while it was being copied"))
        return written
    finally:
        os.close(descriptor)


def _hash_source(descriptor: int, check: Callable[[], None]) -> ContentHash:
    try:
        return _hash_descriptor(descriptor, check)
    except OSError as error:
        raise SourceTrouble(Sentence("it cannot be read ({reason})", reason=error.strerror)) from error


def _make_new(
    path: Path, fill: Callable[[int], None], content: ContentHash, check: Callable[[], None], mode: int = 0o666
) -> Written:
    descriptor = os.open(path, _NEW_FLAGS, mode)
    try:
        fill(descriptor)
        os.fsync(descriptor)
        _forget_cached_pages(descriptor)
        if _hash_descriptor(descriptor, check) != content:
            raise WrittenWrong(Sentence("{path} does not hold what was written to it", path=path))
        made = _snapshot_of(os.fstat(descriptor))
    except BaseException:  # whatever it was, cancelling included: nothing half done stays behind
        os.close(descriptor)
        with suppress(OSError):
            os.unlink(path)
        raise
    os.close(descriptor)
    return Written(made, content)


def _forget_cached_pages(descriptor: int) -> None:
    """So that reading back asks the disk and not the memory, as far as the system lets us."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _write_all(target: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(target, view) :]


def _copy_bytes(source: int, target: int, check: Callable[[], None]) -> None:
    """Errors of reading become SourceTrouble; those of writing stay what they are."""
    chunks = _chunks(source, check)
    while True:
        try:
            chunk = next(chunks, b"")
        except OSError as error:
            raise SourceTrouble(Sentence("it cannot be read ({reason})", reason=error.strerror)) from error
        if not chunk:
            return
        _write_all(target, chunk)


def _clone(source: int, target: int) -> None:
    if sys.platform != "linux":
        raise OSError(errno.EOPNOTSUPP, "sharing blocks is not offered on this system")
    import fcntl  # noqa: PLC0415  # does not exist on Windows

    fcntl.ioctl(target, _CLONE, source)


# --- names


def publish(temporary: Path, target: Path) -> None:
    """Give a file its name, in one step, never over another file: FileExistsError where the name is taken.

    Works for moving an original within its drive just as well; across drives it fails with EXDEV and changes nothing.
    """
    if os.name == "nt":
        os.rename(temporary, target)  # fails on Windows where the target exists
        return
    if not _rename_without_replacing(temporary, target):
        # A plain rename would replace what stands there; a second name is refused.
        os.link(temporary, target, follow_symlinks=False)
        try:
            os.unlink(temporary)
        except OSError:
            os.unlink(target)  # the file keeps the name it had
            raise


def _rename_without_replacing(old: Path, new: Path) -> bool:
    """False where this system or this drive does not offer it."""
    rename = _exclusive_rename()
    if rename is None:
        return False
    if rename(os.fsencode(old), os.fsencode(new)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_OFFERED:
        return False
    raise OSError(number, os.strerror(number), str(old), None, str(new))


@cache
def _exclusive_rename() -> Callable[[bytes, bytes], int] | None:
    library = ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "renameat2"):
        return lambda old, new: int(library.renameat2(_AT_FDCWD, old, _AT_FDCWD, new, _RENAME_NOREPLACE))
    if hasattr(library, "renamex_np"):
        return lambda old, new: int(library.renamex_np(old, new, _RENAME_EXCL))
    return None


def make_hard_link(source: Path, target: Path) -> None:
    """FileExistsError where the name is taken."""
    os.link(source, target, follow_symlinks=False)


def make_symbolic_link(source: Path, target: Path) -> None:
    """FileExistsError where the name is taken. `source` is absolute, so the export may be moved."""
    os.symlink(source, target)


def links_to(path: Path) -> Path | None:
    """Where a symbolic link points; None for anything else."""
    try:
        return Path(os.readlink(path))
    except OSError:
        return None


def sync_folder(folder: Path) -> None:
    """Names are on the disk when this returns, where the system offers it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:  # some network drives cannot
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}:
            raise
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """FileExistsError where the name is taken; its parent must be there."""
    os.mkdir(folder)
    sync_folder(folder.parent)


def set_folder_time(folder: Path, modified_ns: int) -> None:
    os.utime(folder, ns=(folder.stat().st_atime_ns, modified_ns))


def set_file_time(path: Path, modified_ns: int) -> None:
    """For drives that keep times coarsely: what comes back from them gets its full time again."""
    os.utime(path, ns=(path.lstat().st_atime_ns, modified_ns))


# --- removing


def remove_unchanged(path: Path, expected: Snapshot) -> bool:
    """Remove a file if it is still exactly the one that was looked at; False, and nothing done, if it is not."""
    if look(path) != expected:
        return False
    os.unlink(path)
    return True


def remove_own(path: Path) -> None:
    """Remove a file of this program's own, under a name that nobody else uses; no error where there is none."""
    with suppress(FileNotFoundError):
        os.unlink(path)


def remove_empty_folder(folder: Path) -> bool:
    """False, and nothing done, where something is in it."""
    try:
        os.rmdir(folder)
    except OSError:
        return False
    return True


# --- the program's own files (settings, caches), never a user's


def replace_own(path: Path, content: bytes) -> None:
    """Write a file of this program's own so that after a crash it holds either all of the old or all of the new.

    Threads and processes that write it at the same time do not meet: the last one counts.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{get_ident()}.part")
    remove_own(temporary)
    write_new(temporary, content)
    os.replace(temporary, path)
    sync_folder(path.parent)


def rename_own(path: Path, target: Path) -> None:
    """Give a file of this program's own another name; a file of ours that had that name gives way."""
    os.replace(path, target)
