"""Tries the finished program, not its source: with an empty home, without a network, as somebody would use it.

    python packaging/smoke_test.py dist/shoal [--pictures DIR] [--json]

Runs `doctor`, `demo` and `sort`; opens the window on a screen of its own (Xvfb), presses the keys that export, and
compares what comes out with what the source tree says about the same pictures. Prints size, number of files, time to
the window and the most memory that all its processes together had. Linux; needs Xvfb, xdotool and, to take the network
away, unshare. Exits with 1 at the first thing that is not as it should be.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "packaging"))

import measure_start  # noqa: E402  # found by the line above

PATIENCE_SECONDS = 900
WITHOUT_NETWORK = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--net"]


class Disappointed(Exception):
    """The program did not do what it should; says what."""


class Program:
    """The finished program with a home of its own."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self.home = folder, home
        home.mkdir()

    def run(self, *words: str) -> str:
        command = [*WITHOUT_NETWORK, str(self.folder / "shoal"), *words]
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=self.environment())
        if done.returncode:
            raise Disappointed(f"shoal {' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def environment(self) -> dict[str, str]:
        return {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


def tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def try_commands(program: Program, work: Path) -> Path:
    """Returns the folder with the sample pictures that the program has drawn."""
    program.run("--version")
    if "All is well." not in program.run("doctor"):
        raise Disappointed("doctor finds something wrong")
    tell("doctor: all is well")
    program.run("demo", "--to", str(work / "demo"))
    pictures = work / "demo" / "pictures"
    tell(f"demo: {sum(1 for _ in pictures.iterdir())} pictures drawn and sorted")
    return pictures


def sorted_in(folder: Path) -> set[frozenset[str]]:
    """The clusters that lie in an export, by the table that comes with it."""
    rows: list[dict[str, Any]] = json.loads((folder / "clusters.json").read_bytes())["images"]
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row["cluster"]].add(Path(row["source"]).name)
    return {frozenset(names) for names in found.values()}


def sort_with_sources(pictures: Path, work: Path) -> set[frozenset[str]]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "SHOAL_HOME": str(work / "home of the sources")}
    command = [sys.executable, "-m", "shoal", "sort", str(pictures), "--to", str(work / "by the sources")]
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return sorted_in(work / "by the sources")


def sort_with(program: Program, pictures: Path, target: Path) -> set[frozenset[str]]:
    program.run("sort", str(pictures), "--to", str(target))
    return sorted_in(target)


class Keyboard:
    """Presses keys in the windows of one X server."""

    def __init__(self, display: str) -> None:
        self._environment = {**os.environ, "DISPLAY": display}

    def window(self, title: str) -> str | None:
        """The window whose title matches, if there is one; the topmost of several."""
        found = self._do("search", "--onlyvisible", "--name", title).split()
        return found[-1] if found else None

    def press(self, window: str, *keys: str) -> None:
        self._do("windowfocus", "--sync", window)
        self._do("key", "--delay", "80", *keys)

    def _do(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], check=False, capture_output=True, text=True, env=self._environment)
        return done.stdout


def until(what: str, happens: Callable[[], Any], pause: float = 1.0) -> Any:
    """The first answer of `happens` that is not empty. Raises Disappointed if none comes."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        answer = happens()
        if answer:
            return answer
        time.sleep(pause)
    raise Disappointed(f"no {what}")


def export_from_the_window(program: Program, pictures: Path, memory: "Memory") -> set[frozenset[str]]:
    """Open the window on the pictures, wait for the clusters, and export them with the keyboard alone."""
    target = pictures.with_name(f"{pictures.name} sorted")
    with measure_start.screen() as display:
        environment = {**program.environment(), "DISPLAY": display}
        command = [*WITHOUT_NETWORK, str(program.folder / "shoal"), str(pictures)]
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as running, memory.watched(running):
            press_the_keys(Keyboard(display), target / "clusters.json")
            time.sleep(2)
            running.terminate()
    return sorted_in(target)


def press_the_keys(keyboard: Keyboard, last_file: Path) -> None:
    window = until("window", lambda: keyboard.window("Shoal$"))
    tell("window: open")

    def dialog() -> str | None:
        """Nothing happens until there are clusters to export."""
        keyboard.press(window, "ctrl+e")
        time.sleep(2)
        return keyboard.window("^Export$")

    def written() -> bool:
        """Return exports as soon as the plan stands."""
        found = keyboard.window("^Export$")
        if found and not last_file.is_file():
            keyboard.press(found, "Return")
        return last_file.is_file()

    until("export dialog", dialog, pause=3)
    tell("window: clusters are there")
    until("export", written, pause=3)
    tell("window: exported")


class Memory:
    """The most that a program and all processes it started had at one time, in bytes: what each has alone, and its
    share of what several have together."""

    def __init__(self) -> None:
        self.most = 0

    @contextmanager
    def watched(self, process: subprocess.Popen[bytes]) -> Iterator[None]:
        over = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(process.pid, over))
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()

    def _watch(self, process: int, over: threading.Event) -> None:
        while not over.wait(0.5):
            self.most = max(self.most, sum(map(_proportional_bytes, _family(process))))


def _family(process: int) -> list[int]:
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except OSError:  # it has just ended
            continue
    family = [process]
    for member in family:
        family.extend(child for child, parent in parents.items() if parent == member)
    return family


def _proportional_bytes(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def same(left: set[frozenset[str]], right: set[frozenset[str]], whose: str) -> None:
    if left != right:
        raise Disappointed(f"{whose} clusters differ from those of the source tree: {len(left)} and {len(right)}")
    tell(f"{whose} clusters are those of the source tree: {len(left)}")


def try_everything(folder: Path, pictures: Path | None, work: Path) -> Mapping[str, float]:
    program, memory = Program(folder, work / "home"), Memory()
    samples = try_commands(program, work)
    pictures = pictures or samples
    expected = sort_with_sources(pictures, work)
    same(sort_with(program, pictures, work / "sorted"), expected, "the command's")
    near = work / "pictures of the window"
    shutil.copytree(pictures, near)
    same(export_from_the_window(program, near, memory), expected, "the window's")
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    start = measure_start.report(measure_start.measure([str(folder / "shoal")], runs=5))
    size = sum(path.stat().st_size for path in files)
    return {"bytes": size, "files": len(files), "most_memory": memory.most, **start}


def main(words: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, help="the folder that the program lies in")
    options.add_argument("--pictures", type=Path, help="instead of the sample pictures that the program draws")
    chosen = options.parse_args(words)
    with tempfile.TemporaryDirectory() as work:
        try:
            figures = try_everything(chosen.folder.absolute(), chosen.pictures, Path(work))
        except Disappointed as problem:
            tell(str(problem))
            return 1
    sys.stdout.write(f"{figures['bytes'] / 1e6:.0f} MB in {figures['files']} files, ")
    sys.stdout.write(f"at most {figures['most_memory'] / 1e6:.0f} MB of memory\n{json.dumps(figures)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
