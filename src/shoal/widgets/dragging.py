"""Dragging images: their ids for our own panels, their files for everybody else, and always a copy, never a move."""

import platform
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, Qt, QUrl
from PySide6.QtGui import QColor, QDrag, QDropEvent, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from shoal.widgets.fitting import fitted
from shoal.widgets.theme import ON_VEIL

IMAGES_TYPE = "application/x-shoal-images"
CLUSTERS_TYPE = "application/x-shoal-clusters"

FilesOf = Callable[[NDArray[np.int32]], Sequence[Path]]

_NO_FILES = frozenset({"http", "https", "data", "blob", "about", "mailto"})
_CARD = 96
_under_way: list[QDrag] = []
_MOST_CARDS = 4


def images_mime(images: NDArray[np.int32], files: Sequence[Path]) -> QMimeData:
    data = QMimeData()
    data.setData(IMAGES_TYPE, images.astype("<i4").tobytes())
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    return data


def dragged_images(data: QMimeData) -> NDArray[np.int32] | None:
    """The image ids in a drag that began in this program, or None for any other drag."""
    if not data.hasFormat(IMAGES_TYPE):
        return None
    raw = bytes(data.data(IMAGES_TYPE).data())
    return np.frombuffer(raw, "<i4").astype(np.int32) if len(raw) % 4 == 0 else None


def clusters_mime(clusters: Sequence[int]) -> QMimeData:
    data = QMimeData()
    data.setData(CLUSTERS_TYPE, " ".join(map(str, clusters)).encode())
    return data


def dragged_clusters(data: QMimeData) -> list[int]:
    """The clusters whose cards are dragged; none in any other drag."""
    raw = bytes(data.data(CLUSTERS_TYPE).data()).split() if data.hasFormat(CLUSTERS_TYPE) else []
    return [int(text) for text in raw] if all(text.isdigit() for text in raw) else []


def dropped_paths(data: QMimeData) -> list[Path]:
    """Local files and folders dropped from elsewhere; empty for a drag of our own, which carries files as well."""
    return [path for url in _dropped(data) if (path := _local_path(url)) is not None]


def dropped_far_away(data: QMimeData) -> list[str]:
    """What was dropped and lies on another computer, or in a place that only its file manager can read."""
    return [url.toString() for url in _dropped(data) if _local_path(url) is None and url.scheme() not in _NO_FILES]


def _dropped(data: QMimeData) -> Sequence[QUrl]:
    return [] if data.hasFormat(IMAGES_TYPE) or not data.hasUrls() else data.urls()


def _local_path(url: QUrl) -> Path | None:
    """Of a file here, also where its computer is named: file://HOST/path, as the drag protocol of X11 has it."""
    if not url.isLocalFile():
        return None
    if url.host() and sys.platform != "win32":  # there it is a share, which can be read
        if not _is_this_computer(url.host()):
            return None
        url = QUrl(url)
        url.setHost("")
    return Path(url.toLocalFile())


def _is_this_computer(host: str) -> bool:
    names = {"localhost", socket.gethostname().lower(), platform.node().lower()}
    return host.lower() in names | {name.partition(".")[0] for name in names}


def take_as_copy(event: QDropEvent) -> None:
    """Answer every drop with a copy: whoever gave us files deletes them if it hears that they were moved."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def start_drag(source: QWidget, data: QMimeData, picture: QPixmap) -> None:
    """Blocks until the drop, as Qt's drags do; events go on meanwhile."""
    drag = QDrag(source)
    _under_way.append(drag)
    drag.setMimeData(data)
    drag.setPixmap(picture)
    drag.setHotSpot(QPoint(-12, -20))  # below the pointer, so that it does not hide where the drop would go
    drag.exec(Qt.DropAction.CopyAction, Qt.DropAction.CopyAction)
    _under_way.clear()


def end_drag() -> None:
    """Nothing is dropped of what is being dragged: it carries numbers that mean other pictures by now."""
    if _under_way:
        QDrag.cancel()


def drag_picture(pictures: Sequence[QPixmap], count: int, accent: QColor) -> QPixmap:
    """A small fan of thumbnails with a badge that says how many images are being dragged."""
    shown = [picture for picture in pictures if not picture.isNull()][:_MOST_CARDS]
    canvas = QPixmap(_CARD + 12 * _MOST_CARDS, _CARD + 12 * _MOST_CARDS)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    for place in reversed(range(len(shown))):
        box = QRect(8 + 10 * place, 8 + 10 * place, _CARD, _CARD)
        painter.drawPixmap(fitted(shown[place], box), shown[place])
    _draw_badge(painter, QRectF(0, 0, 34, 24), f"{count:,}" if count < 10_000 else "9999+", accent)
    painter.end()
    return canvas


def _draw_badge(painter: QPainter, box: QRectF, text: str, colour: QColor) -> None:
    box.setWidth(max(box.width(), painter.fontMetrics().horizontalAdvance(text) + 16))
    painter.setPen(QColor(ON_VEIL))
    painter.setBrush(colour)
    painter.drawRoundedRect(box, 12, 12)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
