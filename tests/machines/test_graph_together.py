"""Neighbours found block by block are those of one search."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest

from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.rows import Rows, StageKey
from shoal.domain.task import HereCaller, Task
from shoal.machines import graph_together
from shoal.machines.graph_together import Blocks, nearest_of
from shoal.machines.ray_cluster import Cluster, Hands, Work
from shoal.machines.shard_places import FolderPlace


def _vectors(count: int) -> np.ndarray:
    vectors = np.random.default_rng(4).normal(size=(count, 24)).astype(np.float32)
    vectors[count // 2] = vectors[0]  # a copy
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.parametrize(("count", "per_block", "k"), [(200, 64, 5), (200, 200, 5), (10, 3, 15), (1, 5, 2)])
def test_blocks_give_what_one_search_gives(tmp_path: Path, count: int, per_block: int, k: int) -> None:
    vectors, place = _vectors(count), FolderPlace(tmp_path)
    starts = tuple(range(0, count, per_block))
    names = tuple(graph_together._put(place, vectors[start : start + per_block]) for start in starts)
    blocks = Blocks(place, names, starts, k)
    found = np.concatenate([nearest_of(blocks, block) for block in range(len(names))])
    whole = neighbour_graph(EmbeddingMatrix(Rows(np.arange(count), StageKey("x")), vectors), k, Task())
    indices, distances = graph_together._columns(found, k)
    np.testing.assert_allclose(distances, whole.distances, atol=1e-6)
    assert (indices == whole.indices).mean() > 0.99
    assert not (indices == np.arange(count)[:, None]).any()


def test_what_workers_answer_in_any_order_becomes_one_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one worker, here, in the place of Ray's."""

    def answers(work: Work, _found: Cluster, _check: object) -> Iterator[str]:
        worker = work.worker(work.order)
        for lot in reversed(work.lots):
            yield str(worker(lot)["answer"][0])

    monkeypatch.setattr(graph_together, "answers", answers)
    monkeypatch.setattr(graph_together, "cluster", lambda _hands: nullcontext(Cluster(1, 1, 0)))
    monkeypatch.setattr(graph_together, "ray_process", lambda _hands: nullcontext(HereCaller()))
    vectors = EmbeddingMatrix(Rows(np.arange(200), StageKey("x")), _vectors(200))
    graph = graph_together.graph_together(vectors, 4, Hands(shards=str(tmp_path)), Task(), rows=60)
    whole = neighbour_graph(vectors, 4, Task())
    assert graph.key == whole.key
    np.testing.assert_allclose(graph.distances, whole.distances, atol=1e-6)
    assert not list(tmp_path.rglob("*.shard"))
