"""A part of the large picture, drawn with the mouse while Shift is held: what is like it is looked for."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QRubberBand

from shoal.features.browsing.loupe import Loupe
from shoal.qt.pictures import LargePictures
from shoal.qt.session import Session

SMALLEST = 16
"""Pixels of the screen along each side: what is less was a click."""


class PartDrawing(QObject):
    """Takes what is on the screen, at whatever zoom."""

    def __init__(self, loupe: Loupe, session: Session, pictures: LargePictures) -> None:
        super().__init__(loupe)
        self._loupe, self._session, self._pictures = loupe, session, pictures
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, loupe)
        self._start: QPoint | None = None
        loupe.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        point, kind = event.position().toPoint(), event.type()
        if kind == QEvent.Type.MouseButtonPress and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._start = point
        elif self._start is None:
            return False
        elif kind == QEvent.Type.MouseMove:
            self._band.setGeometry(QRect(self._start, point).normalized())
            self._band.show()
        elif kind == QEvent.Type.MouseButtonRelease:
            self._finish(QRect(self._start, point).normalized() & self._loupe.rect())
        return True

    def _finish(self, part: QRect) -> None:
        self._band.hide()
        self._start = None
        image = self._loupe.image
        if min(part.width(), part.height()) >= SMALLEST and image >= 0:
            picture = self._loupe.grab(part).toImage()
            self._loupe.leave()
            self._pictures.part_chosen.emit(picture, self._session.images[image].path.name)
