"""Quick work beside the GUI thread of which only the newest request matters (redrawing a map while it is zoomed)."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot


class _Run(QRunnable):
    def __init__(self, compute: Callable[[], object], done: Callable[[object], None]) -> None:
        super().__init__()
        self._compute, self._done = compute, done

    def run(self) -> None:
        self._done(self._compute())


class LatestOnly(QObject):
    """Runs one request at a time on a pool thread; of those that arrive meanwhile only the last is kept."""

    finished = Signal(object)
    _returned = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._running = False
        self._waiting: Callable[[], object] | None = None
        self._returned.connect(self._on_returned, Qt.ConnectionType.QueuedConnection)

    def request(self, compute: Callable[[], object]) -> None:
        """`compute` takes nothing, touches no widget, and returns what `finished` shall carry."""
        if self._running:
            self._waiting = compute
            return
        self._running = True
        self._pool.start(_Run(compute, self._returned.emit))

    def shutdown(self) -> None:
        """Drop what waits and return once the thread is free. Call before the object goes away."""
        self._waiting = None
        self._pool.waitForDone()

    @Slot(object)
    def _on_returned(self, result: object) -> None:
        self._running = False
        self.finished.emit(result)
        if self._waiting is not None:
            compute, self._waiting = self._waiting, None
            self.request(compute)
