"""Large pictures for loupe and inspector, decoded beside the GUI thread, the newest request first."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from shoal.looking.snapshot import Entry
from shoal.qt.latest import LatestOnly

LoadPreview = Callable[[Entry], QImage]
"""Decodes one file, on a pool thread; null if it cannot be read."""


class LargePictures(QObject):
    arrived = Signal(int, QImage)
    part_chosen = Signal(QImage, str)
    """Somebody has drawn around a part of a large picture; its name."""

    def __init__(self, load: LoadPreview, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._load = load
        self._worker = LatestOnly("decoding a large picture")
        self._last: tuple[int, Entry, QImage] | None = None

    def request(self, image: int, entry: Entry) -> None:
        """Ask for an image; `arrived` answers, at once if it is the one that came last."""
        if self._last is not None and self._last[0] == image and self._last[1] is entry:
            self.arrived.emit(image, self._last[2])
            return
        self._worker.request(partial(self._load, entry), partial(self._on_loaded, image, entry))

    def shutdown(self) -> None:
        self._worker.shutdown()

    def _on_loaded(self, image: int, entry: Entry, picture: QImage) -> None:
        self._last = image, entry, picture
        self.arrived.emit(image, picture)
