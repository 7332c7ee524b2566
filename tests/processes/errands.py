"""What the tests have a helper process do. Importable by name, as every function for a helper must be."""

import ctypes
import os
import signal
import sys
import time
from pathlib import Path

import numpy as np

from shoal.domain.errors import ModelUnavailable
from shoal.domain.images import DecodedImage, RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.imaging.decoding import decode_image, decode_preview
from shoal.processes.helper_process import HelperProcess

initialised_with: list[int] = []


class HomemadeError(Exception):
    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def add(first, second, _task: Task):
    return first + second


def count_to(number: int, task: Task) -> int:
    for _ in task.track(range(number), Sentence("Counting")):
        pass
    return number


def wait_politely(started: Path, task: Task) -> None:
    started.touch()
    while True:
        task.check()
        time.sleep(0.01)


def wait_stubbornly(started: Path, _task: Task) -> None:
    started.touch()
    time.sleep(600)


def hold_the_interpreter(started: Path, _task: Task) -> None:
    """As a compiled loop does that never lets go of Python's lock: no other thread of the process gets a turn."""
    started.touch()
    ctypes.PyDLL(None).sleep(600)


def process_id(_task: Task) -> int:
    return os.getpid()


def variable(name: str, _task: Task) -> str | None:
    return os.environ.get(name)


def double(array: np.ndarray, _task: Task) -> np.ndarray:
    return array * 2


def write_into(array: np.ndarray, _task: Task) -> np.ndarray:
    array[0] = 42
    return array


def print_everywhere(_task: Task) -> None:
    sys.stdout.write("python says hello\n")
    sys.stdout.flush()
    os.write(1, b"the system says hello\n")


def read_a_line(_task: Task) -> str:
    return os.read(0, 100).decode()


def leave(code: int, _task: Task) -> None:
    os._exit(code)


def crash(_task: Task) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def crash_once(been_here: Path, _task: Task) -> str:
    if not been_here.exists():
        been_here.touch()
        ctypes.string_at(0)
    return "second try"


def crash_on_the_word(data: np.ndarray, suffix: str, *_rest: object) -> DecodedImage:
    """A decoder with a flaw: reads where nothing is if the file says so."""
    if b"crash" in data.tobytes():
        ctypes.string_at(0)
    return decode_image(data.tobytes(), suffix, InputGeometry(16, 16, "squash"))


def preview_or_crash(data: np.ndarray, suffix: str, longest_side: int, *_rest: object) -> RgbImage:
    """The same flaw, where a picture is unpacked to be looked at."""
    if b"crash" in data.tobytes():
        ctypes.string_at(0)
    return decode_preview(data.tobytes(), suffix, longest_side)


def user_facing(_task: Task) -> None:
    raise ModelUnavailable(Sentence("The model is not there."), Sentence("Fetch it."))


def value_error(_task: Task) -> None:
    raise ValueError("seven is not a colour")


def homemade(_task: Task) -> None:
    raise HomemadeError(1, 2)


def unpicklable(_task: Task) -> object:
    return lambda: None


def asks_to_exit(_task: Task) -> None:
    sys.exit(3)


def remember(_task: Task) -> None:
    initialised_with.append(os.getpid())


def fails_to_initialise(_task: Task) -> None:
    raise ValueError("no such luck")


def remembered(_task: Task) -> list[int]:
    return initialised_with


def run_a_program_with_a_helper(folder: str, errand: str) -> None:
    """A whole program: it starts a helper, writes down the helper's process id, and lets it work.

    Ctrl+C means something to it even where the tests run in the background, and have inherited that it does not.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    helper = HelperProcess("test")
    pid = helper.call(process_id, task=Task())
    (Path(folder) / "pid").write_text(str(pid))
    helper.call(globals()[errand], Path(folder) / "started", task=Task())


def complain(_task: Task) -> str:
    """As C libraries do, past everything that Python could redirect."""
    os.write(2, b"TIFFReadDirectory: Warning, unknown field.\n")
    return "done"
