"""The search field, which also takes pictures: files and pictures dropped on it, or pasted into it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from shoal.widgets.dragging import dragged_images, dropped_paths, take_as_copy


class SearchField(QLineEdit):
    images_given = Signal(object)
    """Ids of pictures of the open folder, dropped here."""

    files_given = Signal(object)
    picture_given = Signal(QImage)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._is_picture(event.mimeData()):
            take_as_copy(event)
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._is_picture(event.mimeData()):
            take_as_copy(event)
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if self._is_picture(event.mimeData()):
            take_as_copy(event)
            self._take(event.mimeData())
        else:
            super().dropEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        data = QGuiApplication.clipboard().mimeData()
        if event.matches(QKeySequence.StandardKey.Paste) and self._is_picture(data):
            self._take(data)
        else:
            super().keyPressEvent(event)

    def _is_picture(self, data: QMimeData) -> bool:
        return dragged_images(data) is not None or bool(_files(data)) or data.hasImage()

    def _take(self, data: QMimeData) -> None:
        images, files = dragged_images(data), _files(data)
        if images is not None:
            self.images_given.emit(images)
        elif files:
            self.files_given.emit(files)
        else:
            self.picture_given.emit(QImage(data.imageData()))


def _files(data: QMimeData) -> Sequence[Path]:
    return [path for path in dropped_paths(data) if path.is_file()]
