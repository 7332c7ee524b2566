"""Whether a metric, or a space made more even, helps in this folder: asked of corrections that were held back.

Half of what the user put somewhere is taken out, the other half teaches, and each of the first half is looked up; then
the other way round.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.corrections import usable_corrections
from shoal.analysis.prototypes import Knowledge, choose_clusters, learn_prototypes

FEWEST, VOTERS = 20, 5
HELPS = 0.25
"""Standard deviations of chance: to wait for more would leave out half of those whom it helps."""
ENOUGH_TO_CHANGE = 60
"""Corrections from which on something is used that was not: with fewer, chance would choose as often as not."""
MOST = 2000
"""Corrections that are asked; more say nothing new and cost time."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of `asked` corrections so many more (or fewer) find their cluster with it than without; whether it is used."""

    used: bool
    asked: int = 0
    more: int = 0


def held_back_corrections(homes: NDArray[np.int32], pinned: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Rows, in an order that has nothing to do with the pictures."""
    usable = usable_corrections(homes, pinned)
    return np.random.default_rng(0).permutation(usable)[:MOST]


def found_again(knowledge: Knowledge, corrections: NDArray[np.int64], *, metric: bool) -> NDArray[np.bool_]:
    """For each correction, whether what the other half teaches leads it to its cluster."""
    right = np.zeros(len(corrections), np.bool_)
    for half in (slice(0, None, 2), slice(1, None, 2)):
        asked = corrections[half]
        weights = knowledge.weights.copy()
        weights[asked] = 0
        homes = knowledge.homes.copy()
        homes[asked] = 0  # nor may they vote
        untold = Knowledge(knowledge.space, knowledge.graph, homes, knowledge.pinned, knowledge.refused)
        choices = choose_clusters(untold, learn_prototypes(untold, weights, metric=metric), asked)
        right[half] = choices.clusters[:, 0] == knowledge.homes[asked]
    return right


def nearest_agree(
    points: NDArray[np.float32], homes: NDArray[np.int32], corrections: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """For each correction, whether the five others nearest to it vote for its cluster; `points` of unit length.

    What a machine proposed has no vote: it was found in the plain vectors, and would speak for them.
    """
    near, kinds = points[corrections], np.unique(homes[corrections], return_inverse=True)[1]
    alike = near @ near.T
    np.fill_diagonal(alike, -2)
    voters = np.argpartition(-alike, min(VOTERS, len(near) - 1), axis=1)[:, :VOTERS]
    weight = np.maximum(np.take_along_axis(alike, voters, axis=1), 0)
    cells = np.arange(len(near))[:, None] * (kinds.max() + 1) + kinds[voters]
    votes = np.bincount(cells.ravel(), weight.ravel(), len(near) * (kinds.max() + 1)).reshape(len(near), -1)
    agree: NDArray[np.bool_] = votes.argmax(axis=1) == kinds
    return agree


def judge(without: NDArray[np.bool_], with_it: NDArray[np.bool_], *, unless_told: bool) -> Verdict:
    """`unless_told`: what is done while there are too few corrections to tell.

    What is used anyway is given up when it does harm; what is not must help, as told by more of them.
    """
    gained, lost = int((with_it & ~without).sum()), int((without & ~with_it).sum())
    if len(without) < FEWEST:
        return Verdict(unless_told, len(without), gained - lost)
    helps = len(without) >= ENOUGH_TO_CHANGE and gained - lost > HELPS * (gained + lost) ** 0.5
    used = gained >= lost if unless_told else helps
    return Verdict(used, len(without), gained - lost)
