"""What is different between two results: which pictures are in another cluster, and from where to where they went.

Clusters are matched first, by the most pictures that they have in common, one to one: to be numbered, named or coloured
otherwise is no change. A cluster that was split goes on in its largest part, and one that was put together from several
goes on from its largest.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.domain.grouping import OUT, UNSORTED
from shoal.domain.runs import Run


@dataclass(frozen=True, slots=True)
class Flow:
    """So many pictures were in one cluster and are in another; `stays`: the two are matched, and nothing changed."""

    before: int
    after: int
    count: int
    stays: bool


@dataclass(frozen=True, slots=True, eq=False)
class RunComparison:
    """`images`: those that both know, ascending; `changed`: which of them are in another cluster, in the same order.

    `before`, `after`: the cluster of each of them. `matched`: from a cluster of the first run to that of the second,
    Unsorted with itself. `flows`: the largest first. `only_before`, `only_after`: how many only one of them has.
    `ari`: the adjusted Rand index (Hubert and Arabie 1985), 1 where only names differ; Unsorted counts as a cluster.
    """

    images: NDArray[np.int32]
    before: NDArray[np.int32]
    after: NDArray[np.int32]
    changed: NDArray[np.bool_]
    matched: Mapping[int, int]
    flows: tuple[Flow, ...]
    only_before: int
    only_after: int
    ari: float

    def moved(self, before: int, after: int) -> NDArray[np.int32]:
        """The images that went from one cluster to another."""
        images: NDArray[np.int32] = self.images[(self.before == before) & (self.after == after)]
        return images


def compare_runs(first: Run, second: Run) -> RunComparison:
    """Seconds at a million pictures: for any thread."""
    size = max(len(first.home), len(second.home))
    homes = [np.pad(run.home, (0, size - len(run.home)), constant_values=OUT) for run in (first, second)]
    there = [home != OUT for home in homes]
    images = np.flatnonzero(there[0] & there[1]).astype(np.int32)
    before, after = homes[0][images], homes[1][images]
    pairs, counts = _pairs(before, after)
    matched = _matched(pairs, counts)
    flows = [
        Flow(int(one), int(other), int(count), matched.get(int(one)) == int(other))
        for (one, other), count in zip(pairs.tolist(), counts.tolist(), strict=True)
    ]
    target = np.full(max(int(before.max(initial=0)), *matched, 0) + 1, OUT, np.int32)
    target[list(matched)] = list(matched.values())
    return RunComparison(
        images,
        before,
        after,
        target[before] != after,
        matched,
        tuple(sorted(flows, key=lambda flow: (-flow.count, flow.before, flow.after))),
        int((there[0] & ~there[1]).sum()),
        int((there[1] & ~there[0]).sum()),
        _adjusted_rand(counts, pairs),
    )


def _pairs(before: NDArray[np.int32], after: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What meets what, and how often."""
    codes, counts = np.unique(before.astype(np.int64) << 32 | after, return_counts=True)
    return np.stack([codes >> 32, codes & 0xFFFFFFFF], axis=1), counts.astype(np.int64)


def _matched(pairs: NDArray[np.int64], counts: NDArray[np.int64]) -> dict[int, int]:
    """The largest overlap first; among equals the one with the lower numbers."""
    matched, taken = {int(UNSORTED): int(UNSORTED)}, {int(UNSORTED)}
    for place in np.argsort(-counts, kind="stable").tolist():
        one, other = pairs[place].tolist()
        if one not in matched and other not in taken:
            matched[one] = other
            taken.add(other)
    return matched


def _adjusted_rand(counts: NDArray[np.int64], pairs: NDArray[np.int64]) -> float:
    """From the table of what meets what."""
    total = float(counts.sum())
    if total < 2:
        return 1.0
    together = _pairs_in(counts)
    rows, columns = (_pairs_in(np.bincount(np.unique(side, return_inverse=True)[1], counts)) for side in pairs.T)
    expected, highest = rows * columns / (total * (total - 1) / 2), (rows + columns) / 2
    return 1.0 if highest == expected else float((together - expected) / (highest - expected))


def _pairs_in(counts: NDArray[np.integer] | NDArray[np.float64]) -> float:
    sizes = counts.astype(np.float64)
    return float((sizes * (sizes - 1) / 2).sum())
