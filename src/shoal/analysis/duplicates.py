"""Which images are near-identical: copies, other sizes of one picture, the shots of one burst.

Two conditions, because either alone errs: the network calls two pairs of jeans on one hanger nearly equal, and to a
hash of brightness every product on white looks alike. `tests/benchmarks/bench_looks.py` prints how often each is met.
Chosen for the quick network, and measured again with the usual one on 766 shared pictures: of mildly moved shots 91
in a hundred are found (quick network: 83), of strongly moved ones 65 (57), of 1,000 pairs of neighbours 0.2 stack
(0.3).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.domain.geometry import NeighbourGraph

LEAST_SIMILARITY = 0.88
MOST_BITS_APART = 12

_BITS_OF_BYTE = np.unpackbits(np.arange(256, dtype=np.uint8)[:, np.newaxis], axis=1).sum(axis=1).astype(np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Closeness:
    """`likeness`: the least cosine similarity. `moments`: seconds per row, infinite where unknown; None: any will do.

    `seconds`: the most that two moments may be apart.
    """

    likeness: float = LEAST_SIMILARITY
    seconds: float = 0.0
    moments: NDArray[np.float64] | None = None


USUAL: Final = Closeness()


def near_duplicates(
    graph: NeighbourGraph, hashes: NDArray[np.int64], known: NDArray[np.bool_], close: Closeness = USUAL
) -> NDArray[np.int32]:
    """A stack number 0.. per row of the graph, -1 for an image that has no double.

    `hashes`: a difference hash per row; `known` says where there is one. Every member is near the one that has the most
    doubles of all: a slow pan does not become one stack by way of the pictures in between.
    """
    pairs = _pairs(graph, hashes, known, close)
    stacks = np.full(len(graph.indices), -1, np.int32)
    if not len(pairs):
        return stacks
    both_ways = np.unique(np.concatenate([pairs, pairs[:, ::-1]]), axis=0)
    rows, starts, counts = np.unique(both_ways[:, 0], return_index=True, return_counts=True)
    next_stack = 0
    for at in np.lexsort((rows, -counts)):
        row, doubles = rows[at], both_ways[starts[at] : starts[at] + counts[at], 1]
        free = doubles[stacks[doubles] < 0]
        if stacks[row] < 0 and len(free):
            stacks[row] = stacks[free] = next_stack
            next_stack += 1
    return stacks


def bits_apart(first: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """In how many of their 64 bits the numbers differ."""
    counts: NDArray[np.int64] = _BITS_OF_BYTE[(first ^ other).view(np.uint8).reshape(-1, 8)].sum(axis=1, dtype=np.int64)
    return counts


def _pairs(
    graph: NeighbourGraph, hashes: NDArray[np.int64], known: NDArray[np.bool_], close: Closeness
) -> NDArray[np.int64]:
    """Rows that are neighbours and near-identical, m x 2."""
    near = (graph.indices >= 0) & (graph.distances <= 1 - close.likeness)
    row, column = np.nonzero(near)
    other = graph.indices[row, column].astype(np.int64)
    alike = known[row] & known[other]
    if close.moments is not None:
        first, second = close.moments[row], close.moments[other]
        dated = np.isfinite(first) & np.isfinite(second)
        alike &= dated & (np.abs(np.where(dated, first - second, 0)) <= close.seconds)
    row, other = row[alike], other[alike]
    alike = bits_apart(hashes[row], hashes[other]) <= MOST_BITS_APART
    return np.stack([row[alike], other[alike]], axis=1)
