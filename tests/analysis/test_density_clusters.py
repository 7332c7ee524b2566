from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from shoal.analysis.density_clusters import absorbed, density_clusters, shared_neighbour_distances
from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.analysis.similarity_edges import similarity_edges
from shoal.domain.extension_points import ClusterRequest
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.task import Task


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def blobs_and_strays(kinds: int, views: int, strays: int) -> EmbeddingMatrix:
    random = np.random.default_rng(0)
    centres = np.repeat(random.normal(size=(kinds, 48)), views, axis=0)
    blobs = centres + random.normal(size=centres.shape) * 0.4
    vectors = unit(np.concatenate([blobs, random.normal(size=(strays, 48))]))
    return EmbeddingMatrix(Rows(np.arange(len(vectors)), StageKey("test")), vectors)


def run(embeddings: EmbeddingMatrix, **request: Any) -> np.ndarray:
    graph = neighbour_graph(embeddings, 15, Task())
    return density_clusters(embeddings, graph, ClusterRequest(**request), Task())


def test_strays_belong_nowhere():
    labels = run(blobs_and_strays(6, 30, 90))
    assert len(np.unique(labels[:180])) == 6
    assert (labels[:180] >= 0).all()
    assert (labels[180:] < 0).mean() > 0.3


def test_the_dial_absorbs_the_nearest_first():
    embeddings = blobs_and_strays(6, 30, 90)
    left = [run(embeddings, absorb=share) < 0 for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    counts = [int(outside.sum()) for outside in left]
    assert counts == pytest.approx([counts[0] * share for share in (1.0, 0.75, 0.5, 0.25, 0.0)], abs=1)
    for more, fewer in pairwise(left):
        assert not (fewer & ~more).any()


def test_an_absorbed_image_goes_to_the_cluster_it_resembles():
    vectors = unit(np.array([[1, 0], [1, 0.1], [0, 1], [0.1, 1], [1, 0.4], [0.6, 1]]))
    labels = np.array([0, 0, 1, 1, -1, -1], np.int32)
    assert absorbed(labels, vectors, 1.0).tolist() == [0, 0, 1, 1, 0, 1]
    assert absorbed(labels, vectors, 0.5).tolist() == [0, 0, 1, 1, 0, -1]
    assert absorbed(np.full(3, -1, np.int32), vectors[:3], 1.0).tolist() == [0, 0, 0]


@pytest.mark.parametrize("wanted", [2, 3, 6])
def test_a_number_of_clusters_is_met_where_density_allows(wanted):
    vectors = blobs_and_strays(6, 30, 0).vectors
    labels = run(
        EmbeddingMatrix(Rows(np.arange(30 * wanted), StageKey("test")), vectors[: 30 * wanted]), clusters=wanted
    )
    assert len(np.unique(labels[labels >= 0])) == wanted


def test_distance_is_the_share_of_neighbours_not_in_common():
    embeddings = blobs_and_strays(3, 10, 0)
    graph = neighbour_graph(embeddings, 6, Task())
    edges = similarity_edges(graph, 6)
    lists = [{row, *graph.indices[row].tolist()} for row in range(30)]
    ends = zip(edges.first.tolist(), edges.second.tolist(), strict=True)
    expected = [1 - len(lists[first] & lists[second]) / 7 for first, second in ends]
    assert shared_neighbour_distances(edges, graph, Task()) == pytest.approx(expected, abs=0.02)
