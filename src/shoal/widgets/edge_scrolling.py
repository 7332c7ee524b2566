"""A list goes on by itself while something is held near its upper or lower edge: the wheel is dead during a drag."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QAbstractScrollArea

REACH = 48
"""Pixels from an edge; the nearer, the faster."""

MILLISECONDS = 16
FASTEST = 22
"""Pixels a step."""


class EdgeScrolling(QObject):
    """`moved` is told where in the viewport the thing is held each time that something else lies under it."""

    def __init__(self, area: QAbstractScrollArea, moved: Callable[[QPoint], object]) -> None:
        super().__init__(area)
        self._area, self._moved, self._place = area, moved, QPoint()
        self._timer = QTimer(self, interval=MILLISECONDS)
        self._timer.timeout.connect(self._step)

    def hold_at(self, place: QPoint) -> None:
        """Something is dragged to this place of the viewport."""
        self._place = place
        if not self._speed():
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _speed(self) -> int:
        height, y = self._area.viewport().height(), self._place.y()
        above, below = REACH - y, REACH - (height - y)
        if max(above, below) <= 0 or not 0 <= y <= height:
            return 0
        return -_pace(above) if above > below else _pace(below)

    def _step(self) -> None:
        bar = self._area.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + self._speed())
        if bar.value() == before:
            self._timer.stop()
        else:
            self._moved(self._place)


def _pace(depth: int) -> int:
    return max(1, FASTEST * depth // REACH)
