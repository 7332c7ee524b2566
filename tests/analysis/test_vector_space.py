import numpy as np
import pytest
from tests.support.synthetic_embeddings import as_embeddings, clusters

from shoal.analysis import vector_space
from shoal.analysis.vector_space import components_of, principal_components


@pytest.mark.parametrize(("rows", "columns"), [(300, 40), (40, 300), (5, 8), (30, 30), (2, 1), (1, 8)])
def test_principal_components_are_those_of_the_full_decomposition(rows, columns):
    vectors, _ = clusters(rows, columns, 3)
    centred = vectors.vectors.astype(np.float64) - vectors.vectors.mean(axis=0, dtype=np.float64)
    left, spread, _ = np.linalg.svd(centred, full_matrices=False)
    components = principal_components(vectors.vectors, 10)
    expected = np.abs(left * spread)[:, : components.shape[1]]
    np.testing.assert_allclose(np.abs(components), expected, atol=1e-5)
    assert components.shape[1] == max(1, min(10, int((spread > 1e-5).sum())))


def test_directions_in_which_nothing_differs_are_left_out():
    three_kinds = np.repeat(np.random.default_rng(0).normal(size=(3, 64)), 200, axis=0)
    assert principal_components(as_embeddings(three_kinds).vectors).shape == (600, 2)
    assert not principal_components(np.ones((50, 8), np.float32)).any()


def test_of_very_many_pictures_a_sample_says_which_directions_are_widest(monkeypatch):
    random = np.random.default_rng(0)
    widths = np.arange(1, 41) ** -1.0
    vectors = as_embeddings(random.normal(size=(4000, 40)) * widths).vectors
    expected = principal_components(vectors, 8)
    monkeypatch.setattr(vector_space, "_ALL_ROWS_UP_TO", 3000)
    monkeypatch.setattr(vector_space, "_SAMPLED_ROWS", 2000)
    found = principal_components(vectors, 8)
    pairs = random.integers(0, 4000, size=(2, 500))
    distances = [np.linalg.norm(points[pairs[0]] - points[pairs[1]], axis=1) for points in (found, expected)]
    np.testing.assert_allclose(distances[0], distances[1], atol=0.03)
    np.testing.assert_array_equal(components_of(vectors, np.arange(4000), 8), found)
    assert not principal_components(np.ones((4000, 8), np.float32)).any()


def test_very_wide_embeddings_of_many_pictures_keep_their_distances():
    random = np.random.default_rng(0)
    vectors = as_embeddings(random.normal(size=(1200, 20)) @ random.normal(size=(20, 1100))).vectors
    components = principal_components(vectors, 20)
    pairs = random.integers(0, 1200, size=(2, 500))
    distances = [np.linalg.norm(points[pairs[0]] - points[pairs[1]], axis=1) for points in (vectors, components)]
    np.testing.assert_allclose(distances[0], distances[1], atol=1e-3)
