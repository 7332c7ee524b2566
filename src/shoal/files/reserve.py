"""Space held by a file of our own, to be let go of when the drive is full and something dear is still to be written."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from shoal.files.safe_files import look_at_file, remove_own

NAME = ".shoal-reserve"
"""A project may lie in a folder of the user's: a file there can only have this name if it is ours."""

_BLOCK = 1 << 20


class Reserve:
    """A file in a folder of this program's own; none is ever made in one of the user's. Any process may let it go."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    @property
    def size(self) -> int:
        """In bytes; 0 where none is held."""
        file = look_at_file(self._path)
        return file.size if file else 0

    def hold(self, size: int) -> bool:
        """Whether so many bytes are held now. None are taken where as much again would not stay free.

        They are written, and at random: neither a sparse file nor one that the drive compresses would hold anything.
        """
        missing = size - self.size
        if missing <= 0:
            return True
        try:
            if shutil.disk_usage(self._path.parent).free < missing + size:
                return False
            self._write(missing)
        except OSError:
            with suppress(OSError):
                remove_own(self._path)
            return False
        return True

    def let_go(self) -> bool:
        """Whether there was anything to let go of; its space is free when this returns."""
        if not self.size:
            return False
        try:
            remove_own(self._path)
        except OSError:
            return False
        return True

    def _write(self, count: int) -> None:
        noise = os.urandom(min(_BLOCK, count))
        with open(self._path, "ab", opener=_private) as file:
            for start in range(0, count, _BLOCK):
                file.write(noise[: min(_BLOCK, count - start)])


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)
