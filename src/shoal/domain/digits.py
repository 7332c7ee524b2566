"""Which cluster a number key means: a key stays with its cluster for good, whatever else comes and goes.

What is kept is who was ever given which key, in that order. Of two claims to a key the later one counts, and of a
cluster's claims its last; a cluster that is gone keeps its claim, should undo bring it back.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from shoal.domain.grouping import ClusterId

DIGITS = range(1, 10)


class Claim(NamedTuple):
    """`cluster` was given the key `digit`."""

    digit: int
    cluster: ClusterId


def clusters_by_digit(claims: Sequence[Claim], clusters: Collection[ClusterId]) -> dict[int, ClusterId]:
    """The key of each of the clusters that are there."""
    cluster_of: dict[int, ClusterId] = {}
    for digit, cluster in claims:
        if cluster in clusters:
            cluster_of = {key: other for key, other in cluster_of.items() if other != cluster}
            cluster_of[digit] = cluster
    return dict(sorted(cluster_of.items()))


def with_newcomers(
    claims: Sequence[Claim], newcomers: Sequence[ClusterId], clusters: Collection[ClusterId]
) -> list[Claim]:
    """Clusters that never had a key get those that none of the others has, in the order they come in."""
    taken = clusters_by_digit(claims, clusters)
    free = (digit for digit in DIGITS if digit not in taken)
    return [*claims, *(Claim(digit, cluster) for digit, cluster in zip(free, newcomers, strict=False))]


def given(claims: Sequence[Claim], digit: int, cluster: ClusterId) -> list[Claim]:
    """From now on that key means this cluster, and no other key does."""
    others = [claim for claim in claims if claim.cluster != cluster]
    return [*others, Claim(digit, cluster)]
