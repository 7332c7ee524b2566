"""Quick work beside the GUI thread of which only the newest request matters (redrawing a map while it is zoomed)."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from shoal.qt.pool import Pool

T = TypeVar("T")


def _ignore(_error: Exception) -> None: ...


class LatestOnly:
    """Runs one request at a time on a pool thread; of those that arrive meanwhile only the last is kept."""

    def __init__(self, name: str) -> None:
        """`name` stands in the log."""
        self._pool = Pool(name)
        self._running = False
        self._waiting: Callable[[], None] | None = None

    def request(
        self, compute: Callable[[], T], done: Callable[[T], object], failed: Callable[[Exception], object] = _ignore
    ) -> None:
        """`compute` takes nothing and touches no widget. One of the others is called, on the thread that asked."""
        start = partial(self._start, compute, done, failed)
        if self._running:
            self._waiting = start
        else:
            start()

    def shutdown(self) -> None:
        """Drop what waits and forget what runs. Call before the object goes away; it does not wait."""
        self._waiting = None
        self._pool.shutdown()

    def _start(
        self, compute: Callable[[], T], done: Callable[[T], object], failed: Callable[[Exception], object]
    ) -> None:
        self._running = True
        self._pool.run(compute, partial(self._end, done), partial(self._end, failed))

    def _end(self, tell: Callable[[T], object], answer: T) -> None:
        self._running = False
        try:
            tell(answer)
        finally:
            # `tell` may itself have asked for the next one.
            if self._waiting is not None and not self._running:
                start, self._waiting = self._waiting, None
                start()
