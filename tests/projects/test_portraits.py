import numpy as np
import pytest

from shoal.domain.geometry import ByImage, EmbeddingMatrix, Rows, StageKey
from shoal.projects.portraits import portray


@pytest.fixture
def embeddings():
    """Sixty images, of which 50 and later have no vector."""
    vectors = np.random.default_rng(3).standard_normal((50, 8)).astype(np.float32)
    return EmbeddingMatrix(Rows(np.arange(50), StageKey("v")), vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


@pytest.fixture
def home():
    return (np.arange(60) % 4).astype(np.int32)


def assert_same(one, other):
    assert np.allclose(one.typicality.values, other.typicality.values)
    assert one.clusters.keys() == other.clusters.keys()
    for id_, portrait in one.clusters.items():
        assert portrait.faces == other.clusters[id_].faces
        assert portrait.tightness == pytest.approx(other.clusters[id_].tightness)


def test_the_face_is_the_image_nearest_to_the_centre(embeddings, home):
    portraits = portray(embeddings, ByImage(home))
    for id_, portrait in portraits.clusters.items():
        members = np.flatnonzero(home[:50] == id_)
        assert portrait.faces[0] == members[(embeddings.vectors[members] @ portrait.centre).argmax()]
        assert len(set(portrait.faces)) == 4
    assert (portraits.typicality.values[50:] == -1).all()


def test_after_a_move_the_portraits_are_those_of_a_fresh_look(embeddings, home):
    moved = home.copy()
    moved[[1, 5, 9]] = 2
    again = portray(embeddings, ByImage(moved), portray(embeddings, ByImage(home)))
    assert_same(again, portray(embeddings, ByImage(moved)))


def test_clusters_that_did_not_change_are_not_looked_at_again(embeddings, home):
    before = portray(embeddings, ByImage(home))
    moved = home.copy()
    moved[1] = 2
    again = portray(embeddings, ByImage(moved), before)
    assert [id_ for id_ in before.clusters if again.clusters[id_] is before.clusters[id_]] == [0, 3]


def test_a_cluster_that_is_gone_has_no_portrait(embeddings, home):
    merged = np.where(home == 3, 1, home).astype(np.int32)
    assert set(portray(embeddings, ByImage(merged), portray(embeddings, ByImage(home))).clusters) == {0, 1, 2}
