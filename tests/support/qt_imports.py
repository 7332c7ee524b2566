"""Notices when a module that makes types of PySide6 is imported on another thread than the main one.

Two threads that make such types at the same moment end the process with a segmentation fault, once in some 25 starts.
"""

import sys
import threading
from collections.abc import Sequence
from types import ModuleType

MAKES_QT_TYPES = ("PySide6", "shiboken6", "pyqtgraph", "shoal.qt", "shoal.widgets", "shoal.features", "shoal.desktop")
strays: list[str] = []
"""What was imported elsewhere, with the thread's name."""


class _Watcher:
    """The first finder of all. Finds nothing itself."""

    def find_spec(self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None) -> None:
        if threading.current_thread() is not threading.main_thread() and makes_qt_types(name):
            strays.append(f"{name} was imported on thread {threading.current_thread().name}")


def makes_qt_types(module: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in MAKES_QT_TYPES)


def watch() -> None:
    sys.meta_path.insert(0, _Watcher())
