"""A child of this process that is killed at a moment of one's choice, and what must hold afterwards."""

import gc
import os
import signal
import time
import traceback
from collections.abc import Callable


class Lost(AssertionError):
    """Something that must hold does not."""


def require(condition: bool, sentence: str) -> None:
    if not condition:
        raise Lost(sentence)


def killed_after(work: Callable[[], int | None], seconds: float | None) -> bool:
    """Whether a child that does `work` was hit before it had ended. `seconds` None: let it end.

    `work` gives its exit code; nothing is 0. Raises Lost where it ended with another one, or broke down.
    """
    child = os.fork()
    if child == 0:
        gc.disable()  # Qt's threads are not in a fork; the end of what they belong to would wait for them
        code = 1
        try:
            code = work() or 0
        except BaseException:  # noqa: BLE001  # the parent hears of it by the exit code
            traceback.print_exc()
        finally:
            os._exit(code)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    was_hit = os.WIFSIGNALED(status)
    require(was_hit or os.WEXITSTATUS(status) == 0, f"the work ended with code {os.waitstatus_to_exitcode(status)}")
    return was_hit


def seconds_of(work: Callable[[], int | None]) -> float:
    started = time.perf_counter()
    killed_after(work, None)
    return time.perf_counter() - started
