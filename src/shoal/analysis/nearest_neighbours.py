"""From embeddings to the graph of most similar images.

Up to `EXACT_UP_TO` images every pair is compared. Above, `many_neighbours` looks for candidates first.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.many_neighbours import ROWS_AT_ONCE, Advance, Found, neighbours_of_many
from shoal.analysis.vector_space import DistinctRows, distinct_rows
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph, StageKey, stage_key
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task

EXACT_UP_TO = 20_000
MISSING = -1
FARTHEST = 2.0  # cosine distance, also where there is no neighbour
_MULTIPLICATIONS_PER_CHUNK = 10_000_000_000  # about half a second, how long a cancellation may take
_SCANS_PER_CHUNK = 1024  # at least: below about 500 queries faiss takes another way that costs eight times as much
_MESSAGE = Sentence("Comparing images")

_Search = Callable[[NDArray[np.float32], int], Found]
_Neighbours = tuple[NDArray[np.int32], NDArray[np.float32]]  # rows and cosine distances, nearest first


def graph_key(embeddings_key: StageKey, k: int) -> StageKey:
    return stage_key("neighbours", embeddings_key, k=k)


def neighbour_graph(embeddings: EmbeddingMatrix, k: int, task: Task) -> NeighbourGraph:
    """Link every image with the `k` most similar others, equally similar ones in row order.

    Deterministic. Where fewer than k others exist, the rest of the row is -1 at distance 2.
    """
    vectors = np.ascontiguousarray(embeddings.vectors, np.float32)
    find = _among_few if len(vectors) <= EXACT_UP_TO else _among_many
    indices, distances = find(vectors, k, task)
    return NeighbourGraph(graph_key(embeddings.key, k), embeddings.rows, indices, distances)


def _nobody(count: int, k: int) -> _Neighbours:
    return np.full((count, k), MISSING, np.int32), np.full((count, k), FARTHEST, np.float32)


def nearest_to(
    embeddings: EmbeddingMatrix, queries: NDArray[np.float32], k: int, task: Task
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The `k` rows of `embeddings` most similar to each query: rows m x k, cosine distances m x k; nearest first.

    Exact. `queries`: m x dimension, rows of unit length. Nothing is left out: an image finds itself. -1 at distance 2
    where there are fewer than k images.
    """
    vectors = np.ascontiguousarray(embeddings.vectors, np.float32)
    queries = np.ascontiguousarray(queries, np.float32)
    indices, distances = _nobody(len(queries), k)
    asked_for = min(k, len(vectors))
    if asked_for:
        search, rows_at_least = _scan(vectors)
        for rows in _chunks(len(queries), rows_at_least, task):
            indices[rows, :asked_for], distances[rows, :asked_for] = _as_neighbours(search(queries[rows], asked_for))
    return indices, distances


def _among_few(vectors: NDArray[np.float32], k: int, task: Task) -> _Neighbours:
    indices, distances = _nobody(len(vectors), k)
    asked_for = min(k + 1, len(vectors))  # with the image itself, which is among its own neighbours
    search, rows_at_least = _scan(vectors)
    for rows in _chunks(len(vectors), rows_at_least, task):
        answer = _without_self(np.arange(rows.start, rows.stop), search(vectors[rows], asked_for))
        indices[rows, : asked_for - 1], distances[rows, : asked_for - 1] = _as_neighbours(answer)
    return indices, distances


def _among_many(vectors: NDArray[np.float32], k: int, task: Task) -> _Neighbours:
    """Equal rows are looked up once, or copies of one picture would have nothing but each other for candidates."""
    count, distinct = len(vectors), distinct_rows(vectors)
    kinds = len(distinct.first)
    wanted = min(k + 1, kinds)

    def advance(done: int) -> None:
        task.report(_MESSAGE, done * count // kinds, count)

    if kinds <= EXACT_UP_TO:
        found = _all_compared(vectors[distinct.first], wanted, advance)
    else:
        found = neighbours_of_many(vectors, distinct.first, wanted, advance)
    copies, (indices, distances) = _Copies(distinct), _nobody(count, k)
    for start in range(0, count, ROWS_AT_ONCE):
        task.check()
        rows = np.arange(start, min(start + ROWS_AT_ONCE, count))
        answer = _without_self(rows, copies.counted(rows, found, k + 1))
        indices[rows], distances[rows] = _as_neighbours(answer)
    task.report(_MESSAGE, count, count)
    return indices, distances


def _all_compared(vectors: NDArray[np.float32], wanted: int, advance: Advance) -> Found:
    search, at_once = _scan(vectors)
    answers = []
    for start in range(0, len(vectors), at_once):
        advance(start)
        answers.append(search(vectors[start : start + at_once], wanted))
    return np.concatenate([one for one, _ in answers]), np.concatenate([rows for _, rows in answers])


class _Copies:
    """From the kinds of rows that were found to all rows of those kinds."""

    def __init__(self, distinct: DistinctRows) -> None:
        self._distinct = distinct
        self._members = np.argsort(distinct.inverse, kind="stable")
        self._starts = np.cumsum(distinct.counts) - distinct.counts

    def counted(self, rows: NDArray[np.int64], found: Found, most: int) -> Found:
        """The first `most` of each row: its own copies and itself, and then those of the kinds most similar to it."""
        own = self._distinct.inverse[rows]
        similarities, kinds = _without_self(own, (found[0][own], found[1][own]))
        kinds = np.hstack([own[:, None], kinds])
        similarities = np.hstack([np.ones((len(rows), 1), np.float32), similarities])
        ends = np.cumsum(np.where(kinds >= 0, self._distinct.counts[kinds], 0), axis=1)
        slots = np.arange(most)
        column = (ends[:, None, :] <= slots[:, None]).sum(axis=2)
        there, column = column < kinds.shape[1], np.minimum(column, kinds.shape[1] - 1)
        kind, end = (np.take_along_axis(values, column, axis=1) for values in (kinds, ends))
        place = np.where(there, self._starts[kind] + self._distinct.counts[kind] - (end - slots), 0)
        alike = np.where(there, np.take_along_axis(similarities, column, axis=1), -1)
        return alike, np.where(there, self._members[place], MISSING)


def _scan(vectors: NDArray[np.float32]) -> tuple[_Search, int]:
    """Compare with every vector. Returns the search and how many rows to give it at once."""
    import faiss

    def search(queries: NDArray[np.float32], neighbours: int) -> Found:
        similarities, rows = faiss.knn(queries, vectors, neighbours, metric=faiss.METRIC_INNER_PRODUCT)
        return similarities, rows

    return search, int(np.clip(_MULTIPLICATIONS_PER_CHUNK // max(1, vectors.size), _SCANS_PER_CHUNK, 4096))


def _chunks(count: int, rows_at_least: int, task: Task) -> Iterator[slice]:
    """Equal parts, so that none is small. Reports how many rows are done before each part and at the end."""
    parts = max(1, count // rows_at_least)
    bounds = sorted({count * part // parts for part in range(parts + 1)})  # a single one if there are no rows
    for start, stop in pairwise(bounds):
        task.report(_MESSAGE, start, count)
        yield slice(start, stop)
    task.report(_MESSAGE, count, count)


def _without_self(rows: NDArray[np.int64], answer: Found) -> Found:
    """Drop each row from its own neighbours; where duplicates crowded it out, drop the last one instead."""
    similarities, indices = answer
    dropped = indices == rows[:, None]
    dropped[~dropped.any(axis=1), -1] = True
    shape = (len(rows), indices.shape[1] - 1)
    return similarities[~dropped].reshape(shape), indices[~dropped].reshape(shape)


def _as_neighbours(answer: Found) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    similarities, rows = answer
    order = np.lexsort((rows, -similarities), axis=1)
    indices = np.take_along_axis(rows, order, axis=1).astype(np.int32)
    distances = 1 - np.take_along_axis(similarities, order, axis=1)
    return indices, np.clip(distances, 0, FARTHEST, dtype=np.float32)
