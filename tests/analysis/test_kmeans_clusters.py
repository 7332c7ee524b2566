import numpy as np
import pytest

from shoal.analysis.kmeans_clusters import kmeans_clusters
from shoal.domain.errors import Cancelled
from shoal.domain.extension_points import ClusterRequest
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph, Rows, StageKey
from shoal.domain.task import Task


def blobs(count: int, each: int, seed: int = 0) -> EmbeddingMatrix:
    random = np.random.default_rng(seed)
    vectors = np.repeat(random.normal(size=(count, 32)), each, axis=0) + random.normal(size=(count * each, 32)) * 0.2
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return EmbeddingMatrix(Rows(np.arange(len(vectors)), StageKey("test")), vectors)


def no_graph(embeddings: EmbeddingMatrix) -> NeighbourGraph:
    count = len(embeddings.vectors)
    return NeighbourGraph(
        StageKey("none"), embeddings.rows, np.empty((count, 0), np.int32), np.empty((count, 0), np.float32)
    )


def run(embeddings: EmbeddingMatrix, request: ClusterRequest, task: Task | None = None) -> np.ndarray:
    return kmeans_clusters(embeddings, no_graph(embeddings), request, task or Task())


def test_gives_as_many_clusters_as_asked_for():
    assert len(np.unique(run(blobs(8, 20), ClusterRequest(clusters=5)))) == 5


def test_finds_the_number_of_clusters_that_are_there():
    labels = run(blobs(8, 20), ClusterRequest())
    assert (labels.reshape(8, 20) == labels.reshape(8, 20)[:, :1]).all()
    assert len(np.unique(labels)) == 8


def test_equal_pictures_stay_together_and_never_make_clusters_of_their_own():
    embeddings = blobs(3, 10)
    twice = EmbeddingMatrix(Rows(np.arange(60), StageKey("twice")), np.repeat(embeddings.vectors, 2, axis=0))
    labels = run(twice, ClusterRequest(clusters=12)).reshape(-1, 2)
    assert (labels[:, 0] == labels[:, 1]).all()
    assert len(np.unique(run(twice, ClusterRequest(clusters=59)))) == 30


def test_can_be_stopped_between_runs():
    task = Task(lambda progress: task.cancel() if progress.done else None)
    with pytest.raises(Cancelled):
        run(blobs(4, 10), ClusterRequest(clusters=3), task)
