"""A picture that fits itself into the room it has."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

from shoal.widgets.dragging import fitted


class PictureBox(QWidget):
    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()

    def show_picture(self, picture: QPixmap | QImage | None) -> None:
        """A picture of any size, or None for an empty box."""
        if isinstance(picture, QImage):
            picture = QPixmap.fromImage(picture)
        self._picture = picture or QPixmap()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 200)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._picture.isNull():
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.AlternateBase))
        else:
            painter.drawPixmap(fitted(self._picture, self.rect()), self._picture)
        painter.end()
