"""How a picture finds its place in a box of another shape."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap


def fitted(picture: QPixmap, box: QRect) -> QRect:
    """The largest rectangle of the picture's shape in the middle of `box`."""
    size = picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
    corner = QPoint(box.x() + (box.width() - size.width()) // 2, box.y() + (box.height() - size.height()) // 2)
    return QRect(corner, size)


def middle_of(picture: QPixmap, shape: QSize) -> QRect:
    """The largest part of the picture's middle that has this shape."""
    size = shape.scaled(picture.size(), Qt.AspectRatioMode.KeepAspectRatio)
    return QRect(QPoint((picture.width() - size.width()) // 2, (picture.height() - size.height()) // 2), size)


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
