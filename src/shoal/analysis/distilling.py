"""A quick network learns from a heavy one on the pictures of a folder (Hinton et al. 2015): only its last step does.

The layers below stay as they are. From their numbers to the vectors of the teacher leads a ridge regression, or kernel
ridge regression (Saunders et al. 1998) with Nyström's landmarks (Williams and Seeger 2001) where there are many
pictures; which, and how smooth, is decided on pictures held back from the learning.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.kmeans_clusters import kmeans_to_the_letter
from shoal.analysis.threads import one_thread
from shoal.analysis.vector_space import unit_rows
from shoal.domain.sentence import Sentence
from shoal.domain.student_head import Likeness, StudentHead
from shoal.domain.task import Task

LEARNING = Sentence("Learning from the heavy model")
MOST_LANDMARKS = 2000
NEAREST, VOTES = 10, 5
_SHARPNESS = (1.0, 2.0, 4.0)
_SMOOTHNESS = (1e-4, 1e-3, 1e-2)
_RIDGES = (1.0, 10.0, 100.0)
_HELD_BACK = 5
"""One in so many is held back for the choice."""
_PER_CLUSTER, _MOST_CLUSTERS = 15, 20

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Way:
    """`sharpness` 0: no kernel."""

    sharpness: float
    smoothness: float


def fit_student(features: Floats, targets: Floats, task: Task) -> StudentHead:
    """`features` n x d of the student, `targets` n x t of the teacher, unit rows; n at least 10."""
    asked = np.arange(len(features)) % _HELD_BACK == _HELD_BACK - 1
    best, way = -1.0, _Way(0.0, _RIDGES[1])
    with one_thread():
        for one in task.track(list(_ways()), LEARNING):
            head = _fitted(features[~asked], targets[~asked], one)
            kept = kept_neighbours(unit_rows(head.of(features[asked])), targets[asked])
            best, way = (kept, one) if kept > best else (best, way)
        return _fitted(features, targets, way)


def likeness(student: Floats, teacher: Floats, task: Task) -> Likeness:
    """Both unit rows, of the same pictures."""
    count = max(2, min(_MOST_CLUSTERS, len(teacher) // _PER_CLUSTER))
    from sklearn.metrics import normalized_mutual_info_score

    with one_thread():
        clusters = [kmeans_to_the_letter(rows, count, {"n_init": 10}, task) for rows in (teacher, student)]
        nmi = float(normalized_mutual_info_score(*clusters))
    near = _nearest(student, VOTES)
    votes = np.zeros((len(student), count))
    np.add.at(votes, (np.arange(len(student))[:, None], clusters[0][near]), 1)
    knn = float((votes.argmax(axis=1) == clusters[0]).mean())
    same = student.shape == teacher.shape
    cosine = float(np.einsum("ij,ij->i", student, teacher).mean()) if same else None
    return Likeness(kept_neighbours(student, teacher), knn, nmi, cosine)


def kept_neighbours(student: Floats, teacher: Floats) -> float:
    """The share of each row's ten nearest (fewer where there are no eleven) that are the same."""
    count = min(NEAREST, len(student) - 1)
    if count < 1:
        return 1.0
    pairs = zip(_nearest(student, count), _nearest(teacher, count), strict=True)
    return float(np.mean([len(np.intersect1d(one, other)) / count for one, other in pairs]))


def _nearest(rows: Floats, count: int) -> NDArray[np.int64]:
    alike = rows @ rows.T
    np.fill_diagonal(alike, -np.inf)
    count = min(count, len(rows) - 1)
    return np.argpartition(-alike, count - 1, axis=1)[:, :count].astype(np.int64)


def _ways() -> Iterator[_Way]:
    yield from (_Way(0.0, ridge) for ridge in _RIDGES)
    yield from (_Way(sharp, smooth) for sharp in _SHARPNESS for smooth in _SMOOTHNESS)


def _fitted(features: Floats, targets: Floats, way: _Way) -> StudentHead:
    mean = features.mean(axis=0, dtype=np.float64).astype(np.float32)
    scale = (1 / np.maximum(features.std(axis=0, dtype=np.float64), 1e-6)).astype(np.float32)
    offset = targets.mean(axis=0, dtype=np.float64).astype(np.float32)
    points, wanted = (features - mean) * scale, (targets - offset).astype(np.float64)
    if not way.sharpness:
        return StudentHead(mean, scale, _ridge(points, wanted, way.smoothness), offset)
    points = unit_rows(points)
    landmarks = points[np.linspace(0, len(points) - 1, min(len(points), MOST_LANDMARKS)).round().astype(int)]
    weights = _kernel_ridge(points, landmarks, wanted, way)
    return StudentHead(mean, scale, weights, offset, landmarks, way.sharpness)


def _ridge(points: Floats, wanted: NDArray[np.float64], smoothness: float) -> Floats:
    """The smaller of the two systems of equations is solved."""
    rows = points.astype(np.float64)
    count, width = rows.shape
    if count <= width:
        solved = rows.T @ np.linalg.solve(rows @ rows.T + smoothness * count * np.eye(count), wanted)
    else:
        solved = np.linalg.solve(rows.T @ rows + smoothness * count * np.eye(width), rows.T @ wanted)
    return np.asarray(solved, np.float32)


def _kernel_ridge(points: Floats, landmarks: Floats, wanted: NDArray[np.float64], way: _Way) -> Floats:
    def kernel(rows: Floats) -> NDArray[np.float64]:
        found: NDArray[np.float64] = np.exp(way.sharpness * (rows @ landmarks.T - 1)).astype(np.float64)
        return found

    among = kernel(landmarks)
    if len(landmarks) == len(points):
        solved = np.linalg.solve(among + way.smoothness * len(points) * np.eye(len(points)), wanted)
    else:
        every = kernel(points)
        system = every.T @ every + way.smoothness * len(points) * among
        solved = np.linalg.solve(system + 1e-6 * np.trace(system) / len(system) * np.eye(len(system)), every.T @ wanted)
    return np.asarray(solved, np.float32)
