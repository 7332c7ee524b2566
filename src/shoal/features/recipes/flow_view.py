"""From which clusters of one result pictures went to which of another: two columns of bars, ribbons between them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from shoal.domain.run_flow import Bar, FlowPicture, Ribbon

_BAR, _EDGE = 10, 8
_LEAST_ROOM: Final = 110
"""Between the columns, in logical pixels; names have the rest."""
_STAYS, _GOES, _HELD = 70, 150, 230
"""How much of a ribbon's colour is to be seen, of 255."""

NOTHING = FlowPicture((), (), ())


@dataclass(frozen=True, slots=True)
class Told:
    """What clusters of one side are called, and their colours (0xAARRGGBB)."""

    name: Callable[[int], str]
    colour: Callable[[int], int]


class FlowView(QWidget):
    chosen = Signal(int, int)
    """A cluster on the left and one on the right, of which the pictures are meant that went from one to the other; -1
    for any."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("runFlow")
        self.setAccessibleName(self.tr("From which clusters pictures went to which"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.picture, self._held = NOTHING, -1
        self._sides: tuple[Told, Told] = (Told(str, lambda _one: 0),) * 2

    def show_flow(self, picture: FlowPicture, before: Told, after: Told) -> None:
        self.picture, self._sides, self._held = picture, (before, after), -1
        told = [self._told(ribbon) for ribbon in picture.ribbons if not ribbon.stays]
        self.setAccessibleDescription("; ".join(told[:50]))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(460, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 200)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.palette().base())
        painter.setPen(Qt.PenStyle.NoPen)
        for place, ribbon in enumerate(self.picture.ribbons):
            colour = QColor.fromRgba(self._sides[0].colour(ribbon.before))
            colour.setAlpha(_HELD if place == self._held else _STAYS if ribbon.stays else _GOES)
            painter.fillPath(self._path(ribbon), colour)
        for side, bars in enumerate((self.picture.left, self.picture.right)):
            for bar in bars:
                painter.fillRect(self._place(bar, side), QColor.fromRgba(self._sides[side].colour(bar.cluster)))
            self._names(painter, bars, side)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        held = self._ribbon_at(event.position())
        if held != self._held:
            self._held = held
            self.update()
        bar = self._bar_at(event.position())
        text = self._told(self.picture.ribbons[held]) if held >= 0 else "" if bar is None else self._of_bar(*bar)
        QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        bar, held = self._bar_at(event.position()), self._ribbon_at(event.position())
        if bar is not None:
            side, one = bar
            self.chosen.emit(*((one.cluster, -1) if side == 0 else (-1, one.cluster)))
        elif held >= 0:
            self._choose(held)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through what moved, the largest first; Enter chooses it."""
        count, key = len(self.picture.ribbons), Qt.Key(event.key())
        moved = [place for place in range(count) if not self.picture.ribbons[place].stays] or list(range(count))
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and moved:
            step = 1 if key == Qt.Key.Key_Down else -1
            at = moved.index(self._held) + step if self._held in moved else 0
            self._held = moved[at % len(moved)]
            QToolTip.showText(
                self.mapToGlobal(self.rect().center()), self._told(self.picture.ribbons[self._held]), self
            )
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._held >= 0:
            self._choose(self._held)
        else:
            super().keyPressEvent(event)

    def _choose(self, place: int) -> None:
        ribbon = self.picture.ribbons[place]
        self.chosen.emit(ribbon.before, ribbon.after)

    def _told(self, ribbon: Ribbon) -> str:
        before, after = self._sides[0].name(ribbon.before), self._sides[1].name(ribbon.after)
        pictures = self.tr("%n picture(s)", "", ribbon.count)
        return self.tr("{0} to {1}: {2}").format(before, after, pictures)

    def _of_bar(self, side: int, bar: Bar) -> str:
        return f"{self._sides[side].name(bar.cluster)}: {self.tr('%n picture(s)', '', bar.count)}"

    @property
    def _columns(self) -> tuple[float, float]:
        """Where the bars on the left begin, and those on the right."""
        names = max(0.0, (self.width() - _LEAST_ROOM - 2 * _BAR) / 2)
        names = min(names, self.width() * 0.32)
        return names, self.width() - names - _BAR

    def _place(self, bar: Bar, side: int) -> QRectF:
        room = self.height() - 2 * _EDGE
        return QRectF(self._columns[side], _EDGE + bar.top * room, _BAR, max(bar.height * room, 1.0))

    def _path(self, ribbon: Ribbon) -> QPainterPath:
        room, (left, right) = self.height() - 2 * _EDGE, self._columns
        begin, thick, middle = left + _BAR, max(ribbon.height * room, 0.8), (left + _BAR + right) / 2
        y, other = _EDGE + ribbon.left * room, _EDGE + ribbon.right * room
        path = QPainterPath(QPointF(begin, y))
        path.cubicTo(QPointF(middle, y), QPointF(middle, other), QPointF(right, other))
        path.lineTo(QPointF(right, other + thick))
        path.cubicTo(QPointF(middle, other + thick), QPointF(middle, y + thick), QPointF(begin, y + thick))
        path.closeSubpath()
        return path

    def _names(self, painter: QPainter, bars: tuple[Bar, ...], side: int) -> None:
        """Of those that have room; the larger ones first."""
        painter.setPen(self.palette().text().color())
        line, taken = painter.fontMetrics().height(), list[float]()
        left, right = self._columns
        for bar in sorted(bars, key=lambda one: -one.count):
            middle = self._place(bar, side).center().y()
            if any(abs(middle - other) < line for other in taken):
                continue
            taken.append(middle)
            x, width = (4.0, left - 10) if side == 0 else (right + _BAR + 6, self.width() - right - _BAR - 10)
            count = f"  {bar.count:,}"
            room = int(width) - painter.fontMetrics().horizontalAdvance(count)
            name = self._sides[side].name(bar.cluster)
            text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
            align = Qt.AlignmentFlag.AlignRight if side == 0 else Qt.AlignmentFlag.AlignLeft
            painter.drawText(
                QRectF(x, middle - line / 2, width, line), align | Qt.AlignmentFlag.AlignVCenter, text + count
            )

    def _ribbon_at(self, place: QPointF) -> int:
        """The one on top; -1 for none."""
        found = [number for number, one in enumerate(self.picture.ribbons) if self._path(one).contains(place)]
        return found[-1] if found else -1

    def _bar_at(self, place: QPointF) -> tuple[int, Bar] | None:
        """A name is as good as its bar."""
        for side, bars in enumerate((self.picture.left, self.picture.right)):
            inside = place.x() <= self._columns[0] + _BAR if side == 0 else place.x() >= self._columns[1]
            for bar in bars if inside else ():
                area = self._place(bar, side).adjusted(0, -3, 0, 3)
                if area.top() <= place.y() <= area.bottom():
                    return side, bar
        return None
