"""The wheel scrolls; it never changes what a box or a slider under the pointer stands at."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class _NoWheel(QObject):
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel:
            return False
        event.ignore()
        return True


def without_wheel(*widgets: QWidget) -> None:
    for widget in widgets:
        widget.installEventFilter(_NoWheel(widget))
