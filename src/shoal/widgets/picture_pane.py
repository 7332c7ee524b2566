"""One picture drawn into a part of a widget, at any zoom, from the best that is there of it."""

from dataclasses import dataclass
from math import sqrt

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter

from shoal.imaging.sizes import whole_side
from shoal.widgets.zooming import Zoom, place_of, scale_of

PIXELS_FROM = 2.0
"""From this zoom on each pixel is seen as a square: who looks so closely wants to see what is there."""


MOST_OF_A_PART = 24_000_000
"""Pixels of a part with what lies around what is seen, so that a hand may move the picture a little."""


@dataclass(frozen=True, slots=True)
class PicturePart:
    """`box`: where it is in the whole picture, in pixels."""

    box: QRect
    picture: QImage


@dataclass(slots=True)
class Shown:
    """What there is of a picture: a small one first, then one for the screen, then all of it.

    Of a very large picture the whole has fewer pixels than it should, and `part` all of those of a part.

    `size` in pixels of the whole; of a picture that nobody has measured that of the best that is there.
    """

    image: int = -1
    small: QImage | None = None
    large: QImage | None = None
    whole: QImage | None = None
    measured: QSizeF | None = None
    part: PicturePart | None = None

    @property
    def size(self) -> QSizeF:
        if self.measured is not None:
            return self.measured
        best = self.whole or self.large or self.small
        return QSizeF(best.size()) if best is not None else QSizeF(1, 1)

    def wants_whole(self, zoom: Zoom, room: QRectF, ratio: float) -> bool:
        """Whether it is seen larger than what is there has pixels."""
        if self.whole is not None or (self.large is None and zoom.scale is None):
            return False  # fitted, the one for the screen will do, which is on its way
        on_screen = self.size.width() * scale_of(zoom, self.size, room) * ratio
        return self.large is None or self.large.width() < on_screen * 0.99

    def wants_part(self, zoom: Zoom, room: QRectF, ratio: float) -> QRect | None:
        """The part that has to be unpacked for what is seen at this zoom; None if what is there will do."""
        if self.measured is None:
            return None
        place = place_of(zoom, self.size, room)
        width, height = int(self.size.width()), int(self.size.height())
        of_whole = width * whole_side(width, height) / max(width, height, 1)
        if of_whole >= min(place.width() * ratio, width) * 0.99:
            return None
        seen = _part(place.intersected(room), place, self.size).toAlignedRect()
        if self.part is not None and self.part.box.contains(seen):
            return None
        return _with_more(seen).intersected(QRect(0, 0, width, height))

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
        if shown.part is not None and picture is not None and picture is not overlay:
            _paint_part(painter, shown.part, place, shown.size, seen, picture.width())
    painter.restore()
    return place


def _paint_part(
    painter: QPainter, part: PicturePart, place: QRectF, size: QSizeF, seen: QRectF, pixels_below: int
) -> None:
    """Over the whole, where that has too few pixels."""
    if (
        part.picture.isNull()
        or pixels_below >= min(place.width() * painter.device().devicePixelRatioF(), size.width()) * 0.99
    ):
        return
    scale, box = place.width() / size.width(), QRectF(part.box)
    there = QRectF(place.topLeft() + box.topLeft() * scale, box.size() * scale)
    visible = there.intersected(seen)
    if not visible.isEmpty():
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < PIXELS_FROM)
        painter.drawImage(visible, part.picture, _part(visible, there, QSizeF(part.picture.size())))


def _with_more(seen: QRect) -> QRect:
    """With half as much again on every side, as far as that is not too much."""
    pixels = max(seen.width() * seen.height(), 1)
    grown = max(1.0, min(2.0, sqrt(MOST_OF_A_PART / pixels)))
    across, down = round(seen.width() * (grown - 1) / 2), round(seen.height() * (grown - 1) / 2)
    return seen.adjusted(-across, -down, across, down)


def _part(seen: QRectF, place: QRectF, size: QSizeF) -> QRectF:
    """Which part of a picture of that size is seen."""
    across, down = size.width() / place.width(), size.height() / place.height()
    corner = QPointF((seen.left() - place.left()) * across, (seen.top() - place.top()) * down)
    return QRectF(corner, QSizeF(seen.width() * across, seen.height() * down))
