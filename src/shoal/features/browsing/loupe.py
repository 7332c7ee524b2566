"""One picture over the whole window. Space or Escape closes it, the arrows go on to the next."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from shoal.widgets.fitting import fitted


class Loupe(QWidget):
    """A child of the window that covers it while it is open."""

    step_requested = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("loupe")
        self.setAccessibleName(self.tr("Large picture"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._covered = parent
        self._picture, self._caption, self._image = QPixmap(), "", -1
        parent.installEventFilter(self)
        self.hide()

    @property
    def image(self) -> int:
        """The image it shows, -1 while it is closed."""
        return self._image if self.isVisible() else -1

    def open(self, image: int, caption: str, placeholder: QPixmap | None) -> None:
        """Show what is at hand; `show_picture` follows when the large one is decoded."""
        self._image, self._caption = image, caption
        self._picture = placeholder or QPixmap()
        if not self.isVisible():  # what came over it since, stays over it
            self.setGeometry(self._covered.rect())
            self.show()
            self.raise_()
        self.setFocus()
        self.update()

    def show_picture(self, image: int, picture: QImage) -> None:
        if image == self._image and not picture.isNull():
            self._picture = QPixmap.fromImage(picture)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Return):
            self.leave()
        elif event.key() in steps:
            self.step_requested.emit(steps[Qt.Key(event.key())])
        else:
            event.ignore()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.leave()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self._covered and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._covered.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(12, 13, 15, 245))
        room = self.rect().adjusted(24, 24, -24, -48)
        if not self._picture.isNull():
            painter.drawPixmap(fitted(self._picture, room), self._picture)
        painter.setPen(QColor(225, 228, 232))
        line = self.rect().adjusted(24, self.height() - 44, -24, -8)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._caption)
        painter.end()

    def leave(self) -> None:
        self._image = -1
        self.hide()
        self.closed.emit()
