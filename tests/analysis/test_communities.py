import numpy as np
import pytest
from igraph import Graph

from shoal.analysis import automatic_clusters as automatic
from shoal.analysis.agreement import normalised_mutual_information
from shoal.analysis.automatic_clusters import automatic_clusters
from shoal.analysis.community_clusters import exactly, leiden_clusters
from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.analysis.similarity_edges import description_length, joined_edges, similarity_edges
from shoal.domain.errors import Cancelled
from shoal.domain.extension_points import ClusterRequest
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph, Rows, StageKey
from shoal.domain.task import Task


def things(sizes: list[int], noise: float, seed: int = 0) -> EmbeddingMatrix:
    random = np.random.default_rng(seed)
    vectors = np.repeat(random.normal(size=(len(sizes), 48)), sizes, axis=0)
    vectors += random.normal(size=vectors.shape) * noise
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return EmbeddingMatrix(Rows(np.arange(len(vectors)), StageKey("test")), vectors)


def count(labels: np.ndarray) -> int:
    return len(np.unique(labels))


def test_links_are_taken_once_from_either_side():
    graph = NeighbourGraph(
        StageKey("g"),
        Rows(np.arange(3)),
        np.array([[1, 2], [0, -1], [0, 1]], np.int32),
        np.array([[0.1, 0.4], [0.1, 2.0], [0.4, 1.5]], np.float32),
    )
    edges = similarity_edges(graph, 2)
    assert list(zip(edges.first.tolist(), edges.second.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 2)]
    assert edges.weight == pytest.approx([0.9, 0.6, 0.001], abs=1e-6)
    assert len(similarity_edges(graph, 1).weight) == 2


def test_description_length_is_that_of_the_map_equation():
    embeddings = things([12, 20, 8], 0.9)
    edges = similarity_edges(neighbour_graph(embeddings, 5, Task()), 5)
    graph = Graph(40, np.stack([edges.first, edges.second], axis=1))
    found = graph.community_infomap(edge_weights=edges.weight.tolist())
    strength = np.array(graph.strength(weights=edges.weight.tolist())) / (2 * edges.weight.sum())
    unchanged = -(strength * np.log2(strength)).sum()
    labels = np.array(found.membership, np.int32)
    assert description_length(edges, labels) + unchanged == pytest.approx(found.codelength, abs=1e-6)


def test_joining_rows_first_changes_the_cost_of_no_partition():
    embeddings = things([12, 20, 8, 15], 0.9)
    edges = similarity_edges(neighbour_graph(embeddings, 5, Task()), 5)
    parts = (np.arange(55) // 5).astype(np.int32)
    labels = np.array([0, 0, 1, 2, 1, 1, 0, 3, 3, 2, 2], np.int32)
    joined = joined_edges(edges, parts)
    assert joined.weight.sum() == pytest.approx(edges.weight.sum())
    assert description_length(joined, labels) == pytest.approx(description_length(edges, labels[parts]))


@pytest.fixture
def joined_from_500(monkeypatch):
    """The way many pictures are clustered, at a size at which a test can do it the other way too."""
    monkeypatch.setattr(automatic, "ALL_IMAGES_UP_TO", 500)


@pytest.mark.parametrize("noise", [0.8, 1.6])
def test_of_many_pictures_the_clusters_are_nearly_those_of_all_runs(monkeypatch, noise):
    sizes = [300, 200, 150, 120, 90, 80, 70, 60, 50, 40, 40, 30, 30, 20, 20]
    embeddings, truth = things(sizes, noise), np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    graph = neighbour_graph(embeddings, 15, Task())
    full = automatic_clusters(embeddings, graph, ClusterRequest(), Task())
    monkeypatch.setattr(automatic, "ALL_IMAGES_UP_TO", 500)
    fast = automatic_clusters(embeddings, graph, ClusterRequest(), Task())
    assert count(full) / 1.5 <= count(fast) <= count(full) * 1.5
    known = [normalised_mutual_information(truth, labels) for labels in (full, fast)]
    assert known[1] >= known[0] - 0.03


@pytest.mark.usefixtures("joined_from_500")
def test_many_pictures_that_are_all_alike_are_clustered_too():
    embeddings = things([900], 0.01)
    graph = neighbour_graph(embeddings, 15, Task())
    assert len(automatic_clusters(embeddings, graph, ClusterRequest(), Task())) == 900


@pytest.mark.usefixtures("joined_from_500")
def test_clusters_of_many_pictures_can_be_stopped():
    embeddings = things([100] * 8, 1.2)
    graph = neighbour_graph(embeddings, 15, Task())
    task = Task(lambda progress: task.cancel() if progress.done else None)
    with pytest.raises(Cancelled):
        automatic_clusters(embeddings, graph, ClusterRequest(), task)


@pytest.mark.parametrize("algorithm", [leiden_clusters, automatic_clusters])
@pytest.mark.parametrize("wanted", [1, 2, 7, 30])
def test_a_given_number_of_clusters_is_met(algorithm, wanted):
    embeddings = things([30] * 8, 0.8)
    graph = neighbour_graph(embeddings, 15, Task())
    assert count(algorithm(embeddings, graph, ClusterRequest(clusters=wanted), Task())) == wanted


@pytest.mark.parametrize("wanted", [3, 40, 150, 700])
@pytest.mark.parametrize("slope", [0.4, 0.7, 1.0])
def test_the_resolution_of_a_number_of_clusters_is_found_in_few_steps(wanted, slope):
    tried = []

    def communities(resolution: float) -> np.ndarray:
        tried.append(resolution)
        return np.arange(1200, dtype=np.int32) % np.clip(round(5 * resolution**slope), 1, 1200)

    assert count(exactly(wanted, communities, things([1] * 1200, 0.5), Task())) == wanted
    assert len(tried) <= 8


@pytest.mark.parametrize(
    "sizes",
    [[40] * 6, [12] * 40, [200, 8, 8, 8, 8, 8], [60, 60], [7, 8, 7], [90, 60, 40, 27, 18, 12, 8]],
    ids=["equal", "many", "one dominates", "two", "tiny", "uneven"],
)
def test_auto_finds_the_number_of_clusters_within_a_factor_of_two(sizes):
    embeddings = things(sizes, 0.5)
    graph = neighbour_graph(embeddings, 15, Task())
    labels = automatic_clusters(embeddings, graph, ClusterRequest(), Task())
    assert len(sizes) / 2 <= count(labels) <= len(sizes) * 2


def test_auto_makes_neither_one_cluster_nor_crumbs_of_unlike_things():
    embeddings = things([1] * 140, 0.5)
    graph = neighbour_graph(embeddings, 15, Task())
    assert 2 <= count(automatic_clusters(embeddings, graph, ClusterRequest(), Task())) <= 35


def test_granularity_asks_for_more_or_fewer():
    embeddings = things([30] * 8, 0.8)
    graph = neighbour_graph(embeddings, 15, Task())
    counts = [
        count(automatic_clusters(embeddings, graph, ClusterRequest(granularity=granularity), Task()))
        for granularity in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    assert counts == [2, 4, 8, 16, 32]


@pytest.mark.parametrize("request_", [ClusterRequest(), ClusterRequest(clusters=13)])
def test_auto_can_be_stopped(request_):
    embeddings = things([30] * 8, 1.2)
    graph = neighbour_graph(embeddings, 15, Task())
    task = Task(lambda progress: task.cancel() if progress.done else None)
    with pytest.raises(Cancelled):
        automatic_clusters(embeddings, graph, request_, task)
