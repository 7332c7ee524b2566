"""Helper processes that need not import everything anew: copies of one that has done so.

A program starts a helper once in its life, a suite of tests starts hundreds, and each would import the same libraries
for two seconds. So one process per test process (and one more for torch) imports them, does nothing with them, and
forks; each copy then is a helper like any other, in a process of its own, with the environment and the search path that
were asked for. What starting a helper takes, and what it may not find loaded, is tried with `cold_helpers`.
"""

import array
import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from shoal.processes import child_process
from shoal.processes.engine_environment import QUIET
from shoal.processes.maths_environment import thread_variables

POSSIBLE = sys.platform == "linux"
LONGEST_ORDER = 1 << 20
_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h: orphans below become children of this process, and can be waited for
_starting_cold = threading.Event()
_nurseries: "dict[str, _Nursery]" = {}


def use_warm_helpers() -> None:
    """From now on helpers of this process are copies, but within `cold_helpers`."""
    if not POSSIBLE:
        return
    cold = child_process._spawn

    def spawn(environment: Mapping[str, str], says_to_log: bool) -> subprocess.Popen[bytes]:
        if _starting_cold.is_set() or sys.executable != _EXECUTABLE or getattr(sys, "frozen", False):
            return cold(environment, says_to_log)
        return _running("engine" if environment.items() >= QUIET.items() else "usual").spawn(
            {**os.environ, **environment}, says_to_log
        )

    setattr(child_process, "_spawn", spawn)  # noqa: B010  # the one place where helpers come from


_EXECUTABLE = sys.executable
_beginning = threading.Lock()


@contextmanager
def cold_helpers() -> Iterator[None]:
    """Helpers start as they do in the program."""
    _starting_cold.set()
    try:
        yield
    finally:
        _starting_cold.clear()


def _running(kind: str) -> "_Nursery":
    with _beginning:
        if kind not in _nurseries:
            _nurseries[kind] = _Nursery(kind)
        return _nurseries[kind]


class _Nursery:
    """The process that is copied; it ends with the end of the connection to it. Any thread may ask."""

    def __init__(self, kind: str) -> None:
        import ctypes  # noqa: PLC0415  # where there is no such call, nobody comes by here

        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._asking = threading.Lock()
        boot = f"import sys; sys.path[:] = {sys.path!r}; from tests.support import nursery; nursery.serve({kind!r})"
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", boot],
            stdin=theirs.fileno(),
            env={**os.environ, **thread_variables(), **QUIET},
            start_new_session=True,
        )
        theirs.close()
        atexit.register(self._end)

    def spawn(self, environment: Mapping[str, str], says_to_log: bool) -> "_Adopted":
        calls, answers = os.pipe(), os.pipe()
        said = os.pipe() if says_to_log else (-1, os.dup(2))
        order = {
            "environment": dict(environment),
            "path": [*map(str, sys.path)],
            "folder": os.getcwd(),
            "parent": os.getpid(),
        }
        given = calls[0], answers[1], said[1]
        with self._asking:
            self._socket.sendmsg(
                [json.dumps(order).encode()],
                [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", given).tobytes())],
            )
            pid = int(self._socket.recv(64))
        for end in given:
            os.close(end)
        return _Adopted(pid, calls[1], answers[0], said[0])

    def _end(self) -> None:
        self._socket.close()
        self._process.wait()


class _Adopted(subprocess.Popen):  # type: ignore[type-arg]  # not started by itself, but waited for and ended in the same way
    def __init__(self, pid: int, calls: int, answers: int, said: int) -> None:
        self._waitpid_lock = threading.Lock()
        self._child_created, self._sigint_wait_secs = True, 0.25
        self._input, self._communication_started = None, False
        self.args: Any = ["a copy of the nursery"]
        self.returncode: Any = None
        self.pid = pid
        self.stdin, self.stdout = os.fdopen(calls, "wb"), os.fdopen(answers, "rb")
        self.stderr = os.fdopen(said, "rb") if said >= 0 else None
