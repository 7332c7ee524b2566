"""The drawing surface of the map: points below, pictures, names and the lasso above."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from shoal.widgets.map_plane import MapPlane
from shoal.widgets.point_cloud import PointCloud
from shoal.widgets.point_raster import Pixels

ZOOM_PER_NOTCH = 1.25
MOST_ZOOM = 4000.0
EDGE = 1.12
ROOM_AT_THE_EDGE = 12
"""Logical pixels on each side of the whole map, besides EDGE."""
"""The view shows this much more than the points, so that the outermost ones stand clear of the border."""


class Overlay(Protocol):
    """Something painted above the points, in logical pixels of the view."""

    def paint(self, painter: QPainter, canvas: "MapCanvas") -> None: ...


class MouseHandler(Protocol):
    """What the mouse does; each returns whether it used the event."""

    def pressed(self, event: QMouseEvent) -> bool: ...

    def moved(self, event: QMouseEvent) -> bool: ...

    def released(self, event: QMouseEvent) -> bool: ...

    def double_clicked(self, event: QMouseEvent) -> bool: ...


class MapCanvas(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no type information
    """Shows the points of a plane and moves over it; lives on the GUI thread.

    `plane` answers where the points are, `cloud` draws them.
    """

    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self._view = pg.ViewBox(enableMouse=False, enableMenu=False, lockAspect=True, defaultPadding=0)
        self.setCentralItem(self._view)
        for offered in self.scene().contextMenu:  # pyqtgraph's own "Export ...": a picture of empty axes
            offered.deleteLater()
        self.scene().contextMenu = []
        self.setMouseTracking(True)
        self.setBackgroundBrush(self.palette().color(QPalette.ColorRole.Window))
        self.cloud = PointCloud()
        self._view.addItem(self.cloud, ignoreBounds=True)
        self.plane = MapPlane(self._view.viewRect, self._view.boundingRect)
        self._overlays: Sequence[Overlay] = ()
        self._mouse: MouseHandler | None = None
        self._whole = QRectF(-1, -1, 2, 2)
        self._view.sigRangeChanged.connect(lambda *_: self.view_changed.emit())

    def equip(self, overlays: Sequence[Overlay], mouse: MouseHandler) -> None:
        self._overlays, self._mouse = overlays, mouse

    def show_points(self, x: NDArray[np.float32], y: NDArray[np.float32], colours: Pixels) -> None:
        """Replace the points; `x`, `y` float32 and `colours` 0xAARRGGBB, one each per point."""
        self.plane.x, self.plane.y = x, y
        self.cloud.set_points(x, y, colours)
        self._whole = around(x, y)

    def reset(self) -> None:
        """Show everything, with room for the picture of a point at the edge."""
        size = self.viewport().size()
        across, down = (side / max(side - 2 * ROOM_AT_THE_EDGE, side / 2, 1) for side in (size.width(), size.height()))
        wide, high = self._whole.width() * (across - 1) / 2, self._whole.height() * (down - 1) / 2
        self.zoom_to(self._whole.adjusted(-wide, -high, wide, high))

    def zoom_to(self, area: QRectF) -> None:
        self._view.setRange(area, padding=0)

    def zoom_at(self, point: QPointF, factor: float) -> None:
        """Enlarge by `factor` around a point of the view, within sane limits."""
        width = self._view.viewRect().width()
        largest, smallest = self._whole.width() * 4, self._whole.width() / MOST_ZOOM
        factor = float(np.clip(factor, width / max(largest, 1e-12), width / max(smallest, 1e-12)))
        self._view.scaleBy((1 / factor, 1 / factor), center=self.plane.to_data(point))

    def pan(self, pixels: QPointF) -> None:
        """Move the content along with the hand."""
        moved_to, here = self.plane.to_data(pixels), self.plane.to_data(QPointF(0, 0))
        self._view.translateBy(x=here.x() - moved_to.x(), y=here.y() - moved_to.y())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for overlay in self._overlays:
            painter.save()
            overlay.paint(painter, self)
            painter.restore()
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.setBackgroundBrush(self.palette().color(QPalette.ColorRole.Window))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view_changed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_at(event.position(), ZOOM_PER_NOTCH ** (event.angleDelta().y() / 120))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._offer(event, lambda mouse: mouse.pressed(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._offer(event, lambda mouse: mouse.moved(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._offer(event, lambda mouse: mouse.released(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._offer(event, lambda mouse: mouse.double_clicked(event))

    def _offer(self, event: QMouseEvent, use: Callable[[MouseHandler], bool]) -> None:
        """To our own handler only: pyqtgraph's scene knows neither lasso nor drag and drop."""
        event.setAccepted(self._mouse is not None and use(self._mouse))


def around(x: NDArray[np.float32], y: NDArray[np.float32]) -> QRectF:
    """A rectangle with some air around the points."""
    if not len(x):
        return QRectF(-1, -1, 2, 2)
    left, right, low, high = float(x.min()), float(x.max()), float(y.min()), float(y.max())
    width, height = max(right - left, 1e-3) * EDGE, max(high - low, 1e-3) * EDGE
    return QRectF((left + right - width) / 2, (low + high - height) / 2, width, height)
