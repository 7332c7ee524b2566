import numpy as np
import pytest
from sklearn.manifold import trustworthiness
from tests.support.synthetic_embeddings import as_embeddings, clusters

from shoal.analysis import umap_layout as umap_layout_module
from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.analysis.umap_layout import MapParameters, pca_layout, umap_key, umap_layout, warm_up
from shoal.domain.errors import Cancelled
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph, StageKey
from shoal.domain.task import Progress, Task
from shoal.processes.helper_process import HelperProcess

DEFAULTS = MapParameters()
FEW_NEIGHBOURS = MapParameters(n_neighbors=6)


def graph_of(embeddings: EmbeddingMatrix, k: int = 14) -> NeighbourGraph:
    return neighbour_graph(embeddings, k, Task())


def laid_out(embeddings: EmbeddingMatrix, parameters: MapParameters = DEFAULTS) -> np.ndarray:
    return umap_layout(embeddings, graph_of(embeddings), parameters, Task()).positions


def farther_apart_than_wide(positions: np.ndarray, labels: np.ndarray) -> bool:
    """Whether the centres of two clusters lie farther apart than their members from them."""
    centres = np.stack([positions[labels == label].mean(axis=0) for label in (0, 1)])
    widths = np.linalg.norm(positions - centres[labels], axis=1)
    return bool(np.linalg.norm(centres[0] - centres[1]) > 2 * widths.mean())


def test_the_map_keeps_neighbours_together_better_than_the_principal_components():
    embeddings, _ = clusters(400, 48, 8)
    pca = pca_layout(embeddings, Task()).positions
    umap = laid_out(embeddings)
    quality = [trustworthiness(embeddings.vectors, map_, n_neighbors=10, metric="cosine") for map_ in (pca, umap)]
    assert quality[1] > max(quality[0] + 0.05, 0.9)


@pytest.fixture
def sample_first_from_500(monkeypatch):
    """The way many pictures are laid out, at a size at which a test can do it the other way too."""
    monkeypatch.setattr(umap_layout_module, "ALL_AT_ONCE_UP_TO", 500)
    monkeypatch.setattr(umap_layout_module, "_LEAST_SAMPLE", 300)


def test_a_sample_laid_out_first_leads_to_a_map_nearly_as_good(monkeypatch):
    embeddings, _ = clusters(2500, 32, 20)
    whole = laid_out(embeddings)
    monkeypatch.setattr(umap_layout_module, "ALL_AT_ONCE_UP_TO", 500)
    monkeypatch.setattr(umap_layout_module, "_LEAST_SAMPLE", 300)
    sampled = laid_out(embeddings)
    quality = [trustworthiness(embeddings.vectors, one, n_neighbors=15, metric="cosine") for one in (whole, sampled)]
    assert quality[1] > 0.98 * quality[0]


@pytest.mark.usefixtures("sample_first_from_500")
def test_the_same_seed_gives_the_same_map_of_many_and_another_seed_another():
    embeddings, _ = clusters(700, 16, 3)
    first, again, other = (laid_out(embeddings, MapParameters(seed=seed)) for seed in (7, 7, 8))
    np.testing.assert_array_equal(first, again)
    assert not np.allclose(first, other)


@pytest.mark.usefixtures("sample_first_from_500")
def test_what_the_sample_does_not_reach_through_the_graph_has_a_place_too(monkeypatch):
    monkeypatch.setattr(umap_layout_module, "_LEAST_SAMPLE", 20)
    embeddings = as_embeddings(np.repeat(np.random.default_rng(0).normal(size=(35, 16)), 20, axis=0))
    positions = laid_out(embeddings)
    assert positions.shape == (700, 2)
    assert np.isfinite(positions).all()


def cancelled_at_its_first_epoch(embeddings: EmbeddingMatrix) -> Progress:
    """The last that was heard of it."""
    graph, seen = graph_of(embeddings), list[Progress]()

    def cancel_in_the_loop(progress: Progress) -> None:
        seen.append(progress)
        if progress.done:
            task.cancel()

    task = Task(cancel_in_the_loop)
    with pytest.raises(Cancelled):
        umap_layout(embeddings, graph, MapParameters(), task)
    return seen[-1]


@pytest.mark.usefixtures("sample_first_from_500")
def test_a_cancellation_leaves_the_map_of_many_in_the_middle():
    last = cancelled_at_its_first_epoch(clusters(700, 16, 4)[0])
    assert 0 < last.done < last.total


def test_the_layout_follows_our_graph_and_looks_for_no_neighbours_itself(monkeypatch):
    """The vectors are one cluster; the graph says that odd and even rows are strangers."""

    def forbidden(*_arguments, **_keywords):
        raise AssertionError("umap looks for neighbours")

    monkeypatch.setattr("umap.umap_.nearest_neighbors", forbidden)
    monkeypatch.setattr("umap.umap_.pairwise_distances", forbidden)
    embeddings, _ = clusters(120, 16, 1)
    parity = np.arange(120) % 2
    indices = np.empty((120, 14), np.int32)
    for side in (0, 1):
        own = embeddings.vectors[parity == side]
        indices[parity == side] = graph_of(as_embeddings(own)).indices * 2 + side
    graph = NeighbourGraph(StageKey("ours"), embeddings.rows, indices, np.full((120, 14), 0.2, np.float32))
    positions = umap_layout(embeddings, graph, MapParameters(), Task()).positions
    assert farther_apart_than_wide(positions, parity)


def test_the_same_seed_gives_the_same_map_and_another_seed_another():
    embeddings, _ = clusters(150, 16, 3)
    first, again, other = (laid_out(embeddings, MapParameters(seed=seed)) for seed in (7, 7, 8))
    np.testing.assert_array_equal(first, again)
    assert not np.allclose(first, other)


@pytest.mark.parametrize("dimensions", [1, 2, 16])
def test_any_number_of_dimensions(dimensions):
    embeddings, _ = clusters(100, 32, 4)
    layout = umap_layout(embeddings, graph_of(embeddings), MapParameters(dimensions=dimensions), Task())
    assert layout.positions.shape == (100, dimensions)
    assert layout.positions.dtype == np.float32
    assert layout.method == "umap"
    np.testing.assert_array_equal(layout.rows.ids, embeddings.rows.ids)


def test_sixteen_dimensions_keep_the_clusters_apart():
    embeddings, labels = clusters(200, 32, 2)
    assert farther_apart_than_wide(laid_out(embeddings, MapParameters(min_dist=0.0, dimensions=16)), labels)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 15, 16])
@pytest.mark.parametrize("dimensions", [2, 16])
def test_a_small_folder_has_a_map(count, dimensions):
    embeddings, _ = clusters(count, 8, 1)
    positions = laid_out(embeddings, MapParameters(dimensions=dimensions))
    assert positions.shape == (count, dimensions)
    assert np.isfinite(positions).all()
    assert len(np.unique(positions, axis=0)) == count


def test_maps_are_centred():
    embeddings, _ = clusters(100, 16, 3)
    for positions in (laid_out(embeddings), pca_layout(embeddings, Task()).positions):
        np.testing.assert_allclose(positions.mean(axis=0), 0, atol=1e-3)


@pytest.mark.parametrize("count", [3, 60])
def test_equal_pictures_have_finite_positions(count):
    embeddings = as_embeddings(np.ones((count, 8)))
    assert np.isfinite(laid_out(embeddings)).all()
    assert np.isfinite(pca_layout(embeddings, Task()).positions).all()


def test_duplicates_among_others_lie_close_together():
    distinct, _ = clusters(100, 16, 4)
    embeddings = as_embeddings(np.concatenate([distinct.vectors, np.repeat(distinct.vectors[:1], 10, axis=0)]))
    positions = laid_out(embeddings)
    assert np.ptp(positions[100:], axis=0).max() < np.ptp(positions, axis=0).max() / 3


def test_missing_neighbours_are_left_out():
    embeddings, _ = clusters(80, 16, 2)
    graph = graph_of(embeddings)
    graph.indices[:, 9:], graph.distances[:, 9:] = -1, np.inf
    graph.indices[5], graph.distances[5] = -1, np.inf
    positions = umap_layout(embeddings, graph, MapParameters(), Task()).positions
    assert np.isfinite(positions).all()


def test_a_graph_that_is_too_small_is_refused():
    embeddings, _ = clusters(60, 16, 2)
    with pytest.raises(ValueError, match="too small"):
        umap_layout(embeddings, graph_of(embeddings, 8), MapParameters(n_neighbors=15), Task())
    umap_layout(embeddings, graph_of(embeddings, MapParameters().neighbours_needed), MapParameters(), Task())


def test_n_neighbors_and_min_dist_change_the_map():
    embeddings, _ = clusters(120, 16, 3)
    maps = [laid_out(embeddings, MapParameters(n, d)) for n, d in ((15, 0.1), (5, 0.1), (15, 0.8))]
    assert not np.allclose(maps[0], maps[1])
    assert not np.allclose(maps[0], maps[2])


def test_progress_counts_the_rounds():
    embeddings, _ = clusters(60, 16, 2)
    seen: list[Progress] = []
    umap_layout(embeddings, graph_of(embeddings), FEW_NEIGHBOURS, Task(seen.append))
    assert seen[-1].done == seen[-1].total > 0
    assert [progress.done for progress in seen] == sorted(progress.done for progress in seen)


def test_a_cancellation_leaves_the_optimiser_in_the_middle():
    last = cancelled_at_its_first_epoch(clusters(2000, 16, 4)[0])
    assert 0 < last.done < last.total


def test_keys_differ_by_every_parameter():
    parameters = [
        MapParameters(),
        MapParameters(n_neighbors=9),
        MapParameters(min_dist=0.5),
        MapParameters(seed=1),
        MapParameters(dimensions=3),
    ]
    keys = {umap_key(StageKey(graph), each) for graph in ("one", "two") for each in parameters}
    assert len(keys) == 10


def test_the_layout_carries_the_key_that_can_be_known_before():
    embeddings, _ = clusters(30, 16, 2)
    graph = graph_of(embeddings)
    assert umap_layout(embeddings, graph, FEW_NEIGHBOURS, Task()).key == umap_key(graph.key, FEW_NEIGHBOURS)


def test_principal_components_show_the_widest_direction_first():
    random = np.random.default_rng(0)
    vectors = np.full((200, 8), 10.0)
    vectors[:, :2] += random.normal(size=(200, 2)) * [3, 1]
    layout = pca_layout(as_embeddings(vectors), Task())
    assert layout.method == "pca"
    assert layout.positions.std(axis=0)[0] > 2 * layout.positions.std(axis=0)[1]
    outermost = np.abs(layout.positions).argmax(axis=0)
    assert (layout.positions[outermost, [0, 1]] > 0).all()


def test_the_map_is_drawn_in_a_helper_process_that_was_warmed_up():
    embeddings, _ = clusters(200, 16, 3)
    graph = graph_of(embeddings)
    seen: list[Progress] = []
    with HelperProcess("maths") as maths:
        maths.call(warm_up, task=Task(seen.append))
        assert seen == []
        layout = maths.call(umap_layout, embeddings, graph, MapParameters(), task=Task(seen.append))
    np.testing.assert_array_equal(layout.positions, laid_out(embeddings))
    assert seen[-1].done == seen[-1].total


def test_warming_up_can_be_cancelled():
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        warm_up(task)
