"""How one picture of the grid looks."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen

from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.fitting import fitted
from shoal.widgets.grid_layout import GridLayout, Section

_PIN = QColor("#f2b705")


@dataclass(frozen=True, slots=True)
class CellLook:
    """`caption` is plain text below the picture; a pinned one wears a mark, for it stays when clustered again."""

    caption: str = ""
    colour: QColor | None = None
    pinned: bool = False


class GridPainter:
    def __init__(self, thumbnails: Thumbnails) -> None:
        self._thumbnails = thumbnails

    def begin(self, painter: QPainter, palette: QPalette, focused: bool) -> None:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._painter, self._palette, self._focused = painter, palette, focused

    def cell(self, layout: GridLayout, position: int, look: CellLook, selected: bool, current: bool) -> None:
        cell = layout.cell(position)
        box = QRect(cell.left(), cell.top(), layout.metrics.picture, layout.metrics.picture)
        if selected:
            self._select(QRectF(cell).adjusted(-4, -4, 4, 2))
        picture = self._thumbnails.pixmap(layout.image_at(position))
        if picture is None or picture.isNull():
            self._fill(QRectF(box), self._palette.color(QPalette.ColorRole.AlternateBase))
            drawn = box
        else:
            drawn = fitted(picture, box)
            self._painter.drawPixmap(drawn, picture)
        self._marks(drawn, look)
        self._caption(cell, layout.metrics.caption, look.caption, selected)
        if current and self._focused:
            self._frame(QRectF(cell).adjusted(-4, -4, 4, 2))

    def heading(self, section: Section, box: QRect, is_target: bool) -> None:
        role = QPalette.ColorRole.Highlight if is_target else QPalette.ColorRole.Base
        self._painter.fillRect(box.adjusted(0, 4, 0, -4), self._palette.color(role))
        font = QFont(self._painter.font())
        font.setBold(True)
        self._painter.save()
        self._painter.setFont(font)
        ink = QPalette.ColorRole.HighlightedText if is_target else QPalette.ColorRole.Text
        self._painter.setPen(self._palette.color(ink))
        text = self._painter.fontMetrics().elidedText(section.title, Qt.TextElideMode.ElideRight, box.width() - 24)
        self._painter.drawText(box.adjusted(12, 0, -12, 0), Qt.AlignmentFlag.AlignVCenter, text)
        self._painter.restore()

    def _fill(self, box: QRectF, colour: QColor) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawRoundedRect(box, 4, 4)

    def _select(self, box: QRectF) -> None:
        accent = self._palette.color(QPalette.ColorRole.Highlight)
        self._painter.setPen(QPen(accent, 2.5))
        self._painter.setBrush(QColor(accent.red(), accent.green(), accent.blue(), 60))
        self._painter.drawRoundedRect(box, 6, 6)

    def _frame(self, box: QRectF) -> None:
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._palette.color(QPalette.ColorRole.Text), 1.5, Qt.PenStyle.DashLine))
        self._painter.drawRoundedRect(box, 6, 6)

    def _marks(self, drawn: QRect, look: CellLook) -> None:
        if look.colour is not None:
            self._painter.fillRect(QRect(drawn.left(), drawn.bottom() - 3, drawn.width(), 4), look.colour)
        if look.pinned:
            self._painter.setPen(QPen(QColor(0, 0, 0, 140), 1))
            self._painter.setBrush(_PIN)
            self._painter.drawEllipse(QRectF(drawn.right() - 15, drawn.top() + 5, 10, 10))

    def _caption(self, cell: QRect, height: int, text: str, selected: bool) -> None:
        if not text or not height:
            return
        box = QRect(cell.left(), cell.bottom() - height + 2, cell.width(), height)
        role = QPalette.ColorRole.Text if selected else QPalette.ColorRole.PlaceholderText
        self._painter.setPen(self._palette.color(role))
        text = self._painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, cell.width())
        self._painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, text)
