"""For bench_decode.py --against: unpacks files with the program below SRC, and says how long each took.

    python tests/benchmarks/decode_here.py SRC

Reads lines of JSON, [path, how often], and answers each with a line of JSON: [[seconds by the clock, processor
seconds], ...]. Written so that trees of long ago can be compared, too.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

GEOMETRY_HOMES = ("shoal.domain.input_geometry", "shoal.domain.geometry")
"""Where it lives, and where it lived before it had a file of its own."""


def geometry() -> Any:
    for home in GEOMETRY_HOMES:
        try:
            return import_module(home).InputGeometry(224, 256, "crop")
        except (ImportError, AttributeError):
            continue
    raise SystemExit("this tree is too old to compare with")


def timed(work: Callable[[], object]) -> list[float]:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return [time.perf_counter() - clock, time.process_time() - processor]


def main() -> None:
    sys.path.insert(0, sys.argv[1])
    asked = geometry()
    decode = import_module("shoal.imaging.decoding").decode_image
    for line in sys.stdin:
        name, times = json.loads(line)
        path = Path(name)
        data = path.read_bytes()
        print(json.dumps([timed(lambda: decode(data, path.suffix, asked)) for _ in range(times)]), flush=True)  # noqa: B023


if __name__ == "__main__":
    main()
