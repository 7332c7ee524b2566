"""An afternoon and a morning at the real window on a real screen: python tests/end_to_end/on_a_screen.py [--album DIR]

Starts an X server without a monitor (Xvfb) and a window manager (openbox), and lets xdotool move the mouse and press
the keys; the three must be installed. Drags are the platform's own, from the grid onto a card. --album keeps pictures
of the screen, taken in the middle of a drag.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

NEEDED = ("Xvfb", "openbox", "xdotool")
SIZE = "1600x1000x24"


@contextmanager
def running(command: list[str], **options: Any) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def screen() -> Iterator[str]:
    """The name of a display of our own, with a window manager on it."""
    reading, writing = os.pipe()
    server = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp"]
    with running(server, pass_fds=[writing]):
        os.close(writing)
        with os.fdopen(reading) as answer:
            display = f":{answer.readline().strip()}"
        with running(["openbox"], env={**os.environ, "DISPLAY": display}):
            yield display


def work_there(album: Path | None) -> None:
    """In a process of its own, which knows the display from the start."""
    from PySide6.QtWidgets import QApplication
    from tests.end_to_end.afternoon import take_pictures, two_days
    from tests.end_to_end.screen_robot import ScreenRobot

    application = QApplication([])
    with tempfile.TemporaryDirectory() as temporary:
        home, folder = Path(temporary, "home"), Path(temporary, "shoot")
        os.environ["SHOAL_HOME"] = str(home)
        take_pictures(folder)
        two_days(folder, home, Path(temporary, "out"), partial(ScreenRobot, album))
    print(f"all as it should be, on {application.platformName()} with a window manager")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--album", type=Path)
    parser.add_argument("--there", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.there:
        work_there(arguments.album)
        return 0
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        print(f"not installed: {', '.join(missing)}")
        return 1
    with screen() as display:
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        command = [sys.executable, __file__, "--there", *sys.argv[1:]]
        return subprocess.run(command, check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
