"""A few pictures as a square of squares, to tell at a glance what a cluster holds."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.fitting import middle_of

GAP = 3
MOST = 9


class PictureSheet(QWidget):
    """As large as it may be; few pictures are shown larger than many."""

    def __init__(self, thumbnails: Thumbnails, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._images: Sequence[int] = ()
        thumbnails.arrived.connect(self.update)
        self.setMinimumSize(side, side)

    def show_images(self, images: Sequence[int]) -> None:
        self._images = images[:MOST]
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        columns = max(1, math.ceil(math.sqrt(len(self._images))))
        side = (min(self.width(), self.height()) + GAP) // columns
        for place, image in enumerate(self._images):
            box = QRect((place % columns) * side, (place // columns) * side, side - GAP, side - GAP)
            picture = self._thumbnails.pixmap(image)
            if picture is None or picture.isNull():
                painter.fillRect(box, self.palette().color(QPalette.ColorRole.AlternateBase))
            else:
                painter.drawPixmap(box, picture, middle_of(picture, box.size()))
        painter.end()
