"""How odd each picture is among all, whatever the clusters; two signs.

*Isolation*: a forest of trees cuts samples of the pictures at random, direction and place, until each stands alone;
what stands alone after few cuts is odd (Liu, Ting, Zhou: "Isolation forest", 2008). Cuts along the axes of a network's
numbers say little, for there are hundreds and each tells next to nothing: so the trees cut along the directions in
which the pictures differ most, and along what is left beyond them.

*Oddness*: how far a picture is from its nearest neighbours, in spreads of the whole folder. It finds planted strangers
better (`tests/benchmarks/bench_outliers.py`), and lists go by it.
"""

import numpy as np
from numpy.typing import NDArray

from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph, Outliers, StageKey, stage_key
from shoal.domain.task import Task

TREES = 200
DIRECTIONS = 96
FEWEST = 12
"""Of fewer pictures nobody can say what is usual."""
ODD = 3.0
"""From this oddness on a picture counts as odd."""
_SAMPLE = 256  # of the pictures, for each tree, as in the paper
_SCORED_AT_ONCE = 4096  # a cancellation is heard between two
_MEASURED_AT_ONCE = 32_768  # rows: the whole is not copied
_SPREAD_OF_NORMAL = 1.4826  # standard deviations in the median distance from the median, of a normal distribution


def outliers_key(graph: StageKey) -> StageKey:
    return stage_key("outliers", graph, trees=TREES, directions=DIRECTIONS)


def find_outliers(embeddings: EmbeddingMatrix, graph: NeighbourGraph, task: Task) -> Outliers:
    """Deterministic. Not a number where there are too few pictures to tell. Raises `Cancelled`."""
    vectors, key = embeddings.vectors, outliers_key(graph.key)
    if len(vectors) < FEWEST:
        unknown = np.full(len(vectors), np.nan, np.float32)
        return Outliers(key, embeddings.rows, unknown, unknown)
    return Outliers(key, embeddings.rows, isolation(main_directions(vectors), task), oddness(graph))


def isolation(points: NDArray[np.float32], task: Task) -> NDArray[np.float32]:
    """The anomaly score of the paper for each row: 0.5 for the usual, towards 1 the odder. Raises `Cancelled`."""
    from sklearn.ensemble import IsolationForest

    forest = IsolationForest(n_estimators=TREES, max_samples=min(_SAMPLE, len(points)), random_state=0)
    forest.fit(points)
    scores = np.empty(len(points), np.float32)
    for start in range(0, len(points), _SCORED_AT_ONCE):
        task.check()
        scores[start : start + _SCORED_AT_ONCE] = -forest.score_samples(points[start : start + _SCORED_AT_ONCE])
    return scores


def main_directions(vectors: NDArray[np.float32], most: int = DIRECTIONS) -> NDArray[np.float32]:
    """Rows in the coordinates of the directions in which they differ most; last, the square of what is beyond them."""
    mean = vectors.mean(axis=0)
    products = np.zeros((vectors.shape[1], vectors.shape[1]))
    for start in range(0, len(vectors), _MEASURED_AT_ONCE):
        centred = vectors[start : start + _MEASURED_AT_ONCE] - mean
        products += centred.T @ centred
    widths, axes = np.linalg.eigh(products)
    widest = axes[:, np.argsort(-widths, kind="stable")[: min(most, len(vectors) - 1)]].astype(np.float32)
    points = np.empty((len(vectors), widest.shape[1] + 1), np.float32)
    for start in range(0, len(vectors), _MEASURED_AT_ONCE):
        centred = vectors[start : start + _MEASURED_AT_ONCE] - mean
        along = centred @ widest
        part = points[start : start + _MEASURED_AT_ONCE]
        part[:, :-1] = along
        part[:, -1] = np.einsum("ij,ij->i", centred, centred) - np.einsum("ij,ij->i", along, along)
    return points


def oddness(graph: NeighbourGraph) -> NDArray[np.float32]:
    """Mean cosine distance to the neighbours, as its distance from the median in standard deviations; robustly."""
    has_neighbour = graph.indices >= 0
    sums = np.where(has_neighbour, graph.distances, 0).sum(axis=1, dtype=np.float64)
    lonely = sums / np.maximum(has_neighbour.sum(axis=1), 1)
    middle = np.median(lonely)
    spread = _SPREAD_OF_NORMAL * np.median(np.abs(lonely - middle))
    odd: NDArray[np.float32] = ((lonely - middle) / max(float(spread), 1e-6)).astype(np.float32)
    return odd
