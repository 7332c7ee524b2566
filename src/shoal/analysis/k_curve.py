"""How good each number of clusters is: by the silhouette, and by whether halves of the pictures agree."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.euclidean_silhouette import silhouettes
from shoal.domain.k_curve import KCurve
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task

CHOOSING = Sentence("Choosing the number of clusters")
MOST_JUDGED = 5_000
"""Points of which the silhouette is taken, and of which parts are clustered."""
_PAIRS, _SHARE, _SIZES = 4, 0.8, 12

Run = Callable[[NDArray[np.float32], int | None, Task], NDArray[np.int32]]


def best_count(points: NDArray[np.float32], run: Run, counts: tuple[int, int], task: Task) -> int:
    return k_curve(points, run, counts, task).best


def k_curve(
    points: NDArray[np.float32], run: Run, counts: tuple[int, int], task: Task, *, stability: bool = False
) -> KCurve:
    """Cluster all points into each number of clusters from `counts[0]` to `counts[1]`, both included.

    Stability (Ben-Hur, Elisseeff, Guyon 2002): the mean adjusted Rand index of pairs of clusterings, each of four
    fifths of the points, on the points that both have.
    """
    tried = [count for count in range(counts[0], counts[1] + 1) if count < len(points)]
    judged, random = _drawn(len(points), MOST_JUDGED), np.random.default_rng(0)
    scores, stable = [], []
    for count in task.track(tried, CHOOSING):
        labels = run(points, count, Task(lambda _progress: task.check()))
        scores.append(_mean(silhouettes(points[judged], labels[judged], Task()), labels[judged]))
        if stability:
            stable.append(_stability(points[judged], run, count, random, task))
    return KCurve(tuple(tried), tuple(scores), tuple(stable))


def size_curve(points: NDArray[np.float32], run: Callable[[int], NDArray[np.int32]], task: Task) -> KCurve:
    """For sizes from 2 to a quarter of the points, evenly in ratios, what comes of each: where HDBSCAN has its cliff.

    `run` clusters all points with the least size that it is given.
    """
    most = max(len(points) // 4, 2)
    sizes = sorted({round(size) for size in np.geomspace(2, most, _SIZES)}) if len(points) >= 4 else []
    judged = _drawn(len(points), MOST_JUDGED)
    scores, shares, counts = [], [], []
    for size in task.track(sizes, CHOOSING):
        labels = run(size)
        scores.append(_mean(silhouettes(points[judged], labels[judged], Task()), labels[judged]))
        shares.append(float((labels >= 0).mean()))
        counts.append(int(labels.max(initial=-1)) + 1)
    return KCurve(tuple(sizes), tuple(scores), tuple(shares), tuple(counts))


def _drawn(rows: int, most: int) -> NDArray[np.int64]:
    return np.arange(rows) if rows <= most else np.sort(np.random.default_rng(0).choice(rows, most, replace=False))


def _mean(values: NDArray[np.float32], labels: NDArray[np.int32]) -> float:
    inside = values[labels >= 0]
    return float(inside.mean(dtype=np.float64)) if len(inside) else 0.0


def _stability(points: NDArray[np.float32], run: Run, count: int, random: np.random.Generator, task: Task) -> float:
    from sklearn.metrics import adjusted_rand_score

    part = max(round(_SHARE * len(points)), min(count + 1, len(points)))
    agreements = []
    for _pair in range(_PAIRS):
        task.check()
        first, second = (np.sort(random.choice(len(points), part, replace=False)) for _ in range(2))
        both = np.intersect1d(first, second)
        labels = [run(points[some], count, Task())[np.searchsorted(some, both)] for some in (first, second)]
        agreements.append(adjusted_rand_score(*labels))
    return float(np.mean(agreements))
