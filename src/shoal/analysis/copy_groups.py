"""Groups of pictures in which each matches each: what is like what is like something else is no chain."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.copy_signs import Pairs

Matching = Callable[[Pairs], NDArray[np.bool_]]
"""Which of these pairs, that are none of the candidates, match."""


def groups_of(
    count: int, pairs: Pairs, likely: NDArray[np.float64], threshold: float, match: Matching
) -> list[list[int]]:
    """Rows of each group, ascending; the surest pairs come together first. No row is in two groups.

    Two groups become one where every row of the one matches every row of the other (complete linkage); `match` is
    asked about pairs that were not among the candidates.
    """
    matching = {(a, b): bool(good) for (a, b), good in zip(pairs.tolist(), likely >= threshold, strict=True)}
    group = list(range(count))
    members: dict[int, list[int]] = {}
    for place in np.argsort(-likely, kind="stable").tolist():
        if likely[place] < threshold:
            break
        own, other = (group[row] for row in pairs[place].tolist())
        if own == other:
            continue
        first, second = members.get(own, [own]), members.get(other, [other])
        if _all_match(first, second, matching, match):
            members[own] = sorted(first + second)
            members.pop(other, None)
            for row in second:
                group[row] = own
    return sorted(members.values())


def _all_match(
    first: Sequence[int], second: Sequence[int], matching: dict[tuple[int, int], bool], match: Matching
) -> bool:
    crossing = [(min(a, b), max(a, b)) for a in first for b in second]
    if any(matching.get(pair) is False for pair in crossing):
        return False
    unknown = [pair for pair in crossing if pair not in matching]
    if unknown:
        matching.update(zip(unknown, match(np.array(unknown, np.int64)).tolist(), strict=True))
    return all(matching[pair] for pair in crossing)
