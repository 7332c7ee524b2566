"""How well models agree with what the user put right, the best first, and what of that may be chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from shoal.analysis.corrections import (
    FEWEST,
    SIGNIFICANT,
    CorrectionsAgreement,
    chance_of_difference,
    interval,
    usable_corrections,
)
from shoal.domain.grouping import Grouping


class Verdict(Enum):
    TOO_FEW = auto()
    """So few corrections decide nothing."""
    EQUAL = auto()
    """The best differs from another by no more than chance would make it."""
    CLEAR = auto()


@dataclass(frozen=True, slots=True)
class RankedModel:
    """`right` of the corrections lie nearest to one of their own cluster; `low`, `high`: 95% confidence interval."""

    name: str
    right: int
    share: float
    low: float
    high: float
    nmi: float | None


@dataclass(frozen=True, slots=True)
class ModelRanking:
    """`models`, the best first; the first `level` of them cannot be told apart. `corrections`: how many count."""

    models: tuple[RankedModel, ...]
    corrections: int
    clusters: int
    level: int

    @property
    def verdict(self) -> Verdict:
        if self.corrections < FEWEST:
            return Verdict.TOO_FEW
        return Verdict.EQUAL if self.level > 1 else Verdict.CLEAR


def count_corrections(grouping: Grouping) -> tuple[int, int]:
    """How many images can be used to judge models, and in how many clusters they are."""
    usable = usable_corrections(grouping.home, grouping.pinned)
    return len(usable), len(set(grouping.home[usable].tolist()))


def ranked(judged: Sequence[tuple[str, CorrectionsAgreement]], corrections: int, clusters: int) -> ModelRanking:
    order = sorted(judged, key=lambda named: (-named[1].share, -(named[1].nmi or 0.0)))
    best = order[0][1].right
    worse = [chance_of_difference(best, other.right) < SIGNIFICANT for _name, other in order]
    level = worse.index(True) if True in worse else len(order)
    return ModelRanking(tuple(_row(name, named) for name, named in order), corrections, clusters, level)


def _row(name: str, agreement: CorrectionsAgreement) -> RankedModel:
    right, count = int(agreement.right.sum()), len(agreement.right)
    return RankedModel(name, right, agreement.share, *interval(right, count), agreement.nmi)
