"""How one picture of the grid looks."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen

from shoal.domain.marks import PICK_REJECTED
from shoal.domain.verdicts import FLAG, Verdict
from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.fitting import ScaledPictures, fitted
from shoal.widgets.grid_layout import GridLayout, Section
from shoal.widgets.theme import LINE, ON_VEIL, PIN, RADIUS, RIM, RIM_OF_LIGHT, RING, VEIL
from shoal.widgets.verdict_paint import paint_verdict

FRAME = 3
"""Logical pixels that the accent is seen around a chosen picture; less than half of what lies between two."""

_SHEETS = 22
"""Logical pixels of a badge that its two little sheets take."""


_GONE = 0.35
"""How much is seen of a picture whose file is no longer there."""


@dataclass(frozen=True, slots=True)
class CellLook:
    """`caption` is plain text below the picture; a pinned one wears a mark, for it stays when clustered again.

    `stack`: how many pictures the tile stands for, on its badge; `opened`: it lies beside the others of its stack.
    `gone`: its file is no longer there; it is drawn in grey, as is what was rejected. `verdict`: what counts of it.
    `series`: what its stack is called, if it is one that is kept whole.
    """

    caption: str = ""
    colour: QColor | None = None
    pinned: bool = False
    stack: int = 0
    opened: bool = False
    gone: bool = False
    verdict: Verdict = (0, 0, 0)
    series: str = ""

    @property
    def badge(self) -> str:
        """On the tile of a stack: how many it stands for, behind the name of a series."""
        return f"{self.series}  {self.stack:,}".strip()


class GridPainter:
    def __init__(self, thumbnails: Thumbnails) -> None:
        self._thumbnails, self._scaled = thumbnails, ScaledPictures()

    def begin(self, painter: QPainter, palette: QPalette, focused: bool) -> None:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._painter, self._palette, self._focused = painter, palette, focused

    def cell(self, layout: GridLayout, position: int, look: CellLook, selected: bool, current: bool) -> None:
        cell = layout.cell(position)
        box = QRect(cell.left(), cell.top(), layout.metrics.picture, layout.metrics.picture_height)
        if look.opened:
            gap = layout.metrics.gap / 2
            self._painter.fillRect(QRectF(cell).adjusted(-gap, -gap, gap, gap), self._opened_colour())
        if selected:
            self._select(QRectF(cell).adjusted(-FRAME, -FRAME, FRAME, FRAME))
        if look.stack and not look.opened:
            self._sheets(box)
        picture = self._thumbnails.pixmap(layout.image_at(position))
        if picture is None or picture.isNull():
            self._fill(QRectF(box), self._palette.color(QPalette.ColorRole.AlternateBase))
            drawn = box
        else:
            drawn = fitted(picture, box)
            faded = look.gone or look.verdict[FLAG] == PICK_REJECTED
            self._painter.setOpacity(_GONE if faded else 1.0)
            self._scaled.paint(self._painter, drawn, picture)
            self._painter.setOpacity(1.0)
        self._marks(drawn, look)
        paint_verdict(self._painter, QRectF(drawn), look.verdict)
        if look.stack:
            self._badge(badge_box(cell, self._painter.fontMetrics(), look.badge), look)
        self._caption(cell, layout.metrics.caption, look.caption, selected)
        if current:
            self._frame(QRectF(drawn))

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
        self._painter.drawRoundedRect(box, RADIUS, RADIUS)

    def _select(self, box: QRectF) -> None:
        """What is chosen lies on the accent."""
        accent = self._palette.color(QPalette.ColorRole.Highlight)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(accent)
        self._painter.drawRoundedRect(box, RADIUS, RADIUS)

    def _frame(self, box: QRectF) -> None:
        """What the keys go on from has a ring inside the picture, chosen or not; thin while the keys are elsewhere."""
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        breadth = 2 * RING if self._focused else LINE
        for colour, inset in ((ON_VEIL, breadth / 2), (VEIL, breadth + LINE / 2)):
            self._painter.setPen(QPen(QColor(colour), breadth if colour == ON_VEIL else LINE))
            self._painter.drawRect(box.adjusted(inset, inset, -inset, -inset))

    def _opened_colour(self) -> QColor:
        return self._palette.color(QPalette.ColorRole.AlternateBase)

    def _sheets(self, box: QRect) -> None:
        """Two more pictures peep out behind the one on top."""
        self._painter.setPen(QPen(self._palette.color(QPalette.ColorRole.Mid), 1))
        self._painter.setBrush(self._palette.color(QPalette.ColorRole.AlternateBase))
        for angle in (4.0, -3.0):
            self._painter.save()
            self._painter.translate(box.center())
            self._painter.rotate(angle)
            wide, high = box.width() * 0.46, box.height() * 0.46
            self._painter.drawRect(QRectF(-wide, -high, 2 * wide, 2 * high))
            self._painter.restore()

    def _badge(self, box: QRectF, look: CellLook) -> None:
        back = QColor(VEIL) if not look.opened else self._palette.color(QPalette.ColorRole.Highlight)
        self._painter.setPen(QPen(QColor(RIM), 1))
        self._painter.setBrush(back)
        self._painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        self._painter.setPen(QPen(QColor(ON_VEIL), 1.3))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        sheet = QRectF(box.left() + 9, box.center().y() - 2, 7, 7)
        self._painter.drawRect(sheet)
        self._painter.drawPolyline([sheet.topLeft() + QPointF(3, -3), sheet.topRight() + QPointF(3, -3),
                                    sheet.bottomRight() + QPointF(3, -3)])  # fmt: skip
        text = box.adjusted(_SHEETS, 0, -6, 0)
        self._painter.drawText(text, Qt.AlignmentFlag.AlignCenter, look.badge)

    def _marks(self, drawn: QRect, look: CellLook) -> None:
        if look.colour is not None:
            self._painter.fillRect(QRect(drawn.left(), drawn.bottom() - 3, drawn.width(), 4), look.colour)
        if look.pinned:
            self._painter.setPen(QPen(QColor(RIM_OF_LIGHT), 1))
            self._painter.setBrush(QColor(PIN))
            self._painter.drawEllipse(QRectF(drawn.right() - 15, drawn.top() + 5, 10, 10))

    def _caption(self, cell: QRect, height: int, text: str, selected: bool) -> None:
        if not text or not height:
            return
        box = QRect(cell.left(), cell.bottom() - height + 2, cell.width(), height)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.PlaceholderText
        self._painter.setPen(self._palette.color(role))
        text = self._painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, cell.width())
        self._painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, text)


def badge_box(cell: QRect, metrics: QFontMetrics, text: str) -> QRectF:
    """Where the badge of a stack is painted, and where a click opens it; `cell` in content pixels."""
    width = metrics.horizontalAdvance(text) + _SHEETS + 12
    return QRectF(cell.left() - 3, cell.top() - 3, width, metrics.height() + 6)
