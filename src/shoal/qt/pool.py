"""Quick work beside the GUI thread: it answers to who asked, survives an exception, and nobody waits for its end."""

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from shoal.domain.errors import Cancelled

T = TypeVar("T")

log = logging.getLogger(__name__)

_leaving: set["Pool"] = set()
"""Pools that were shut down while something ran: destroying them at once would wait for it."""


class _Run(QRunnable):
    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()


def _ignore(_error: Exception) -> None: ...


class Pool(QObject):
    """Lives on the GUI thread, where every answer arrives. Not a child of anything: its owner calls `shutdown`."""

    _ended = Signal(object)

    def __init__(self, name: str, threads: int = 1) -> None:
        """`name` stands in the log."""
        super().__init__()
        self._name = name
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._running = 0
        self._open = True
        self._logged: set[type[Exception]] = set()
        # Queued: the answer runs on the thread that this object lives on, though a pool thread emits it.
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    @property
    def threads(self) -> int:
        return self._pool.maxThreadCount()

    def run(
        self, work: Callable[[], T], done: Callable[[T], object], failed: Callable[[Exception], object] = _ignore
    ) -> None:
        """`work` takes nothing and touches no widget. One of the others is called in any case, but after `shutdown`."""
        self._running += 1
        self._pool.start(_Run(partial(self._do, work, done, failed)))

    def shutdown(self) -> None:
        """Start nothing more and answer nobody; what runs comes to its end by itself."""
        self._open = False
        self._pool.clear()
        # QThreadPool waits for its threads when it is destroyed, and a decoder may take seconds.
        if self._pool.activeThreadCount():
            _leaving.add(self)

    def wait(self, milliseconds: int) -> bool:
        """Give what runs that long to end; whether it did."""
        return self._pool.waitForDone(milliseconds)

    def _do(self, work: Callable[[], T], done: Callable[[T], object], failed: Callable[[Exception], object]) -> None:
        """On a pool thread."""
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - whatever it is, the next request is served
            self._note(error)
            self._answer(partial(failed, error))
        else:
            self._answer(partial(done, result))

    def _answer(self, answer: Callable[[], object]) -> None:
        # The program may have ended meanwhile, and Qt with it: then nobody waits for an answer.
        with suppress(RuntimeError):
            self._ended.emit(answer)

    def _note(self, error: Exception) -> None:
        """Once for each kind of error: a drive that is gone fails ten thousand thumbnails."""
        if not isinstance(error, Cancelled) and type(error) not in self._logged:
            self._logged.add(type(error))
            log.warning("%s failed, and goes on with the next", self._name, exc_info=error)

    @Slot(object)
    def _on_ended(self, answer: Callable[[], object]) -> None:
        self._running -= 1
        if self._open:
            answer()
        elif not self._running:
            _leaving.discard(self)


def wait_for_leaving(milliseconds: int) -> bool:
    """Give what still runs in pools that were shut down that long to end; whether it did."""
    return all(pool.wait(milliseconds) for pool in tuple(_leaving))
