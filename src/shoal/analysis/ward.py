"""Ward's hierarchy of weighted points, without a matrix of their distances."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.domain.sentence import Sentence
from shoal.domain.task import Task


@dataclass(frozen=True, slots=True, eq=False)
class Merges:
    """What joins what, cheapest first. `pairs`: (n - 1) x 2, a point of either side; `heights`: n - 1, ascending."""

    pairs: NDArray[np.int64]
    heights: NDArray[np.float64]


def ward_merges(points: NDArray[np.floating], weights: NDArray[np.int64], task: Task) -> Merges:
    """Join n points step by step, each time with the least growth of the weighted squared error.

    Nearest-neighbour chain (Murtagh 1983): n x n x d steps in all, memory for the points only; for a few thousand.
    """
    forest = _Forest(points.astype(np.float64), weights.astype(np.float64))
    pairs: list[tuple[int, int]] = []
    heights: list[float] = []
    chain = [0]
    while len(pairs) < len(points) - 1:
        nearest, growth = forest.nearest_to(chain[-1], chain[-2] if len(chain) > 1 else None)
        if len(chain) < 2 or nearest != chain[-2]:
            chain.append(nearest)
            continue
        first, second = chain.pop(), chain.pop()
        forest.join(first, second)
        pairs.append((first, second))
        heights.append(growth)
        if not chain:
            chain.append(second)
        if len(pairs) % 256 == 0:
            task.report(Sentence("Building the tree"), len(pairs), len(points) - 1)
    order = np.argsort(heights, kind="stable")
    return Merges(np.array(pairs, np.int64).reshape(-1, 2)[order], np.array(heights, np.float64)[order])


class _Forest:
    """The clusters of one moment, each in the place of one of its points; the places of the others weigh nothing."""

    def __init__(self, centres: NDArray[np.float64], weights: NDArray[np.float64]) -> None:
        self._centres = centres
        self._weights = weights
        self._squares = np.einsum("ij,ij->i", centres, centres)
        self._gone = np.zeros(len(centres))

    def nearest_to(self, place: int, favourite: int | None) -> tuple[int, float]:
        """The place whose cluster is cheapest to join, and at what growth; of equals the favourite."""
        weights = self._weights
        squares = self._squares + self._squares[place] - 2.0 * (self._centres @ self._centres[place])
        growth = np.maximum(squares, 0.0) * (weights * weights[place] / (weights + weights[place])) + self._gone
        growth[place] = np.inf
        nearest = int(growth.argmin())
        if favourite is not None and growth[favourite] <= growth[nearest]:
            nearest = favourite
        return nearest, float(growth[nearest])

    def join(self, gone: int, into: int) -> None:
        total = self._weights[gone] + self._weights[into]
        share = self._weights[gone] / total
        self._centres[into] += share * (self._centres[gone] - self._centres[into])
        self._squares[into] = self._centres[into] @ self._centres[into]
        self._weights[into] = total
        self._gone[gone] = np.inf


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Points in a row such that every cluster of the hierarchy is a run of it.

    `order`: n points; `rank`: n - 1, which of the merges (0 the cheapest) closes the gap after place i.
    """

    order: NDArray[np.int64]
    rank: NDArray[np.int64]


def in_line(merges: Merges) -> Line:
    """Lay each pair of clusters end to end, as they merge."""
    count = len(merges.heights) + 1
    root, last = list(range(count)), list(range(count))
    following, closed_by = [-1] * count, [0] * count
    for rank, (first, second) in enumerate(merges.pairs.tolist()):
        left, right = _root(root, first), _root(root, second)
        end = last[left]
        following[end], closed_by[end] = right, rank
        root[right], last[left] = left, last[right]
    place, order = _root(root, 0), []
    while place >= 0:
        order.append(place)
        place = following[place]
    rank_after = np.array(closed_by, np.int64)[order]
    return Line(np.array(order, np.int64), rank_after[:-1])


def _root(root: list[int], point: int) -> int:
    while root[point] != point:
        root[point] = root[root[point]]
        point = root[point]
    return point


def cut_line(line: Line, count: int) -> NDArray[np.int32]:
    """Labels 0..count-1 per point: the runs that remain if the `count` - 1 costliest merges are undone."""
    labels = np.zeros(len(line.order), np.int32)
    labels[line.order[1:]] = np.cumsum(line.rank >= len(line.order) - max(count, 1), dtype=np.int32)
    return labels
