"""Reading a user's file, once and carefully, and naming its content."""

import hashlib
import os
import stat
from pathlib import Path
from typing import BinaryIO

from shoal.domain.images import ContentHash, FileStamp
from shoal.domain.sentence import Sentence
from shoal.files.placeholders import is_placeholder
from shoal.imaging.limits import DecodeLimits, NotToday, UnreadableImage

# A pipe or a device put in the file's place between the look and the opening must neither be followed nor waited for.
_OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def content_hash(data: bytes) -> ContentHash:
    return ContentHash(hashlib.blake2b(data, digest_size=16).hexdigest())


def read_stamp(path: Path) -> FileStamp:
    """Size and time of a regular file, through a link if it is one. Raises `UnreadableImage`."""
    try:
        return _stamp(os.stat(_target(path)))
    except (OSError, ValueError) as error:
        raise UnreadableImage(_reason(error)) from error


def read_image_file(path: Path, limits: DecodeLimits | None = None) -> bytes:
    """The bytes of a regular file that is not empty, not too large and did not change meanwhile.

    Never waits for a pipe and never follows a link twice. Raises `UnreadableImage`.
    """
    try:
        return _read(_target(path), (limits or DecodeLimits()).max_file_bytes)
    except (OSError, ValueError) as error:
        raise UnreadableImage(_reason(error)) from error
    except MemoryError as error:
        raise NotToday(Sentence("the file does not fit into the memory")) from error


def read_beginning(path: Path, most_bytes: int) -> bytes:
    """So much of a regular file, or all of it if it is shorter: enough for what stands in its head.

    Never waits for a pipe and never follows a link twice. Raises `UnreadableImage`.
    """
    try:
        with open_image_file(path) as file:
            return file.read(most_bytes)
    except OSError as error:
        raise UnreadableImage(_reason(error)) from error


def open_image_file(path: Path) -> BinaryIO:
    """A regular file, for whoever wants only a part of it; reading it may raise OSError.

    Never waits for a pipe and never follows a link twice. Raises `UnreadableImage`.
    """
    try:
        descriptor = os.open(_target(path), _OPEN_FLAGS)
        file = open(descriptor, "rb")  # noqa: SIM115  # for the caller to close
        try:
            _require_regular(os.fstat(descriptor))
        except BaseException:
            file.close()
            raise
        return file
    except (OSError, ValueError) as error:
        raise UnreadableImage(_reason(error)) from error


def _target(path: Path) -> str:
    """Where the bytes are: the end of a chain of links, checked to be a regular file before anything opens it."""
    target = os.fspath(path)
    if stat.S_ISLNK(os.lstat(target).st_mode):
        target = os.path.realpath(target, strict=True)
    status = os.lstat(target)
    _require_regular(status)
    if is_placeholder(status):
        raise UnreadableImage(Sentence("its contents are in the cloud only, and nothing was downloaded"))
    return target


def _read(target: str, max_bytes: int) -> bytes:
    descriptor = os.open(target, _OPEN_FLAGS)
    with open(descriptor, "rb") as file:
        before = os.fstat(descriptor)
        _require_regular(before)
        if before.st_size > max_bytes:
            raise UnreadableImage(
                Sentence("the file is too large ({megabytes} MB)", megabytes=f"{before.st_size // 2**20:,}")
            )
        data = file.read(before.st_size + 1)
        if _stamp(os.fstat(descriptor)) != _stamp(before) or len(data) != before.st_size:
            raise UnreadableImage(Sentence("the file changed while it was being read"))
    if not data:
        raise UnreadableImage(Sentence("the file is empty"))
    return data


def _require_regular(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableImage(Sentence("not a file but a folder, device, pipe or socket"))


def _stamp(status: os.stat_result) -> FileStamp:
    return FileStamp(status.st_size, status.st_mtime_ns)


def _reason(error: OSError | ValueError) -> Sentence:
    if isinstance(error, FileNotFoundError):
        return Sentence("the file is gone")
    detail = error.strerror if isinstance(error, OSError) else error  # ValueError: a null character in the path
    return Sentence("the file cannot be read: {reason}", reason=detail)
