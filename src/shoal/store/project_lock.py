"""Who may write a project: an advisory lock on a file beside it, let go by the system when the process ends."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from shoal.files.safe_files import remove_own
from shoal.store.own_files import plain_words


class ProjectLock:
    """Held from a successful `take` until `release`, or until the process ends in whatever way."""

    def __init__(self, project: Path) -> None:
        self._path = project.with_name(f"{project.name}.lock")
        self._file: int | None = None

    def take(self) -> bool:
        """Return whether nobody else, in this process or another, holds it."""
        with plain_words(self._path):
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        if not _locked(file):
            os.close(file)
            return False
        if not self._is_still(file):  # whoever held it took it away just now
            os.close(file)
            return self.take()
        self._file = file
        return True

    def release(self, *, remove: bool = False) -> None:
        """`remove` takes the file away, too."""
        if self._file is None:
            return
        if remove and sys.platform != "win32":  # what is open cannot be removed there
            with suppress(OSError):
                remove_own(self._path)
        os.close(self._file)
        self._file = None

    def _is_still(self, file: int) -> bool:
        try:
            return os.path.samestat(os.fstat(file), os.stat(self._path))
        except FileNotFoundError:
            return False


if sys.platform == "win32":
    import msvcrt

    def _locked(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
