"""How long from launch to window: one start to warm up, then the median of five.

    python packaging/measure_start.py dist/shoal/shoal [--runs 5]

Listens to an X server of its own (Xvfb) for the moment at which the window is put on the screen. The processor's time
until then is printed too: it says the same on a machine that has other work.
"""

import argparse
import ctypes
import ctypes.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

MAP_NOTIFY, SUBSTRUCTURE_NOTIFY = 19, 1 << 19
ENOUGH_WIDTH = 300  # Qt makes small windows of its own, which are not what one waits for
PATIENCE_SECONDS = 120


class ScreenWatcher:
    """Sees windows appear on an X server, through Xlib."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        self._x.XSelectInput(self._display, root, ctypes.c_long(SUBSTRUCTURE_NOTIFY))
        self._x.XSync(self._display, 1)

    def wait_for_window(self) -> int:
        """The id of the next large window. Raises TimeoutError."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        event = (ctypes.c_long * 24)()
        while time.monotonic() < deadline:
            if not self._x.XPending(self._display):
                time.sleep(0.002)
                continue
            self._x.XNextEvent(self._display, ctypes.byref(event))
            if event[0] & 0xFF == MAP_NOTIFY and self._width(event[5]) >= ENOUGH_WIDTH:
                return int(event[5])
        raise TimeoutError("no window appeared")

    def _width(self, window: int) -> int:
        root, place = ctypes.c_ulong(), [ctypes.c_int() for _ in range(2)]
        sizes = [ctypes.c_uint() for _ in range(4)]
        answers = [ctypes.byref(one) for one in (root, *place, *sizes)]
        self._x.XGetGeometry(self._display, ctypes.c_ulong(window), *answers)
        return sizes[0].value


@contextmanager
def screen(size: str = "1600x1000x24") -> Iterator[str]:
    """An X server for as long as the block runs; the name of its display."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def start(command: Sequence[str], display: str, home: Path) -> tuple[float, float]:
    """Seconds until the window is there: by the clock, and of the processor."""
    watcher = ScreenWatcher(display)
    environment = {**os.environ, "DISPLAY": display, "HOME": str(home), "SHOAL_HOME": str(home)}
    environment.pop("QT_QPA_PLATFORM", None)
    began = time.monotonic()
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as program:
        watcher.wait_for_window()
        took, worked = time.monotonic() - began, processor_seconds(program.pid)
        program.terminate()
    return took, worked


def processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(command: Sequence[str], runs: int) -> list[tuple[float, float]]:
    with screen() as display, tempfile.TemporaryDirectory() as home:
        times = [start(command, display, Path(home)) for _ in range(runs + 1)]
    return times[1:]


def report(times: Sequence[tuple[float, float]]) -> dict[str, float]:
    clock, processor = (statistics.median(column) for column in zip(*times, strict=True))
    sys.stdout.write(f"window after {clock:.2f} s, {processor:.2f} s of the processor")
    sys.stdout.write(f" (medians of {len(times)}, after one warm-up)\n")
    return {"seconds_to_window": round(clock, 3), "processor_seconds": round(processor, 3)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("command", nargs="+")
    options.add_argument("--runs", type=int, default=5)
    chosen = options.parse_args()
    sys.stdout.write(json.dumps(report(measure(chosen.command, chosen.runs))) + "\n")


if __name__ == "__main__":
    main()
