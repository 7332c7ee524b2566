"""What every clustering algorithm of the catalogue promises; a new entry is tested by being listed."""

import pickle
from typing import Any

import numpy as np
import pytest

from shoal.domain.errors import Cancelled
from shoal.domain.extension_points import AlgorithmSpec, ClusterRequest
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph, Rows, StageKey
from shoal.domain.task import Task
from shoal.looking.catalogue import ALGORITHMS, algorithm_named

every_algorithm = pytest.mark.parametrize("spec", ALGORITHMS, ids=lambda spec: spec.name)


def embedded(vectors: np.ndarray) -> EmbeddingMatrix:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return EmbeddingMatrix(Rows(np.arange(len(vectors)) * 3, StageKey("test")), (vectors / lengths).astype(np.float32))


def connected(embeddings: EmbeddingMatrix, k: int = 15) -> NeighbourGraph:
    distances = 1 - embeddings.vectors @ embeddings.vectors.T
    np.fill_diagonal(distances, np.inf)
    order = np.argsort(distances, axis=1, kind="stable")[:, : min(k, max(len(distances) - 1, 0))]
    indices = np.full((len(distances), k), -1, np.int32)
    near = np.full((len(distances), k), np.inf, np.float32)
    indices[:, : order.shape[1]] = order
    near[:, : order.shape[1]] = np.take_along_axis(distances, order, axis=1)
    return NeighbourGraph(StageKey("graph"), embeddings.rows, indices, near)


def things(kinds: int, views: int, noise: float = 0.25, seed: int = 0) -> EmbeddingMatrix:
    random = np.random.default_rng(seed)
    centres = random.normal(size=(kinds, 48))
    return embedded(np.repeat(centres, views, axis=0) + random.normal(size=(kinds * views, 48)) * noise)


def run(spec: AlgorithmSpec, embeddings: EmbeddingMatrix, **request: Any) -> np.ndarray:
    labels = spec.run(embeddings, connected(embeddings), ClusterRequest(**request), Task())
    assert labels.dtype == np.int32
    assert labels.shape == (len(embeddings.vectors),)
    assert (labels >= -1).all()
    return labels


def test_names_are_distinct_and_found():
    assert len({spec.name for spec in ALGORITHMS}) == len(ALGORITHMS)
    assert all(algorithm_named(spec.name) is spec for spec in ALGORITHMS)
    assert algorithm_named("guesswork") is None


@every_algorithm
def test_a_spec_is_complete_and_crosses_to_the_maths_process(spec):
    assert spec.label
    assert spec.summary.endswith(".")
    assert pickle.loads(pickle.dumps(spec)) == spec


@every_algorithm
def test_plain_clusters_are_found_without_being_told_how_many(spec):
    labels = run(spec, things(6, 25)).reshape(6, 25)
    kinds = [np.bincount(row + 1).argmax() for row in labels]
    assert len(set(kinds)) == 6
    assert (labels == np.array(kinds)[:, None] - 1).mean() > 0.9


@every_algorithm
def test_the_same_again(spec):
    embeddings = things(5, 20, noise=1.0)
    for request in ({}, {"clusters": 4}, {"granularity": 0.9, "seed": 3}):
        assert (run(spec, embeddings, **request) == run(spec, embeddings, **request)).all()


@every_algorithm
@pytest.mark.parametrize("rows", [0, 1, 2, 3, 4, 7])
@pytest.mark.parametrize("clusters", [None, 1, 2, 9])
def test_a_handful_of_pictures(spec, rows, clusters):
    embeddings = embedded(np.random.default_rng(rows).normal(size=(rows, 16)))
    run(spec, embeddings, clusters=clusters)
    run(spec, embeddings, clusters=clusters, granularity=1.0, absorb=1.0)


@every_algorithm
@pytest.mark.parametrize("clusters", [None, 1, 3])
def test_pictures_that_are_all_the_same(spec, clusters):
    embeddings = embedded(np.ones((40, 16)))
    assert len(np.unique(run(spec, embeddings, clusters=clusters))) == 1


@every_algorithm
def test_copies_stay_together(spec):
    once = things(5, 12)
    twice = embedded(np.concatenate([once.vectors, once.vectors]))
    labels = run(spec, twice)
    assert (labels[:60] == labels[60:]).all()


@every_algorithm
def test_everything_gets_a_cluster_when_all_is_absorbed(spec):
    assert (run(spec, things(6, 20, noise=0.8), absorb=1.0) >= 0).all()


@every_algorithm
@pytest.mark.parametrize("rows", [20, 200])
def test_pictures_without_structure(spec, rows):
    vectors = embedded(np.random.default_rng(0).normal(size=(rows, 64)))
    assert len(np.unique(run(spec, vectors))) <= rows // 2


@every_algorithm
def test_finer_never_gives_fewer(spec):
    embeddings = things(8, 30, noise=0.6)
    counts = [len(np.unique(run(spec, embeddings, granularity=g))) for g in (0.0, 0.5, 1.0)]
    assert counts == sorted(counts)


@every_algorithm
def test_can_be_stopped(spec):
    embeddings = things(6, 25)
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        spec.run(embeddings, connected(embeddings), ClusterRequest(), task)
