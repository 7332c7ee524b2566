"""Calls functions in a resident process of its own.

For libraries that take seconds to import, that hold the interpreter while they work, that may crash, or that cannot
be interrupted: there they hurt nobody, and there they can be ended.
"""

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self, TypeVar, cast

from shoal.domain.errors import HelperProcessDied
from shoal.domain.sentence import Sentence
from shoal.domain.task import Progress, Task
from shoal.processes.child_process import ChildProcess
from shoal.processes.messages import Kind, Message, pack, unpack

T = TypeVar("T")
_POLL_SECONDS = 0.05  # how soon a cancelled task is noticed


class HelperProcess:
    """A `Caller` whose functions run in another process, which starts with the first call and stays for the next.

    Any thread may call; one call runs at a time, the others wait for their turn. Functions and arguments travel as
    pickles, so a function is one that the helper can import: a module-level one, not from `__main__`. Large arrays
    travel at the speed of a pipe. A call that is cancelled but does not stop within `grace_seconds` costs the process;
    the next call starts a fresh one, and so does the next call after a crash. `environment` is added to the
    variables the process inherits; `initialise` runs in it before its first call, with a task like any other function.
    `says_to_log`: what it prints on standard error goes to the log, for libraries that comment on every file.
    """

    def __init__(
        self,
        name: str,
        environment: Mapping[str, str] | None = None,
        initialise: Callable[[Task], object] | None = None,
        grace_seconds: float = 2.0,
        says_to_log: bool = False,
    ) -> None:
        self._name = name
        self._environment = dict(environment or {})
        self._initialise = initialise
        self._grace_seconds, self._says_to_log = grace_seconds, says_to_log
        self._turn = threading.Lock()
        self._guard = threading.Lock()  # for the two below
        self._child: ChildProcess | None = None
        self._closed = False
        self._calls = 0

    @property
    def process_id(self) -> int | None:
        """None while no process runs."""
        child = self._child
        return None if child is None or child.ended else child.process_id

    def call(self, function: Callable[..., T], *arguments: object, task: Task) -> T:
        """Return `function(*arguments, task)`, computed over there.

        Progress arrives on the calling thread. Raises what the function raises, Cancelled, and HelperProcessDied if
        the process crashed, was killed or has been closed.
        """
        self._wait_for_turn(task)
        try:
            return self._ask(self._running_child(task), function, arguments, task)
        finally:
            self._turn.release()

    def close(self) -> None:
        """End the process and wait until it is gone. A call that still runs raises HelperProcessDied."""
        with self._guard:
            self._closed = True
            child, self._child = self._child, None
        if child is not None:
            child.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def _wait_for_turn(self, task: Task) -> None:
        task.check()
        while not self._turn.acquire(timeout=_POLL_SECONDS):
            task.check()

    def _running_child(self, task: Task) -> ChildProcess:
        with self._guard:
            if self._closed:
                raise HelperProcessDied(Sentence("The {name} helper process is closed.", name=self._name))
            # A crash shows here at the latest: the caller gets a fresh process and need not know of the old one.
            if self._child is not None and not self._child.ended:
                return self._child
            child = self._child = ChildProcess(self._name, self._environment, self._says_to_log)
        if self._initialise is not None:
            with ExitStack() as on_failure:
                on_failure.callback(self._drop, child)
                self._ask(child, self._initialise, (), task)
                on_failure.pop_all()
        return child

    def _ask(self, child: ChildProcess, function: Callable[..., T], arguments: tuple[object, ...], task: Task) -> T:
        self._calls += 1
        _require_importable(function)
        child.send(pack(Kind.CALL, self._calls, (function, arguments)))
        # Whatever interrupts the wait (a cancel, an error in the progress, Ctrl+C): an answer that nobody took would be
        # taken for that of the next call.
        with ExitStack() as on_interruption:
            on_interruption.callback(self._silence, child, self._calls)
            answer = _follow(child, task)
            on_interruption.pop_all()
        return cast("T", _outcome(answer, self._name))

    def _silence(self, child: ChildProcess, call: int) -> None:
        """Bring the child back to where it waits for calls, or end it."""
        with ExitStack() as on_failure:
            on_failure.callback(self._drop, child)
            child.send(Message(Kind.CANCEL, call))
            if not child.ended and _falls_silent(child, self._grace_seconds):
                on_failure.pop_all()

    def _drop(self, child: ChildProcess) -> None:
        with self._guard:
            if self._child is child:
                self._child = None
        child.end()


class PassingHelper:
    """A `Caller` with a process for each call, which ends with it: the memory that it took is free again."""

    def __init__(self, name: str) -> None:
        self._name = name

    def call(self, function: Callable[..., T], *arguments: object, task: Task) -> T:
        """As `HelperProcess.call`. Raises HelperProcessDied if the process could not be started or crashed."""
        with HelperProcess(self._name) as helper:
            return helper.call(function, *arguments, task=task)


def _require_importable(function: Callable[..., object]) -> None:
    if function.__module__ == "__main__":
        raise ValueError(f"{function.__qualname__} stands in __main__, which a helper process does not import")


def _follow(child: ChildProcess, task: Task) -> Message:
    """Pass reports on until the answer comes."""
    while True:
        message = child.receive(_POLL_SECONDS)
        if message is None:
            task.check()
        elif message.kind is not Kind.REPORT:
            return message
        else:
            progress = cast("Progress", unpack(message))
            task.report(progress.message, progress.done, progress.total)


def _falls_silent(child: ChildProcess, seconds: float) -> bool:
    """Whether the call ends in time, however it ends; what it still has to say no longer interests anybody."""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        try:
            message = child.receive(left)
        except HelperProcessDied:
            return False
        if message is not None and message.kind is not Kind.REPORT:
            return True
    return False


def _outcome(answer: Message, name: str) -> Any:  # whatever the function returns
    if answer.kind is Kind.RETURNED:
        return unpack(answer)
    error, trace = cast("tuple[BaseException, str]", unpack(answer))
    error.add_note(f"In the {name} helper process:\n{trace}")
    raise error
