"""A picture that fits itself into the room it has."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from shoal.widgets.fitting import fitted
from shoal.widgets.theme import ON_VEIL

Part = tuple[float, float, float, float]
"""Left, top, right, bottom, in shares of width and height."""
TALLEST = 1.25
"""Height for width of the tallest picture that is shown at full width."""


class PictureBox(QWidget):
    """As wide as it may be and as tall as its picture makes it, so that what stands below is close to it."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture, self._hint = QPixmap(), ""
        self._part: Part | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_picture(self, picture: QPixmap | QImage | None) -> None:
        """A picture of any size, or None for an empty box."""
        if isinstance(picture, QImage):
            picture = QPixmap.fromImage(picture)
        self._picture = picture or QPixmap()
        self.updateGeometry()
        self.update()

    def mark_part(self, part: Part | None) -> None:
        """Draw a box around a part of the picture; None for no box."""
        self._part = part
        self.update()

    def show_hint(self, hint: str) -> None:
        """What stands in the box while it is empty."""
        self._hint = hint
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def heightForWidth(self, width: int) -> int:
        if self._picture.isNull():
            return width * 3 // 4
        return round(width * min(self._picture.height() / self._picture.width(), TALLEST))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        if self._picture.isNull():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
            painter.drawRoundedRect(self.rect(), 6, 6)
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(16, 16, -16, -16), flags, self._hint)
        else:
            place = fitted(self._picture, self.rect())
            painter.drawPixmap(place, self._picture)
            if self._part is not None:
                self._draw_box(painter, place, self._part)
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _draw_box(self, painter: QPainter, place: QRect, part: Part) -> None:
        """Light within dark, so that it is seen on any picture."""
        left, top, right, bottom = part
        width, height = place.width(), place.height()
        box = QRectF(
            place.x() + left * width, place.y() + top * height, (right - left) * width, (bottom - top) * height
        ).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, breadth in ((self.palette().color(QPalette.ColorRole.Shadow), 3.0), (QColor(ON_VEIL), 1.5)):
            painter.setPen(QPen(colour, breadth))
            painter.drawRect(box)
