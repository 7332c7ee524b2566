"""What was said about a picture in other programs, read beside the GUI thread, the newest request first."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from shoal.domain.marks import Said
from shoal.looking.snapshot import Entry
from shoal.qt.latest import LatestOnly

ReadMarks = Callable[[Entry], Sequence[Said]]
"""Reads a few parts of its files, on a pool thread."""


class PictureMarks(QObject):
    """Knows those of the last picture that it was asked for."""

    arrived = Signal()

    def __init__(self, read: ReadMarks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self._worker = LatestOnly("reading what other programs say of a picture")
        self._last: tuple[Entry, Sequence[Said]] | None = None

    def request(self, entry: Entry) -> None:
        """Ask for them; `arrived` says when they are there, unless they are already."""
        if self._last is None or self._last[0] is not entry:
            self._worker.request(partial(self._read, entry), partial(self._on_read, entry))

    def of(self, entry: Entry) -> Sequence[Said]:
        """Nothing, as long as they are not there."""
        return self._last[1] if self._last is not None and self._last[0] is entry else ()

    def shutdown(self) -> None:
        self._worker.shutdown()

    def _on_read(self, entry: Entry, said: Sequence[Said]) -> None:
        self._last = entry, said
        self.arrived.emit()
