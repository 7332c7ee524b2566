"""How much `shoal --help` and `import shoal` add to a bare start of Python, and when the window has been painted.

    python tests/benchmarks/bench_startup.py [RUNS]

Prints the median of each, as a table and as one JSON object. They take turns, so that a busy
machine slows all of them alike. The window: from the start of the process to the end of its first painting, the
median of five after one to warm up, in a home of its own and without a screen.
"""

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

WINDOW_RUNS = 5
WINDOW_TARGET_SECONDS = 1.0


@dataclass(frozen=True)
class Cost:
    """Of one start, in seconds: on the clock, and of processor time, which a busy machine disturbs less."""

    wall: float
    processor: float


def cost(words: Sequence[str]) -> Cost:
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, words
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime)


def measure(runs: int) -> dict[str, Cost]:
    """The median of each."""
    for words in COMMANDS.values():
        cost(words)  # compiles to bytecode
    costs: dict[str, list[Cost]] = {name: [] for name in COMMANDS}
    for _run in range(runs):
        for name, words in COMMANDS.items():
            costs[name].append(cost(words))
    return {name: _median(of) for name, of in costs.items()}


def window_cost(home: str) -> Cost:
    """Until the window had been painted."""
    environment = {**os.environ, "SHOAL_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, str(Path(__file__).with_name("first_paint.py"))]
    began = time.time()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    painted, processor = map(float, done.stdout.split())
    return Cost(painted - began, processor)


def measure_window() -> Cost:
    with tempfile.TemporaryDirectory() as home:
        return _median([window_cost(home) for _run in range(WINDOW_RUNS + 1)][1:])


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(statistics.median(cost.wall for cost in costs), statistics.median(cost.processor for cost in costs))


def main() -> None:
    result = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
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
    window = measure_window()
    print(f"{'window':8} {window.wall:8.3f} {'':10} {window.processor:10.3f}   target < {WINDOW_TARGET_SECONDS} s")
    print(json.dumps({"seconds": {**rows, "window": asdict(window)}}))


if __name__ == "__main__":
    main()
