"""Which points lie inside a hand-drawn polygon: a coarse mask answers for nearly all, arithmetic for the border."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

Points = NDArray[np.float64]
_CELLS = 1024
_MARGIN = 4
"""Cells around the mask, so that rounding never pushes a point on the outline out of it."""
_OUTSIDE, _BORDER, _INSIDE = 0, 1, 2


def points_inside(polygon: Points, x: NDArray[np.float32], y: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Even-odd rule, exact in float64. `polygon` k x 2 (closed by itself), `x` and `y` n each; returns n flags."""
    inside = np.zeros(len(x), np.bool_)
    if len(polygon) < 3:
        return inside
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    scale = _CELLS / np.where(high > low, high - low, 1.0)
    columns = _cells_along(x, low[0], scale[0])
    rows = _cells_along(y, low[1], scale[1])
    near = np.flatnonzero(np.maximum(columns, rows) < _CELLS + 2 * _MARGIN)
    verdict = _coarse_mask((polygon - low) * scale)[rows[near], columns[near]]
    inside[near] = verdict == _INSIDE
    border = near[verdict == _BORDER]
    inside[border] = _crossings_are_odd(polygon, x[border].astype(np.float64), y[border].astype(np.float64))
    return inside


def _cells_along(values: NDArray[np.float32], low: float, scale: float) -> NDArray[np.uint32]:
    """The cell each value falls into, counted from a small margin before `low`; far outside becomes a huge number."""
    scaled = values * np.float32(scale) + np.float32(_MARGIN - low * scale)
    np.clip(scaled, -1, _CELLS + 2 * _MARGIN, out=scaled)
    return scaled.astype(np.int32).view(np.uint32)


def _coarse_mask(polygon: Points) -> NDArray[np.uint8]:
    """Outside, inside or too near the border to say, per cell. The pen is wide enough to cover every cut cell."""
    side = _CELLS + 2 * _MARGIN
    image = QImage(side, side, QImage.Format.Format_Grayscale8)
    image.fill(0)
    shape = QPolygonF([QPointF(x + _MARGIN, y + _MARGIN) for x, y in polygon])
    painter = QPainter(image)
    painter.setBrush(QColor(_INSIDE, _INSIDE, _INSIDE))
    painter.setPen(QPen(QColor(_BORDER, _BORDER, _BORDER), 6.0))
    painter.drawPolygon(shape, Qt.FillRule.OddEvenFill)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(side, image.bytesPerLine())
    return rows[:, :side].copy()


def _crossings_are_odd(polygon: Points, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Cast a ray to the right of each point and count the edges it crosses."""
    odd = np.zeros(len(x), np.bool_)
    for (x1, y1), (x2, y2) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        if y1 != y2:
            spans = (y1 > y) != (y2 > y)
            odd ^= spans & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return odd
