"""Where the labels of the map find room: where they cover no point, no picture and no other label."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize

from shoal.widgets.map_canvas import MapCanvas

FARTHEST = 140.0
"""Logical pixels between a label and the edge of its cluster, however far that reaches."""

MOST_SAMPLED, CELL = 20_000, 8
"""So many points stand for all of them when room is looked for, counted in cells of so many logical pixels."""

MOST_LABELS = 120
Boxes = NDArray[np.float64]
"""n x 4: left, top, right, bottom."""

_NEAR = np.array([(0, -1), (0, 1), (1, 0), (-1, 0)])
_AROUND = np.array([(0, -1), (0, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1)])
_STEPS = (0.75, 1.5, 2.5)
"""How much farther off it is tried: in heights of the label."""


def places_for(middle: tuple[float, float], reach: float, size: QSize, view: QRect) -> Boxes:
    """Above, below, beside and on a cluster, then farther off: what the view holds of it, or all but holds.

    A cluster at the edge of the view keeps its label: sideways it is moved into view.
    """
    half = np.array([size.width(), size.height()]) / 2
    shifts = [_NEAR * (reach + half), np.zeros((1, 2))]
    shifts += [_AROUND * (reach + half + step * size.height()) for step in _STEPS]
    middles = np.concatenate(shifts) + np.array(middle)
    middles[:, 0] = np.clip(middles[:, 0], half[0], max(view.width() - half[0], half[0]))
    on_it = np.arange(len(middles)) == len(_NEAR)
    held = (middles[:, 1] >= half[1]) & (middles[:, 1] <= view.height() - half[1])
    middles = middles[held | on_it]
    return np.concatenate([middles - half, middles + half], axis=1)


def as_rect(box: NDArray[np.float64]) -> QRectF:
    left, top, right, bottom = (float(edge) for edge in box)
    return QRectF(left, top, right - left, bottom - top)


class Taken:
    """Rectangles of the view that are covered already."""

    def __init__(self, boxes: Sequence[QRect]) -> None:
        edges = [(box.left(), box.top(), box.left() + box.width(), box.top() + box.height()) for box in boxes]
        self._edges: Boxes = np.array([*edges, *[(0, 0, 0, 0)] * MOST_LABELS], np.float64)
        self._count = len(edges)

    def free(self, boxes: Boxes) -> NDArray[np.bool_]:
        """Which of these cover none of them."""
        left, top, right, bottom = self._edges[: self._count].T
        beside = (left < boxes[:, 2:3]) & (right > boxes[:, 0:1]) & (top < boxes[:, 3:4]) & (bottom > boxes[:, 1:2])
        free: NDArray[np.bool_] = ~beside.any(axis=1)
        return free

    def take(self, box: NDArray[np.float64]) -> None:
        self._edges[self._count] = box
        self._count += 1


class Crowd:
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

    def covered_by(self, boxes: Boxes) -> NDArray[np.int64]:
        """How many each of them covers, with what comes close to its edge."""
        left, right = (_cells(edge, self._columns) for edge in (boxes[:, 0], boxes[:, 2] + CELL))
        top, bottom = (_cells(edge, self._rows) for edge in (boxes[:, 1], boxes[:, 3] + CELL))
        sums = self._sums
        return sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]


def _cells(edges: NDArray[np.float64], most: int) -> NDArray[np.intp]:
    return np.clip(edges // CELL, 0, most).astype(np.intp)
