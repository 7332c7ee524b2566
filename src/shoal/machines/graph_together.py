"""The graph of most similar images by many hands, for more vectors than one computer can compare.

Vectors lie in blocks where all workers can read them. Each lot is a block of questions, which is held against one block
after the other while the best answers so far are kept: a worker needs room for two blocks, however many there are.
Exact, so the work grows with the square of the number of pictures, and falls with that of workers.
"""

import io
import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.nearest_neighbours import FARTHEST, MISSING, graph_key, nearest_to
from shoal.domain.errors import UserFacingError
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph
from shoal.domain.rows import NO_KEY, Rows
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.machines.ray_cluster import Hands, Work, answers, cluster, ray_process
from shoal.machines.shard_places import ShardPlace, place_below

COMPARING = Sentence("Comparing images")
ROWS_PER_BLOCK = 20_000


@dataclass(frozen=True, slots=True)
class Blocks:
    """Where vectors lie: names of arrays, and the first row of each. `k` neighbours are asked for."""

    place: ShardPlace
    names: tuple[str, ...]
    starts: tuple[int, ...]
    k: int

    def rows(self, block: int) -> NDArray[np.float32]:
        return _array(self.place, self.names[block])


def graph_together(
    embeddings: EmbeddingMatrix, k: int, hands: Hands, task: Task, rows: int = ROWS_PER_BLOCK
) -> NeighbourGraph:
    """As `neighbour_graph`. Raises UserFacingError and Cancelled."""
    key = graph_key(embeddings.key, k)
    place = place_below(hands.shards, f"graph-{key}")
    starts = range(0, len(embeddings.vectors), rows)
    with ExitStack() as cleared:
        cleared.callback(_clear, place)
        names = tuple(_put(place, embeddings.vectors[start : start + rows]) for start in starts)
        with ray_process(hands) as process:
            found = process.call(search_together, Blocks(place, names, tuple(starts), k), hands, task=task)
        parts = [_array(place, found[block]) for block in range(len(names))]
    return NeighbourGraph(key, embeddings.rows, *_columns(np.concatenate(parts), k))


def search_together(blocks: Blocks, hands: Hands, task: Task) -> dict[int, str]:
    """Runs in the process for Ray: which array holds the answers to which block."""
    count, found = len(blocks.names), dict[int, str]()
    task.report(COMPARING, 0, count)
    with cluster(hands) as there:
        lots = [{"block": [block]} for block in range(count)]
        for text in answers(Work(Searcher, blocks, lots), there, task.check):
            block, name = json.loads(text)
            found[block] = name
            task.report(COMPARING, len(found), count)
    return found


class Searcher:
    """Runs wherever Ray puts it."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks

    def __call__(self, columns: Mapping[str, Any]) -> dict[str, NDArray[np.object_]]:
        told = [json.dumps([block, self._answered(block)]) for block in map(int, columns["block"])]
        return {"answer": np.array(told, object)}

    def _answered(self, block: int) -> str:
        return _put(self._blocks.place, nearest_of(self._blocks, block))


def nearest_of(blocks: Blocks, block: int) -> NDArray[np.float64]:
    """For each row of a block its `k` nearest of all, without itself: m x 2k, rows and then cosine distances.

    Both in 64 bits, which hold either without loss.
    """
    questions, start = blocks.rows(block), blocks.starts[block]
    own = start + np.arange(len(questions))[:, None]
    rows = np.empty((len(questions), 0), np.int64)
    distances = np.empty((len(questions), 0), np.float32)
    for other, offset in enumerate(blocks.starts):
        found, far = _nearest_in(questions if other == block else blocks.rows(other), questions, blocks.k + 1)
        found = np.where(found == MISSING, MISSING, found + offset)
        far[found == own] = FARTHEST
        found[found == own] = MISSING
        rows, distances = _best(np.hstack([rows, found]), np.hstack([distances, far]), blocks.k)
    return np.hstack([rows, distances]).astype(np.float64)


def _nearest_in(
    vectors: NDArray[np.float32], questions: NDArray[np.float32], k: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    matrix = EmbeddingMatrix(Rows(np.arange(len(vectors)), NO_KEY), vectors)
    rows, distances = nearest_to(matrix, questions, k, Task())
    return rows.astype(np.int64), distances


def _best(
    rows: NDArray[np.int64], distances: NDArray[np.float32], k: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The nearest first, equally near ones in row order, what is missing last."""
    order = np.lexsort((np.where(rows == MISSING, np.iinfo(np.int64).max, rows), distances), axis=1)[:, :k]
    return np.take_along_axis(rows, order, axis=1), np.take_along_axis(distances, order, axis=1)


def _columns(found: NDArray[np.float64], k: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    return found[:, :k].astype(np.int32), found[:, k:].astype(np.float32)


def _put(place: ShardPlace, array: NDArray[np.generic]) -> str:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return place.put(buffer.getvalue())


def _array(place: ShardPlace, name: str) -> NDArray[Any]:
    content = place.get(name)
    if content is None:
        raise UserFacingError(
            Sentence("What the workers had laid down is gone or torn."),
            Sentence("See that nobody else clears that place, and do it again."),
        )
    array: NDArray[Any] = np.load(io.BytesIO(content), allow_pickle=False)
    return array


def _clear(place: ShardPlace) -> None:
    for name in place.names():
        place.remove(name)
