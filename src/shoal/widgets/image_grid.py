"""The thumbnail grid: draws what is visible, reads and writes the shared selection, never decodes anything."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from shoal.qt.selection import Selection
from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.dragging import FilesOf, drag_picture, images_mime, start_drag
from shoal.widgets.grid_layout import CellMetrics, GridLayout, Section
from shoal.widgets.grid_painter import CellLook, GridPainter, badge_box
from shoal.widgets.grid_stacks import Tiles

SMALLEST, LARGEST = 64, 320


@dataclass(frozen=True, slots=True)
class GridContent:
    """What to show: the tiles, what to write under a picture and how to mark it, and a hint where none is."""

    tiles: Tiles
    look: Callable[[int], CellLook]
    hint: str = ""


class ImageGrid(QAbstractScrollArea):
    """Positions count over all sections. The content is one tall page of which the viewport shows a strip."""

    loupe_requested = Signal(int)
    images_dropped = Signal(object, int)
    context_requested = Signal(QPoint)
    stack_toggled = Signal(int)
    """The image on top of a stack that is to be spread out, or put together again."""

    picture_size_changed = Signal(int)

    def __init__(
        self, selection: Selection, thumbnails: Thumbnails, files_of: FilesOf, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("imageGrid")
        self.setAccessibleName(self.tr("Pictures"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._selection, self._thumbnails, self._files_of = selection, thumbnails, files_of
        self._content = GridContent(Tiles(), lambda _image: CellLook())
        self._picture = 140
        self._layout = GridLayout((), self._metrics(), self.viewport().width())
        self._painter = GridPainter(thumbnails)
        self._anchor = 0
        self._target: int | None = None
        selection.changed.connect(lambda _initiator: self.viewport().update())
        selection.current_changed.connect(lambda _image: self.viewport().update())
        thumbnails.arrived.connect(self.viewport().update)

    @property
    def picture_size(self) -> int:
        return self._picture

    @property
    def shown(self) -> GridLayout:
        """Where everything is, for those who want to point at a picture."""
        return self._layout

    def show_content(self, content: GridContent, *, keep_place: bool = False) -> None:
        """Show other images; `keep_place` leaves the strip where it is as far as that is possible."""
        self._content = content
        self._lay_out()
        if not keep_place:
            self.verticalScrollBar().setValue(0)

    def set_picture_size(self, pixels: int) -> None:
        pixels = int(np.clip(pixels, SMALLEST, LARGEST))
        if pixels != self._picture:
            middle = self._position_in_the_middle()
            self._picture = pixels
            self._lay_out()
            if middle is not None:
                self._scroll_to(middle, centred=True)
            self.picture_size_changed.emit(pixels)

    def scroll_to_image(self, image: int) -> None:
        position = self.position_of(image)
        if position is not None:
            self._scroll_to(position)

    def position_of(self, image: int) -> int | None:
        """Where the tile is on which an image is to be found, or None."""
        return self._layout.position_of(self._content.tiles.tile_of(image))

    def rect_of(self, position: int) -> QRect:
        """A cell in viewport coordinates."""
        return self._layout.cell(position).translated(0, -self._top)

    @property
    def _top(self) -> int:
        return self.verticalScrollBar().value()

    def _metrics(self) -> CellMetrics:
        return CellMetrics(self._picture, self.fontMetrics().height() + 4, 10, self.fontMetrics().height() + 18)

    def _lay_out(self) -> None:
        view = self.viewport()
        self._layout = GridLayout(self._content.tiles.sections, self._metrics(), view.width())
        bar = self.verticalScrollBar()
        bar.setPageStep(view.height())
        bar.setSingleStep(max(self._picture // 3, 20))
        bar.setRange(0, max(self._layout.height - view.height(), 0))
        self._anchor = min(self._anchor, max(self._layout.count - 1, 0))
        view.update()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        first = self._layout.visible(self._top, self._top)
        self._lay_out()
        if self._top and first:
            self._scroll_to(first[0], top=True)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Base))
        top, bottom = self._top + event.rect().top(), self._top + event.rect().bottom()
        if not self._layout.count:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(24, 24, -24, -24), flags, self._content.hint)
        painter.translate(0, -self._top)
        self._painter.begin(painter, self.palette(), self.hasFocus())
        current = self._content.tiles.tile_of(self._selection.current)
        for position in reversed(self._layout.visible(top, bottom)):
            image = self._layout.image_at(position)
            selected = any(int(one) in self._selection for one in self._content.tiles.members(image))
            self._painter.cell(self._layout, position, self._content.look(image), selected, image == current)
        for section, y in self._layout.headings(top, bottom):
            target = self._target is not None and self._layout.sections[self._target] is section
            self._painter.heading(section, QRect(0, y, self.viewport().width(), self._layout.metrics.heading), target)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes by keyboard stands on a picture at once."""
        super().focusInEvent(event)
        if self._layout.count and self.position_of(self._selection.current) is None:
            self._selection.set_current(self._layout.image_at(0))
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_picture_size(round(self._picture * 1.12 ** (event.angleDelta().y() / 120)))
            event.accept()
        else:
            super().wheelEvent(event)

    def position_under(self, point: QPoint) -> int | None:
        """The position under a point of the viewport."""
        return self._layout.position_at(point + QPoint(0, self._top))

    def images_touching(self, area: QRect) -> NDArray[np.int32]:
        """The images in a rectangle of the viewport."""
        return self._content.tiles.all_members(self._layout.touching(area.translated(0, self._top)))

    def is_selected(self, position: int) -> bool:
        """Whether all is selected that the tile stands for."""
        return all(int(one) in self._selection for one in self._members(position))

    def badge_under(self, point: QPoint) -> int | None:
        """The image on top of the stack whose badge lies under a point of the viewport."""
        position = self.position_under(point)
        image = -1 if position is None else self._layout.image_at(position)
        if position is None or image not in self._content.tiles.stacks:
            return None
        badge = badge_box(self._layout.cell(position), self.fontMetrics(), self._content.look(image).stack)
        return image if badge.contains(QPointF(point + QPoint(0, self._top))) else None

    def _members(self, position: int) -> NDArray[np.int32]:
        return self._content.tiles.members(self._layout.image_at(position))

    def select_only(self, position: int) -> None:
        self._anchor = position
        self._selection.set_current(self._layout.image_at(position))
        self._selection.select(self._members(position), initiator=self)

    def toggle(self, position: int) -> None:
        self._anchor = position
        self._selection.set_current(self._layout.image_at(position))
        change = self._selection.remove if self.is_selected(position) else self._selection.add
        change(self._members(position), initiator=self)

    def select_range_to(self, position: int, *, add: bool) -> None:
        """From where the last single selection was made to here."""
        images = self._content.tiles.all_members(self._layout.images(*sorted((self._anchor, position))))
        (self._selection.add if add else self._selection.select)(images, initiator=self)

    def drag_selection(self) -> None:
        images = self._selection.images
        if len(images):
            pictures = [self._thumbnails.pixmap(int(image)) for image in images[:8]]
            accent = self.palette().color(QPalette.ColorRole.Highlight)
            picture = drag_picture([p for p in pictures if p is not None], len(images), accent)
            start_drag(self, images_mime(images, self._files_of(images)), picture)

    def aim_at(self, point: QPoint | None) -> Section | None:
        """Light up the section under a drag, or none; returns it."""
        section = None if point is None else self._layout.section_at(point.y() + self._top)
        if section != self._target:
            self._target = section
            self.viewport().update()
        return None if section is None else self._layout.sections[section]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._step_of(event.key())
        if step is None or not self._layout.count:
            if not self._open(event.key()):
                super().keyPressEvent(event)
            return
        here = self.position_of(self._selection.current)
        there = 0 if here is None else int(np.clip(here + step, 0, self._layout.count - 1))
        self._selection.set_current(self._layout.image_at(there))
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.select_range_to(there, add=False)
        else:
            self.select_only(there)
        self._scroll_to(there)

    def _open(self, key: int) -> bool:
        """Space looks at the current picture large; so does Enter, but of a stack it spreads the pictures out.

        Escape lets go of what is selected.
        """
        if key == Qt.Key.Key_Escape and len(self._selection):
            self._selection.clear(initiator=self)
            return True
        current, enter = self._selection.current, key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if current < 0 or not (enter or key == Qt.Key.Key_Space):
            return False
        top = self._content.tiles.tile_of(current)
        if enter and top in self._content.tiles.stacks:
            self.stack_toggled.emit(top)
        else:
            self.loupe_requested.emit(current)
        return True

    def _step_of(self, key: int) -> int | None:
        page = self._layout.columns * max(self.viewport().height() // self._layout.metrics.height, 1)
        far = self._layout.count
        return {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -self._layout.columns,
            Qt.Key.Key_Down: self._layout.columns, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -far, Qt.Key.Key_End: far,
        }.get(Qt.Key(key))  # fmt: skip

    def select_all(self) -> None:
        parts = [section.images for section in self._layout.sections]
        everything: NDArray[np.int32] = np.concatenate(parts) if parts else np.empty(0, np.int32)
        self._selection.select(self._content.tiles.all_members(everything), initiator=self)

    def _position_in_the_middle(self) -> int | None:
        middle = self._top + self.viewport().height() // 2
        around = self._layout.visible(middle, middle)
        return around[len(around) // 2] if around else None

    def _scroll_to(self, position: int, *, centred: bool = False, top: bool = False) -> None:
        cell, bar, height = self._layout.cell(position), self.verticalScrollBar(), self.viewport().height()
        if top:
            bar.setValue(cell.top() - self._layout.metrics.gap)
        elif centred:
            bar.setValue(cell.center().y() - height // 2)
        elif cell.top() < self._top:
            bar.setValue(cell.top() - self._layout.metrics.heading)
        elif cell.bottom() > self._top + height:
            bar.setValue(cell.bottom() - height + self._layout.metrics.gap)
