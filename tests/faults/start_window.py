"""Starts the window again and again on a busy machine, and counts the starts that do not survive.

    python tests/faults/start_window.py [--starts N] [--load] [--at-once K] [--tree DIR] [--screen]

Each start is a process of its own: the program itself, with a first page that lists projects of 0 to 3 pictures. It is
ended when the window stands and the map is there. `--load` keeps one other process busy per core. `--tree` starts the
program of another checkout. Without `--screen` nothing is shown. Prints one line per death and, as last line, one JSON
object; exits 1 if there was a death.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 120
PICTURES = 3

PROBE = """
import importlib, sys
if "shoal.desktop" in {program!r}:
    import shoal.desktop
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication(["shoal"])
def look():
    if any(top.findChild(QWidget, "mapView") for top in application.topLevelWidgets()):
        timer.stop()
        QTimer.singleShot(200, application.closeAllWindows)
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
sys.exit(importlib.import_module({program!r}).main([]))
"""


def program_in(tree: Path) -> str:
    """The module whose `main` opens the window; it had another name once."""
    return "shoal.desktop.main" if (tree / "src/shoal/desktop").is_dir() else "shoal.app.desktop"


def make_home(home: Path, environment: Mapping[str, str]) -> None:
    """Sorted projects of 0 to 3 pictures, so that their cards on the first page show as many."""
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    from PIL import Image
    from PySide6.QtCore import QSettings

    from shoal.imaging.fingerprint import content_hash

    entries = []
    for count in range(PICTURES + 1):
        folder = home / "pictures" / str(count)
        folder.mkdir(parents=True)
        files = [folder / f"{number}.png" for number in range(count)]
        for number, file in enumerate(files):
            Image.new("RGB", (90, 60), (40 + 60 * number, 20 * count, 90)).save(file)
        if files:
            words = ["sort", str(folder), "--to", str(home / "out" / str(count)), "--model", "colour-layout"]
            subprocess.run([sys.executable, "-m", "shoal", *words], env=environment, check=True, capture_output=True)
        faces = [str(content_hash(file.read_bytes())) for file in files]
        entries.append({"file": "", "roots": [str(folder)], "pictures": count, "clusters": 1, "faces": faces})
    (home / "config").mkdir(exist_ok=True)
    memory = QSettings(str(home / "config" / "window.ini"), QSettings.Format.IniFormat)
    memory.setValue("recent", json.dumps(entries))
    memory.sync()


@contextmanager
def busy_cores(wanted: bool) -> Iterator[None]:
    """One process per core that does nothing but compute."""
    words = [sys.executable, "-c", "while True: pass"]
    busy = [subprocess.Popen(words) for _core in range(os.cpu_count() or 1)] if wanted else []
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


def start(program: str, environment: Mapping[str, str]) -> str:
    """How one start ended: empty if well."""
    words = [sys.executable, "-c", PROBE.format(program=program)]
    try:
        done = subprocess.run(
            words, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return f"stood still for {PATIENCE_SECONDS} s"
    if done.returncode < 0:
        return signal.Signals(-done.returncode).name
    return f"exit code {done.returncode}: {done.stderr[-500:]}" if done.returncode else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=40)
    parser.add_argument("--load", action="store_true")
    parser.add_argument("--at-once", type=int, default=2)
    parser.add_argument("--tree", type=Path, default=ROOT)
    parser.add_argument("--screen", action="store_true")
    wishes = parser.parse_args()
    tree = wishes.tree.absolute()
    with tempfile.TemporaryDirectory() as home, busy_cores(wishes.load):
        environment = {**os.environ, "SHOAL_HOME": home, "PYTHONPATH": f"{tree / 'src'}{os.pathsep}{tree}"}
        environment |= {} if wishes.screen else {"QT_QPA_PLATFORM": "offscreen"}
        make_home(Path(home), environment)
        began = time.monotonic()
        deaths = []
        with ThreadPoolExecutor(wishes.at_once) as pool:
            ends = pool.map(lambda _number: start(program_in(tree), environment), range(wishes.starts))
            for number, end in enumerate(ends, 1):
                if end:
                    deaths.append(end)
                    print(f"start {number}: {end}", flush=True)
    seconds = round(time.monotonic() - began, 1)
    print(json.dumps({"starts": wishes.starts, "deaths": len(deaths), "seconds": seconds, "load": wishes.load}))
    return 1 if deaths else 0


if __name__ == "__main__":
    sys.exit(main())
