"""Starts the window as `shoal` does, and prints when it had been painted first: seconds since the epoch, and of
processor time. Part of `bench_startup.py`.
"""

import importlib
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

SOURCES = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parents[2] / "src"
sys.path.insert(0, str(SOURCES))


def watch() -> Any:
    """What closes the program once its main window has been painted; PySide6 has been imported by the program."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    class FirstPaint(QObject):
        painted = watches_window = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            """Of all things until there is a window, and then of that: looking at every event takes time."""
            if watched.objectName() != "mainWindow":
                return False
            if not self.watches_window:
                self.watches_window = True
                application.removeEventFilter(self)
                watched.installEventFilter(self)
            if event.type() == QEvent.Type.Paint and not self.painted:
                self.painted = True
                QTimer.singleShot(0, self._tell)
            return False

        def _tell(self) -> None:
            print(time.time(), time.process_time(), flush=True)
            QApplication.closeAllWindows()

    application, watcher = QApplication([]), FirstPaint()
    application.installEventFilter(watcher)
    return application, watcher


def watched(import_: Callable[[str], ModuleType]) -> Callable[[str], ModuleType]:
    def then_watch(name: str) -> ModuleType:
        module = import_(name)
        kept.append(watch())
        return module

    kept: list[Any] = []
    return then_watch


def main() -> None:
    """The command imports the window by this function, and nothing else."""
    sys.argv[1:] = []
    command = import_module(
        "shoal.command_line.cli" if (SOURCES / "shoal" / "command_line").is_dir() else "shoal.app.cli"
    )
    command.import_module = watched(importlib.import_module)  # type: ignore[attr-defined]
    sys.exit(command.main())


if __name__ == "__main__":
    main()
