"""One spawned process and the two threads that carry messages to and from it.

The command is a plain `python -c`, not `multiprocessing`: its spawn method imports the program's `__main__` again,
its fork method hangs after OpenMP has run, and its resource tracker is one more process. A frozen program has no
`python`, so it starts itself with `HELPER_FLAG`, for which `shoal.__main__` looks before anything else.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from queue import Empty, SimpleQueue
from typing import Any, BinaryIO

from shoal.domain.errors import HelperProcessDied
from shoal.processes.helper_flag import HELPER_FLAG
from shoal.processes.messages import Message, read_message, write_message

_PATIENCE_SECONDS = 1.0  # long enough to close its files, short enough for who closes the window
logger = logging.getLogger(__name__)


class ChildProcess:
    """Starts at once. Any thread may use it.

    The reading thread also starts the process and lives as long as it does: Linux ends the process with the *thread*
    that started it, and a caller's thread may be gone long before its helper is no longer wanted.
    """

    def __init__(self, name: str, environment: Mapping[str, str], says_to_log: bool = False) -> None:
        """`says_to_log`: what it prints on standard error goes to the log, not to the terminal."""
        self._name = name
        self._environment, self._says_to_log = environment, says_to_log
        self._received: SimpleQueue[Message | None] = SimpleQueue()
        self._to_send: SimpleQueue[Message | None] = SimpleQueue()
        self._spawned = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._last_words = f"The {name} helper process has ended."
        self._reader = threading.Thread(target=self._run, name=f"{name} helper", daemon=True)
        self._reader.start()

    @property
    def process_id(self) -> int | None:
        """None if it could not be started."""
        self._spawned.wait()
        return None if self._process is None else self._process.pid

    @property
    def ended(self) -> bool:
        """Asked of the system too: somebody may have killed it a moment before the reader hears of it."""
        return not self._reader.is_alive() or (self._process is not None and self._process.poll() is not None)

    def send(self, message: Message) -> None:
        """Never waits, however large the message. A process that has ended shows in `receive`."""
        self._to_send.put(message)

    def receive(self, timeout_seconds: float) -> Message | None:
        """The next message, None if there was none in time. Raises HelperProcessDied when there will be no more."""
        try:
            message = self._received.get(timeout=timeout_seconds)
        except Empty:
            return None
        if message is None:
            self._received.put(None)  # whoever asks next must hear it too
            raise HelperProcessDied(self._last_words)
        return message

    def close(self) -> None:
        """Let it end by itself, for which closing the pipe is enough unless a library holds its interpreter."""
        self._to_send.put(None)
        self._reader.join(_PATIENCE_SECONDS)
        self.end()

    def end(self) -> None:
        """Make it end, and wait until it has."""
        self._spawned.wait()
        if self._process is not None:
            # One that is stopped, or has a handler of its own, would outlive the polite signal.
            self._process.terminate()
            self._reader.join(_PATIENCE_SECONDS)
            self._process.kill()
        self._reader.join()

    def _run(self) -> None:
        try:
            self._process = _spawn(self._environment, self._says_to_log)
        except OSError as error:
            self._last_words = f"The {self._name} helper process could not be started: {error}"
        self._spawned.set()
        if self._process is not None:
            self._converse(self._process)
        self._received.put(None)

    def _converse(self, process: subprocess.Popen[bytes]) -> None:
        """Until the process has ended and is reaped."""
        writer = threading.Thread(target=self._write, args=(process.stdin,), name=f"to {self._name}", daemon=True)
        writer.start()
        said = threading.Thread(target=self._log, args=(process.stderr,), name=f"said by {self._name}", daemon=True)
        if self._says_to_log:
            said.start()
        with _stream(process.stdout) as answers:
            while (message := read_message(answers)) is not None:
                self._received.put(message)
                del message
        self._to_send.put(None)
        self._last_words = f"The {self._name} helper process ended {_manner(_exit_code(process))}."
        writer.join()
        if self._says_to_log:
            said.join(_PATIENCE_SECONDS)

    def _log(self, lines: BinaryIO) -> None:
        """What libraries print there is of use to whoever looks for a fault, and to nobody else."""
        with lines:
            for line in lines:
                text = line.decode(errors="replace").rstrip()
                if text:
                    logger.info("%s helper: %s", self._name, text)

    def _write(self, calls: BinaryIO) -> None:
        try:
            with calls:
                while (message := self._to_send.get()) is not None:
                    write_message(calls, message)
                    del message
        except OSError:
            pass  # the process is gone, which the reading thread reports


def _stream(stream: Any) -> BinaryIO:
    """`Popen` promises a stream only to those who ask for a pipe, which the type does not say."""
    result: BinaryIO = stream
    return result


def _spawn(environment: Mapping[str, str], says_to_log: bool) -> subprocess.Popen[bytes]:
    """In a session of its own (a group, on Windows), so that Ctrl+C in the terminal reaches the program alone."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return subprocess.Popen(
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if says_to_log else None,
        env={**os.environ, **environment},
        start_new_session=True,
        creationflags=flags,
    )


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, HELPER_FLAG]
    boot = f"import sys; sys.path[:] = {sys.path!r}; from shoal.processes.helper_main import serve; serve()"
    return [sys.executable, "-P", "-c", boot]  # -P: a module lying in the current folder is not ours


def _exit_code(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:  # it closed the pipe but lives on
        process.kill()
        return process.wait()


def _manner(exit_code: int) -> str:
    if exit_code >= 0:
        return f"with exit code {exit_code}"
    try:
        return f"by {signal.Signals(-exit_code).name}"
    except ValueError:
        return f"by signal {-exit_code}"
