"""The coarse-fine slider: one hierarchy, and how far along the slider means how many clusters."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.domain.geometry import ClusterTree, Proposal, Rows

FEWEST = 2
IMAGES_PER_FINEST_CLUSTER = 3


@dataclass(frozen=True, slots=True, eq=False)
class Detail:
    """Cuts a tree. Slider places run from 0 (two clusters) to 1 (about three images each), evenly in ratios.

    At the number of clusters of `proposal` it gives that back, so that the slider has a way back to where it began.
    """

    tree: ClusterTree
    proposal: Proposal

    def __post_init__(self) -> None:
        self.tree.rows.require(self.proposal.rows, "a proposal")

    @property
    def rows(self) -> Rows:
        return self.tree.rows

    @property
    def finest(self) -> int:
        return max(min(self.tree.most, len(self.tree.order) // IMAGES_PER_FINEST_CLUSTER), FEWEST)

    def count_at(self, place: float) -> int:
        ratio = self.finest / FEWEST
        return round(FEWEST * math.pow(ratio, min(max(place, 0.0), 1.0)))

    def place_of(self, count: int) -> float:
        if self.finest <= FEWEST:
            return 0.0
        return min(max(math.log(max(count, FEWEST) / FEWEST) / math.log(self.finest / FEWEST), 0.0), 1.0)

    def labels(self, count: int) -> NDArray[np.int32]:
        """One label per row, in milliseconds whatever the number of images."""
        return self.proposal.labels if count == self.proposal.cluster_count else self.tree.cut(count)
