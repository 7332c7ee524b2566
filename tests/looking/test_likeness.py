"""The order of all pictures by what they are like, with what, and where the line is."""

import numpy as np
import pytest

from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.looking import likeness
from shoal.looking.likeness import rank_alike
from shoal.looking.text_search import FoundImages

NOTHING = np.empty((0, 8), np.float32)


@pytest.fixture
def seen() -> EmbeddingMatrix:
    """Three kinds of twenty; ids are not rows."""
    random = np.random.default_rng(1)
    vectors = np.repeat(np.eye(3, 8), 20, axis=0) + random.normal(0, 0.12, (60, 8))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return EmbeddingMatrix(Rows(np.arange(60) * 2, StageKey("v")), vectors.astype(np.float32))


def test_the_order_is_that_of_the_cosine_and_the_line_parts_the_kinds(seen: EmbeddingMatrix):
    found = rank_alike(seen, seen.vectors[[4]], NOTHING)
    exact = np.argsort(-(seen.vectors @ seen.vectors[4]), kind="stable")
    assert found.images.tolist() == (exact * 2).tolist()
    assert found.images[0] == 8
    assert found.count == 20


def test_what_is_unlike_counts_against(seen: EmbeddingMatrix):
    found = rank_alike(seen, seen.vectors[[4, 24]], seen.vectors[[25, 26]])
    assert set(found.images[:20] // 2) == set(range(20))
    least = rank_alike(seen, NOTHING, seen.vectors[[4]])
    assert set(least.images[-20:] // 2) == set(range(20))


def test_a_text_goes_with_pictures(seen: EmbeddingMatrix):
    likely = np.where(np.arange(60) % 2, 0.9, 0.1).astype(np.float32)
    order = np.argsort(-likely, kind="stable")
    said = FoundImages("odd", seen.rows.ids[order], likely[order], 30)
    found = rank_alike(seen, seen.vectors[[4]], NOTHING, said)
    assert {image // 2 for image in found.images[:10].tolist()} == {row for row in range(20) if row % 2}


def test_of_very_many_only_the_best_are_put_in_order(seen: EmbeddingMatrix, monkeypatch: pytest.MonkeyPatch):
    whole = rank_alike(seen, seen.vectors[[4]], NOTHING)
    monkeypatch.setattr(likeness, "MOST_RANKED", 12)
    assert rank_alike(seen, seen.vectors[[4]], NOTHING).images.tolist() == whole.images[:12].tolist()
