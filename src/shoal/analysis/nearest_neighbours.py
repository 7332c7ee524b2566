"""From embeddings to the graph of most similar images.

Up to `EXACT_UP_TO` images every pair is compared. Above, an inverted file is searched: k-means cuts the vectors into
lists, and each image is compared with those in the few lists nearest to it, always in the full dimension. How many
lists that takes depends on the pictures, so it is measured on a sample each time.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph, StageKey, stage_key
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task

EXACT_UP_TO = 20_000
TARGET_RECALL = 0.97  # on the sample; 0.95 is what we promise
MISSING = -1
FARTHEST = 2.0  # cosine distance, also where there is no neighbour
_SAMPLE = 1000
_TRAINING_ROWS_PER_LIST = 64
_TRAINING_ROUNDS = 4  # more cost time and won no recall
_SCAN_IS_CHEAPER_FROM = 1 / 8  # of all lists: beyond that a plain matrix product is faster than looking lists up
_MULTIPLICATIONS_PER_CHUNK = 10_000_000_000  # about half a second, how long a cancellation may take
_SCANS_PER_CHUNK = 1024  # at least: below about 500 queries faiss takes another way that costs eight times as much
_LOOK_UPS_PER_CHUNK = 4096
_MESSAGE = Sentence("Comparing images")

_Found = tuple[NDArray[np.float32], NDArray[np.int64]]  # similarities and rows, best first; row -1 for none
_Search = Callable[[NDArray[np.float32], int], _Found]


def graph_key(embeddings_key: StageKey, k: int) -> StageKey:
    return stage_key("neighbours", embeddings_key, k=k)


def neighbour_graph(embeddings: EmbeddingMatrix, k: int, task: Task) -> NeighbourGraph:
    """Link every image with the `k` most similar others, equally similar ones in row order.

    Deterministic. Where fewer than k others exist, the rest of the row is -1 at distance 2.
    """
    vectors = np.ascontiguousarray(embeddings.vectors, np.float32)
    count = len(vectors)
    indices = np.full((count, k), MISSING, np.int32)
    distances = np.full((count, k), FARTHEST, np.float32)
    asked_for = min(k + 1, count)  # with the image itself, which is among its own neighbours
    search, rows_at_least = _way_to_search(vectors, asked_for, task)
    for rows in _chunks(count, rows_at_least, task):
        answer = _without_self(np.arange(rows.start, rows.stop), search(vectors[rows], asked_for))
        indices[rows, : asked_for - 1], distances[rows, : asked_for - 1] = _as_neighbours(answer)
    return NeighbourGraph(graph_key(embeddings.key, k), embeddings.rows, indices, distances)


def nearest_to(
    embeddings: EmbeddingMatrix, queries: NDArray[np.float32], k: int, task: Task
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The `k` rows of `embeddings` most similar to each query: rows m x k, cosine distances m x k; nearest first.

    Exact. `queries`: m x dimension, rows of unit length. Nothing is left out: an image finds itself. -1 at distance 2
    where there are fewer than k images.
    """
    vectors = np.ascontiguousarray(embeddings.vectors, np.float32)
    queries = np.ascontiguousarray(queries, np.float32)
    indices = np.full((len(queries), k), MISSING, np.int32)
    distances = np.full((len(queries), k), FARTHEST, np.float32)
    asked_for = min(k, len(vectors))
    if asked_for:
        search, rows_at_least = _scan(vectors)
        for rows in _chunks(len(queries), rows_at_least, task):
            indices[rows, :asked_for], distances[rows, :asked_for] = _as_neighbours(search(queries[rows], asked_for))
    return indices, distances


def _way_to_search(vectors: NDArray[np.float32], neighbours: int, task: Task) -> tuple[_Search, int]:
    if len(vectors) <= EXACT_UP_TO:
        return _scan(vectors)
    task.report(_MESSAGE, 0, len(vectors))
    index = _inverted_file(vectors, task)
    lists = _lists_to_visit(index, vectors, neighbours, task)
    if lists is None:
        return _scan(vectors)
    index.nprobe = lists
    return _look_up(index, vectors), _LOOK_UPS_PER_CHUNK


def _scan(vectors: NDArray[np.float32]) -> tuple[_Search, int]:
    """Compare with every vector. Returns the search and how many rows to give it at once."""
    import faiss

    def search(queries: NDArray[np.float32], neighbours: int) -> _Found:
        similarities, rows = faiss.knn(queries, vectors, neighbours, metric=faiss.METRIC_INNER_PRODUCT)
        return similarities, rows

    return search, int(np.clip(_MULTIPLICATIONS_PER_CHUNK // max(1, vectors.size), _SCANS_PER_CHUNK, 4096))


def _look_up(index: Any, vectors: NDArray[np.float32]) -> _Search:
    scan, _ = _scan(vectors)

    def search(queries: NDArray[np.float32], neighbours: int) -> _Found:
        similarities, rows = index.search(queries, neighbours)
        short = np.flatnonzero((rows == MISSING).any(axis=1))  # the lists it visited held too few
        if len(short):
            similarities[short], rows[short] = scan(queries[short], neighbours)
        return similarities, rows

    return search


def _inverted_file(vectors: NDArray[np.float32], task: Task) -> Any:  # faiss has no type information
    import faiss

    count, dimension = vectors.shape
    quantizer = faiss.IndexFlatIP(dimension)
    index = faiss.IndexIVFFlat(quantizer, dimension, int(2 * count**0.5), faiss.METRIC_INNER_PRODUCT)
    # Rows are of unit length, and so must be the centres of lists that they are compared with by inner product.
    index.cp.spherical = True
    index.cp.niter = _TRAINING_ROUNDS
    index.cp.max_points_per_centroid = _TRAINING_ROWS_PER_LIST
    index.train(vectors)
    task.check()
    index.add(vectors)
    return index


def _lists_to_visit(index: Any, vectors: NDArray[np.float32], neighbours: int, task: Task) -> int | None:
    """The fewest lists with which the sample finds enough of its true neighbours; None if a scan is cheaper."""
    rows = np.random.default_rng(0).choice(len(vectors), _SAMPLE, replace=False)
    sample = vectors[np.sort(rows)]
    scan, _ = _scan(vectors)
    worst_wanted = scan(sample, neighbours)[0][:, -1]

    def suffices(lists: int) -> bool:
        task.check()
        index.nprobe = lists
        return _recall(index.search(sample, neighbours)[0], worst_wanted) >= TARGET_RECALL

    return _smallest(suffices, int(index.nlist * _SCAN_IS_CHEAPER_FROM))


def _recall(similarities: NDArray[np.float32], worst_wanted: NDArray[np.float32]) -> float:
    """Counted by similarity, because among duplicates any choice of rows is right."""
    return float((similarities >= worst_wanted[:, None] - 1e-6).mean())


def _smallest(suffices: Callable[[int], bool], most: int) -> int | None:
    """The smallest number from 1 to `most` that suffices, found by doubling and then halving the gap; None if none."""
    low, high = 0, 1
    while not suffices(high):
        if high >= most:
            return None
        low, high = high, min(2 * high, most)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if suffices(middle) else (middle, high)
    return high


def _chunks(count: int, rows_at_least: int, task: Task) -> Iterator[slice]:
    """Equal parts, so that none is small. Reports how many rows are done before each part and at the end."""
    parts = max(1, count // rows_at_least)
    bounds = sorted({count * part // parts for part in range(parts + 1)})  # a single one if there are no rows
    for start, stop in pairwise(bounds):
        task.report(_MESSAGE, start, count)
        yield slice(start, stop)
    task.report(_MESSAGE, count, count)


def _without_self(rows: NDArray[np.int64], answer: _Found) -> _Found:
    """Drop each row from its own neighbours; where duplicates crowded it out, drop the last one instead."""
    similarities, indices = answer
    dropped = indices == rows[:, None]
    dropped[~dropped.any(axis=1), -1] = True
    shape = (len(rows), indices.shape[1] - 1)
    return similarities[~dropped].reshape(shape), indices[~dropped].reshape(shape)


def _as_neighbours(answer: _Found) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    similarities, rows = answer
    order = np.lexsort((rows, -similarities), axis=1)
    indices = np.take_along_axis(rows, order, axis=1).astype(np.int32)
    distances = 1 - np.take_along_axis(similarities, order, axis=1)
    return indices, np.clip(distances, 0, FARTHEST, dtype=np.float32)
