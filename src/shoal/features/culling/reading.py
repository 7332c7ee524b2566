"""What the files of all pictures say of them already, read beside the window, a few at a time."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from shoal.domain.images import ImageRecord
from shoal.domain.verdicts import NOTHING_SAID, Verdicts, unsaid
from shoal.looking.snapshot import Entry
from shoal.qt.pool import Pool
from shoal.qt.session import Session

AT_ONCE = 100
ReadVerdicts = Callable[[Sequence[Entry]], Verdicts]
"""Reads a few parts of the files of pictures, as far as they have changed; on a pool thread."""


class VerdictsInFiles(QObject):
    """Reads them anew whenever other pictures are there, or the folder was looked at again."""

    def __init__(self, session: Session, read: ReadVerdicts) -> None:
        super().__init__(session)
        self._session, self._read = session, read
        self._pool = Pool("reading stars and labels")
        self._images: Sequence[Entry] = ()
        self._found = unsaid(0)
        for signal in (session.images_changed, session.map_changed):
            signal.connect(lambda _stays: self.begin())
        session.grouping_changed.connect(self.begin)
        self.begin()

    def begin(self) -> None:
        """Once the pictures have their numbers; before, only names are known."""
        images = self._session.images
        read = len(images) > 0 and isinstance(images[0], ImageRecord)
        if self._session.grouping is None or not read or images is self._images:
            return
        self._images, self._found = images, unsaid(len(images))
        self._go_on(0)

    def shutdown(self) -> None:
        self._pool.shutdown()

    def _go_on(self, start: int) -> None:
        some = self._images[start : start + AT_ONCE]
        if some:
            self._pool.run(partial(self._read, some), partial(self._on_read, self._images, start))

    def _on_read(self, images: Sequence[Entry], start: int, verdicts: Verdicts) -> None:
        if images is not self._session.images:
            return
        end = start + len(verdicts)
        self._found[start:end] = verdicts
        if (verdicts != NOTHING_SAID).any() or end == len(images):
            self._session.show_in_files(self._found.copy())
        self._go_on(end)
