"""Starts the window as `shoal` does, and prints when it had been painted first: seconds since the epoch, and of
processor time. Part of `bench_startup.py`.
"""

import sys
import time
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

import_module("shoal.desktop")  # says how PySide6 makes its types, so it comes first

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication


class FirstPaint(QObject):
    """Closes the program once its main window has been painted."""

    painted = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and not self.painted and watched.objectName() == "mainWindow":
            self.painted = True
            QTimer.singleShot(0, self._tell)
        return False

    def _tell(self) -> None:
        print(time.time(), time.process_time(), flush=True)
        QApplication.closeAllWindows()


def main() -> None:
    application = QApplication([])
    watcher = FirstPaint()
    application.installEventFilter(watcher)
    from shoal.__main__ import main

    sys.argv[1:] = []
    main()


if __name__ == "__main__":
    main()
