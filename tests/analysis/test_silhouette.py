import numpy as np
import pytest
from sklearn.metrics import silhouette_samples

from shoal.analysis.silhouette import mean_silhouette, silhouette_of_rows
from shoal.domain.errors import Cancelled
from shoal.domain.task import Task


def unit_rows(rows: int, columns: int, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(rows, columns)) + 0.5
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_equals_the_textbook_silhouette_with_cosine_distance():
    vectors = unit_rows(3000, 40)
    labels = np.random.default_rng(1).integers(0, 12, 3000).astype(np.int32)
    labels[0] = 12  # alone in its cluster
    expected = silhouette_samples(vectors.astype(np.float64), labels, metric="cosine")
    assert np.abs(silhouette_of_rows(vectors, labels, Task()) - expected).max() < 1e-5


@pytest.mark.parametrize("count", [2, 3, 40, 900])
def test_looking_for_the_nearest_clusters_only_gives_the_same_values(monkeypatch, count):
    vectors = unit_rows(2700, 40)
    labels = np.random.default_rng(1).integers(0, count, 2700).astype(np.int32)
    expected = silhouette_of_rows(vectors, labels, Task())
    monkeypatch.setattr("shoal.analysis.silhouette._MANY", 0)
    np.testing.assert_allclose(silhouette_of_rows(vectors, labels, Task()), expected, atol=1e-6)


def test_tight_clusters_keep_their_precision():
    centres = unit_rows(4, 64)
    vectors = np.repeat(centres, 50, axis=0) + np.random.default_rng(1).normal(size=(200, 64)) * 1e-3
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    labels = np.repeat(np.arange(4, dtype=np.int32), 50)
    labels[:25] = 4  # one of them cut in two: the difference between its halves is next to nothing
    exact = vectors.astype(np.float64)
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    expected = silhouette_samples(exact, labels, metric="cosine")
    assert np.abs(silhouette_of_rows(vectors, labels, Task()) - expected).max() < 2e-2


def test_images_in_no_cluster_are_nobodys_neighbours():
    vectors = unit_rows(300, 16)
    labels = np.random.default_rng(1).integers(-1, 4, 300).astype(np.int32)
    values = silhouette_of_rows(vectors, labels, Task())
    inside = labels >= 0
    assert (values[~inside] == 0).all()
    assert np.allclose(values[inside], silhouette_samples(vectors[inside], labels[inside], metric="cosine"), atol=1e-5)


@pytest.mark.parametrize("labels", [[], [0], [0, 0, 0], [-1, -1], [0, 1], [5, 5, 9]])
def test_degenerate_labels_give_zeros_or_sense(labels):
    vectors = unit_rows(len(labels), 8)
    values = silhouette_of_rows(vectors, np.array(labels, np.int32), Task())
    assert values.shape == (len(labels),)
    assert np.isfinite(values).all()
    if len(set(labels)) < 2:
        assert not values.any()


def test_equal_images_in_different_clusters_score_nothing():
    vectors = np.repeat(unit_rows(1, 100), 10, axis=0)
    assert not silhouette_of_rows(vectors, np.arange(10, dtype=np.int32) % 2, Task()).any()


def test_the_mean_is_of_what_is_in_clusters():
    values = np.array([0.5, 0.1, 0.0, -0.2], np.float32)
    labels = np.array([2, 2, -1, 0], np.int32)
    assert mean_silhouette(values, labels) == pytest.approx(0.4 / 3)
    assert mean_silhouette(values, np.full(4, -1, np.int32)) == 0.0


def test_can_be_stopped():
    task = Task(lambda progress: task.cancel() if progress.done else None)
    with pytest.raises(Cancelled):
        silhouette_of_rows(unit_rows(5000, 8), np.arange(5000, dtype=np.int32) % 3, task)
