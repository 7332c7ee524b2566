"""New pictures find their place while nothing else moves: a position on the map, and a cluster or Unsorted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.nearest_neighbours import FARTHEST, MISSING, nearest_to
from shoal.domain.geometry import EmbeddingMatrix, MapLayout
from shoal.domain.rows import rows_by_label
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task

_SAME_PICTURE = 1e-6  # cosine distance, about what float32 leaves of zero
_SHARPNESS = 8  # weights fall with this power of the distance; of 1, 2, 4 and 8 it kept the most true neighbours
# Standard deviations below the average member. With MobileNetV2 on three folders of real pictures 97% or more of new
# members joined, and 13% to 48% of pictures of a kind not seen before stayed out; with 3.0 it was 4% to 30%.
_TOLERANCE = 2.5
_LEAST_DEVIATION = 0.005  # so that a cluster of copies still takes another copy
_BORROWED_MEMBERS = 5.0  # a cluster of two knows its spread badly: as many usual members are lent to it
_CHUNK = 4096  # rows whose similarities to all others are held at once
_COMPARISONS_AT_ONCE = 10_000_000  # with centres: 80 MB
_MESSAGE = Sentence("Finding clusters for new pictures")


@dataclass(frozen=True, slots=True, eq=False)
class NearestClusters:
    """Row i is about new picture i; clusters are named by their labels.

    `labels` m int32: the cluster it joins, -1 for Unsorted. `nearest` and `runner_up` m int32: the clusters whose
    centres are nearest by cosine whether it joins or not, -1 where there is none. `similarity` m float32: cosine to
    the nearest centre, -1 without one; `margin` m float32: how much less similar the runner-up is, to -1 without one.
    """

    labels: NDArray[np.int32]
    nearest: NDArray[np.int32]
    runner_up: NDArray[np.int32]
    similarity: NDArray[np.float32]
    margin: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class _Centres:
    """`labels` ascending; `directions` k x dimension, unit rows; `threshold` k: the least similarity that joins."""

    labels: NDArray[np.int32]
    directions: NDArray[np.float32]
    threshold: NDArray[np.float64]


def place_on_map(
    layout: MapLayout, embeddings: EmbeddingMatrix, new_embeddings: EmbeddingMatrix, k: int, task: Task
) -> NDArray[np.float32]:
    """Positions m x d for new pictures: the mean of their `k` nearest neighbours' positions, the nearest count most.

    A copy of a picture lands on that picture. On an empty map everything lands in the middle. Raises ValueError if
    `layout` and `embeddings` are not about the same images.
    """
    embeddings.rows.require(layout.rows, "a map")
    rows, distances = nearest_to(embeddings, new_embeddings.vectors, k, task)
    is_known = rows != MISSING
    if not is_known.any():
        return np.zeros((len(rows), layout.positions.shape[1]), np.float32)
    distances = np.maximum(distances, _SAME_PICTURE, dtype=np.float64)
    weights = np.where(is_known, (distances[:, :1] / distances) ** _SHARPNESS, 0.0)
    weights /= weights.sum(axis=1, keepdims=True)
    return np.asarray(np.einsum("mk,mkd->md", weights, layout.positions[rows]), np.float32)


def nearest_clusters(
    embeddings: EmbeddingMatrix, labels: NDArray[np.int32], vectors: NDArray[np.float32], task: Task
) -> NearestClusters:
    """Which cluster each of `vectors` (m x dimension, unit rows) belongs to; `labels` are those of `embeddings`' rows.

    A picture joins the cluster whose centre is nearest by cosine, unless it is less similar to that centre than the
    cluster's members are on average, by more than two and a half standard deviations; then it goes to Unsorted (-1).
    Members are compared with the centre of the *other* members, and every cluster is judged as if five members of an
    average one were among its own, because two or three say little about how much they vary. Where no cluster has
    two members, nothing is known about that, and everything goes to Unsorted.
    """
    centres = _centres_of(embeddings.vectors, labels, task)
    at_once = max(1, min(_CHUNK, _COMPARISONS_AT_ONCE // (len(centres.labels) + 1)))
    parts = [vectors[start : start + at_once] for start in range(0, len(vectors), at_once)] or [vectors]
    judged = [_nearest(part, centres) for part in task.track(parts, _MESSAGE)]
    nearest, runner_up, similarity, margin, joins = (np.concatenate(column) for column in zip(*judged, strict=True))
    return NearestClusters(np.where(joins, nearest, -1).astype(np.int32), nearest, runner_up, similarity, margin)


def _centres_of(vectors: NDArray[np.float32], labels: NDArray[np.int32], task: Task) -> _Centres:
    rows_of = {name: rows for name, rows in rows_by_label(labels).items() if name >= 0}
    names = np.array(list(rows_of), np.int32)
    directions = np.zeros((len(names), vectors.shape[1]), np.float32)
    alike = []
    for row, name in enumerate(task.track(names.tolist(), _MESSAGE)):
        members = vectors[rows_of[name]]
        total = members.sum(axis=0, dtype=np.float64)
        directions[row] = total / max(float(np.linalg.norm(total)), 1e-9)
        alike.append(_similarity_to_the_others(members, total))
    return _Centres(names, directions, _thresholds(alike))


def _similarity_to_the_others(members: NDArray[np.float32], total: NDArray[np.float64]) -> NDArray[np.float64]:
    """The cosine of each member to the sum of the other ones; nothing for a single member."""
    if len(members) < 2:
        return np.empty(0)
    along = members.astype(np.float64) @ total
    length_of_others = np.sqrt(np.maximum(total @ total - 2 * along + 1, 1e-12))
    return np.clip((along - 1) / length_of_others, -1.0, 1.0)


def _thresholds(alike: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """`alike`: for each cluster how similar its members are to the others."""
    measured = [values for values in alike if len(values)]
    if not measured:
        return np.full(len(alike), np.inf)
    usual_mean = float(np.concatenate(measured).mean())
    usual_variance = float(np.concatenate([(values - values.mean()) ** 2 for values in measured]).mean())
    sizes = np.array([len(values) for values in alike]) + _BORROWED_MEMBERS
    means = (np.array([values.sum() for values in alike]) + _BORROWED_MEMBERS * usual_mean) / sizes
    squares = np.array([((values - values.mean()) ** 2).sum() if len(values) else 0.0 for values in alike])
    deviations = np.sqrt((squares + _BORROWED_MEMBERS * usual_variance) / sizes)
    return means - _TOLERANCE * np.maximum(deviations, _LEAST_DEVIATION)


def _nearest(vectors: NDArray[np.float32], centres: _Centres) -> tuple[NDArray[np.generic], ...]:
    """Nearest, runner-up, similarity, margin, and whether it is similar enough to join."""
    count = len(vectors)
    similarities = np.full((count, len(centres.labels) + 2), 1 - FARTHEST)  # two more: there may be no two clusters
    similarities[:, :-2] = np.clip(vectors @ centres.directions.T, -1, 1)
    labels = np.append(centres.labels, np.array([-1, -1], np.int32))
    thresholds = np.append(centres.threshold, [np.inf, np.inf])
    rows, first = np.arange(count), similarities.argmax(axis=1)
    best = similarities[rows, first]
    similarities[rows, first] = -np.inf
    next_one = similarities.argmax(axis=1)
    margin = best - similarities[rows, next_one]
    return (
        labels[first],
        labels[next_one],
        best.astype(np.float32),
        margin.astype(np.float32),
        best >= thresholds[first],
    )
