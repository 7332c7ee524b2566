"""What the mouse does on the grid: press selects, a drag from a picture carries the selection, one from a gap draws."""

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QApplication, QRubberBand

from shoal.domain.grouping import UNSORTED
from shoal.qt.selection import Selection
from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.dragging import FilesOf, drag_picture, dragged_images, images_mime, start_drag, take_as_copy
from shoal.widgets.edge_scrolling import EdgeScrolling
from shoal.widgets.image_grid import ImageGrid

_SHIFT, _CONTROL, _ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


class GridGestures(QObject):
    """Watches the viewport of a grid. Drops go onto a section, which stands for its cluster."""

    def __init__(self, grid: ImageGrid, selection: Selection, thumbnails: Thumbnails, files_of: FilesOf) -> None:
        super().__init__(grid)
        self._grid, self._selection, self._thumbnails, self._files_of = grid, selection, thumbnails, files_of
        self._pressed: QPoint | None = None
        self._before_band = selection.images
        self._taking_away = False
        self._edges = EdgeScrolling(grid, grid.aim_at)
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, grid.viewport())
        self._handlers = {
            QEvent.Type.MouseButtonPress: self._press,
            QEvent.Type.MouseMove: self._move,
            QEvent.Type.MouseButtonRelease: self._release,
            QEvent.Type.MouseButtonDblClick: self._double_click,
            QEvent.Type.DragEnter: self._drag_enter,
            QEvent.Type.DragMove: self._drag_move,
            QEvent.Type.DragLeave: self._drag_leave,
            QEvent.Type.Drop: self._drop,
        }
        grid.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        handler = self._handlers.get(event.type())
        return handler is not None and bool(handler(event))  # type: ignore[operator]  # one handler per event class

    def _press(self, event: QMouseEvent) -> bool:
        self._grid.setFocus(Qt.FocusReason.MouseFocusReason)
        point = event.position().toPoint()
        position = self._grid.position_under(point)
        badge = self._grid.badge_under(point)
        if event.button() == Qt.MouseButton.LeftButton and badge is not None:
            self._pressed = None
            self._grid.stack_toggled.emit(badge)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._pressed = point
            if position is None:
                self._start_band(point, event.modifiers())
            else:
                self._press_on(position, event.modifiers())
        elif event.button() == Qt.MouseButton.RightButton and position is not None:
            if not self._grid.choosing.is_selected(position):
                self._grid.choosing.select_only(position)
            self._grid.context_requested.emit(event.globalPosition().toPoint())
        return True

    def _press_on(self, position: int, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & _SHIFT:
            self._grid.choosing.select_range_to(position, add=bool(modifiers & _CONTROL))
        elif modifiers & _CONTROL:
            self._grid.choosing.toggle(position)
        elif not self._grid.choosing.is_selected(position):
            self._grid.choosing.select_only(position)

    def _move(self, event: QMouseEvent) -> bool:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        point = event.position().toPoint()
        if self._band.isVisible():
            self._stretch_band(QRect(self._pressed, point).normalized())
        elif (point - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self._drag_selection()
        return True

    def _drag_selection(self) -> None:
        images = self._selection.images
        if len(images):
            pictures = [self._thumbnails.pixmap(int(image)) for image in images[:8]]
            accent = self._grid.palette().color(QPalette.ColorRole.Highlight)
            picture = drag_picture([p for p in pictures if p is not None], len(images), accent)
            start_drag(self._grid, images_mime(images, self._files_of(images)), picture)

    def _release(self, event: QMouseEvent) -> bool:
        """A plain click on one of several selected pictures means this one alone, unless it became a drag."""
        position = self._grid.position_under(event.position().toPoint())
        plain = not event.modifiers() & (_CONTROL | _SHIFT) and event.button() == Qt.MouseButton.LeftButton
        if self._pressed is not None and not self._band.isVisible() and position is not None and plain:
            self._grid.choosing.select_only(position)
        self._band.hide()
        self._pressed = None
        return True

    def _double_click(self, event: QMouseEvent) -> bool:
        position = self._grid.position_under(event.position().toPoint())
        if position is not None:
            self._grid.loupe_requested.emit(self._grid.page.layout.image_at(position))
        return True

    def _start_band(self, point: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        self._taking_away = bool(modifiers & _ALT)
        if not modifiers & (_SHIFT | _CONTROL | _ALT) or self._selection.is_offered:
            self._selection.clear(initiator=self._grid)
        self._before_band = self._selection.images
        self._band.setGeometry(QRect(point, point))
        self._band.show()

    def _stretch_band(self, area: QRect) -> None:
        """What was selected when the band began, with what it covers now added or taken away."""
        self._band.setGeometry(area)
        combine = np.setdiff1d if self._taking_away else np.union1d
        page, top = self._grid.page, self._grid.verticalScrollBar().value()
        touched = page.tiles.all_members(page.layout.touching(area.translated(0, top)))
        self._selection.select(combine(self._before_band, touched), initiator=self._grid)

    def _drag_enter(self, event: QDragEnterEvent) -> bool:
        if dragged_images(event.mimeData()) is None:
            return False
        take_as_copy(event)
        return True

    def _drag_move(self, event: QDragMoveEvent) -> bool:
        if dragged_images(event.mimeData()) is None:
            return False
        place = event.position().toPoint()
        self._edges.hold_at(place)
        if self._grid.aim_at(place) is None:
            event.ignore()
        else:
            take_as_copy(event)
        return True

    def _drag_leave(self, _event: QEvent) -> bool:
        self._edges.stop()
        self._grid.aim_at(None)
        return True

    def _drop(self, event: QDropEvent) -> bool:
        images, section = dragged_images(event.mimeData()), self._grid.aim_at(event.position().toPoint())
        self._edges.stop()
        self._grid.aim_at(None)
        if images is None:
            return False
        take_as_copy(event)
        if section is not None and section.cluster >= UNSORTED:
            self._grid.images_dropped.emit(images, section.cluster)
        return True
