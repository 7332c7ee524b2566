"""Pictures dropped on the map go to the cluster of the picture nearest to the place; it is named before they do."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPalette, QPen

from shoal.widgets.dragging import dragged_images, take_as_copy
from shoal.widgets.map_canvas import MapCanvas

DROP_REACH = 40.0
"""Logical pixels: a drop that far from every point belongs to no cluster."""

RING = 13.0


class DropTargetOnMap:
    """A ring around the picture that decides, and the name of its cluster beside it."""

    def __init__(self, palette: Callable[[], QPalette]) -> None:
        self._palette = palette
        self.place: QPointF | None = None
        self.name = ""

    def paint(self, painter: QPainter, _canvas: MapCanvas) -> None:
        if self.place is None:
            return
        accent = self._palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(accent, 3))
        painter.setBrush(QColor(accent.red(), accent.green(), accent.blue(), 60))
        painter.drawEllipse(self.place, RING, RING)
        if self.name:
            width, height = painter.fontMetrics().horizontalAdvance(self.name) + 16, painter.fontMetrics().height() + 8
            box = QRectF(self.place.x() - width / 2, self.place.y() - RING - height - 4, width, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            painter.drawRoundedRect(box, 5, 5)
            painter.setPen(self._palette().color(QPalette.ColorRole.HighlightedText))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.name)


class MapDrops(QObject):
    """Watches the canvas's viewport, which belongs to pyqtgraph. `images_at` turns point numbers into image ids."""

    images_dropped = Signal(object, int)
    """Image ids, and the image nearest to where they were dropped."""

    def __init__(
        self, canvas: MapCanvas, target: DropTargetOnMap, images_at: Callable[[NDArray[np.intp]], NDArray[np.int32]]
    ) -> None:
        super().__init__(canvas)
        self._canvas, self._target, self._images_at = canvas, target, images_at
        self.name_of: Callable[[int], str] = lambda _image: ""
        canvas.setAcceptDrops(True)
        canvas.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            return self._drop(event)
        if isinstance(event, QDragEnterEvent | QDragMoveEvent):
            return self._move(event)
        if event.type() == QEvent.Type.DragLeave:
            self._aim(None)
            return True
        return False

    def _move(self, event: QDragMoveEvent) -> bool:
        images = dragged_images(event.mimeData())
        if images is None or not len(self._canvas.plane.x):
            return False
        self._aim(self._nearest_other(event.position(), images))
        take_as_copy(event)
        return True

    def _drop(self, event: QDropEvent) -> bool:
        images = dragged_images(event.mimeData())
        self._aim(None)
        if images is None:
            return False
        take_as_copy(event)
        nearest = self._nearest_other(event.position(), images)
        if nearest is not None:
            self.images_dropped.emit(images, self._image(nearest))
        return True

    def _aim(self, point: int | None) -> None:
        if point is None:
            self._target.place = None
        else:
            x, y = self._canvas.plane.to_pixels(np.array([point], np.intp))
            self._target.place = QPointF(float(x[0]), float(y[0]))
            self._target.name = self.name_of(self._image(point))
        self._canvas.viewport().update()

    def _image(self, point: int) -> int:
        return int(self._images_at(np.array([point], np.intp))[0])

    def _nearest_other(self, place: QPointF, dragged: NDArray[np.int32]) -> int | None:
        """The point nearest to a place whose image is not itself being dragged."""
        nearest = self._canvas.plane.nearest_point(place, DROP_REACH)
        if nearest is None or self._image(nearest) not in dragged:
            return nearest
        points = self._canvas.plane.visible_points()
        points = points[~np.isin(self._images_at(points), dragged)]
        if not len(points):
            return None
        x, y = self._canvas.plane.to_pixels(points)
        distance = np.hypot(x - np.float32(place.x()), y - np.float32(place.y()))
        return int(points[distance.argmin()]) if distance.min() <= DROP_REACH else None
