"""Files and folders that the system hands to the running program, as macOS does for a double-click."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent


class OpenRequests(QObject):
    """Belongs to the application. Elsewhere a double-click starts the program with the path as its argument."""

    requested = Signal(object)  # a Path

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.url().isLocalFile():
            self.requested.emit(Path(event.url().toLocalFile()))
            return True
        return super().eventFilter(watched, event)
