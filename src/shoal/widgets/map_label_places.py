"""Where the labels of the map find room: where they cover no point, no picture and no other label."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF

from shoal.widgets.map_canvas import MapCanvas

FARTHEST = 140.0
"""Logical pixels between a label and the edge of its cluster, however far that reaches."""

MOST_SAMPLED, CELL = 20_000, 8
"""So many points stand for all of them when room is looked for, counted in cells of so many logical pixels."""

MOST_LABELS = 120
Boxes = NDArray[np.float64]
"""... x 4: left, top, right, bottom."""

_NEAR = np.array([(0, -1), (0, 1), (1, 0), (-1, 0)])
_AROUND = np.array([(0, -1), (0, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1)])
_STEPS = (0.75, 1.5, 2.5)
"""How much farther off it is tried: in heights of the label."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """`boxes` n x p x 4: where each label may stand, what is tried first in front; `held` n x p: whether it may."""

    boxes: Boxes
    held: NDArray[np.bool_]


def places_for(
    middles: NDArray[np.float64], reach: NDArray[np.float64], sizes: NDArray[np.float64], view: QRect
) -> Places:
    """Above, below, beside and on each cluster, then farther off: what the view holds of it, or all but holds.

    A cluster at the edge of the view keeps its label: sideways it is moved into view. `middles` and `sizes` n x 2.
    """
    half = (sizes / 2)[:, None]
    out = reach[:, None, None] + half
    shifts = [_NEAR * out, np.zeros((len(middles), 1, 2))]
    shifts += [_AROUND * (out + step * sizes[:, None, 1:]) for step in _STEPS]
    places = np.concatenate(shifts, axis=1) + middles[:, None]
    places[..., 0] = np.clip(places[..., 0], half[..., 0], np.maximum(view.width() - half[..., 0], half[..., 0]))
    held = (places[..., 1] >= half[..., 1]) & (places[..., 1] <= view.height() - half[..., 1])
    held[:, len(_NEAR)] = True
    return Places(np.concatenate([places - half, places + half], axis=2), held)


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


class Room:
    """Which of its places each label gets."""

    def __init__(self, places: Places, crowd: Crowd) -> None:
        self._places = places
        self._covered = crowd.covered_by(places.boxes.reshape(-1, 4)).reshape(places.held.shape)

    def best_of(self, label: int, taken: Taken, *, fits_within: bool) -> tuple[NDArray[np.float64] | None, bool]:
        """The first that covers nothing; else, of a large cluster, the one over fewest points, and True."""
        held = np.flatnonzero(self._places.held[label])
        boxes, covered = self._places.boxes[label, held], self._covered[label, held]
        free = taken.free(boxes)
        boxes, covered = boxes[free], covered[free]
        bare = np.flatnonzero(covered == 0)
        if len(bare):
            return boxes[bare[0]], False
        return (boxes[covered.argmin()], True) if fits_within and len(boxes) else (None, False)


def _cells(edges: NDArray[np.float64], most: int) -> NDArray[np.intp]:
    return np.clip(edges // CELL, 0, most).astype(np.intp)
