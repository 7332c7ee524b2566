"""Names of clusters on the map: beside their points, which stay to be seen, and readable over whatever they cover."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPalette, QPen, QPixmap

from shoal.widgets.map_canvas import MapCanvas
from shoal.widgets.map_content import MapName
from shoal.widgets.map_overlays import PICTURE

MOST_NAMES_TRIED = 120
LONGEST_NAME, NAME_MARGIN = 180, 6
"""Logical pixels; a longer name is cut short."""

HALO = 4.0
FARTHEST = 140.0
"""Logical pixels between a name and the middle of its cluster, however far that reaches."""

MOST_SAMPLED, CELL = 20_000, 8
"""So many points stand for all of them when room is looked for, counted in cells of so many logical pixels."""

MOST_PAINTED = 1000


class NamesOnMap:
    """Names of clusters, largest first, each where it covers the fewest points; one that would cover another name or a
    picture wherever it stood is left out.

    What a frame costs does not grow with the number of clusters or points: texts are measured and painted once, of the
    names in view only those of the largest are tried, and of many points a sample is counted.
    """

    def __init__(self, palette: Callable[[], QPalette], covered: Callable[[], Sequence[QRect]]) -> None:
        """`covered`: where pictures are painted."""
        self._palette, self._covered = palette, covered
        self._names: Sequence[MapName] = ()
        self._x = self._y = self._reach = np.empty(0, np.float64)
        self._measured: dict[str, tuple[str, int]] = {}
        self._painted: dict[str, QPixmap] = {}
        self._font, self._inks = QFont(), (QColor(), QColor(), 1.0)

    def show_names(self, names: Sequence[MapName]) -> None:
        self._names = sorted(names, key=lambda name: -name.count)
        self._x = np.array([name.x for name in self._names], np.float64)
        self._y = np.array([name.y for name in self._names], np.float64)
        self._reach = np.array([name.reach for name in self._names], np.float64)

    def paint(self, painter: QPainter, canvas: MapCanvas) -> None:
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        palette = self._palette()
        ink, ground = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
        inks = ink, ground, painter.device().devicePixelRatioF()
        if font != self._font or inks != self._inks or len(self._painted) > MOST_PAINTED:
            self._font, self._inks, self._measured, self._painted = font, inks, {}, {}
        for text, box in self.placed(painter.fontMetrics(), canvas):
            painter.drawPixmap(box.topLeft(), self._picture(text, box.size().toSize(), painter.fontMetrics()))

    def placed(self, metrics: QFontMetrics, canvas: MapCanvas) -> list[tuple[str, QRectF]]:
        """What is written where, in logical pixels of the view."""
        x, y = canvas.plane.view_places(self._x, self._y)
        view, height = canvas.viewport().rect(), metrics.height() + 4
        margin = LONGEST_NAME / 2 + NAME_MARGIN
        near = (x > -margin) & (x < view.width() + margin) & (y > -height) & (y < view.height() + height)
        across = canvas.plane.view_places(np.array([0.0, 1.0]), np.zeros(2))[0]
        covered = self._covered()
        least = PICTURE / 2 if covered else 4.0  # above or below the picture that stands for its points
        reach = np.clip(self._reach * (across[1] - across[0]), least, FARTHEST)
        taken, crowd, placed = _Taken(covered), _Crowd(canvas), []
        for row in np.flatnonzero(near)[:MOST_NAMES_TRIED].tolist():
            text, width = self._measure(metrics, self._names[row].text)
            boxes = _places_for(QPointF(x[row], y[row]), float(reach[row]), QSize(width, height), view)
            free = [box for box in boxes if taken.is_free(box)]
            if free:
                best = min(free, key=crowd.covered_by)  # of equal ones the first
                taken.take(best)
                placed.append((text, best))
        return placed

    def _measure(self, metrics: QFontMetrics, name: str) -> tuple[str, int]:
        """The text as it is written, and how much room it takes."""
        if name not in self._measured:
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, LONGEST_NAME)
            self._measured[name] = (text, metrics.horizontalAdvance(text) + 2 * NAME_MARGIN)
        return self._measured[name]

    def _picture(self, text: str, size: QSize, metrics: QFontMetrics) -> QPixmap:
        """The text in a halo of the ground's colour, transparent around it."""
        if text not in self._painted:
            ink, ground, ratio = self._inks
            picture = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            letters = QPainterPath()
            letters.addText(QPointF(NAME_MARGIN, 2 + metrics.ascent()), self._font, text)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            line, join = Qt.PenStyle.SolidLine, Qt.PenJoinStyle.RoundJoin
            painter.strokePath(letters, QPen(ground, HALO, line, Qt.PenCapStyle.RoundCap, join))
            painter.fillPath(letters, ink)
            painter.end()
            self._painted[text] = picture
        return self._painted[text]


def _places_for(middle: QPointF, reach: float, size: QSize, view: QRect) -> list[QRectF]:
    """Above, below, beside and on a cluster, then a little farther off: what the view holds of it, or all but holds.

    A cluster at the edge of the view keeps its name: sideways it is moved into view.
    """
    width, height = size.width(), size.height()
    down, along = reach + height / 2, reach + width / 2
    shifts = [
        (0, -down),
        (0, down),
        (along, 0),
        (-along, 0),
        (0, 0),
        (0, -down - 1.5 * height),
        (0, down + 1.5 * height),
    ]
    boxes = []
    for right, lower in shifts:
        left = float(np.clip(middle.x() + right - width / 2, 0, max(view.width() - width, 0)))
        box = QRectF(left, middle.y() + lower - height / 2, width, height)
        if 0 <= box.top() <= view.height() - height or (right, lower) == (0, 0):
            boxes.append(box)
    return boxes


class _Taken:
    """Rectangles of the view that are covered already, as one array: left, top, right, bottom."""

    def __init__(self, boxes: Sequence[QRect]) -> None:
        edges = [(box.left(), box.top(), box.left() + box.width(), box.top() + box.height()) for box in boxes]
        self._edges = np.array([*edges, *[(0, 0, 0, 0)] * MOST_NAMES_TRIED], np.float64)
        self._count = len(edges)

    def is_free(self, box: QRectF) -> bool:
        left, top, right, bottom = self._edges[: self._count].T
        beside = (left < box.right()) & (right > box.left()) & (top < box.bottom()) & (bottom > box.top())
        return not beside.any()

    def take(self, box: QRectF) -> None:
        self._edges[self._count] = box.left(), box.top(), box.right(), box.bottom()
        self._count += 1


class _Crowd:
    """How many of the points, or of a sample of many, lie in any part of the view: sums over cells."""

    def __init__(self, canvas: MapCanvas) -> None:
        step = max(1, len(canvas.plane.x) // MOST_SAMPLED)
        x, y = canvas.plane.to_pixels(slice(None, None, step))
        self._columns, self._rows = canvas.viewport().width() // CELL + 1, canvas.viewport().height() // CELL + 1
        inside = (x >= 0) & (y >= 0) & (x < self._columns * CELL) & (y < self._rows * CELL)
        column, row = (x[inside] // CELL).astype(np.intp), (y[inside] // CELL).astype(np.intp)
        counts = np.bincount(row * self._columns + column, minlength=self._rows * self._columns)
        self._sums: NDArray[np.int64] = np.zeros((self._rows + 1, self._columns + 1), np.int64)
        self._sums[1:, 1:] = counts.reshape(self._rows, self._columns).cumsum(axis=0).cumsum(axis=1)

    def covered_by(self, box: QRectF) -> int:
        left, right = (int(np.clip(edge // CELL, 0, self._columns)) for edge in (box.left(), box.right() + CELL))
        top, bottom = (int(np.clip(edge // CELL, 0, self._rows)) for edge in (box.top(), box.bottom() + CELL))
        sums = self._sums
        return int(sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left])
