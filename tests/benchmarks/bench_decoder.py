"""What it costs to decode in another process: `python tests/benchmarks/bench_decoder.py [--repeats 12]`.

For each format whose libraries are not trusted with the program's own process: a picture of 3 megapixels (RAW: a
small one) is decoded here, and over there by way of a pipe. Milliseconds of processor time per picture, of both
processes together; the last columns are wall time. A process is started once: what that takes is the last line.
"""

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

from tests.support.measured_calls import processor_seconds
from tests.support.picture_files import digital_negative, rendered, saved

from shoal.domain.input_geometry import InputGeometry
from shoal.domain.task import Task
from shoal.imaging.decoding import decode_image
from shoal.imaging.limits import DecodeLimits
from shoal.looking.picture_decoder import MOST_SECONDS, PictureDecoder
from shoal.processes.helper_pool import HelperPool

SIZE = (2000, 1500)
GEOMETRY, LIMITS = InputGeometry(224, 256), DecodeLimits()


def pictures() -> dict[str, tuple[bytes, str]]:
    image = rendered(*SIZE)
    made = {format: (saved(image, format), "") for format in ("WEBP", "TIFF", "AVIF", "HEIF")}
    return {**made, "RAW": (digital_negative(), ".dng")}


def measured(decode: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Milliseconds of this process's processor time, and of wall time, per call; after one to warm up."""
    decode()
    processor, wall = time.process_time(), time.perf_counter()
    for _ in range(repeats):
        decode()
    return (time.process_time() - processor) * 1000 / repeats, (time.perf_counter() - wall) * 1000 / repeats


def compare(data: bytes, suffix: str, repeats: int) -> dict[str, float]:
    here, wall_here = measured(lambda: decode_image(data, suffix, GEOMETRY, LIMITS), repeats)
    before = children_seconds()
    with PictureDecoder(1) as decoder:
        caller, wall_there = measured(lambda: decoder.image(data, suffix, GEOMETRY, LIMITS, Task()), repeats)
    # The process's start and its first picture are in its seconds; a run of nothing but these is taken off.
    there = children_seconds() - before
    before = children_seconds()
    with PictureDecoder(1) as decoder:
        decoder.image(data, suffix, GEOMETRY, LIMITS, Task())
    child = (there - (children_seconds() - before)) * 1000 / repeats
    return {
        "here_ms": round(here, 1),
        "there_ms": round(caller + child, 1),
        "ratio": round((caller + child) / here, 3),
        "wall_here_ms": round(wall_here, 1),
        "wall_there_ms": round(wall_there, 1),
    }


def children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def start_up_seconds() -> float:
    with HelperPool("decoder", 1, MOST_SECONDS) as pool:
        return pool.call(processor_seconds, task=Task())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=int, default=12)
    repeats = parser.parse_args().repeats
    rows = {format: compare(data, suffix, repeats) for format, (data, suffix) in pictures().items()}
    columns = list(next(iter(rows.values())))
    print("format  " + "".join(f"{column:>15}" for column in columns))
    for format, row in rows.items():
        print(f"{format:8}" + "".join(f"{row[column]:15}" for column in columns))
    started = round(start_up_seconds(), 2)
    print(f"starting a process: {started} s of processor time")
    print(json.dumps({"cores": os.cpu_count(), "start_seconds": started, **rows}))


if __name__ == "__main__":
    main()
