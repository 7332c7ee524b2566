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
from shoal.domain.stacks import LEAST_LIKENESS, USUAL_STACKS, StackRule

LEAST_SIMILARITY = LEAST_LIKENESS
MOST_BITS_APART = 12
NEAR_IN_TIME: Final = 8
"""How many pictures that follow in time each one is compared with, where time counts."""
USUAL_GAP: Final = 10.0
"""Seconds, where nobody said how far apart in time the pictures of a stack may be."""

_ROUNDING: Final = 1e-6  # float32 products of equal unit rows differ from 1 by that much
_BITS_OF_BYTE = np.unpackbits(np.arange(256, dtype=np.uint8)[:, np.newaxis], axis=1).sum(axis=1).astype(np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Closeness:
    """`rule`: see there. `moments`: seconds per row, infinite where unknown; None: any will do.

    How alike two pictures are is (1 - m) * cosine + m * c, with m = `rule.moment`, and c the closeness in time: 1 for
    one moment, falling evenly to the least likeness at `rule.seconds` (where these are 0, at ten seconds), and on to 0.
    So with m = 1 those are stacked that were taken within that time. The bits in which the hashes may differ grow with
    m from 12 to all 64.
    """

    rule: StackRule = USUAL_STACKS
    moments: NDArray[np.float64] | None = None

    def in_time(self, apart: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of moments so many seconds apart, infinite where nobody knows."""
        gap = self.rule.seconds or USUAL_GAP
        return np.maximum(0.0, 1 - (1 - self.rule.likeness) * np.minimum(apart, 1e9) / gap)

    @property
    def most_bits(self) -> float:
        return MOST_BITS_APART + self.rule.moment * (64 - MOST_BITS_APART)


USUAL: Final = Closeness()


def near_duplicates(
    graph: NeighbourGraph,
    hashes: NDArray[np.int64],
    known: NDArray[np.bool_],
    close: Closeness = USUAL,
    vectors: NDArray[np.float32] | None = None,
) -> NDArray[np.int32]:
    """A stack number 0.. per row of the graph, -1 for an image that has no double.

    `hashes`: a difference hash per row; `known` says where there is one. Every member is near the one that has the most
    doubles of all: a slow pan does not become one stack by way of the pictures in between. `vectors`: a unit row each,
    wanted where time counts; without them what is no neighbour counts as unlike.
    """
    pairs = _pairs(graph, hashes, known, close, vectors)
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
    graph: NeighbourGraph,
    hashes: NDArray[np.int64],
    known: NDArray[np.bool_],
    close: Closeness,
    vectors: NDArray[np.float32] | None,
) -> NDArray[np.int64]:
    """Rows that are near-identical, or near enough in time, m x 2."""
    row, column = np.nonzero(graph.indices >= 0)
    pairs = np.stack([row, graph.indices[row, column].astype(np.int64)], axis=1)
    cosines = 1 - graph.distances[row, column].astype(np.float64)
    if close.rule.moment and close.moments is not None:
        later = _next_in_time(close.moments)
        pairs, cosines = np.concatenate([pairs, later]), np.concatenate([cosines, _cosines(later, vectors)])
    alike = known[pairs[:, 0]] & known[pairs[:, 1]] & _near(pairs, cosines, close)
    pairs = pairs[alike]
    return pairs[bits_apart(hashes[pairs[:, 0]], hashes[pairs[:, 1]]) <= close.most_bits]


def _near(pairs: NDArray[np.int64], cosines: NDArray[np.float64], close: Closeness) -> NDArray[np.bool_]:
    rule = close.rule
    if close.moments is None:
        return cosines >= rule.likeness - _ROUNDING
    first, second = close.moments[pairs[:, 0]], close.moments[pairs[:, 1]]
    dated = np.isfinite(first) & np.isfinite(second)
    apart = np.abs(np.where(dated, first, 0) - np.where(dated, second, 0))
    apart = np.where(dated, apart, np.inf)
    likeness = (1 - rule.moment) * cosines + rule.moment * close.in_time(apart)
    near: NDArray[np.bool_] = likeness >= rule.likeness - _ROUNDING
    return near & (apart <= rule.seconds) if rule.seconds else near


def _next_in_time(moments: NDArray[np.float64]) -> NDArray[np.int64]:
    """Each dated row with the next few after it, m x 2."""
    order = np.flatnonzero(np.isfinite(moments))
    order = order[np.argsort(moments[order], kind="stable")]
    steps = [np.stack([order[:-by], order[by:]], axis=1) for by in range(1, min(NEAR_IN_TIME, len(order) - 1) + 1)]
    return np.concatenate([np.empty((0, 2), np.int64), *steps]).astype(np.int64)


def _cosines(pairs: NDArray[np.int64], vectors: NDArray[np.float32] | None) -> NDArray[np.float64]:
    if vectors is None:
        return np.zeros(len(pairs))
    parts = [
        np.einsum("ij,ij->i", vectors[some[:, 0]], vectors[some[:, 1]])
        for some in np.array_split(pairs, max(1, len(pairs) // 4096))
    ]
    return np.concatenate(parts).astype(np.float64)
