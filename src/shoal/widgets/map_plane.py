"""Where the points of the map are: in data units, and in logical pixels of the view that shows them."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

Coordinates = NDArray[np.float32]
Places = NDArray[np.float64]


class MapPlane:
    """Points with x to the right and y upwards, both to the same scale.

    `shown` tells which part of the plane is in view, in data units, and `size` how large the view is, in logical
    pixels; both are asked anew for each answer, because the view moves.
    """

    def __init__(self, shown: Callable[[], QRectF], size: Callable[[], QRectF]) -> None:
        self._shown, self._size = shown, size
        self.x: Coordinates = np.empty(0, np.float32)
        self.y: Coordinates = np.empty(0, np.float32)

    @property
    def shown(self) -> QRectF:
        """What is in view, in data units."""
        return self._shown()

    def to_data(self, point: QPointF) -> QPointF:
        """From logical pixels of the view to data units."""
        shown, across, down = self._scales()
        return QPointF(shown.left() + point.x() / across, shown.bottom() - point.y() / down)

    def to_pixels(self, chosen: NDArray[np.intp] | slice) -> tuple[Coordinates, Coordinates]:
        """Where the chosen points are, in logical pixels of the view."""
        shown, across, down = self._scales()
        x = (self.x[chosen] - np.float32(shown.left())) * np.float32(across)
        y = (np.float32(shown.bottom()) - self.y[chosen]) * np.float32(down)
        return x, y

    def to_view(self, x: float, y: float) -> QPointF:
        """From data units to logical pixels of the view."""
        (column,), (row,) = self.view_places(np.array([x]), np.array([y]))
        return QPointF(column, row)

    def view_places(self, x: Places, y: Places) -> tuple[Places, Places]:
        """From data units to logical pixels of the view, many at once."""
        shown, across, down = self._scales()
        return (x - shown.left()) * across, (shown.bottom() - y) * down

    def visible_points(self, margin: float = 0.0) -> NDArray[np.intp]:
        """The points in view, ascending; `margin` widens the view by that part of its size."""
        shown = self._shown()
        dx, dy = shown.width() * margin, shown.height() * margin
        inside = (self.x >= shown.left() - dx) & (self.x <= shown.right() + dx)
        inside &= (self.y >= shown.top() - dy) & (self.y <= shown.bottom() + dy)
        return np.flatnonzero(inside)

    def nearest_point(self, point: QPointF, reach: float) -> int | None:
        """The point nearest to a place of the view, at most `reach` logical pixels away."""
        if not len(self.x):
            return None
        here, across = self.to_data(point), self._scales()[1]
        distance = (self.x - np.float32(here.x())) ** 2 + (self.y - np.float32(here.y())) ** 2
        nearest = int(distance.argmin())
        return nearest if distance[nearest] <= (reach / across) ** 2 else None

    def _scales(self) -> tuple[QRectF, float, float]:
        """What is in view, and the pixels per data unit to the right and downwards."""
        shown, size = self._shown(), self._size()
        return shown, size.width() / shown.width(), size.height() / shown.height()
