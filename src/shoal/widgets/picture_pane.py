"""One picture drawn into a part of a widget, at any zoom, from the best that is there of it."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter

from shoal.widgets.zooming import Zoom, place_of, scale_of

PIXELS_FROM = 2.0
"""From this zoom on each pixel is seen as a square: who looks so closely wants to see what is there."""


@dataclass(slots=True)
class Shown:
    """What there is of a picture: a small one first, then one for the screen, then all of it.

    `size` in pixels of the whole; of a picture that nobody has measured that of the best that is there.
    """

    image: int = -1
    small: QImage | None = None
    large: QImage | None = None
    whole: QImage | None = None
    measured: QSizeF | None = None

    @property
    def size(self) -> QSizeF:
        if self.measured is not None:
            return self.measured
        best = self.whole or self.large or self.small
        return QSizeF(best.size()) if best is not None else QSizeF(1, 1)

    def wants_whole(self, zoom: Zoom, room: QRectF, ratio: float) -> bool:
        """Whether it is seen larger than what is there has pixels."""
        return self.whole is None and (
            self.large is None
            or self.large.width() < self.size.width() * scale_of(zoom, self.size, room) * ratio * 0.99
        )

    def best(self, width: float) -> QImage | None:
        """The smallest with so many pixels; else the largest there is."""
        pictures = [
            picture for picture in (self.small, self.large, self.whole) if picture is not None and not picture.isNull()
        ]
        return next(
            (picture for picture in pictures if picture.width() >= width * 0.99), pictures[-1] if pictures else None
        )


def paint_pane(painter: QPainter, shown: Shown, zoom: Zoom, room: QRectF, overlay: QImage | None = None) -> QRectF:
    """Draws no more than what is seen of it. Returns where the whole picture lies."""
    place = place_of(zoom, shown.size, room)
    seen = place.intersected(room)
    painter.save()
    painter.setClipRect(room)
    for picture in (shown.best(place.width() * painter.device().devicePixelRatioF()), overlay):
        if picture is not None and not seen.isEmpty():
            smooth = place.width() / max(picture.width(), 1) < PIXELS_FROM
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(seen, picture, _part(seen, place, QSizeF(picture.size())))
    painter.restore()
    return place


def _part(seen: QRectF, place: QRectF, size: QSizeF) -> QRectF:
    """Which part of a picture of that size is seen."""
    across, down = size.width() / place.width(), size.height() / place.height()
    corner = QPointF((seen.left() - place.left()) * across, (seen.top() - place.top()) * down)
    return QRectF(corner, QSizeF(seen.width() * across, seen.height() * down))
