"""How good each number of clusters is, in figures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KCurve:
    """For each of `counts`: the mean silhouette, -1..1, and the stability, at most 1 (none where not asked for)."""

    counts: tuple[int, ...]
    silhouettes: tuple[float, ...]
    stabilities: tuple[float, ...] = ()

    @property
    def best(self) -> int:
        """With the best silhouette, of equal ones the fewest; 1 where nothing was tried."""
        return max(zip(self.silhouettes, (-count for count in self.counts), strict=True))[1] * -1 if self.counts else 1
