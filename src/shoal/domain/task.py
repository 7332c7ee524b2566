"""How long-running work talks to whoever started it, without knowing who that is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Protocol, TypeVar

from shoal.domain.interruptions import Cancelled
from shoal.domain.sentence import Sentence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """One report: the stage in words, and how many of how many are done. `total` 0 means that nobody knows."""

    message: Sentence
    done: int
    total: int


def _ignore(_progress: Progress) -> None: ...


class Task:
    """Reporting progress and honouring cancellation are one call, so nobody can do the first and forget the second.

    `on_progress` is called on the thread that works. `cancel` may be called from any thread.
    """

    def __init__(self, on_progress: Callable[[Progress], None] = _ignore) -> None:
        self._on_progress = on_progress
        self._cancel_requested = Event()

    @property
    def cancel_requested(self) -> bool:
        return self._cancel_requested.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._cancel_requested.set()

    def check(self) -> None:
        """Raise `Cancelled` if somebody asked to stop; for inner loops that have nothing to report."""
        if self._cancel_requested.is_set():
            raise Cancelled

    def report(self, message: Sentence, done: int, total: int) -> None:
        self.check()
        self._on_progress(Progress(message, done, total))

    def track(self, items: Sequence[T], message: Sentence) -> Iterator[T]:
        """Yield each item, reporting before each and once at the end."""
        for done, item in enumerate(items):
            self.report(message, done, len(items))
            yield item
        self.report(message, len(items), len(items))


class Caller(Protocol):
    """Calls a function somewhere else: in a helper process, or (tests, small jobs) right here.

    `function` is an importable module-level function whose last parameter is a `Task`; it is called as
    `function(*arguments, task)`. Progress and cancellation of `task` reach it wherever it runs; its errors come back.
    """

    def call(self, function: Callable[..., T], *arguments: object, task: Task) -> T: ...


class HereCaller:
    """Calls the function on the calling thread."""

    def call(self, function: Callable[..., T], *arguments: object, task: Task) -> T:
        return function(*arguments, task)
