"""How a picture finds its place in a box of another shape."""

from collections import OrderedDict

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

KEPT_BYTES = 48 * 2**20
FRAME = 28
"""Logical pixels that the title of a window takes."""


def fitted(picture: QPixmap, box: QRect) -> QRect:
    """The largest rectangle of the picture's shape in the middle of `box`."""
    size = picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
    corner = QPoint(box.x() + (box.width() - size.width()) // 2, box.y() + (box.height() - size.height()) // 2)
    return QRect(corner, size)


def middle_of(picture: QPixmap, shape: QSize) -> QRect:
    """The largest part of the picture's middle that has this shape."""
    size = shape.scaled(picture.size(), Qt.AspectRatioMode.KeepAspectRatio)
    return QRect(QPoint((picture.width() - size.width()) // 2, (picture.height() - size.height()) // 2), size)


def resize_within_screen(window: QWidget, size: QSize) -> None:
    """As large as that, or as the screen has room for, with its frame."""
    room = window.screen().availableSize() - QSize(0, FRAME)
    window.resize(size.boundedTo(room))


def square_of(picture: QPixmap, side: int, ratio: float = 1.0) -> QPixmap:
    """The picture's middle as a square of `side` logical pixels, for a screen of `ratio` pixels per unit."""
    square = QPixmap(QSize(side, side) * ratio)
    square.setDevicePixelRatio(ratio)
    square.fill(Qt.GlobalColor.transparent)
    painter = QPainter(square)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(QRect(0, 0, side, side), picture, middle_of(picture, QSize(side, side)))
    painter.end()
    return square


class ScaledPictures:
    """Parts of pictures in the size in which they are painted again and again: to scale takes longer than to paint."""

    def __init__(self, limit_bytes: int = KEPT_BYTES) -> None:
        self._limit, self._bytes = limit_bytes, 0
        self._kept: OrderedDict[tuple[int, ...], QPixmap] = OrderedDict()

    def paint(self, painter: QPainter, place: QRect, picture: QPixmap, part: QRect | None = None) -> None:
        """`part` of the picture, or all of it, fills `place`; as smooth as the painter would scale it."""
        part = part if part is not None else picture.rect()
        ratio = painter.device().devicePixelRatioF()
        size = place.size() * ratio
        if size == part.size() or size.isEmpty():
            painter.drawPixmap(place, picture, part)
            return
        key = (picture.cacheKey(), *part.getRect(), size.width(), size.height())  # type: ignore[misc]  # a tuple
        scaled = self._kept.get(key)
        if scaled is None:
            scaled = self._keep(key, _scaled(picture, part, size))
        self._kept.move_to_end(key)
        painter.drawPixmap(place, scaled, scaled.rect())

    def _keep(self, key: tuple[int, ...], picture: QPixmap) -> QPixmap:
        self._kept[key] = picture
        self._bytes += _bytes_of(picture)
        while self._bytes > self._limit and len(self._kept) > 1:
            self._bytes -= _bytes_of(self._kept.popitem(last=False)[1])
        return picture


def _scaled(picture: QPixmap, part: QRect, size: QSize) -> QPixmap:
    scaled = QPixmap(size)
    scaled.fill(Qt.GlobalColor.transparent)
    painter = QPainter(scaled)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(scaled.rect(), picture, part)
    painter.end()
    return scaled


def _bytes_of(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4
