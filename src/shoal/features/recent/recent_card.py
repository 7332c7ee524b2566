"""A project opened before, as a button: pictures from it, its name, how much is in it and where."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from shoal.widgets.named import named

PICTURE = 44
"""Side of a picture, in points."""

_PICTURES, _GAP, _MARGIN = 3, 4, 8


@dataclass(frozen=True, slots=True)
class RecentProject:
    """What a card shows. `facts` is one line about its contents; `offline` greys the pictures."""

    title: str
    facts: str
    place: str
    pictures: Sequence[QImage]
    offline: bool


class RecentCard(QAbstractButton):
    def __init__(self, project: RecentProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        named(self, "recentProject", f"{project.title}, {project.facts}, {project.place}")
        self.setToolTip(project.place)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        lines = 2 * self.fontMetrics().lineSpacing() + 4
        return QSize(320, max(PICTURE, lines) + 2 * _MARGIN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._draw_ground(painter)
        if self._project.offline:
            painter.setOpacity(0.45)
        left = _MARGIN
        for number in range(_PICTURES):
            box = QRect(left, (self.height() - PICTURE) // 2, PICTURE, PICTURE)
            self._draw_picture(painter, box, number)
            left = box.right() + _GAP
        painter.setOpacity(1)
        self._draw_words(painter, QRect(left + 8, 0, self.width() - left - 8 - _MARGIN, self.height()))

    def _draw_ground(self, painter: QPainter) -> None:
        palette = self.palette()
        if self.underMouse() or self.hasFocus():
            painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
            focused = palette.color(QPalette.ColorRole.Highlight)
            painter.setPen(QPen(focused, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)

    def _draw_picture(self, painter: QPainter, box: QRect, number: int) -> None:
        """The middle of the picture; an empty frame where there are fewer."""
        if number >= len(self._project.pictures):
            painter.fillRect(box, self.palette().color(QPalette.ColorRole.Button))
            return
        picture = self._project.pictures[number]
        side = min(picture.width(), picture.height())
        middle = QRect((picture.width() - side) // 2, (picture.height() - side) // 2, side, side)
        painter.drawImage(box, picture, middle)

    def _draw_words(self, painter: QPainter, area: QRect) -> None:
        project, metrics = self._project, self.fontMetrics()
        bold = QFont(self.font())
        bold.setBold(True)
        top = (area.height() - 2 * metrics.lineSpacing() - 2) // 2
        first = QRect(area.topLeft() + QPoint(0, top), QSize(area.width(), metrics.lineSpacing()))
        second = first.translated(0, metrics.lineSpacing() + 2)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        quiet: QColor = self.palette().color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(quiet if project.offline else self.palette().color(QPalette.ColorRole.WindowText))
        facts_width = metrics.horizontalAdvance(project.facts)
        painter.setFont(bold)
        room = first.width() - facts_width - 12
        title = painter.fontMetrics().elidedText(project.title, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(first, flags | Qt.AlignmentFlag.AlignLeft, title)
        painter.setFont(self.font())
        painter.setPen(quiet)
        painter.drawText(first, flags | Qt.AlignmentFlag.AlignRight, project.facts)
        place = metrics.elidedText(project.place, Qt.TextElideMode.ElideMiddle, second.width())
        painter.drawText(second, flags | Qt.AlignmentFlag.AlignLeft, place)
