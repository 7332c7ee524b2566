"""Which pairs of pictures may be copies of each other: few enough to look at each closely.

The nearest by vector, for whatever a network still takes for the same, and the nearest by a perceptual hash in eight
positions, for what was turned or mirrored.
"""

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.copy_signs import POSITIONS, Pairs, all_hashes
from shoal.domain.copies import ManyLooks
from shoal.domain.geometry import NeighbourGraph
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task

if TYPE_CHECKING:
    import faiss

NEAREST = 5
_AT_ONCE = 8192  # between them somebody may cancel
_FEW = 30_000  # up to here every hash is held against every other
_SEARCHED = 8  # of more, one in so many: of 4,000 made copies the same 3,995 are candidates then
_MESSAGE = Sentence("Looking for copies")


def candidates(graph: NeighbourGraph, looks: ManyLooks, task: Task) -> Pairs:
    """`looks`: a row for each of the graph. Raises `Cancelled`."""
    by_vector = np.where(graph.distances < 1, graph.indices, -1)[:, :NEAREST].astype(np.int64)
    return pairs_of(np.concatenate([by_vector, nearest_by_hash(looks.waves, task)], axis=1))


def pairs_of(others: NDArray[np.int64]) -> Pairs:
    """`others` n x k: rows that go with each row, -1 for none."""
    rows = np.repeat(np.arange(len(others)), others.shape[1])
    pairs = np.stack([rows, others.ravel()], axis=1)
    pairs = np.sort(pairs[(pairs[:, 1] >= 0) & (pairs[:, 0] != pairs[:, 1])], axis=1)
    code = np.unique(pairs[:, 0] * max(len(others), 1) + pairs[:, 1])
    return np.stack([code // max(len(others), 1), code % max(len(others), 1)], axis=1)


def nearest_by_hash(
    waves: NDArray[np.float32], task: Task, *, among: NDArray[np.int64] | None = None
) -> NDArray[np.int64]:
    """n x `NEAREST` rows, those with fewest bits apart in whatever position; -1 where there are no more.

    Among many rows some of the nearest may be missed: those that are far apart even so.

    `among`: only these rows are found, though all are asked about.
    """
    hashes = all_hashes(waves)
    searched = np.arange(len(waves)) if among is None else among
    index = _index(np.ascontiguousarray(hashes[0, searched]))
    nearest = np.full((len(waves), NEAREST), -1, np.int64)
    for start in task.track(range(0, len(waves), _AT_ONCE), _MESSAGE):
        own = np.arange(start, min(start + _AT_ONCE, len(waves)))
        count = min(NEAREST + 1, len(searched))
        answers = [index.search(np.ascontiguousarray(hashes[position, own]), count) for position in range(POSITIONS)]
        bits, rows = (np.concatenate(part, axis=1) for part in zip(*answers, strict=True))
        nearest[own] = _nearest(bits, np.where(rows >= 0, searched[rows], -1), own, NEAREST)
    return nearest


def _index(hashes: NDArray[np.uint8]) -> "faiss.IndexBinary":
    import faiss

    whole = faiss.IndexBinaryFlat(64)
    if len(hashes) <= _FEW:
        whole.add(hashes)
        return whole
    lists = round(2 * math.sqrt(len(hashes)))
    index = faiss.IndexBinaryIVF(whole, 64, lists)
    index.nprobe = lists // _SEARCHED
    index.train(hashes)
    index.add(hashes)
    return index


def _nearest(bits: NDArray[np.int32], rows: NDArray[np.int64], own: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Of several answers for each row the best, each row once and none for itself."""
    order = np.lexsort((rows, bits), axis=1)
    bits, rows = np.take_along_axis(bits, order, 1), np.take_along_axis(rows, order, 1)
    again = np.zeros(rows.shape, np.bool_)
    for column in range(1, rows.shape[1]):
        again[:, column] = (rows[:, :column] == rows[:, [column]]).any(axis=1)
    rows = np.where(again | (rows == own[:, np.newaxis]), -1, rows)
    first = np.argsort(rows < 0, axis=1, kind="stable")[:, :most]
    best = np.take_along_axis(rows, first, 1)
    return np.pad(best, ((0, 0), (0, most - best.shape[1])), constant_values=-1)
