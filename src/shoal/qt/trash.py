"""The system's trash, as Qt knows it. On Windows Qt refuses where a drive would delete instead; needs no window."""

import errno
from pathlib import Path

from PySide6.QtCore import QFile, QStandardPaths  # noqa: TID251  # the one place that asks for the trash


def move_to_trash(path: Path) -> Path | None:
    """A `MoveToTrash`."""
    _make_data_folder()
    file = QFile(str(path))
    if not file.moveToTrash():
        raise OSError(errno.EIO, file.errorString(), str(path))
    where = Path(file.fileName())
    return None if where == path else where


def _make_data_folder() -> None:
    """Qt makes the trash in it, but not the folder itself."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    if folder:
        Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
