"""How long one question "what is like this?" takes among very many pictures: exact, one list over all, with its line.

Vectors of 512 numbers, as the usual model has, drawn at random in heaps. Prints the median of seven questions, by the
clock and in processor time, which holds on a busy machine too, and checks that the first hundred are those that a plain
product of all gives.
"""

import argparse
import statistics
import sys
import time

import numpy as np

from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.looking.likeness import rank_alike

DIMENSION, HEAPS, QUESTIONS = 512, 200, 7
TARGETS = {100_000: 50, 1_000_000: 200}
"""Pictures, and milliseconds."""


def drawn(count: int) -> EmbeddingMatrix:
    random = np.random.default_rng(0)
    middles = random.standard_normal((HEAPS, DIMENSION), np.float32)
    vectors = np.empty((count, DIMENSION), np.float32)
    for start in range(0, count, 50_000):
        some = vectors[start : start + 50_000]
        some[:] = random.standard_normal(some.shape, np.float32)
        some += middles[random.integers(HEAPS, size=len(some))]
        some /= np.linalg.norm(some, axis=1, keepdims=True)
    return EmbeddingMatrix(Rows(np.arange(count), StageKey("bench")), vectors)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=list(TARGETS))
    slow = False
    for count in parser.parse_args().counts:
        seen = drawn(count)
        nothing, times, spent = seen.vectors[:0], list[float](), list[float]()
        for question in range(QUESTIONS):
            like = seen.vectors[[question]]
            began, at_work = time.perf_counter(), time.process_time()
            found = rank_alike(seen, like, nothing)
            times.append(1000 * (time.perf_counter() - began))
            spent.append(1000 * (time.process_time() - at_work))
            scores = seen.vectors @ like[0]
            assert np.array_equal(np.sort(scores)[::-1][:100], np.sort(scores[found.images[:100]])[::-1])
        middle, target = statistics.median(times), TARGETS.get(count, 0)
        print(
            f"{count:9,} pictures: {middle:6.1f} ms a question, the slowest {max(times):.1f} (at most {target});"
            f" {statistics.median(spent):.1f} ms of processor time"
        )
        slow |= middle > target > 0
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
