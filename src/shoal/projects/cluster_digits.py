"""The number keys of a project's clusters, kept with it."""

from collections.abc import Callable, Collection, Sequence

from shoal.domain.digits import DIGITS, Claim, clusters_by_digit, given, with_newcomers
from shoal.domain.grouping import ClusterId, Grouping

Save = Callable[[Sequence[Claim]], object]


def _keep_nothing(_claims: Sequence[Claim]) -> None: ...


class ClusterDigits:
    """Belongs to the project's owner. `save` keeps the claims whenever they change."""

    def __init__(self, claims: Sequence[Claim] = (), save: Save = _keep_nothing) -> None:
        self._claims, self._save = tuple(claims), save

    @property
    def claims(self) -> Sequence[Claim]:
        return self._claims

    def by_digit(self, grouping: Grouping) -> dict[int, ClusterId]:
        return clusters_by_digit(self._claims, grouping.clusters)

    def give(self, digit: int, cluster: ClusterId) -> None:
        self.put_back(given(self._claims, digit, cluster))

    def put_back(self, claims: Sequence[Claim]) -> None:
        """The claims as they were once."""
        if tuple(claims) != self._claims:
            self._save(claims)
            self._claims = tuple(claims)

    def meet(self, grouping: Grouping, made: Collection[ClusterId]) -> None:
        """Clusters that were `made` now are given what keys are free, the largest first; all, if none has one yet.

        Of the others none is: who presses the key of a cluster that is gone means no other one.
        """
        claiming = {claim.cluster for claim in self._claims}
        newcomers = [id_ for id_ in grouping.clusters if id_ not in claiming and (id_ in made or not claiming)]
        if newcomers and len(self.by_digit(grouping)) < len(DIGITS):
            counts = grouping.counts()
            newcomers.sort(key=lambda id_: (-counts[id_], id_))
            self.put_back(with_newcomers(self._claims, newcomers, grouping.clusters))
