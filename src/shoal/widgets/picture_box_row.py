"""Pictures in a row of equal squares, some of them dimmed, one of them framed; a few words may stand below each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.fitting import middle_of

GAP = 4
DIMMED = 0.3


@dataclass(frozen=True, slots=True)
class Tile:
    image: int
    note: str = ""
    dimmed: bool = False
    framed: bool = False


class PictureRow(QWidget):
    """As wide as there is room; squares as large as `side`, smaller where there are many."""

    def __init__(self, thumbnails: Thumbnails, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails, self._side = thumbnails, side
        self._tiles: Sequence[Tile] = ()
        thumbnails.arrived.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def tiles(self) -> Sequence[Tile]:
        return self._tiles

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        self._tiles = tiles
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        noted = self.fontMetrics().height() + GAP if any(tile.note for tile in self._tiles) else 0
        return QSize(max(1, len(self._tiles)) * (self._side + GAP), self._side + noted)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._side, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        side = min(self._side, (self.width() + GAP) // max(1, len(self._tiles)) - GAP)
        for place, tile in enumerate(self._tiles):
            self._paint(painter, tile, QRect(place * (side + GAP), 0, side, side))
        painter.end()

    def _paint(self, painter: QPainter, tile: Tile, box: QRect) -> None:
        picture = self._thumbnails.pixmap(tile.image)
        painter.setOpacity(DIMMED if tile.dimmed else 1.0)
        if picture is None or picture.isNull():
            painter.fillRect(box, self.palette().color(QPalette.ColorRole.AlternateBase))
        else:
            painter.drawPixmap(box, picture, middle_of(picture, box.size()))
        if tile.note:
            line = QRect(box.left(), box.bottom() + GAP, box.width(), self.fontMetrics().height())
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, tile.note)
        painter.setOpacity(1.0)
        if tile.framed:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 3))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
