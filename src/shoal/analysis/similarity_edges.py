"""The neighbour graph as undirected links between images, and how well a partition explains them."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.domain.geometry import NeighbourGraph

_WEAKEST = 1e-3  # what a link between unlike images weighs: it still is one


@dataclass(frozen=True, slots=True, eq=False)
class SimilarityEdges:
    """Each link once: `first` < `second` are rows, `weight` their cosine similarity, at least a thousandth.

    Of joined rows, see `joined_edges`, `first` and `second` are equal for what lies inside.
    """

    rows: int
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    weight: NDArray[np.float64]


def similarity_edges(graph: NeighbourGraph, neighbours: int) -> SimilarityEdges:
    """Link every row with its `neighbours` nearest (fewer where the graph has fewer), whichever of both says so."""
    indices = graph.indices[:, :neighbours]
    rows, columns = indices.shape
    is_known = indices.ravel() >= 0
    rows_from = np.repeat(np.arange(rows, dtype=np.int64), columns)[is_known]
    rows_to = indices.ravel()[is_known].astype(np.int64)
    weight = np.maximum(1.0 - graph.distances[:, :neighbours].ravel()[is_known].astype(np.float64), _WEAKEST)
    pairs, place = np.unique(np.minimum(rows_from, rows_to) * rows + np.maximum(rows_from, rows_to), return_index=True)
    return SimilarityEdges(rows, pairs // max(rows, 1), pairs % max(rows, 1), weight[place])


def joined_edges(edges: SimilarityEdges, labels: NDArray[np.int32]) -> SimilarityEdges:
    """The links between clusters 0..k-1, summed, and those inside each: partitions of the clusters cost the same."""
    count = int(labels.max()) + 1
    first, second = labels[edges.first].astype(np.int64), labels[edges.second].astype(np.int64)
    pairs, place = np.unique(np.minimum(first, second) * count + np.maximum(first, second), return_inverse=True)
    weight = np.bincount(place, edges.weight).astype(np.float64)
    return SimilarityEdges(count, pairs // count, pairs % count, weight)


def neighbours_to_link(rows: int) -> int:
    """How many neighbours hold a graph of so many images together without drowning small clusters: log2(n) - 2."""
    return max(2, round(math.log2(max(rows, 2))) - 2)


def description_length(edges: SimilarityEdges, labels: NDArray[np.int32]) -> float:
    """Bits per step that it takes to tell where a random walk over the links goes, if clusters have their own codes.

    The map equation (Rosvall, Axelsson, Bergstrom: "The map equation", 2009), less the part that no partition
    changes. The best partition has the least: the walk seldom leaves a cluster, and clusters are no larger than
    that needs. `labels` 0..k-1.
    """
    total = 2.0 * edges.weight.sum()
    if total == 0.0:
        return 0.0
    count = int(labels.max()) + 1
    first, second = labels[edges.first], labels[edges.second]
    visits = np.bincount(first, edges.weight, count) + np.bincount(second, edges.weight, count)
    inside = first == second
    stays = 2.0 * np.bincount(first[inside], edges.weight[inside], count)
    visits, leaves = visits / total, np.maximum(visits - stays, 0.0) / total
    return float(_bits(leaves.sum()) - 2.0 * _bits(leaves).sum() + _bits(visits + leaves).sum())


def _bits(shares: NDArray[np.float64] | np.float64) -> NDArray[np.float64]:
    shares = np.asarray(shares, np.float64)
    return np.where(shares > 0, shares * np.log2(np.where(shares > 0, shares, 1.0)), 0.0)
