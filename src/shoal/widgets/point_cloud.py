"""The points of the map as one graphics item: painted once into an image beside the GUI thread, then only moved."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from shoal.qt.latest import LatestOnly
from shoal.widgets.point_raster import SMOOTH_UP_TO, Canvas, Pixels, diameter_for, disc

MARGIN = 0.5
"""How much more than the view is painted on each side, as a part of the view: that far it pans without a redraw."""

GROW_WHEN_ZOOMED = 2.2
RAISED = 1.3


@dataclass(frozen=True, slots=True)
class _Look:
    """Everything a redraw depends on. Arrays are replaced, never written to."""

    x: NDArray[np.float32]
    y: NDArray[np.float32]
    colours: Pixels
    raised: NDArray[np.bool_] | None
    diameter: float


@dataclass(frozen=True, slots=True)
class _Painting:
    image: QImage
    canvas: Canvas
    area: QRectF
    scale: float
    look: _Look


def paint_points(look: _Look, area: QRectF, scale: float, device_ratio: float) -> _Painting:
    """Draw what lies in `area` (data units) at `scale` pixels per unit; raised points come last, on top."""
    width, height = max(1, round(area.width() * scale)), max(1, round(area.height() * scale))
    x = (look.x - np.float32(area.left())) * np.float32(scale)
    y = (np.float32(area.bottom()) - look.y) * np.float32(scale)
    stamp = disc(look.diameter * device_ratio)
    larger = disc(look.diameter * RAISED * device_ratio)
    canvas, smooth = Canvas(width, height, larger.reach), len(x) <= SMOOTH_UP_TO
    if look.raised is None:
        canvas.draw_points(x, y, look.colours, stamp, smooth)
    else:
        for part, shape in ((~look.raised, stamp), (look.raised, larger)):
            canvas.draw_points(x[part], y[part], look.colours[part], shape, smooth)
    return _Painting(_as_image(canvas), canvas, area, scale, look)


def _as_image(canvas: Canvas) -> QImage:
    """Shares the canvas's memory, which must outlive it."""
    stride, rim = canvas.padded.strides[0], 2 * canvas.reach
    memory = canvas.padded.data.cast("B")[rim * stride + rim * 4 :]
    return QImage(memory, canvas.width, canvas.height, stride, QImage.Format.Format_ARGB32_Premultiplied)


class PointCloud(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no type information
    """Draws points in data coordinates, y upwards. Lives on the GUI thread."""

    redrawn = Signal()

    def __init__(self) -> None:
        super().__init__()
        nothing = np.empty(0, np.float32)
        self._look = _Look(nothing, nothing, np.empty(0, np.uint32), None, 4.0)
        self._bounds = QRectF()
        self._painting: _Painting | None = None
        self._asked_for: tuple[QRectF, float, _Look] | None = None
        self._painter = LatestOnly("drawing the map")

    def set_points(self, x: NDArray[np.float32], y: NDArray[np.float32], colours: Pixels) -> None:
        self._look = _Look(x, y, colours, None, diameter_for(len(x)))
        self.prepareGeometryChange()
        self._bounds = QRectF()
        if len(x):
            left, bottom, right, top = float(x.min()), float(y.min()), float(x.max()), float(y.max())
            self._bounds = QRectF(left, bottom, max(right - left, 1e-6), max(top - bottom, 1e-6))
        self.update()

    def set_colours(self, colours: Pixels, raised: NDArray[np.bool_] | None = None) -> None:
        """New colours for the same points; `raised` ones are drawn above the others."""
        self._look = _Look(self._look.x, self._look.y, colours, raised, self._look.diameter)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def shutdown(self) -> None:
        self._painter.shutdown()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        view = self.getViewBox()
        if view is None or not len(self._look.x):
            return
        to_device = painter.worldTransform()
        ratio = painter.device().devicePixelRatioF()
        scale = abs(to_device.m11()) * ratio
        self._keep_fresh(view.viewRect(), scale, ratio)
        if self._painting is not None:
            painter.save()
            painter.resetTransform()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._painting.scale != scale)
            painter.drawImage(_place(self._painting, to_device, scale, ratio), self._painting.image)
            painter.restore()

    def _keep_fresh(self, view: QRectF, scale: float, ratio: float) -> None:
        """Ask for a redraw unless the present picture, or the one that is on its way, serves this view."""
        asked = (view, scale, self._look)
        offers = [self._asked_for]
        if self._painting is not None:
            offers.append((self._painting.area, self._painting.scale, self._painting.look))
        if any(_serves(offer, *asked) for offer in offers):
            return
        dx, dy = view.width() * MARGIN, view.height() * MARGIN
        area, look, sized = view.adjusted(-dx, -dy, dx, dy), self._look, self._sized_for(view)
        self._asked_for = (area, scale, look)
        paint = partial(paint_points, sized, area, scale, ratio)
        self._painter.request(paint, partial(self._on_painted, look), self._on_failed)

    def _sized_for(self, view: QRectF) -> _Look:
        """Zoomed in there is room: let points grow with it, up to a limit."""
        zoom = max(self._bounds.width() / max(view.width(), 1e-12), 1.0)
        diameter = self._look.diameter * min(zoom**0.35, GROW_WHEN_ZOOMED)
        return _Look(self._look.x, self._look.y, self._look.colours, self._look.raised, diameter)

    def _on_failed(self, _error: Exception) -> None:
        """The next paint event asks again."""
        self._asked_for = None

    def _on_painted(self, look: _Look, painting: _Painting) -> None:
        self._painting = replace(painting, look=look)
        if self._asked_for is not None and self._asked_for[2] is look and self._asked_for[0] == painting.area:
            self._asked_for = None
        self.update()
        self.redrawn.emit()


def _serves(offer: tuple[QRectF, float, _Look] | None, view: QRectF, scale: float, look: _Look) -> bool:
    if offer is None:
        return False
    area, offered_scale, offered_look = offer
    return offered_look is look and abs(offered_scale / scale - 1) < 1e-6 and area.contains(view)


def _place(painting: _Painting, to_device: QTransform, scale: float, ratio: float) -> QRectF:
    """Where the picture goes, in logical pixels; at its own scale on whole device pixels, so that it stays sharp."""
    corner = to_device.map(QPointF(painting.area.left(), painting.area.bottom()))
    grow = scale / painting.scale
    width, height = painting.image.width() * grow / ratio, painting.image.height() * grow / ratio
    if abs(grow - 1) < 1e-6:
        corner = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
    return QRectF(corner.x(), corner.y(), width, height)
