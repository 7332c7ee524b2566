"""What can be laid over a picture: where it is clipped, where it is sharp, and how its brightness is distributed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF

from shoal.imaging.exposure import BLACK, WHITE
from shoal.widgets.theme import CHANNELS, SHARP, TOO_BRIGHT, TOO_DARK, VEIL

BINS = 128
_SHARPEST = 0.06
"""The share of all edges that are shown as sharp."""

_FAINTEST = 12.0
"""Steps in brightness below which nothing is called sharp, of 255."""

_HISTOGRAM = QRectF(0, 0, 260, 120)


@dataclass(frozen=True, slots=True)
class Judged:
    """`histogram`: 3 x BINS, each up to 1. The masks are of the picture's size, clear where there is nothing to say."""

    histogram: NDArray[np.float32]
    clipping: QImage
    focus: QImage


def judge(picture: QImage) -> Judged:
    """On any thread; takes some 50 ms for a picture of the screen's size."""
    pixels = pixels_of(picture)
    return Judged(histogram_of(pixels), _as_image(clipping_of(pixels)), _as_image(focus_of(pixels)))


def pixels_of(picture: QImage) -> NDArray[np.uint8]:
    """Height x width x 3."""
    rgb = picture.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return lines[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3).copy()


def histogram_of(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    counts = np.stack([np.bincount((pixels[..., channel] >> 1).ravel(), minlength=BINS) for channel in range(3)])
    inner = np.maximum(counts[:, 1:-1].max(), 1)  # a sky that is all white would press the rest to the ground
    heights: NDArray[np.float32] = np.minimum(counts / inner, 1).astype(np.float32)
    return heights


def clipping_of(pixels: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Red where a colour is as bright as can be, blue where all are black."""
    mask = np.zeros(pixels.shape[:2], np.uint32)
    mask[(pixels >= WHITE + 4).any(axis=2)] = TOO_BRIGHT
    mask[(pixels <= BLACK).all(axis=2)] = TOO_DARK
    return mask


def focus_of(pixels: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Green where brightness changes most from one pixel to the next but one."""
    luma = pixels[..., 1].astype(np.float32)
    edges = np.zeros_like(luma)
    edges[1:-1, 1:-1] = np.abs(
        4 * luma[1:-1, 1:-1] - luma[:-2, 1:-1] - luma[2:, 1:-1] - luma[1:-1, :-2] - luma[1:-1, 2:]
    )
    least = max(float(np.quantile(edges[::4, ::4], 1 - _SHARPEST)) if edges.size else 0.0, _FAINTEST)
    return np.where(edges > least, np.uint32(SHARP), np.uint32(0))


def _as_image(mask: NDArray[np.uint32]) -> QImage:
    height, width = mask.shape
    return QImage(mask.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


def paint_histogram(painter: QPainter, corner: QPointF, histogram: NDArray[np.float32]) -> None:
    """Its upper left corner at `corner`."""
    box = _HISTOGRAM.translated(corner)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(VEIL))
    painter.drawRoundedRect(box, 4, 4)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
    inner = box.adjusted(6, 6, -6, -6)
    for channel, colour in enumerate(CHANNELS):
        heights = histogram[channel].tolist()
        step = inner.width() / (len(heights) - 1)
        points = [QPointF(inner.left() + n * step, inner.bottom() - h * inner.height()) for n, h in enumerate(heights)]
        painter.setBrush(QColor(colour))
        painter.drawPolygon(QPolygonF([inner.bottomLeft(), *points, inner.bottomRight()]))
    painter.restore()
