"""When the grid of a window shows its first thumbnail, and when all that are in view."""

import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from shoal.desktop.main import WindowController


class Stopwatch(QObject):
    """Watches the grid being painted. Times in milliseconds since `start`."""

    def __init__(self, desk: WindowController) -> None:
        super().__init__()
        self._grid, self._thumbnails = desk.window.grid, desk.session.thumbnails
        self._began = 0.0
        self.first = self.full = 0.0
        self._grid.viewport().installEventFilter(self)

    def wait(self, seconds: float = 60) -> None:
        """Until every place is filled."""
        deadline = time.monotonic() + seconds
        while not self.full and time.monotonic() < deadline:
            QApplication.processEvents()
            time.sleep(0.0005)

    def start(self) -> None:
        self.first = self.full = 0.0
        self._began = time.perf_counter()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and self._began and not self.full:
            there = [self._thumbnails.pixmap(image) is not None for image in self._visible()]
            QTimer.singleShot(0, lambda: self._note(any(there), bool(there) and all(there)))
        return False

    def _visible(self) -> list[int]:
        top, height = self._grid.verticalScrollBar().value(), self._grid.viewport().height()
        shown = self._grid.page.layout
        return [shown.image_at(position) for position in shown.visible(top, top + height)]

    def _note(self, some: bool, everything: bool) -> None:
        now = (time.perf_counter() - self._began) * 1000
        self.first = self.first or now * some
        self.full = self.full or now * everything
