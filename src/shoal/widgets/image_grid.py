"""The thumbnail grid: draws what is visible, reads and writes the shared selection, never decodes anything."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from shoal.qt.selection import Selection
from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.grid_choosing import GridChoosing, GridPage
from shoal.widgets.grid_layout import CellMetrics, GridLayout, Section
from shoal.widgets.grid_painter import CellLook, GridPainter, badge_box
from shoal.widgets.grid_stacks import Tiles
from shoal.widgets.theme import HALF, UNIT

SMALLEST, LARGEST = 64, 320


@dataclass(frozen=True, slots=True)
class GridContent:
    """What to show: the tiles, what to write under a picture and how to mark it, and a hint where none is.

    `shape`: how high most pictures are, in their own width: cells of that shape leave no room empty.
    """

    tiles: Tiles
    look: Callable[[int], CellLook]
    hint: str = ""
    shape: float = 1.0


class ImageGrid(QAbstractScrollArea):
    """The content is one tall page of which the viewport shows a strip.

    `page` tells what is where, `choosing` selects; keys and mouse have watchers of their own.
    """

    loupe_requested = Signal(int)
    images_dropped = Signal(object, int)
    context_requested = Signal(QPoint)
    stack_toggled = Signal(int)
    """The image on top of a stack that is to be spread out, or put together again."""

    picture_size_changed = Signal(int)

    def __init__(self, selection: Selection, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("imageGrid")
        self.setAccessibleName(self.tr("Pictures"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._selection = selection
        self._content = GridContent(Tiles(), lambda _image: CellLook())
        self._picture = 140
        self._names = False
        self.page = GridPage(Tiles(), GridLayout((), self._metrics(), self.viewport().width()))
        self.choosing = GridChoosing(selection, lambda: self.page, self)
        self._painter = GridPainter(thumbnails)
        self._target: int | None = None
        selection.changed.connect(lambda _initiator: self.viewport().update())
        selection.current_changed.connect(lambda _image: self.viewport().update())
        thumbnails.arrived.connect(self.viewport().update)

    @property
    def picture_size(self) -> int:
        return self._picture

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
        position = self.page.position_of(image)
        if position is not None:
            self._scroll_to(position)

    def rect_of(self, position: int) -> QRect:
        """A cell in viewport coordinates."""
        return self.page.layout.cell(position).translated(0, -self._top)

    @property
    def _top(self) -> int:
        return self.verticalScrollBar().value()

    def show_names(self, shown: bool) -> None:
        """Below the pictures, or only where the mouse rests on one."""
        if shown != self._names:
            self._names = shown
            self._lay_out()

    def _metrics(self) -> CellMetrics:
        """As many as go beside each other in about the chosen size, so large that they take all the room there is."""
        room, line = self.viewport().width() - UNIT, self.fontMetrics().height()
        columns = max(1, round(room / (self._picture + UNIT)))
        picture = min(room // columns - UNIT, 2 * self._picture)
        wide, names = max(picture, SMALLEST), line + HALF if self._names else 0
        return CellMetrics(wide, names, UNIT, line + 2 * UNIT, round(wide * self._content.shape))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            position = self.position_under(event.pos())
            QToolTip.showText(event.globalPos(), "" if position is None else self._tip(position), self.viewport())
            return True
        return super().viewportEvent(event)

    def _tip(self, position: int) -> str:
        """What it is called, and what the marks on it mean."""
        look = self._content.look(self.page.layout.image_at(position))
        lines = [look.caption] if look.caption else []
        if look.stack:
            lines.append(self._tip_of_stack(look))
        if look.pinned:
            lines.append(self.tr("The dot: kept here, whatever is clustered again"))
        if look.gone:
            lines.append(self.tr("Its file is no longer there"))
        return "\n".join(lines)

    def _tip_of_stack(self, look: CellLook) -> str:
        if look.series:
            return self.tr("{0} of %n picture(s), kept whole", "", look.stack).format(look.series)
        return self.tr("%n near-identical picture(s)", "", look.stack)

    def _lay_out(self) -> None:
        view = self.viewport()
        tiles = self._content.tiles
        self.page = GridPage(tiles, GridLayout(tiles.sections, self._metrics(), view.width()))
        bar = self.verticalScrollBar()
        bar.setPageStep(view.height())
        bar.setSingleStep(max(self._picture // 3, 20))
        bar.setRange(0, max(self.page.layout.height - view.height(), 0))
        view.update()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        first = self.page.layout.visible(self._top, self._top)
        self._lay_out()
        if self._top and first:
            self._scroll_to(first[0], top=True)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Base))
        top, bottom = self._top + event.rect().top(), self._top + event.rect().bottom()
        if not self.page.layout.count:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(24, 24, -24, -24), flags, self._content.hint)
        painter.translate(0, -self._top)
        self._painter.begin(painter, self.palette(), self.hasFocus())
        current = self.page.tiles.tile_of(self._selection.current)
        for position in reversed(self.page.layout.visible(top, bottom)):
            image = self.page.layout.image_at(position)
            selected = any(int(member) in self._selection for member in self.page.tiles.members(image))
            self._painter.cell(self.page.layout, position, self._content.look(image), selected, image == current)
        for section, y in self.page.layout.headings(top, bottom):
            target = self._target is not None and self.page.layout.sections[self._target] is section
            self._painter.heading(
                section, QRect(0, y, self.viewport().width(), self.page.layout.metrics.heading), target
            )
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes by keyboard stands on a picture at once."""
        super().focusInEvent(event)
        if self.page.layout.count and self.page.position_of(self._selection.current) is None:
            self._selection.set_current(self.page.layout.image_at(0))
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_picture_size(round(self._picture * 1.12 ** (event.angleDelta().y() / 120)))
            event.accept()
        else:
            super().wheelEvent(event)

    def position_under(self, point: QPoint) -> int | None:
        """The position under a point of the viewport."""
        return self.page.layout.position_at(point + QPoint(0, self._top))

    def badge_under(self, point: QPoint) -> int | None:
        """The image on top of the stack whose badge lies under a point of the viewport."""
        position = self.position_under(point)
        image = -1 if position is None else self.page.layout.image_at(position)
        if position is None or image not in self.page.tiles.stacks:
            return None
        badge = badge_box(self.page.layout.cell(position), self.fontMetrics(), self._content.look(image).badge)
        return image if badge.contains(QPointF(point + QPoint(0, self._top))) else None

    def aim_at(self, point: QPoint | None) -> Section | None:
        """Light up the section under a drag, or none; returns it."""
        section = None if point is None else self.page.layout.section_at(point.y() + self._top)
        if section != self._target:
            self._target = section
            self.viewport().update()
        return None if section is None else self.page.layout.sections[section]

    def _position_in_the_middle(self) -> int | None:
        middle = self._top + self.viewport().height() // 2
        around = self.page.layout.visible(middle, middle)
        return around[len(around) // 2] if around else None

    def _scroll_to(self, position: int, *, centred: bool = False, top: bool = False) -> None:
        cell, bar, height = self.page.layout.cell(position), self.verticalScrollBar(), self.viewport().height()
        if top:
            bar.setValue(cell.top() - self.page.layout.metrics.gap)
        elif centred:
            bar.setValue(cell.center().y() - height // 2)
        elif cell.top() < self._top:
            bar.setValue(cell.top() - self.page.layout.metrics.heading)
        elif cell.bottom() > self._top + height:
            bar.setValue(cell.bottom() - height + self.page.layout.metrics.gap)
