"""A few helper processes for work that may crash or hang: what goes wrong there costs one call, not the program."""

import time
from collections.abc import Callable
from queue import Empty, LifoQueue
from types import TracebackType
from typing import Self, TypeVar

from shoal.domain.errors import Cancelled, HelperProcessDied
from shoal.domain.task import Task
from shoal.processes.helper_process import HelperProcess

T = TypeVar("T")
_POLL_SECONDS = 0.05  # a cancel is noticed before a person wonders


class TookTooLong(HelperProcessDied):
    """A call did not come to an end in time, and its process was ended."""


class HelperPool:
    """A `Caller` for several threads: each call has a process to itself, if possible one that runs already.

    A process that dies is replaced. The call that it died of is tried once more, in a fresh process and so alone with
    it: what a call before it had spoilt, or somebody had killed, must not be held against it. There are `count`
    processes at most; each starts with its first call. A call that takes longer than `seconds` costs its process.
    """

    def __init__(self, name: str, count: int, seconds: float) -> None:
        self._seconds = seconds
        self._helpers = [HelperProcess(name, says_to_log=True) for _ in range(count)]
        self._free: LifoQueue[HelperProcess] = LifoQueue()  # the last one used is the next
        for helper in self._helpers:
            self._free.put(helper)

    def call(self, function: Callable[..., T], *arguments: object, task: Task, more_seconds: float = 0.0) -> T:
        """As `HelperProcess.call`. Raises HelperProcessDied if it died twice, TookTooLong the first time.

        `more_seconds`: for a call that may take longer than others.
        """
        helper = self._next_free(task)
        try:
            return self._ask(helper, function, arguments, task, more_seconds)
        except TookTooLong:
            raise
        except HelperProcessDied:
            return self._ask(helper, function, arguments, task, more_seconds)
        finally:
            self._free.put(helper)

    def close(self) -> None:
        """End the processes. Calls that still run raise HelperProcessDied."""
        for helper in self._helpers:
            helper.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def _next_free(self, task: Task) -> HelperProcess:
        while True:
            task.check()
            try:
                return self._free.get(timeout=_POLL_SECONDS)
            except Empty:
                continue

    def _ask(
        self,
        helper: HelperProcess,
        function: Callable[..., T],
        arguments: tuple[object, ...],
        task: Task,
        more_seconds: float,
    ) -> T:
        seconds = self._seconds + more_seconds
        try:
            return helper.call(function, *arguments, task=_LimitedTask(task, seconds))
        except Cancelled:
            task.check()
            raise TookTooLong(f"It took longer than {seconds:.0f} seconds.") from None


class _LimitedTask(Task):
    """Another task, or the end of some time, whichever comes first."""

    def __init__(self, task: Task, seconds: float) -> None:
        super().__init__(lambda progress: task.report(progress.message, progress.done, progress.total))
        self._task = task
        self._deadline = time.monotonic() + seconds

    def check(self) -> None:
        self._task.check()
        if time.monotonic() > self._deadline:
            raise Cancelled
