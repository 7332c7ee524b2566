"""The place below the cards: a click makes a cluster of what is selected, a drop one of what is dragged."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from shoal.widgets.dragging import dragged_images, take_as_copy
from shoal.widgets.theme import LINE, RADIUS, RING, UNIT


class NewClusterTarget(QAbstractButton):
    images_dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("newClusterTarget")
        self.setAcceptDrops(True)
        self.setText(self.tr("New cluster"))
        self.setToolTip(self.tr("Drop pictures here, or click to make a cluster of the selected ones"))
        self.setMinimumHeight(self.fontMetrics().height() + UNIT)
        self._aimed_at = False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if dragged_images(event.mimeData()) is not None:
            self._aim(True)
            take_as_copy(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._aim(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._aim(False)
        images = dragged_images(event.mimeData())
        if images is not None:
            take_as_copy(event)
            self.images_dropped.emit(images)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, lit = self.palette(), self._aimed_at or self.isDown() or self.hasFocus()
        colour = palette.color(QPalette.ColorRole.Highlight if lit else QPalette.ColorRole.PlaceholderText)
        if self._aimed_at:
            painter.setBrush(QColor(colour.red(), colour.green(), colour.blue(), 50))
        painter.setPen(QPen(colour, RING if lit else LINE, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 1, -3, -2), RADIUS, RADIUS)
        painter.setPen(palette.color(QPalette.ColorRole.Text if self.isEnabled() else QPalette.ColorRole.Mid))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, f"+  {self.text()}")
        painter.end()

    def _aim(self, aimed_at: bool) -> None:
        self._aimed_at = aimed_at
        self.update()
