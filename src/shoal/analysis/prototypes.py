"""Which clusters each image is likest to, learnt from what the user put right.

Each cluster has a prototype, the weighted mean of its members: what the user put there counts fully, what a machine
proposed a tenth (few-shot learning by prototypes: Snell, Swersky, Zemel: "Prototypical networks", 2017). Distances are
taken in the metric that makes clusters small (linear discriminant analysis), shrunk towards the plain one; triplet and
ArcFace-style losses were measured beside it (`tests/benchmarks/bench_metric.py`). An image's own cluster is judged
without that image, or the metric would confirm mistakes. The clusters of an image's nearest neighbours have a vote.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.learning_space import LearningSpace
from shoal.domain.geometry import NeighbourGraph
from shoal.domain.grouping import UNSORTED

CHOICES = 5
PROPOSED = 0.1
"""The weight of an image that a machine put where it is, in prototypes and metric."""
PROPOSED_VOTE = 0.3
_VOTES = 0.4
_NEARNESS = 0.05
"""Cosine distance at which a neighbour's vote has fallen to a third."""
_SHRINKAGE = 3.0  # keeps the spread of few examples invertible, and near to an even one
_SAMPLE = 10_000
_CELLS = 4_000_000  # scores held at once: 16 MB
_NOWHERE = -1e6  # below every score, so that it is never the best
_ALONE = -3.0
"""How well the only picture of a cluster fits there: nobody else speaks for it."""
_NOBODY = 1e-3
"""Less weight than any picture has."""


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """What is known of the images of `space`, one value per row. `refused`: pairs of row and cluster, m x 2."""

    space: LearningSpace
    graph: NeighbourGraph | None
    homes: NDArray[np.int32]
    pinned: NDArray[np.bool_]
    refused: NDArray[np.int64]

    @property
    def weights(self) -> NDArray[np.float32]:
        return np.where(self.pinned, np.float32(1), np.float32(PROPOSED))


@dataclass(frozen=True, slots=True, eq=False)
class Prototypes:
    """`clusters` k ascending, `means` k x dimensions, `weights` k. `metric`: dimensions x dimensions, to be applied."""

    clusters: NDArray[np.int32]
    means: NDArray[np.float32]
    weights: NDArray[np.float32]
    metric: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """Row i is about row i of the space.

    `clusters` n x 5 int32: the likeliest first, -1 where there are fewer. `lead` n: how much likelier the first is than
    the second. `margin` n: how much likelier its own cluster is than the likeliest other, as learnt without the image
    itself; 0 for what is in none. `agreeing` n: which share of its neighbours' votes goes to its own cluster.
    """

    clusters: NDArray[np.int32]
    lead: NDArray[np.float32]
    margin: NDArray[np.float32]
    agreeing: NDArray[np.float32]


def learn_prototypes(knowledge: Knowledge, weights: NDArray[np.float32], *, metric: bool = True) -> Prototypes:
    """`weights` per row; those of weight 0 are not looked at. Without `metric` distances stay plain."""
    points, inside = knowledge.space.points, np.flatnonzero((knowledge.homes > UNSORTED) & (weights > 0))
    inside = inside[np.argsort(knowledge.homes[inside], kind="stable")]
    homes, weight = knowledge.homes[inside], weights[inside]
    starts = np.flatnonzero(np.diff(homes, prepend=-1))
    totals = np.add.reduceat(weight, starts) if len(starts) else np.empty(0, np.float32)
    means = np.stack(
        [weight[a:b] @ points[inside[a:b]] for a, b in pairwise([*starts.tolist(), len(inside)])]
        or [np.empty(points.shape[1], np.float32)]
    )[: len(starts)]
    means = means / totals[:, None]
    plain = np.eye(points.shape[1], dtype=np.float32)
    prototypes = Prototypes(homes[starts].astype(np.int32), means.astype(np.float32), totals.astype(np.float32), plain)
    if not metric or len(inside) <= len(starts):
        return prototypes
    return Prototypes(
        prototypes.clusters, prototypes.means, prototypes.weights, _metric(points, inside, homes, weight, prototypes)
    )


def _metric(
    points: NDArray[np.float32],
    inside: NDArray[np.int64],
    homes: NDArray[np.int32],
    weight: NDArray[np.float32],
    prototypes: Prototypes,
) -> NDArray[np.float32]:
    """The square root of the inverse of the shrunk spread within clusters."""
    # What the user put right is rare and worth most: all of it, and an even choice of the rest.
    sure = np.flatnonzero(weight == 1)
    few = np.linspace(0, len(inside) - 1, min(len(inside), _SAMPLE)).astype(np.int64)
    sample = np.unique(np.concatenate([sure[:_SAMPLE], few]))
    own = np.searchsorted(prototypes.clusters, homes[sample])
    apart = (points[inside[sample]] - prototypes.means[own]) * np.sqrt(weight[sample])[:, None]
    spread = (apart.T @ apart).astype(np.float64)
    size = max(float(np.trace(spread)) / len(spread), 1e-12)
    # By its own size, so that shrinking means the same for the vectors of every model.
    spread = spread / size + _SHRINKAGE * np.eye(len(spread))
    return np.linalg.cholesky(np.linalg.inv(spread)).astype(np.float32)


def choose_clusters(knowledge: Knowledge, learnt: Prototypes, rows: NDArray[np.int64] | None = None) -> Choices:
    """Of all rows, or of these. In pieces, so that many clusters of many images do not fill the memory."""
    asked = np.arange(len(knowledge.homes)) if rows is None else rows
    if not len(learnt.clusters):
        count = len(asked)
        return Choices(np.full((count, CHOICES), -1, np.int32), *(np.zeros(count, np.float32) for _ in range(3)))
    step = max(64, _CELLS // len(learnt.clusters))
    usual = _usual_distance(knowledge, learnt)
    parts = [_choose(knowledge, learnt, asked[at : at + step], usual) for at in range(0, max(1, len(asked)), step)]
    return Choices(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _usual_distance(knowledge: Knowledge, learnt: Prototypes) -> float:
    """Of members to their own prototype: the unit in which all others are told."""
    rows = np.flatnonzero(np.isin(knowledge.homes, learnt.clusters))
    rows = rows[:: max(1, len(rows) // 2000)]
    own = np.searchsorted(learnt.clusters, knowledge.homes[rows])
    apart = (knowledge.space.points[rows] - learnt.means[own]) @ learnt.metric
    return max(float(np.median((apart**2).sum(axis=1))) if len(rows) else 1.0, 1e-9)


def _choose(
    knowledge: Knowledge, learnt: Prototypes, rows: NDArray[np.int64], usual: float
) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    places, prototypes = knowledge.space.points[rows] @ learnt.metric, learnt.means @ learnt.metric
    squares = (places**2).sum(axis=1)[:, None] + (prototypes**2).sum(axis=1)[None]
    # Minus the squared distance, multiplied out: the differences themselves would take dimensions times the memory.
    scores = (2 * places @ prototypes.T - squares) / np.float32(usual)
    homes = knowledge.homes[rows]
    own = np.minimum(np.searchsorted(learnt.clusters, homes), len(learnt.clusters) - 1)
    at_home = learnt.clusters[own] == homes
    here = np.flatnonzero(at_home)
    total, weight = learnt.weights[own[here]], knowledge.weights[rows[here]]
    of_own = scores[here, own[here]] * _without_itself(total, weight)
    scores[here, own[here]] = np.where(total - weight > _NOBODY, of_own, np.float32(_ALONE))
    votes = _votes(knowledge, learnt, rows)
    scores += np.float32(_VOTES) * votes
    _leave_out(scores, knowledge, learnt, rows)
    everyone = np.arange(len(rows))
    of_own = np.where(at_home, scores[everyone, own], np.float32(_NOWHERE))
    agreeing = np.where(at_home, votes[everyone, own], np.float32(0))
    clusters, lead = _best(scores, learnt)
    scores[here, own[here]] = _NOWHERE
    margin = np.where(at_home, of_own - scores.max(axis=1), np.float32(0))
    return clusters, lead, np.clip(margin, -9, 9).astype(np.float32), agreeing.astype(np.float32)


def _without_itself(total: NDArray[np.float32], own: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much farther a member is from the mean of the others than from that of all."""
    others = total - own
    longer = total / np.maximum(others, _NOBODY)
    return np.asarray(np.minimum(longer, 10.0) ** 2, np.float32)


def _votes(knowledge: Knowledge, learnt: Prototypes, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """Rows x clusters: the shares of the neighbours' votes, nearer ones and those put there by the user count more."""
    count = len(learnt.clusters)
    if knowledge.graph is None or not knowledge.graph.indices.shape[1]:
        return np.zeros((len(rows), count), np.float32)
    near, distances = knowledge.graph.indices[rows], knowledge.graph.distances[rows]
    homes = knowledge.homes[near]
    own = np.minimum(np.searchsorted(learnt.clusters, homes), count - 1)
    counts = (near >= 0) & (learnt.clusters[own] == homes)
    weight = np.exp((distances[:, :1] - distances) / _NEARNESS) * np.where(knowledge.pinned[near], 1.0, PROPOSED_VOTE)
    cells = np.arange(len(rows))[:, None] * count + own
    votes = np.bincount(cells[counts], weight[counts], len(rows) * count).reshape(len(rows), count)
    total = np.where(near >= 0, weight, 0).sum(axis=1, keepdims=True)
    shares: NDArray[np.float32] = (votes / np.maximum(total, 1e-9)).astype(np.float32)
    return shares


def _leave_out(scores: NDArray[np.float32], knowledge: Knowledge, learnt: Prototypes, rows: NDArray[np.int64]) -> None:
    """What the user refused is no choice any more."""
    if len(knowledge.refused):
        place = np.full(len(knowledge.homes), -1)
        place[rows] = np.arange(len(rows))
        row, cluster = place[knowledge.refused[:, 0]], knowledge.refused[:, 1]
        column = np.minimum(np.searchsorted(learnt.clusters, cluster), len(learnt.clusters) - 1)
        has_place = (row >= 0) & (learnt.clusters[column] == cluster)
        scores[row[has_place], column[has_place]] = _NOWHERE


def _best(scores: NDArray[np.float32], learnt: Prototypes) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    count = min(CHOICES, len(learnt.clusters))
    # To sort a thousand clusters for every image would take longer than to compare it with them.
    best = np.argpartition(-scores, count - 1, axis=1)[:, :count]
    values = np.take_along_axis(scores, best, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    best, values = np.take_along_axis(best, order, axis=1), np.take_along_axis(values, order, axis=1)
    clusters = np.full((len(scores), CHOICES), -1, np.int32)
    clusters[:, :count] = np.where(values > _NOWHERE / 2, learnt.clusters[best], -1)
    lead = values[:, 0] - values[:, 1] if count > 1 else np.full(len(scores), 9, np.float32)
    return clusters, np.clip(lead, 0, 9).astype(np.float32)
