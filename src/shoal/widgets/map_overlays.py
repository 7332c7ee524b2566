"""What is painted above the points of the map: pictures when zoomed in, the lasso."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPalette, QPen, QPolygonF

from shoal.qt.selection import Selection
from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.fitting import fitted
from shoal.widgets.map_canvas import MapCanvas
from shoal.widgets.theme import ON_VEIL

PICTURE = 72
"""Logical pixels of a picture on the map."""

MOST_CANDIDATES = 4000
UNLIT = 0.35
"""How much is seen of what is not lit."""

ROOM_NEEDED = 0.35
"""Pictures appear once at least this part of the points in view would find room for one."""


def without_overlap(x: NDArray[np.float32], y: NDArray[np.float32], side: int, limit: int) -> list[int]:
    """Greedy in the given order: indices of squares (middle x, y, all of one side) that do not overlap."""
    chosen: list[int] = []
    taken: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for index, (cx, cy) in enumerate(zip(x.tolist(), y.tolist(), strict=True)):
        column, row = int(cx // side), int(cy // side)
        neighbours = (taken.get((column + i, row + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        if all(abs(cx - ox) >= side or abs(cy - oy) >= side for group in neighbours for ox, oy in group):
            taken.setdefault((column, row), []).append((cx, cy))
            chosen.append(index)
            if len(chosen) == limit:
                break
    return chosen


class PicturesOnMap:
    """Zoomed in, points become pictures: the most typical first, never one over another."""

    def __init__(self, thumbnails: Thumbnails, selection: Selection) -> None:
        self._thumbnails, self._selection = thumbnails, selection
        self._images = np.empty(0, np.int32)
        self._importance = np.empty(0, np.float32)
        self._frames: NDArray[np.uint32] = np.empty(0, np.uint32)
        self._lit: NDArray[np.bool_] | None = None
        self.covered: Sequence[QRect] = ()
        """Where the pictures were painted last."""

    def show_images(self, images: NDArray[np.int32], importance: NDArray[np.float32]) -> None:
        """`images[i]` is the image at point i; those of larger importance get a place first."""
        self._images, self._importance = images, importance

    def set_frames(self, colours: NDArray[np.uint32]) -> None:
        self._frames = colours

    def light(self, points: NDArray[np.bool_] | None) -> None:
        """The pictures of these points are seen, the others fade; none: all are seen alike."""
        self._lit = points

    def paint(self, painter: QPainter, canvas: MapCanvas) -> None:
        boxes = self.boxes(canvas)
        self.covered = [box for _point, box in boxes]
        for point, box in boxes:
            image = int(self._images[point])
            picture = self._thumbnails.pixmap(image)
            if picture is None or picture.isNull():
                continue
            drawn = fitted(picture, box)
            selected = image in self._selection
            lit = self._lit is None or selected or (point < len(self._lit) and bool(self._lit[point]))
            painter.setOpacity(1.0 if lit else UNLIT)
            colour = QColor(ON_VEIL) if selected else QColor.fromRgba(int(self._frames[point]))
            painter.fillRect(drawn.adjusted(-3, -3, 3, 3) if selected else drawn.adjusted(-2, -2, 2, 2), colour)
            if selected:
                painter.fillRect(drawn.adjusted(-1, -1, 1, 1), QColor.fromRgba(int(self._frames[point])))
            painter.drawPixmap(drawn, picture)

    def boxes(self, canvas: MapCanvas) -> list[tuple[int, QRect]]:
        """Which points are pictures just now and where, in logical pixels."""
        points = canvas.plane.visible_points(0.05)
        room = canvas.width() * canvas.height() / PICTURE**2
        if not len(points) or len(points) > MOST_CANDIDATES or room < ROOM_NEEDED * len(points):
            return []
        points = points[np.argsort(-self._importance[points], kind="stable")]
        x, y = canvas.plane.to_pixels(points)
        half = PICTURE // 2 - 4
        return [
            (int(points[i]), QRect(int(x[i]) - half, int(y[i]) - half, 2 * half, 2 * half))
            for i in without_overlap(x, y, PICTURE, 600)
        ]

    def image_under(self, place: QPointF, canvas: MapCanvas) -> int | None:
        """The point whose picture lies under a place of the view."""
        for point, box in self.boxes(canvas):
            if box.contains(place.toPoint()):
                return point
        return None


class OutlineOnMap:
    """The lasso or rectangle while it is drawn, in logical pixels of the view."""

    def __init__(self, palette: Callable[[], QPalette]) -> None:
        self._palette = palette
        self.outline = QPolygonF()

    def paint(self, painter: QPainter, _canvas: MapCanvas) -> None:
        if self.outline.size() < 2:
            return
        accent = self._palette().color(QPalette.ColorRole.Highlight)
        veil = QColor(accent)
        veil.setAlpha(40)
        painter.setPen(QPen(accent, 1.6, Qt.PenStyle.DashLine))
        painter.setBrush(QBrush(veil))
        painter.drawPolygon(self.outline, Qt.FillRule.OddEvenFill)
