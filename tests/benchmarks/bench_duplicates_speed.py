"""How long duplicates of 100,000 pictures take, of one core, once their vectors are there.

    python tests/benchmarks/bench_duplicates_speed.py --work DIR [--pictures 100000]

DIR is that of `bench_duplicates.py`, whose pictures are used several times over, each time seen a little differently:
other vectors, other fields and waves, the same thumbnails. Everything is counted that the program does: neighbours by
vector, what pictures look like from their thumbnails, neighbours by hash, signs, and laying on each other. Processor
time of this process and of those that unpack pictures.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.copy_candidates import candidates
from shoal.analysis.copy_rule import shipped_rule
from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.command_line.asked import workplace
from shoal.domain.copies import ManyLooks
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.images import ImageRecord
from shoal.domain.task import HereCaller, Task
from shoal.imaging.small_looks import small_looks
from shoal.looking.copies import Compared, Eyes, Greys, gather_looks, signs_of
from shoal.looking.options import NEIGHBOURS
from shoal.projects.workplace import Workplace
from shoal_training.copies import CopiedSet, seen

MINUTES, LOOKED_AT = 12, 2000
Result = TypeVar("Result")


def core_seconds() -> float:
    """Of this process and of its children that still run."""
    spent, ticks = time.process_time(), os.sysconf("SC_CLK_TCK")
    for children in Path("/proc/self/task").glob("*/children"):
        for child in children.read_text().split():
            fields = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()
            spent += (int(fields[11]) + int(fields[12])) / ticks
    return spent


class Clock:
    def __init__(self) -> None:
        self.total = 0.0

    def time(self, name: str, do: Callable[[], Result], times: float = 1.0) -> Result:
        """`times`: how often it would have to be done."""
        began = core_seconds()
        result = do()
        spent = (core_seconds() - began) * times
        self.total += spent
        print(f"{name:34} {spent:7.1f} s", flush=True)
        return result


def shaken(vectors: NDArray[np.float32], rows: NDArray[np.int64], random: np.random.Generator) -> NDArray[np.float32]:
    """Unit rows, each near the one that it was made of and to none of those that were made of the same one."""
    noise = random.standard_normal((len(rows), vectors.shape[1]), np.float32)
    made = vectors[rows] + noise * np.float32(0.6 / np.sqrt(vectors.shape[1]))
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    result: NDArray[np.float32] = made
    return result


def seen_differently(looks: ManyLooks, rows: NDArray[np.int64], random: np.random.Generator) -> ManyLooks:
    waves = looks.waves[rows]
    waves *= random.normal(1, 0.5, waves.shape).astype(np.float32)
    fields = looks.fields[rows].astype(np.int16) + random.integers(
        -30, 31, (len(rows), *looks.fields.shape[1:]), np.int16
    )
    return ManyLooks(fields.clip(0, 255).astype(np.uint8), waves)


def run(pictures: CopiedSet, place: Workplace, count: int) -> float:
    """Seconds of one core."""
    random, clock, rule = np.random.default_rng(5), Clock(), shipped_rule()
    rows = np.resize(np.arange(len(pictures.records)), count)
    records: Sequence[ImageRecord] = [pictures.records[row] for row in rows.tolist()]
    looks = gather_looks(pictures.records, place.tools.caches.features, place.pictures.small, Task())
    embeddings = EmbeddingMatrix(Rows(np.arange(count), StageKey("bench")), shaken(pictures.vectors, rows, random))
    looks = seen_differently(looks, rows, random)
    some = pictures.records[:LOOKED_AT]
    graph = clock.time("neighbours by vector", lambda: neighbour_graph(embeddings, NEIGHBOURS, Task()))
    clock.time(
        "what pictures look like", lambda: [small_looks(place.pictures.small(one)) for one in some], count / len(some)
    )
    pairs = clock.time("candidates", lambda: candidates(graph, looks, Task()))
    eyes = Eyes(Greys(records, place.pictures.small), rule, HereCaller())
    signs = clock.time("signs", lambda: signs_of(pairs, embeddings.vectors, looks, eyes, Task()))
    compared = Compared(
        embeddings.rows, pairs, signs, lambda few: signs_of(few, embeddings.vectors, looks, eyes, Task())
    )
    groups = clock.time("groups", lambda: compared.groups(rule, 0.5))
    laid = np.isfinite(signs[:, 4]).mean()
    print(f"{len(pairs):,} pairs, {laid:.1%} laid on each other, {len(groups):,} groups")
    return clock.total


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="the folder of bench_duplicates.py")
    parser.add_argument("--pictures", type=int, default=100_000)
    asked = parser.parse_args()
    with workplace() as place:
        spent = run(seen(asked.work / "pictures", place), place, asked.pictures)
    minutes = spent / 60 * 100_000 / asked.pictures
    print(f"{spent:.0f} s of one core: {minutes:.1f} minutes for 100,000 pictures (at most {MINUTES})")
    return int(minutes > MINUTES)


if __name__ == "__main__":
    sys.exit(main())
