"""A metric from pictures that somebody has sorted: the one that *Hands* learns from corrections, as a thing to keep.

Clusters are made small by linear discriminants shrunk towards the plain distance (`prototypes`), in the folder's widest
directions, evened or not (`learning_space`), or in all of the model's own. Triplet and ArcFace-style losses on the same
vectors gained less, measured by `tests/benchmarks/bench_metric.py`. Whether it helps at all, and in which directions,
is asked of pictures held back.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.learning_space import LearningSpace, learning_space
from shoal.analysis.prototypes import Knowledge, learn_prototypes
from shoal.analysis.vector_space import unit_rows
from shoal.domain.folder_metric import FolderMetric, MetricWorth
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task

LEARNING: Final = Sentence("Learning what counts")
_FOLDS, _NEAREST = 5, 5
_SHRINKAGE: Final = 0.5
"""Of the spread within classes in all of the model's directions, by the size of that spread."""
Floats = NDArray[np.float32]
Labels = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Way:
    """`evened`: in the folder's directions, evened or not; None: in all of the model's own, which stay as they are."""

    evened: bool | None
    discriminating: bool


_WAYS: Final = (_Way(False, True), _Way(True, True), _Way(True, False), _Way(None, True))


def learn_metric(
    embeddings: EmbeddingMatrix, labels: Labels, model: str, look: str, task: Task
) -> tuple[FolderMetric, MetricWorth]:
    """`labels`: the class of each row from 1 on, 0 where nobody has sorted it; two classes of two at least."""
    spaces: dict[bool | None, LearningSpace] = {None: _as_it_is(embeddings)}
    spaces |= {evened: learning_space(embeddings, evened) for evened in (False, True)}
    rows = np.flatnonzero(labels > 0)
    folds = _folds(labels[rows])
    before = _found(embeddings.vectors[rows], labels[rows], folds)
    worths = {}
    for way in task.track(_WAYS, LEARNING):
        worths[way] = _worth(spaces[way.evened], labels, rows, folds, way)
    best = max(worths, key=lambda way: worths[way])
    space = spaces[best.evened]
    made = FolderMetric(model, look, space.mean, space.directions, _matrix(space, labels, best))
    return made, MetricWorth(len(rows), len(np.unique(labels[rows])), before, worths[best])


def _as_it_is(embeddings: EmbeddingMatrix) -> LearningSpace:
    dimension = embeddings.vectors.shape[1]
    mean, directions = np.zeros(dimension, np.float32), np.eye(dimension, dtype=np.float32)
    return LearningSpace(embeddings.rows, embeddings.vectors, mean, directions, evened=False)


def _matrix(space: LearningSpace, labels: Labels, way: _Way) -> Floats:
    pinned = labels > 0
    if way.evened is None:
        return _within(space.points[pinned], labels[pinned])
    known = Knowledge(space, None, labels, pinned, np.empty((0, 2), np.int64))
    return learn_prototypes(known, pinned.astype(np.float32), metric=way.discriminating).metric


def _within(points: Floats, labels: Labels) -> Floats:
    """Directions in which pictures of one class differ count less: the root of the inverse of their shrunk spread."""
    _, classes, counts = np.unique(labels, return_inverse=True, return_counts=True)
    means = np.zeros((len(counts), points.shape[1]))
    np.add.at(means, classes, points)
    apart = points - (means / counts[:, None])[classes]
    spread = (apart.T @ apart).astype(np.float64)
    spread = spread / max(float(np.trace(spread)) / len(spread), 1e-12) + _SHRINKAGE * np.eye(len(spread))
    values, axes = np.linalg.eigh(spread)
    return np.asarray((axes / np.sqrt(values)) @ axes.T, np.float32)


def _worth(
    space: LearningSpace, labels: Labels, rows: NDArray[np.int64], folds: list[NDArray[np.int64]], way: _Way
) -> float:
    """As `_found`, with a metric for each fold that has not seen it."""
    right = 0
    for fold in folds:
        known = labels.copy()
        known[rows[fold]] = 0
        points = unit_rows(space.points[rows] @ _matrix(space, known, way))
        right += _right(points, labels[rows], fold)
    return right / max(len(rows), 1)


def _found(points: Floats, labels: Labels, folds: list[NDArray[np.int64]]) -> float:
    return sum(_right(points, labels, fold) for fold in folds) / max(len(points), 1)


def _right(points: Floats, labels: Labels, fold: NDArray[np.int64]) -> int:
    """How many of a fold have the class that their nearest outside the fold vote for, by likeness."""
    others = np.setdiff1d(np.arange(len(points)), fold)
    alike = points[fold] @ points[others].T
    near = np.argsort(-alike, axis=1, kind="stable")[:, :_NEAREST]
    votes = np.zeros((len(fold), int(labels.max()) + 1))
    weights = np.maximum(np.take_along_axis(alike, near, axis=1), 1e-6)
    np.add.at(votes, (np.arange(len(fold))[:, None], labels[others][near]), weights)
    return int((votes.argmax(axis=1) == labels[fold]).sum())


def _folds(labels: Labels) -> list[NDArray[np.int64]]:
    """Every class over all of them, as far as it goes."""
    place, order = np.empty(len(labels), np.int64), np.random.default_rng(0).permutation(len(labels))
    for one in np.unique(labels):
        members = order[labels[order] == one]
        place[members] = np.arange(len(members)) % _FOLDS
    return [fold for number in range(_FOLDS) if len(fold := np.flatnonzero(place == number))]
