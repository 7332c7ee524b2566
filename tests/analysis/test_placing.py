import numpy as np
import pytest
from tests.support.synthetic_embeddings import as_embeddings, clusters

from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.analysis.placing import nearest_clusters, place_on_map
from shoal.analysis.umap_layout import MapParameters, umap_layout
from shoal.domain.geometry import EmbeddingMatrix, MapLayout, Rows, StageKey
from shoal.domain.task import Progress, Task


def rows_of(embeddings: EmbeddingMatrix, rows: slice) -> EmbeddingMatrix:
    return embeddings.part(np.arange(len(embeddings.rows))[rows])


@pytest.fixture(scope="module")
def world():
    """600 pictures on a map, 60 more to come, and the cluster of each."""
    embeddings, labels = clusters(660, 48, 8)
    old, new = rows_of(embeddings, slice(600)), rows_of(embeddings, slice(600, 660))
    layout = umap_layout(old, neighbour_graph(old, 14, Task()), MapParameters(), Task())
    return old, new, layout, labels[:600], labels[600:]


def some_map(positions, rows: Rows) -> MapLayout:
    return MapLayout(StageKey("map"), rows, np.asarray(positions, np.float32).reshape(-1, 2))


def test_a_new_picture_lands_among_its_cluster(world):
    old, new, layout, old_labels, new_labels = world
    positions = place_on_map(layout, old, new, 15, Task())
    nearest = np.linalg.norm(positions[:, None] - layout.positions[None], axis=2).argmin(axis=1)
    assert (old_labels[nearest] == new_labels).mean() > 0.95


def test_a_copy_lands_on_its_picture(world):
    old, _, layout, _, _ = world
    positions = place_on_map(layout, old, rows_of(old, slice(5, 9)), 15, Task())
    np.testing.assert_allclose(positions, layout.positions[5:9], atol=1e-3)


def test_between_two_equally_near_pictures_lies_the_middle():
    old = as_embeddings([[1.0, 0.0], [0.0, 1.0]])
    position = place_on_map(some_map([[0, 0], [4, 2]], old.rows), old, as_embeddings([[1.0, 1.0]]), 15, Task())
    np.testing.assert_allclose(position, [[2, 1]], atol=1e-5)


def test_the_first_pictures_land_in_the_middle_of_an_empty_map():
    nobody, newcomers = as_embeddings(np.empty((0, 2))), as_embeddings(np.eye(2))
    assert place_on_map(some_map([], nobody.rows), nobody, newcomers, 15, Task()).tolist() == [[0, 0], [0, 0]]


def test_nothing_new_needs_no_place(world):
    old, _, layout, labels, _ = world
    nothing = rows_of(old, slice(0))
    assert place_on_map(layout, old, nothing, 15, Task()).shape == (0, 2)
    assert nearest_clusters(old, labels, nothing.vectors, Task()).labels.shape == (0,)


def test_a_map_of_other_pictures_is_refused(world):
    old, new, layout, _, _ = world
    with pytest.raises(ValueError, match="different images"):
        place_on_map(layout, new, old, 15, Task())


def test_a_new_picture_joins_its_cluster(world):
    old, new, _, labels, new_labels = world
    found = nearest_clusters(old, labels, new.vectors, Task())
    assert (found.labels == new_labels).mean() > 0.95
    assert (found.margin >= 0).all()


def test_the_runner_up_and_the_margin_tell_how_sure_that_is():
    vectors = as_embeddings([[1, 0, 0.0], [1, 0.1, 0], [0, 1, 0.0], [0, 1, 0.1], [0, 0, 1.0], [0.1, 0, 1]])
    new = as_embeddings([[1.0, 0.95, 0.0]])
    found = nearest_clusters(vectors, np.array([7, 7, 3, 3, 5, 5], np.int32), new.vectors, Task())
    assert (found.nearest[0], found.runner_up[0]) == (7, 3)
    assert 0 < found.margin[0] < 0.1 < found.similarity[0]


def test_a_stranger_goes_to_unsorted(world):
    old, _, _, labels, _ = world
    strangers = as_embeddings(np.random.default_rng(5).normal(size=(200, 48)))
    found = nearest_clusters(old, labels, strangers.vectors, Task())
    assert (found.labels == -1).mean() > 0.95
    assert (found.nearest >= 0).all()


def test_a_loose_cluster_takes_what_a_tight_one_does_not():
    random = np.random.default_rng(0)
    loose = np.eye(16)[0] + 0.25 * random.normal(size=(50, 16))
    tight = np.eye(16)[1] + 0.02 * random.normal(size=(50, 16))
    embeddings = as_embeddings(np.concatenate([loose, tight]))
    new = as_embeddings(np.eye(16)[:2] + 0.6 * np.eye(16)[2])
    found = nearest_clusters(embeddings, np.repeat([0, 1], 50).astype(np.int32), new.vectors, Task())
    assert found.nearest.tolist() == [0, 1]
    assert found.labels.tolist() == [0, -1]


def test_unsorted_pictures_draw_nobody(world):
    old, new, _, labels, new_labels = world
    without = np.where(labels == 2, -1, labels).astype(np.int32)
    found = nearest_clusters(old, without, new.vectors, Task())
    assert 2 not in found.nearest
    assert (found.labels[new_labels == 2] == -1).mean() > 0.9


def test_a_copy_joins_a_cluster_of_copies():
    copies = as_embeddings(np.repeat(np.random.default_rng(0).normal(size=(2, 64)), 6, axis=0))
    labels = np.repeat([0, 1], 6).astype(np.int32)
    assert nearest_clusters(copies, labels, copies.vectors, Task()).labels.tolist() == labels.tolist()


@pytest.mark.parametrize(
    ("labels", "nearest"), [([-1, -1], [-1, -1]), ([4, -1], [4, 4]), ([4, 9], [4, 9]), ([], [-1, -1])]
)
def test_without_a_cluster_of_two_everything_goes_to_unsorted(labels, nearest):
    embeddings = as_embeddings(np.eye(3)[: len(labels)].reshape(-1, 3))
    new = as_embeddings([[1.0, 0.2, 0.0], [0.2, 1.0, 0.0]])
    found = nearest_clusters(embeddings, np.array(labels, np.int32), new.vectors, Task())
    assert found.labels.tolist() == [-1, -1]
    assert found.nearest.tolist() == nearest
    assert np.isfinite(found.margin).all()


def test_a_picture_alone_in_its_cluster_is_judged_like_an_average_cluster(world):
    old, new, _, labels, _ = world
    alone = np.concatenate([labels, [50]]).astype(np.int32)
    embeddings = as_embeddings(np.concatenate([old.vectors, -new.vectors[:1]]))
    almost = as_embeddings(-new.vectors[:1] + 0.02)
    assert nearest_clusters(embeddings, alone, almost.vectors, Task()).labels.tolist() == [50]


def test_progress_is_told(world):
    old, new, layout, labels, _ = world
    seen: list[Progress] = []
    place_on_map(layout, old, new, 15, Task(seen.append))
    nearest_clusters(old, labels, new.vectors, Task(seen.append))
    assert len({progress.message for progress in seen}) == 2
    assert seen[-1].done == seen[-1].total
