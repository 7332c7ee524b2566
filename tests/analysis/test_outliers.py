"""What is odd among vectors: as scikit-learn has it, and where strangers are planted."""

import numpy as np
import pytest
from sklearn.ensemble import IsolationForest
from sklearn.metrics import average_precision_score

from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.analysis.outliers import TREES, find_outliers, isolation, main_directions
from shoal.domain.errors import Cancelled
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.task import Task


def seen(vectors: np.ndarray) -> EmbeddingMatrix:
    unit = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return EmbeddingMatrix(Rows(np.arange(len(unit)), StageKey("v")), unit)


def kinds(count: int, strangers: int) -> np.ndarray:
    """Six kinds of things, and strangers that are like nothing else."""
    random = np.random.default_rng(5)
    middles = random.normal(size=(6, 64)) + 2.0
    usual = middles[random.integers(6, size=count)] + random.normal(0, 0.6, (count, 64))
    return np.concatenate([usual, random.normal(0, 1.5, (strangers, 64)) + 1.0])


def test_the_forest_agrees_with_that_of_scikit_learn_on_the_same_vectors():
    points = kinds(490, 10).astype(np.float32)
    theirs = -IsolationForest(n_estimators=TREES, random_state=0).fit(points).score_samples(points)
    np.testing.assert_allclose(isolation(points, Task()), theirs, atol=1e-6)


def test_strangers_among_pictures_come_first():
    embeddings = seen(kinds(490, 10))
    found = find_outliers(embeddings, neighbour_graph(embeddings, 15, Task()), Task())
    planted = np.arange(500) >= 490
    assert average_precision_score(planted, found.oddness) >= 0.8
    assert average_precision_score(planted, found.isolation) >= 0.5
    assert (found.oddness[490:] > 3).all()


def test_main_directions_keep_what_they_leave_out_as_a_number():
    vectors = seen(kinds(200, 0)).vectors
    points = main_directions(vectors, 8)
    assert points.shape == (200, 9)
    centred = vectors - vectors.mean(axis=0)
    np.testing.assert_allclose((points[:, :8] ** 2).sum(1) + points[:, 8], (centred**2).sum(1), atol=1e-4)


def test_of_a_few_pictures_nobody_says_what_is_odd():
    embeddings = seen(kinds(8, 1))
    found = find_outliers(embeddings, neighbour_graph(embeddings, 15, Task()), Task())
    assert np.isnan(found.isolation).all()
    assert np.isnan(found.oddness).all()


def test_it_can_be_cancelled():
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        isolation(np.random.default_rng(0).normal(size=(50, 4)).astype(np.float32), task)
