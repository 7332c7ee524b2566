"""The map that stands while the real one is being made."""

import numpy as np
import pytest
from tests.support.synthetic_embeddings import as_embeddings, clusters

from shoal.analysis.umap_layout import pca_layout
from shoal.domain.task import Task
from shoal.looking import first_map as first_map_module
from shoal.looking.first_map import first_map


def distances(positions: np.ndarray) -> np.ndarray:
    pairs = np.random.default_rng(0).integers(0, len(positions), (2, 400))
    return np.asarray(np.linalg.norm(positions[pairs[0]] - positions[pairs[1]], axis=1))


def test_it_shows_the_two_widest_directions() -> None:
    random = np.random.default_rng(1)
    embeddings = as_embeddings(random.normal(size=(500, 30)) * np.arange(1, 31) ** -1.5)
    expected = pca_layout(embeddings, Task()).positions
    np.testing.assert_allclose(distances(first_map(embeddings).positions), distances(expected), atol=0.02)


def test_of_many_pictures_a_sample_says_which_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(1)
    embeddings = as_embeddings(random.normal(size=(4000, 30)) * np.arange(1, 31) ** -1.5)
    whole = first_map(embeddings).positions
    monkeypatch.setattr(first_map_module, "_ALL_UP_TO", 3000)
    monkeypatch.setattr(first_map_module, "_SAMPLE", 1000)
    sampled = first_map(embeddings).positions
    np.testing.assert_allclose(distances(sampled), distances(whole), atol=0.1)
    np.testing.assert_array_equal(first_map(embeddings).positions, sampled)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 9])
@pytest.mark.parametrize("dimension", [1, 2, 8])
def test_a_few_pictures_have_places(count: int, dimension: int) -> None:
    embeddings, _ = clusters(count, dimension, 1)
    positions = first_map(embeddings).positions
    assert positions.shape == (count, 2)
    assert np.isfinite(positions).all()
