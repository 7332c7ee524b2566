"""How much `shoal --help` and `import shoal` add to a bare start of Python, and when the window has been painted.

    python tests/benchmarks/bench_startup.py [RUNS] [--base FOLDER]

Prints the median of each, as a table and as one JSON object. They take turns, so that a busy
machine slows all of them alike. The window: from the start of the process to the end of its first painting, the
median of RUNS after one to warm up, in a home of its own and without a screen; `--base`, a checkout of the program as
it was, takes turns with it. All with compiled modules, as an installed program has them.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

COMMANDS: Mapping[str, Sequence[str]] = {
    "bare": ["-c", "pass"],
    "import": ["-c", "import shoal"],
    "help": ["-m", "shoal", "--help"],
    "models": ["-m", "shoal", "models"],
}

HERE = Path(__file__).parents[2]
WINDOW_TARGET_SECONDS = 1.0


@dataclass(frozen=True)
class Cost:
    """Of one start, in seconds: on the clock, and of processor time, which a busy machine disturbs less."""

    wall: float
    processor: float


def cost(words: Sequence[str], environment: Mapping[str, str]) -> Cost:
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL, env=environment)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, words
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime)


def measure(runs: int, environment: Mapping[str, str]) -> dict[str, Cost]:
    """The median of each."""
    for words in COMMANDS.values():
        cost(words, environment)  # compiles to bytecode
    costs: dict[str, list[Cost]] = {name: [] for name in COMMANDS}
    for _run in range(runs):
        for name, words in COMMANDS.items():
            costs[name].append(cost(words, environment))
    return {name: _median(of) for name, of in costs.items()}


def window_cost(tree: Path, home: Path, environment: Mapping[str, str]) -> Cost:
    """Until the window had been painted."""
    environment = {**environment, "SHOAL_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, str(Path(__file__).with_name("first_paint.py")), str(tree / "src")]
    began = time.time()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    painted, processor = map(float, done.stdout.split())
    return Cost(painted - began, processor)


def measure_windows(
    trees: Mapping[str, Path], folder: Path, runs: int, environment: Mapping[str, str]
) -> dict[str, Cost]:
    costs: dict[str, list[Cost]] = {name: [] for name in trees}
    for _run in range(runs + 1):
        for name, tree in trees.items():
            costs[name].append(window_cost(tree, folder / name, environment))
    return {name: _median(of[1:]) for name, of in costs.items()}


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(statistics.median(cost.wall for cost in costs), statistics.median(cost.processor for cost in costs))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("runs", type=int, nargs="?", default=15)
    parser.add_argument("--base", type=Path)
    said = parser.parse_args()
    trees = {"window": HERE} if said.base is None else {"window": HERE, "base": said.base.absolute()}
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        result = measure(said.runs, environment)
        windows = measure_windows(trees, Path(folder), said.runs, environment)
    bare = result["bare"]
    print(f"{'':8} {'wall':>8} {'over bare':>10} {'processor':>10} {'over bare':>10}")
    rows = {}
    for name, cost_ in result.items():
        over = {"wall_over_bare": cost_.wall - bare.wall, "processor_over_bare": cost_.processor - bare.processor}
        rows[name] = {**asdict(cost_), **over}
        print(
            f"{name:8} {cost_.wall:8.3f} {over['wall_over_bare']:10.3f}"
            f" {cost_.processor:10.3f} {over['processor_over_bare']:10.3f}"
        )
    for name, window in windows.items():
        print(f"{name:8} {window.wall:8.3f} {'':10} {window.processor:10.3f}   target < {WINDOW_TARGET_SECONDS} s")
    print(json.dumps({"seconds": {**rows, **{name: asdict(one) for name, one in windows.items()}}}))


if __name__ == "__main__":
    main()
