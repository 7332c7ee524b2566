"""How well models agree with what somebody put right by hand.

What counts are the images that the user pinned: all others lie where some model proposed, and would speak for that
one. Few pins say little, so every figure comes with what it can bear.
"""

from dataclasses import dataclass
from math import comb, sqrt

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.agreement import kmeans_agreement
from shoal.analysis.ranking import nearest_of_same
from shoal.domain.geometry import ByImage, EmbeddingMatrix
from shoal.domain.grouping import UNSORTED
from shoal.domain.task import Task

_Z95 = 1.959964  # the normal distribution's quantile at 97.5%: 95% lie between
FEWEST = 10
"""Fewer corrections than this decide nothing, whatever the figures."""
SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class CorrectionsAgreement:
    """`right`: per usable correction, ascending by image, whether the nearest other one lies in the same cluster.

    `nmi`: of k-means, told the number of clusters, with all clusters as they stand.
    """

    right: NDArray[np.bool_]
    nmi: float | None

    @property
    def share(self) -> float:
        return float(self.right.mean()) if len(self.right) else 0.0


def usable_corrections(home: NDArray[np.int32], pinned: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The pinned images, ascending, of clusters with two or more of them; empty if that is one cluster only.

    `home` and `pinned` by image id. What was pinned in Unsorted is like nothing in particular.
    """
    images = np.flatnonzero(pinned & (home != UNSORTED))
    _, codes, counts = np.unique(home[images], return_inverse=True, return_counts=True)
    images = images[counts[codes] > 1]
    return images if len(np.unique(home[images])) > 1 else images[:0]


def agreement_with_corrections(
    embeddings: EmbeddingMatrix, home: ByImage[np.int32], corrections: NDArray[np.int64], task: Task
) -> CorrectionsAgreement:
    """`corrections`: image ids from `usable_corrections`; those without a row cannot be judged."""
    homes = home.of(embeddings.rows)
    rows = embeddings.rows.rows_of(corrections)
    rows = rows[rows >= 0]
    right = nearest_of_same(embeddings.vectors[rows], homes[rows], task)
    clustered = homes > UNSORTED
    nmi, _ari = kmeans_agreement(embeddings.vectors[clustered], homes[clustered], task)
    return CorrectionsAgreement(right, nmi)


def interval(right: int, count: int) -> tuple[float, float]:
    """Where the true share lies, with 95% confidence (Wilson: "Probable inference", 1927)."""
    if not count:
        return 0.0, 1.0
    share, square = right / count, _Z95**2
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = _Z95 / (1 + square / count) * sqrt(share * (1 - share) / count + square / (4 * count**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def chance_of_difference(first: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """How likely two equally good models would differ as much on the same images (exact two-sided sign test)."""
    wins, losses = int((first & ~other).sum()), int((other & ~first).sum())
    decided = wins + losses
    tail = sum(comb(decided, k) for k in range(max(wins, losses), decided + 1))
    return min(1.0, 2.0 * tail / 2.0**decided) if decided else 1.0
