"""Large pictures for loupe, comparison and inspector, decoded beside the GUI thread: what is seen now before all else,
then those that are likely next."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from shoal.looking.snapshot import Entry
from shoal.qt.picture_parts import LoadPart, PictureParts
from shoal.qt.pool import Pool

LoadPreview = Callable[[Entry], QImage]
"""Decodes one file, on a pool thread; null if it cannot be read."""

Key = tuple[bool, Entry]
"""Whether all of the picture is meant, and which."""

LARGE_KEPT, WHOLE_KEPT = 10, 4
"""Of pictures for the screen (12 MB each) and whole ones (72 MB for 24 megapixels)."""

MOST_ASKED = 16
MOST_BYTES = 600_000_000
"""Of whole ones fewer are kept where they are larger, but two in any case."""


class LargePictures(QObject):
    arrived = Signal(int, QImage)
    """One for the screen."""

    part_chosen = Signal(QImage, str)
    """Somebody has drawn around a part of a large picture; its name."""

    whole_arrived = Signal(int, QImage)
    """One with all of its pixels."""

    def __init__(
        self,
        load: LoadPreview,
        load_whole: LoadPreview | None = None,
        load_part: LoadPart | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.parts = PictureParts(load_part)
        self._load = {False: load, True: load_whole or load}
        self._pool = Pool("decoding a large picture", threads=2)
        self._kept: dict[bool, OrderedDict[Entry, QImage]] = {False: OrderedDict(), True: OrderedDict()}
        self._asked: dict[Key, int] = {}
        self._ahead: list[tuple[Key, int]] = []
        self._running: set[Key] = set()

    def request(self, image: int, entry: Entry, *, whole: bool = False) -> None:
        """Ask for an image; its signal answers, at once if it is at hand."""
        self.request_all([(image, entry)], whole=whole)

    def request_all(self, entries: Sequence[tuple[int, Entry]], *, whole: bool = False) -> None:
        """Several that are seen at once. What was asked for before comes after them, and is forgotten at last."""
        before, self._asked, self._ahead = self._asked, {}, []
        for image, entry in entries:
            picture = self._found((whole, entry))
            if picture is None:
                self._asked[whole, entry] = image
            else:
                self._tell(whole, image, picture)
        waiting = {**self._asked, **{key: image for key, image in before.items() if key not in self._asked}}
        self._asked = dict(list(waiting.items())[:MOST_ASKED])
        self._start()

    def decode_ahead(self, likely: Sequence[tuple[int, Entry]], *, whole: bool = False) -> None:
        """What is likely to be asked for next, the likeliest first; done when nothing else is to be done."""
        self._ahead += [((whole, entry), image) for image, entry in likely if self._found((whole, entry)) is None]
        self._start()

    def shutdown(self) -> None:
        self._pool.shutdown()
        self.parts.shutdown()

    def _found(self, key: Key) -> QImage | None:
        kept = self._kept[key[0]]
        if key[1] in kept:
            kept.move_to_end(key[1])
        return kept.get(key[1])

    def _start(self) -> None:
        """Only one that is not seen yet at a time, so that one that is asked for finds a thread free."""
        for key in [*self._asked, *(key for key, _image in self._ahead)]:
            free = self._pool.threads - len(self._running)
            if key in self._running or free <= (0 if key in self._asked else 1):
                continue
            self._running.add(key)
            self._pool.run(
                partial(self._load[key[0]], key[1]), partial(self._on_loaded, key), partial(self._on_failed, key)
            )
        self._ahead = [(key, image) for key, image in self._ahead if key not in self._running]

    def _on_failed(self, key: Key, _error: Exception) -> None:
        self._on_loaded(key, QImage())

    def _on_loaded(self, key: Key, picture: QImage) -> None:
        self._running.discard(key)
        self._keep(key, picture)
        image = self._asked.pop(key, None)
        if image is not None:
            self._tell(key[0], image, picture)
        self._start()

    def _keep(self, key: Key, picture: QImage) -> None:
        kept = self._kept[key[0]]
        kept[key[1]] = picture
        kept.move_to_end(key[1])
        most = LARGE_KEPT
        if key[0]:
            most = max(2, min(WHOLE_KEPT, MOST_BYTES // max(picture.sizeInBytes(), 1)))
        while len(kept) > most:
            kept.popitem(last=False)

    def _tell(self, whole: bool, image: int, picture: QImage) -> None:
        (self.whole_arrived if whole else self.arrived).emit(image, picture)
