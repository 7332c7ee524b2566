"""How much `shoal --help` and `import shoal` add to a bare start of Python.

    python tests/benchmarks/bench_startup.py [RUNS]

Prints the median and minimum of each, as a table and as one JSON object. The three take turns, so that a busy
machine slows all of them alike.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

COMMANDS: Mapping[str, Sequence[str]] = {
    "bare": ["-c", "pass"],
    "import": ["-c", "import shoal"],
    "help": ["-m", "shoal", "--help"],
    "models": ["-m", "shoal", "models"],
}


def seconds(words: Sequence[str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def measure(runs: int) -> dict[str, dict[str, float]]:
    for words in COMMANDS.values():
        seconds(words)  # compiles to bytecode
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _run in range(runs):
        for name, words in COMMANDS.items():
            taken[name].append(seconds(words))
    return {name: {"median": statistics.median(times), "minimum": min(times)} for name, times in taken.items()}


def main() -> None:
    result = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
    bare = result["bare"]
    print(f"{'':8} {'median':>8} {'minimum':>8} {'over bare':>10}")
    for name, row in result.items():
        row["over_bare"] = row["median"] - bare["median"]
        print(f"{name:8} {row['median']:8.3f} {row['minimum']:8.3f} {row['over_bare']:10.3f}")
    print(json.dumps({"seconds": result}))


if __name__ == "__main__":
    main()
