"""Pictures for the views: loaded on a small pool when a view asks while painting, kept within a bound of bytes."""

from collections import OrderedDict
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from shoal.qt.pool import Pool

LoadImage = Callable[[int], QImage]
"""From an image id to its thumbnail, on a pool thread; null if there is none, as where it raises an exception."""

MOST_WAITING = 400
"""Requests beyond that are forgotten, oldest first: what was scrolled past a moment ago is of no interest now."""

MILLISECONDS_BETWEEN_NEWS = 30
MILLISECONDS_BEFORE_NEWS = 4
"""The first of many is told almost at once, and then every so often."""

KEPT_BYTES = 192 * 2**20
THREADS = 2


class Thumbnails(QObject):
    """Lives on the GUI thread. `pixmap` never waits: it answers from memory or starts a load and says None."""

    arrived = Signal()
    """Some thumbnails came in since the last time; repaint what you show."""

    def __init__(self, load: LoadImage, limit_bytes: int = KEPT_BYTES, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._load, self._limit = load, limit_bytes
        self._kept: OrderedDict[int, QPixmap] = OrderedDict()
        self._bytes = 0
        self._waiting: OrderedDict[int, None] = OrderedDict()
        self._running: set[int] = set()
        self._round = 0
        self._pool = Pool("loading thumbnails", THREADS)
        self._news = QTimer(self, singleShot=True)
        self._news.timeout.connect(self._tell)
        self._since_news = QElapsedTimer()
        self._since_news.start()

    @property
    def bytes_held(self) -> int:
        return self._bytes

    def pixmap(self, image: int) -> QPixmap | None:
        """The thumbnail if it is at hand. A null pixmap stands for a picture that has none."""
        kept = self._kept.get(image)
        if kept is not None:
            self._kept.move_to_end(image)
            return kept
        if image not in self._running:
            self._waiting[image] = None
            self._waiting.move_to_end(image)
            if len(self._waiting) > MOST_WAITING:
                self._waiting.popitem(last=False)
            self._start_waiting()
        return None

    def forget(self, image: int) -> None:
        """Drop one thumbnail, because a better one can be had now."""
        pixmap = self._kept.pop(image, None)
        self._bytes -= _bytes_of(pixmap) if pixmap is not None else 0

    def clear(self) -> None:
        """Drop everything, for another project: what is still on its way is ignored when it comes."""
        self._round += 1
        self._kept.clear()
        self._waiting.clear()
        self._running.clear()
        self._bytes = 0

    def shutdown(self) -> None:
        self._waiting.clear()
        self._pool.shutdown()

    def _start_waiting(self) -> None:
        """Newest first: it is what the user looks at."""
        while self._waiting and len(self._running) < THREADS:
            image, _ = self._waiting.popitem()
            self._running.add(image)
            loaded = partial(self._on_loaded, self._round, image)
            self._pool.run(partial(self._load, image), loaded, partial(self._on_failed, self._round, image))

    def _on_loaded(self, round_: int, image: int, picture: QImage) -> None:
        # Ids mean other pictures by now: one of the project before would stand under a wrong name.
        if round_ != self._round:
            return
        self._running.discard(image)
        self.forget(image)
        pixmap = self._kept[image] = QPixmap.fromImage(picture)
        self._bytes += _bytes_of(pixmap)
        while self._bytes > self._limit and len(self._kept) > 1:
            self._bytes -= _bytes_of(self._kept.popitem(last=False)[1])
        self._start_waiting()
        if not self._news.isActive():
            # A repaint for each of them would take longer than the loading.
            self._news.start(max(MILLISECONDS_BETWEEN_NEWS - self._since_news.elapsed(), MILLISECONDS_BEFORE_NEWS))

    def _on_failed(self, round_: int, image: int, _error: Exception) -> None:
        self._on_loaded(round_, image, QImage())

    def _tell(self) -> None:
        self._since_news.restart()
        self.arrived.emit()


def _bytes_of(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * pixmap.depth() // 8 + 256
