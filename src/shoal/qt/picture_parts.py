"""Parts of very large pictures with all of their pixels: those that are looked at, decoded beside the GUI thread."""

from collections import OrderedDict
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QImage

from shoal.looking.snapshot import Entry
from shoal.qt.pool import Pool

LoadPart = Callable[[Entry, QRect], QImage]
"""Decodes a part of one file, on a pool thread; null if it cannot be read."""

KEPT = 4
"""Parts of so many pictures, one each; a part has at most as many pixels as a picture of a camera, or as the screen."""


class PictureParts(QObject):
    arrived = Signal(int, QRect, QImage)
    """Of which image, where in it, and the part; null if it could not be read. Who waits for another one asks again."""

    def __init__(self, load: LoadPart | None) -> None:
        super().__init__()
        self._load, self._running = load, False
        self._pool = Pool("decoding a part of a picture")
        self._kept: OrderedDict[Entry, tuple[QRect, QImage]] = OrderedDict()

    def request(self, image: int, entry: Entry, box: QRect) -> None:
        """One at a time: what is asked for meanwhile is asked for again when that has arrived."""
        box_there, picture = self._kept.get(entry, (QRect(), QImage()))
        if box_there.contains(box):
            self._kept.move_to_end(entry)
            self.arrived.emit(image, box_there, picture)
        elif self._load is not None and not self._running:
            self._running = True
            done = partial(self._on_loaded, image, entry, box)
            self._pool.run(partial(self._load, entry, box), done, lambda _error: done(QImage()))

    def shutdown(self) -> None:
        self._kept.clear()
        self._pool.shutdown()

    def _on_loaded(self, image: int, entry: Entry, box: QRect, picture: QImage) -> None:
        self._running = False
        if not picture.isNull():
            self._kept[entry] = box, picture
            self._kept.move_to_end(entry)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit(image, box, picture)
