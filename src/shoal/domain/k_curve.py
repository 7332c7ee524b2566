"""How good each number of clusters is, in figures; or each size from which on HDBSCAN takes a heap for a cluster."""

from dataclasses import dataclass
from typing import Final

NUMBER: Final = "k"
SMALLEST: Final = "min_cluster_size"
"""What is tried out: the number of clusters, or the least size of one."""


@dataclass(frozen=True, slots=True)
class KCurve:
    """For each of `counts`: the mean silhouette, -1..1, and the stability, at most 1 (none where not asked for).

    Where sizes are tried, `stabilities` are the shares of pictures that are in a cluster, and `found` says how many
    clusters came of each size.
    """

    counts: tuple[int, ...]
    silhouettes: tuple[float, ...]
    stabilities: tuple[float, ...] = ()
    found: tuple[int, ...] = ()

    @property
    def tried(self) -> str:
        return SMALLEST if self.found else NUMBER

    @property
    def best(self) -> int:
        """With the best silhouette, of equal ones the fewest; 1 where nothing was tried."""
        return -max(zip(self.silhouettes, (-count for count in self.counts), strict=True))[1] if self.counts else 1
