"""A drag from the press to the drop. No system's pointer is there to carry it, so what Qt starts is carried here."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

Way = Callable[[QMimeData], object]
"""Where a drag goes with what it carries, up to its drop."""


def hold(over: QWidget, place: QPoint, data: QMimeData) -> bool:
    """Whether it could be dropped there."""
    for event in (QDragEnterEvent(place, COPY, data, LEFT, NONE), QDragMoveEvent(place, COPY, data, LEFT, NONE)):
        QApplication.sendEvent(over, event)
    return event.isAccepted()


def let_go(over: QWidget, place: QPoint, data: QMimeData) -> None:
    QApplication.sendEvent(over, QDropEvent(QPointF(place), COPY, data, LEFT, NONE))


def drag(monkeypatch: pytest.MonkeyPatch, source: QWidget, place: QPoint, way: Way) -> None:
    """Press there, move until a drag begins, and take it along `way`; events go on meanwhile, as in a drag of Qt's."""
    begun: list[QMimeData] = []

    def exec_(drag: QDrag, *_actions: object) -> Qt.DropAction:
        begun.append(drag.mimeData())
        way(drag.mimeData())
        return COPY

    with monkeypatch.context() as patched:
        patched.setattr(QDrag, "exec", exec_)
        QTest.mousePress(source, LEFT, NONE, place)
        for step in (4, 12, 24, 40):
            if not begun:  # whoever lets go of the button does so in the drag
                QTest.mouseMove(source, place + QPoint(0, step))
    assert len(begun) == 1, "a press and a move began no drag"
