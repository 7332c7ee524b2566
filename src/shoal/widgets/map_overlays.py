"""What is painted above the points of the map: pictures when zoomed in, names of clusters, the lasso."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPalette, QPen, QPolygonF

from shoal.qt.selection import Selection
from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.fitting import fitted
from shoal.widgets.map_canvas import MapCanvas
from shoal.widgets.map_content import MapName

PICTURE = 72
"""Logical pixels of a picture on the map."""

MOST_CANDIDATES = 4000
ROOM_NEEDED = 0.35
"""Pictures appear once at least this part of the points in view would find room for one."""

MOST_NAMES_TRIED = 120
LONGEST_NAME, NAME_MARGIN = 180, 6
"""Logical pixels; a longer name is cut short."""


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
        self.covered: Sequence[QRect] = ()
        """Where the pictures were painted last."""

    def show_images(self, images: NDArray[np.int32], importance: NDArray[np.float32]) -> None:
        """`images[i]` is the image at point i; those of larger importance get a place first."""
        self._images, self._importance = images, importance

    def set_frames(self, colours: NDArray[np.uint32]) -> None:
        self._frames = colours

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
            colour = QColor(Qt.GlobalColor.white) if selected else QColor.fromRgba(int(self._frames[point]))
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


class NamesOnMap:
    """Names of clusters, largest first; one that would cover another name or a picture moves aside or is left out.

    What a frame costs does not grow with the number of clusters: texts are measured once, and of the names in view
    only those of the largest are tried.
    """

    def __init__(self, palette: Callable[[], QPalette], pictures: PicturesOnMap) -> None:
        self._palette, self._pictures = palette, pictures
        self._names: Sequence[MapName] = ()
        self._x = self._y = np.empty(0, np.float64)
        self._measured: dict[str, tuple[str, int]] = {}
        self._font = QFont()

    def show_names(self, names: Sequence[MapName]) -> None:
        self._names = sorted(names, key=lambda name: -name.count)
        self._x = np.array([name.x for name in self._names], np.float64)
        self._y = np.array([name.y for name in self._names], np.float64)

    def paint(self, painter: QPainter, canvas: MapCanvas) -> None:
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        if font != self._font:
            self._font, self._measured = font, {}
        ink = self._palette().color(QPalette.ColorRole.Text)
        halo = QColor(self._palette().color(QPalette.ColorRole.Base))
        halo.setAlpha(215)
        for text, box in self._placed(painter.fontMetrics(), canvas):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(halo)
            painter.drawRoundedRect(box, 5, 5)
            painter.setPen(ink)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _placed(self, metrics: QFontMetrics, canvas: MapCanvas) -> list[tuple[str, QRectF]]:
        """What is written where, in logical pixels of the view."""
        x, y = canvas.plane.view_places(self._x, self._y)
        view, height = canvas.viewport().rect(), metrics.height() + 4
        reach = LONGEST_NAME / 2 + NAME_MARGIN
        near = (x > -reach) & (x < view.width() + reach) & (y > -height) & (y < view.height() + height)
        taken, placed = _Taken(self._pictures.covered), []
        for row in np.flatnonzero(near)[:MOST_NAMES_TRIED].tolist():
            text, width = self._measure(metrics, self._names[row].text)
            left = float(np.clip(x[row] - width / 2, 0, max(view.width() - width, 0)))
            place = taken.find_place(QRectF(left, y[row] - height / 2, width, height), view.height())
            if place is not None:
                placed.append((text, place))
        return placed

    def _measure(self, metrics: QFontMetrics, name: str) -> tuple[str, int]:
        """The text as it is written, and how much room it takes."""
        if name not in self._measured:
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, LONGEST_NAME)
            self._measured[name] = (text, metrics.horizontalAdvance(text) + 2 * NAME_MARGIN)
        return self._measured[name]


class _Taken:
    """Rectangles of the view that are covered already, as one array: left, top, right, bottom."""

    def __init__(self, boxes: Sequence[QRect]) -> None:
        edges = [(box.left(), box.top(), box.left() + box.width(), box.top() + box.height()) for box in boxes]
        self._edges = np.array([*edges, *[(0, 0, 0, 0)] * MOST_NAMES_TRIED], np.float64)
        self._count = len(edges)

    def find_place(self, box: QRectF, height: int) -> QRectF | None:
        """The box, or the nearest place above or below it where it covers nothing; None if there is none close by.

        A view of `height` has to hold the place, if not the box itself: a cluster at its edge keeps its name.
        """
        edges = self._edges[: self._count]
        beside = edges[(edges[:, 0] < box.right()) & (edges[:, 2] > box.left())]
        for step in (0, -1, 1, -2, 2):
            moved = box.translated(0, step * (PICTURE + box.height()) / 2)
            if step and not 0 <= moved.top() <= height - moved.height():
                continue
            if not ((beside[:, 1] < moved.bottom()) & (beside[:, 3] > moved.top())).any():
                self._edges[self._count] = moved.left(), moved.top(), moved.right(), moved.bottom()
                self._count += 1
                return moved
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
