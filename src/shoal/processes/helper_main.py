"""The inside of a helper process: takes calls from the program that started it, one at a time, and answers them.

It never prints to the program's standard output, ignores Ctrl+C (the program decides what that means), and ends when
the program does: at the end of the pipe from it, and on Linux by a signal even while a library holds the interpreter.
"""

import ctypes
import os
import pickle
import signal
import sys
import threading
import traceback
from functools import partial
from queue import SimpleQueue
from types import TracebackType
from typing import Any, BinaryIO, NoReturn

from shoal.domain.errors import ShoalError
from shoal.domain.task import Progress, Task
from shoal.processes.messages import Kind, Message, pack, read_message, unpack, write_message

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def serve() -> NoReturn:
    """Answer calls until the program at the other end of standard input and output is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_the_program()
    calls, answers = _take_over_the_standard_streams()
    helper = _Helper(answers)
    threading.Thread(target=helper.listen, args=(calls,), name="listener", daemon=True).start()
    while True:
        helper.answer_next()


def _end_with_the_program() -> None:
    """Ask Linux to kill this process together with the thread that started it.

    Elsewhere, and if that thread is gone already, the end of the pipe does it as soon as the listener gets a turn.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _take_over_the_standard_streams() -> tuple[BinaryIO, BinaryIO]:
    """Keep the two pipes for ourselves; what any library prints goes to standard error from now on."""
    calls, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2 if sys.stderr is not None else nothing, 1)
    os.close(nothing)
    return os.fdopen(calls, "rb"), os.fdopen(answers, "wb")


class _Helper:
    """`listen` runs on a thread of its own, `answer_next` on the main thread, where libraries expect to be."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._sending = threading.Lock()
        self._calls: SimpleQueue[tuple[Message, Task]] = SimpleQueue()

    def listen(self, stream: BinaryIO) -> None:
        number, task = 0, Task()
        while (message := read_message(stream)) is not None:
            if message.kind is Kind.CALL:
                number, task = message.call, Task(partial(self._report, message.call))
                self._calls.put((message, task))
            elif message.call == number:  # a cancellation may come too late, and must not hit the next call
                task.cancel()
            del message  # its arrays would stay in memory until the next one comes
        os._exit(0)

    def answer_next(self) -> None:
        message, task = self._calls.get()
        with _ErrorsGoBack(self, message.call):
            function, arguments = _call_in(message)
            self.send(pack(Kind.RETURNED, message.call, function(*arguments, task)))

    def send(self, message: Message) -> None:
        with self._sending:
            try:
                write_message(self._answers, message)
            except OSError:
                os._exit(1)  # nobody listens any more

    def _report(self, call: int, progress: Progress) -> None:
        self.send(pack(Kind.REPORT, call, progress))


def _call_in(message: Message) -> Any:  # a function and its arguments, of whatever types
    return unpack(message)


class _ErrorsGoBack:
    """Whatever leaves this block is raised again in the program that made the call."""

    def __init__(self, helper: _Helper, call: int) -> None:
        self._helper = helper
        self._call = call

    def __enter__(self) -> None: ...

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        if error is not None:
            text = "".join(traceback.format_exception(error))
            self._helper.send(pack(Kind.RAISED, self._call, (_portable(error), text)))
        return True


def _portable(error: BaseException) -> BaseException:
    """The error itself if it certainly survives the trip, otherwise its type and text in a RuntimeError."""
    described = RuntimeError(f"{type(error).__qualname__}: {error}")
    if not isinstance(error, ShoalError) and type(error).__module__ != "builtins":
        return described
    try:
        pickle.loads(pickle.dumps(error))
    except (pickle.PicklingError, TypeError, AttributeError, ValueError):
        return described
    return error
