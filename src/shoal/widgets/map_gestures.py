"""What the mouse does on the map: lasso, rectangle, pan, click, drag the selection out, hover."""

from collections.abc import Callable
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPolygonF
from PySide6.QtWidgets import QApplication

from shoal.qt.selection import Selection
from shoal.widgets.lasso import points_inside
from shoal.widgets.map_canvas import MapCanvas
from shoal.widgets.map_names import Label
from shoal.widgets.map_overlays import OutlineOnMap, PicturesOnMap

HOVER_MILLISECONDS = 125
REACH = 9.0
"""Logical pixels within which a point counts as hit."""


class Tool(Enum):
    LASSO = "lasso"
    RECTANGLE = "rectangle"
    PAN = "pan"


class MapGestures(QObject):
    """Handles the canvas's mouse events. `images_at` turns point numbers into image ids."""

    drag_wanted = Signal()
    image_activated = Signal(int)
    context_requested = Signal(QPoint)
    label_clicked = Signal(int)
    """The cluster whose label was clicked."""

    label_double_clicked = Signal(object)
    hovered = Signal(int, QPoint)
    """A point number and a global position once the mouse has rested on it; -1 when it left."""

    def __init__(
        self,
        canvas: MapCanvas,
        selection: Selection,
        outline: OutlineOnMap,
        pictures: PicturesOnMap,
        images_at: Callable[[NDArray[np.intp]], NDArray[np.int32]],
    ) -> None:
        super().__init__(canvas)
        self.tool = Tool.LASSO
        self._canvas, self._selection, self._outline, self._pictures = canvas, selection, outline, pictures
        self._images_at = images_at
        self.label_at: Callable[[QPointF], Label | None] = lambda _place: None
        self._pressed_at = QPointF()
        self._doing: Callable[[QMouseEvent], None] | None = None
        self._last = QPointF()
        self._hover_at = QPointF()
        self._hover = QTimer(self, singleShot=True, interval=HOVER_MILLISECONDS)
        self._hover.timeout.connect(self._on_rested)

    def pressed(self, event: QMouseEvent) -> bool:
        self._rest_no_more()
        self._pressed_at = self._last = event.position()
        if event.button() == Qt.MouseButton.MiddleButton or (
            event.button() == Qt.MouseButton.LeftButton and self.tool is Tool.PAN
        ):
            self._doing = self._pan
        elif event.button() == Qt.MouseButton.LeftButton:
            hit = self._hit(event.position())
            self._doing = self._maybe_drag if self._carries(hit, event) else self._draw_outline
        elif event.button() == Qt.MouseButton.RightButton:
            self._open_menu(event)
        return True

    def moved(self, event: QMouseEvent) -> bool:
        if self._doing is not None:
            self._doing(event)
            self._last = event.position()
        else:
            self._rest_no_more()
            self._hover_at = event.position()
            self._hover.start()
        return True

    def released(self, event: QMouseEvent) -> bool:
        doing, self._doing = self._doing, None
        if doing is None:
            return False
        if self._is_a_click(event):
            if event.button() == Qt.MouseButton.LeftButton:
                self._click(event)
        elif doing == self._draw_outline:
            self._select_outline(event)
        self._outline.outline = QPolygonF()
        self._canvas.viewport().update()
        return True

    def double_clicked(self, event: QMouseEvent) -> bool:
        label = self.label_at(event.position())
        if label is not None:
            self.label_double_clicked.emit(label)
            return True
        hit = self._hit(event.position())
        if hit is None:
            self._canvas.reset()
        else:
            self.image_activated.emit(self._image(hit))
        return True

    def _hit(self, place: QPointF) -> int | None:
        under = self._pictures.image_under(place, self._canvas)
        return under if under is not None else self._canvas.plane.nearest_point(place, REACH)

    def _image(self, point: int) -> int:
        return int(self._images_at(np.array([point], np.intp))[0])

    def _carries(self, hit: int | None, event: QMouseEvent) -> bool:
        """A press on something selected begins a drag; with a modifier key it draws."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        return hit is not None and plain and self._image(hit) in self._selection

    def _is_a_click(self, event: QMouseEvent) -> bool:
        drawn = self._outline.outline.boundingRect()
        moved = (event.position() - self._pressed_at).manhattanLength()
        return max(moved, drawn.width(), drawn.height()) < QApplication.startDragDistance()

    def _click(self, event: QMouseEvent) -> None:
        label = self.label_at(event.position())
        if label is not None and label.name.cluster:
            self.label_clicked.emit(label.name.cluster)
            return
        hit = self._hit(event.position())
        if hit is None:
            if event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self._selection.clear(initiator=self)
            return
        image = self._image(hit)
        self._selection.set_current(image)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._selection.toggle(image, initiator=self)
        else:
            self._change(np.array([image], np.int32), event.modifiers())

    def _change(self, images: NDArray[np.int32], modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._selection.add(images, initiator=self)
        elif modifiers & Qt.KeyboardModifier.AltModifier:
            self._selection.remove(images, initiator=self)
        else:
            self._selection.select(images, initiator=self)

    def _pan(self, event: QMouseEvent) -> None:
        self._canvas.pan(event.position() - self._last)

    def _maybe_drag(self, event: QMouseEvent) -> None:
        if not self._is_a_click(event):
            self._doing = None
            self.drag_wanted.emit()

    def _draw_outline(self, event: QMouseEvent) -> None:
        if self.tool is Tool.RECTANGLE:
            a, b = self._pressed_at, event.position()
            self._outline.outline = QPolygonF([a, QPointF(b.x(), a.y()), b, QPointF(a.x(), b.y())])
        else:
            if self._outline.outline.isEmpty():
                self._outline.outline.append(self._pressed_at)
            self._outline.outline.append(event.position())
        self._canvas.viewport().update()

    def _select_outline(self, event: QMouseEvent) -> None:
        corners = [self._canvas.plane.to_data(point) for point in self._outline.outline.toList()]
        polygon = np.array([[corner.x(), corner.y()] for corner in corners], np.float64)
        inside = points_inside(polygon, self._canvas.plane.x, self._canvas.plane.y)
        self._change(self._images_at(np.flatnonzero(inside)), event.modifiers())

    def _open_menu(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position())
        if hit is not None and self._image(hit) not in self._selection:
            self._selection.select(self._image(hit), initiator=self)
        self.context_requested.emit(event.globalPosition().toPoint())

    def _rest_no_more(self) -> None:
        self._hover.stop()
        self.hovered.emit(-1, QPoint())

    def _on_rested(self) -> None:
        hit = self._hit(self._hover_at)
        if hit is not None:
            self.hovered.emit(hit, self._canvas.viewport().mapToGlobal(self._hover_at.toPoint()))
