"""The picture beside the pointer on the map, with its name and its cluster; all of it on the screen."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.map_content import Described
from shoal.widgets.theme import HALF, UNIT

ASIDE = QPoint(18, 18)
LEAST_WIDTH = 160


class HoverPicture(QWidget):
    """It never takes the focus and lets the mouse through."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setObjectName("hoverPicture")
        self._thumbnails, self._image = thumbnails, -1
        self._told, self._place = Described(), QPoint()
        thumbnails.arrived.connect(self._on_arrived)

    def show_image(self, image: int, place: QPoint, told: Described) -> None:
        self._image, self._place, self._told = image, place, told
        self._on_arrived()

    def leave(self) -> None:
        self._image = -1
        self.hide()

    @property
    def told(self) -> Described:
        return self._told

    def _picture(self) -> QPixmap | None:
        picture = self._thumbnails.pixmap(self._image) if self._image >= 0 else None
        return None if picture is None or picture.isNull() else picture

    def _lines(self) -> list[str]:
        return [line for line in (self._told.name, self._told.cluster) if line]

    def _on_arrived(self) -> None:
        picture = self._picture()
        if picture is not None:
            words = len(self._lines()) * self.fontMetrics().height() + (HALF if self._lines() else 0)
            width = max(picture.width(), LEAST_WIDTH if self._lines() else 0)
            self.resize(QSize(width, picture.height() + words) + QSize(UNIT, UNIT))
            self.move(beside(self._place, self.size(), _screen_of(self._place)))
            self.show()
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, palette, picture = QPainter(self), self.palette(), self._picture()
        painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.ToolTipBase))
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        top = HALF
        if picture is not None:
            painter.drawPixmap((self.width() - picture.width()) // 2, top, picture)
            top += picture.height() + HALF
        inks = (QPalette.ColorRole.ToolTipText, QPalette.ColorRole.PlaceholderText)
        for line, ink in zip(self._lines(), inks, strict=False):
            colour: QColor = palette.color(ink)
            painter.setPen(colour)
            box = QRect(UNIT, top, self.width() - 2 * UNIT, self.fontMetrics().height())
            text = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideMiddle, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, text)
            top += box.height()
        painter.end()


def beside(place: QPoint, size: QSize, screen: QRect) -> QPoint:
    """Where something of that size stands beside a place: right and below, or left and above where the screen ends."""
    corner = place + ASIDE
    if corner.x() + size.width() > screen.right() + 1:
        corner.setX(place.x() - ASIDE.x() - size.width())
    if corner.y() + size.height() > screen.bottom() + 1:
        corner.setY(place.y() - ASIDE.y() - size.height())
    return QPoint(max(corner.x(), screen.left()), max(corner.y(), screen.top()))


def _screen_of(place: QPoint) -> QRect:
    screen = QGuiApplication.screenAt(place) or QGuiApplication.primaryScreen()
    return screen.availableGeometry()
