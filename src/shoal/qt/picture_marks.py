"""What was said about a picture in other programs, read beside the GUI thread, the newest request first."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from shoal.domain.marks import Marks
from shoal.projects.snapshot import Entry
from shoal.qt.latest import LatestOnly

ReadMarks = Callable[[Entry], Marks]
"""Reads a few parts of its files, on a pool thread."""


class PictureMarks(QObject):
    """Knows those of the last picture that it was asked for."""

    arrived = Signal()

    def __init__(self, read: ReadMarks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self._worker = LatestOnly(self)
        self._worker.finished.connect(self._on_finished)
        self._last: tuple[Entry, Marks] | None = None

    def request(self, entry: Entry) -> None:
        """Ask for them; `arrived` says when they are there, unless they are already."""
        if self._last is None or self._last[0] is not entry:
            self._worker.request(lambda: (entry, self._read(entry)))

    def of(self, entry: Entry) -> Marks:
        """Nothing, as long as they are not there."""
        return self._last[1] if self._last is not None and self._last[0] is entry else Marks()

    def shutdown(self) -> None:
        self._worker.shutdown()

    def _on_finished(self, result: object) -> None:
        assert isinstance(result, tuple)
        self._last = result
        self.arrived.emit()
