"""k-means on the directions in which the images differ most."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.silhouette import mean_silhouette, silhouette_of_rows
from shoal.analysis.threads import one_thread
from shoal.analysis.vector_space import distinct_rows, evened_directions, principal_components
from shoal.domain.extension_points import AlgorithmSpec, ClusterRequest
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph
from shoal.domain.sentence import Sentence, verbatim
from shoal.domain.task import Task

_STARTS = 4
_SWEEP_STEPS = 16
_SWEEP_LIMIT = 256


def kmeans(
    points: NDArray[np.float32],
    count: int,
    task: Task,
    starts: int = _STARTS,
    seed: int = 0,
    weights: NDArray[np.int64] | None = None,
) -> NDArray[np.int32]:
    """Return labels 0..count-1 from the best of `starts` runs (k-means++, Lloyd); a row each if `count` is larger.

    `points` hold no equal rows; `weights` say how many images each stands for. Can be cancelled between runs.
    Call it with `one_thread` around: its many short parallel regions gain nothing from more.
    """
    if count >= len(points):
        return np.arange(len(points), dtype=np.int32)
    from sklearn.cluster import KMeans

    best_labels, best_inertia = np.zeros(len(points), np.int32), np.inf
    for start in task.track(range(starts if count > 1 else 0), Sentence("Grouping")):
        model = KMeans(count, n_init=1, random_state=seed * 1000 + start).fit(points, sample_weight=weights)
        if model.inertia_ < best_inertia:
            best_labels, best_inertia = model.labels_.astype(np.int32), float(model.inertia_)
    return best_labels


def kmeans_clusters(
    embeddings: EmbeddingMatrix, graph: NeighbourGraph, request: ClusterRequest, task: Task
) -> NDArray[np.int32]:
    """`request.clusters` clusters, or as many as score the best silhouette; equal pictures stay together."""
    task.check()
    if len(embeddings.vectors) == 0:
        return np.empty(0, np.int32)
    distinct = distinct_rows(embeddings.vectors)
    with one_thread():
        points = principal_components(embeddings.vectors[distinct.first], seed=request.seed)
        count = request.clusters or finer(best_count(points, distinct.counts, request.seed, task), request.granularity)
        labels = kmeans(points, count, task, seed=request.seed, weights=distinct.counts)
    return labels[distinct.inverse]


def finer(count: int, granularity: float) -> int:
    """A quarter of `count` at granularity 0, four times `count` at 1, and `count` itself at 0.5."""
    return max(1, round(count * 16 ** (granularity - 0.5)))


def best_count(points: NDArray[np.float32], weights: NDArray[np.int64], seed: int, task: Task) -> int:
    """The number of clusters whose k-means has the best silhouette; 1 for a handful of rows.

    Tries numbers evenly spaced in ratio, then those between the best and its two neighbours.
    """
    judged_in = evened_directions(points)
    scores = {1: 0.0}
    counts = counts_to_try(len(points))
    for step in task.track(range(2 if counts else 0), Sentence("Choosing the number of clusters")):
        for count in _not_yet_tried(scores, counts) if step else counts:
            task.check()
            labels = kmeans(points, count, Task(), starts=1, seed=seed, weights=weights)
            scores[count] = mean_silhouette(silhouette_of_rows(judged_in, labels, Task()), labels)
    return max(scores, key=lambda count: scores[count])


def counts_to_try(rows: int) -> list[int]:
    """From 2 to four times the square root of the rows, but three rows to a cluster at least; ascending."""
    most = min(_SWEEP_LIMIT, rows // 3, round(4 * rows**0.5))
    return sorted({round(count) for count in np.geomspace(2, most, _SWEEP_STEPS)}) if most >= 2 else []


def _not_yet_tried(scores: dict[int, float], counts: list[int]) -> list[int]:
    """At most eight numbers around the best so far."""
    place = int(np.argmax([scores[count] for count in counts]))
    below, above = counts[max(place - 1, 0)], counts[min(place + 1, len(counts) - 1)]
    between = {round(count) for count in np.linspace(below, above, 10)[1:-1]}
    return sorted(between - scores.keys())


def kmeans_to_the_letter(
    points: NDArray[np.float32], clusters: int | None, parameters: Mapping[str, float], _task: Task
) -> NDArray[np.int32]:
    """scikit-learn's KMeans; random_state 42 unless another is said, all else as there."""
    from sklearn.cluster import KMeans

    with one_thread():
        model = KMeans(clusters, **{"random_state": 42, **parameters}).fit(points)
    return np.asarray(model.labels_, np.int32)


SPEC = AlgorithmSpec(
    name="kmeans",
    label=verbatim("k-means"),
    summary=Sentence("Round clusters of similar breadth; you may say how many. Every image gets a cluster."),
    run=kmeans_clusters,
    on_points=kmeans_to_the_letter,
    parameters=("n_init", "random_state", "max_iter", "tol"),
    counts=True,
)
