"""Clusters on the map as regions: outlines around most of their points, or the density of the points as a cloud."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPixmap, QPolygonF

if TYPE_CHECKING:  # who only counts with regions needs no pyqtgraph
    from shoal.widgets.map_canvas import MapCanvas

DIRECTIONS = 24
"""An outline has at most so many corners: it is what so many straight edges leave of the plane."""

MOST_OUTLINES = 120
MARGIN, FEWEST = 6.0, 3
"""Logical pixels between an outline and its points; fewer points than that get none."""

DENSITY_CELL, BLUR = 6, 2
"""Logical pixels of a cell of the density, and how many cells far it is evened out."""

FAINTEST, STRONGEST = 24, 215


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """`supports`: how far the cluster reaches from its middle (x, y) in each of the DIRECTIONS, in data units."""

    cluster: int
    argb: int
    x: float
    y: float
    supports: NDArray[np.float64]


def regions_of(
    labels: NDArray[np.int32], x: NDArray[np.float32], y: NDArray[np.float32], most: Sequence[float]
) -> dict[int, tuple[float, float, NDArray[np.float64]]]:
    """Label (from 1) -> middle and supports of its points, those left out that lie farther from the middle than `most`.

    `most` by label. One sort and a pass over all points for each direction.
    """
    counts = np.bincount(labels, minlength=len(most))
    middle_x = np.bincount(labels, x, minlength=len(most)) / np.maximum(counts, 1)
    middle_y = np.bincount(labels, y, minlength=len(most)) / np.maximum(counts, 1)
    away_x, away_y = x - middle_x[labels], y - middle_y[labels]
    kept = (labels > 0) & (np.hypot(away_x, away_y) <= np.asarray(most)[labels])
    order = np.flatnonzero(kept)[np.argsort(labels[kept], kind="stable")]
    if not len(order):
        return {}
    clusters, starts, sizes = np.unique(labels[order], return_index=True, return_counts=True)
    angles = np.arange(DIRECTIONS) * (2 * np.pi / DIRECTIONS)
    away_x, away_y = away_x[order], away_y[order]
    supports = np.stack(
        [np.maximum.reduceat(away_x * np.cos(angle) + away_y * np.sin(angle), starts) for angle in angles], axis=1
    )
    rows = zip(clusters.tolist(), sizes.tolist(), supports, strict=True)
    return {id_: (middle_x[id_], middle_y[id_], row) for id_, size, row in rows if size >= FEWEST}


def corners_of(supports: NDArray[np.float64]) -> NDArray[np.float64]:
    """Corners (x, y) of the polygon whose edge in each direction lies `supports` away from the middle."""
    angles = np.arange(len(supports)) * (2 * np.pi / len(supports))
    after = np.roll(supports, -1)
    turn = 2 * np.pi / len(supports)
    along = (after - supports * np.cos(turn)) / np.sin(turn)
    x = supports * np.cos(angles) - along * np.sin(angles)
    y = supports * np.sin(angles) + along * np.cos(angles)
    return np.stack([x, y], axis=1)


class OutlinesOnMap:
    """A line around most points of each cluster, filled so thinly that the points are seen."""

    def __init__(self) -> None:
        self.on = False
        self._regions: Sequence[Region] = ()
        self._lit: frozenset[int] = frozenset()
        self._middles = self._supports = np.empty((0, 2), np.float64)
        self._made: tuple[object, ...] = ()
        self._picture = QPixmap()

    def show_regions(self, regions: Sequence[Region]) -> None:
        self._regions = regions
        self._middles = np.array([(region.x, region.y) for region in regions], np.float64)
        self._supports = np.array([region.supports for region in regions], np.float64)

    def light(self, clusters: frozenset[int]) -> None:
        self._lit = clusters

    def paint(self, painter: QPainter, canvas: "MapCanvas") -> None:
        """Drawn once for what is in view, and then only put there again."""
        if not self.on or not self._regions:
            return
        ratio, size = painter.device().devicePixelRatioF(), canvas.viewport().size()
        made = (canvas.plane.shown.getRect(), size.toTuple(), ratio, self._lit, id(self._regions))
        if made != self._made:
            self._picture = QPixmap(size * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            drawing = QPainter(self._picture)
            drawing.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw(drawing, canvas)
            drawing.end()
            self._made = made
        painter.drawPixmap(0, 0, self._picture)

    def _draw(self, painter: QPainter, canvas: "MapCanvas") -> None:
        for region, corners in self._in_view(canvas):
            colour = QColor.fromRgba(region.argb)
            faded = bool(self._lit) and region.cluster not in self._lit
            painter.setPen(QPen(QColor(colour.red(), colour.green(), colour.blue(), 60 if faded else 200), 1))
            painter.setBrush(QBrush(QColor(colour.red(), colour.green(), colour.blue(), 8 if faded else 34)))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners.tolist()]))

    def _in_view(self, canvas: "MapCanvas") -> Iterator[tuple[Region, NDArray[np.float64]]]:
        """With their corners in the view; of many only the largest."""
        if not self._regions:
            return
        across = canvas.plane.view_places(np.array([0.0, 1.0]), np.zeros(2))[0]
        x, y = canvas.plane.view_places(self._middles[:, 0], self._middles[:, 1])
        supports = self._supports * float(across[1] - across[0]) + MARGIN
        reach, view = supports.max(axis=1), canvas.viewport().rect()
        seen = (x > -reach) & (x < view.width() + reach) & (y > -reach) & (y < view.height() + reach)
        rows = np.flatnonzero(seen)
        rows = rows[np.argsort(-reach[rows], kind="stable")][:MOST_OUTLINES]
        for row in rows.tolist():
            yield self._regions[row], corners_of(supports[row]) * (1, -1) + np.array([x[row], y[row]])


class DensityOnMap:
    """How many points lie where, in the colours they have on average; instead of the points."""

    def __init__(self) -> None:
        self.on = False
        self._colours = np.empty(0, np.uint32)
        self._made: tuple[object, ...] = ()
        self._image, self._pixels = QImage(), np.empty(0, np.uint32)

    def set_colours(self, colours: NDArray[np.uint32]) -> None:
        self._colours, self._made = colours, ()

    def paint(self, painter: QPainter, canvas: "MapCanvas") -> None:
        if not self.on or len(self._colours) != len(canvas.plane.x):
            return
        size = canvas.viewport().size()
        corner = canvas.plane.to_data(QPointF(0, 0)), canvas.plane.to_data(QPointF(size.width(), size.height()))
        made = (size.toTuple(), corner[0].toTuple(), corner[1].toTuple())
        if made != self._made:
            x, y = canvas.plane.to_pixels(slice(None))
            columns, rows = size.width() // DENSITY_CELL + 1, size.height() // DENSITY_CELL + 1
            self._pixels = density_of(x, y, self._colours, columns, rows)
            memory = self._pixels.data.cast("B")
            self._image = QImage(memory, columns, rows, 4 * columns, QImage.Format.Format_ARGB32)
            self._made = made
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        whole = QRectF(0, 0, self._image.width() * DENSITY_CELL, self._image.height() * DENSITY_CELL)
        painter.drawImage(whole, self._image)


def density_of(
    x: NDArray[np.float32], y: NDArray[np.float32], colours: NDArray[np.uint32], columns: int, rows: int
) -> NDArray[np.uint32]:
    """Rows x columns 0xAARRGGBB: opaque where most points are, clear where none is."""
    inside = (x >= 0) & (y >= 0) & (x < columns * DENSITY_CELL) & (y < rows * DENSITY_CELL)
    cells = (y[inside] // DENSITY_CELL).astype(np.intp) * columns + (x[inside] // DENSITY_CELL).astype(np.intp)
    inked = colours[inside]
    ones = np.ones(len(cells))
    count = _evened(cells, ones, rows, columns)
    made = np.zeros((rows, columns), np.uint32)
    for shift in (16, 8, 0):
        weights = ((inked >> np.uint32(shift)) & np.uint32(0xFF)).astype(np.float64)
        total = _evened(cells, weights, rows, columns)
        made |= np.clip(total / np.maximum(count, 1e-9), 0, 255).astype(np.uint32) << np.uint32(shift)
    strength = np.sqrt(count / max(float(count.max(initial=0.0)), 1e-9))
    alpha = np.where(count > 1e-6, FAINTEST + (STRONGEST - FAINTEST) * strength, 0).astype(np.uint32)
    return np.ascontiguousarray(made | (alpha << np.uint32(24)))


def _evened(places: NDArray[np.intp], weights: NDArray[np.float64], rows: int, columns: int) -> NDArray[np.float64]:
    """The weights summed by cell, then the mean over a square of cells, twice: nearly round."""
    cells = np.bincount(places, weights, minlength=rows * columns).astype(np.float64).reshape(rows, columns)
    side = 2 * BLUR + 1
    for _round in range(2):
        for axis in (0, 1):
            ends = [(BLUR + 1, BLUR) if axis == this else (0, 0) for this in (0, 1)]
            sums = np.pad(cells, ends).cumsum(axis=axis)
            low, high = (slice(None, -side), slice(side, None))
            cells = (sums[high] - sums[low] if axis == 0 else sums[:, high] - sums[:, low]) / side
    return cells
