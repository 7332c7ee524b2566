"""The picture of how pictures went from the clusters of one run to those of another: two columns, ribbons between.

Lengths are shares of the height: everything stacked, gaps included, is 1.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from shoal.domain.grouping import UNSORTED
from shoal.domain.run_comparison import Flow

MOST_BARS: Final = 30
"""Of either column; the smaller clusters stand together in one more."""
OTHERS: Final = -2
"""In the place of a cluster: all the smaller ones."""
_GAPS: Final = 0.25
"""Of the height at most."""
_GAP: Final = 0.02


@dataclass(frozen=True, slots=True)
class Bar:
    """A cluster in its column, from `top` on."""

    cluster: int
    top: float
    height: float
    count: int


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Between a bar on the left and one on the right: where it begins on either side, and how thick it is."""

    before: int
    after: int
    left: float
    right: float
    height: float
    count: int
    stays: bool


@dataclass(frozen=True, slots=True)
class FlowPicture:
    left: tuple[Bar, ...]
    right: tuple[Bar, ...]
    ribbons: tuple[Ribbon, ...]


def flow_picture(flows: Sequence[Flow], matched: Mapping[int, int]) -> FlowPicture:
    """Largest clusters on top; on the right each stands as near as may be to where its pictures come from."""
    shown = _shown(flows)
    counts = [_counts(shown, side) for side in (0, 1)]
    left = sorted(counts[0], key=lambda one: (one in (UNSORTED, OTHERS), one == OTHERS, -counts[0][one], one))
    heights = {one: place for place, one in enumerate(left)}
    source = {after: before for before, after in matched.items()}
    right = sorted(
        counts[1], key=lambda one: (one in (UNSORTED, OTHERS), one == OTHERS, _height(one, shown, heights, source), one)
    )
    unit = max(sum(counts[0].values()), 1)
    gap = min(_GAP, _GAPS / max(len(left), len(right), 1))
    scale = (1 - gap * max(len(left) - 1, len(right) - 1, 0)) / unit
    bars = [_bars(order, table, scale, gap) for order, table in zip((left, right), counts, strict=True)]
    return FlowPicture(bars[0], bars[1], _ribbons(shown, bars, scale))


def _shown(flows: Sequence[Flow]) -> list[Flow]:
    """Small clusters put together, each side by itself."""
    kept = []
    for side in (0, 1):
        counts = _counts(flows, side)
        order = sorted(counts, key=lambda one: (-counts[one], one))
        kept.append(set(order if len(order) <= MOST_BARS + 1 else order[:MOST_BARS]))
    totals: defaultdict[tuple[int, int, bool], int] = defaultdict(int)
    for flow in flows:
        before = flow.before if flow.before in kept[0] else OTHERS
        after = flow.after if flow.after in kept[1] else OTHERS
        totals[before, after, flow.stays] += flow.count
    return [Flow(before, after, count, stays) for (before, after, stays), count in totals.items()]


def _counts(flows: Sequence[Flow], side: int) -> dict[int, int]:
    counts: defaultdict[int, int] = defaultdict(int)
    for flow in flows:
        counts[(flow.before, flow.after)[side]] += flow.count
    return dict(counts)


def _height(cluster: int, flows: Sequence[Flow], heights: Mapping[int, int], source: Mapping[int, int]) -> float:
    """Where its match stands, or else the mean of where its pictures come from."""
    if source.get(cluster) in heights:
        return float(heights[source[cluster]])
    those = [flow for flow in flows if flow.after == cluster]
    return sum(heights[flow.before] * flow.count for flow in those) / max(sum(flow.count for flow in those), 1)


def _bars(order: Sequence[int], counts: Mapping[int, int], scale: float, gap: float) -> tuple[Bar, ...]:
    bars, top = [], 0.0
    for cluster in order:
        bars.append(Bar(cluster, top, counts[cluster] * scale, counts[cluster]))
        top += counts[cluster] * scale + gap
    return tuple(bars)


def _ribbons(flows: Sequence[Flow], bars: Sequence[Sequence[Bar]], scale: float) -> tuple[Ribbon, ...]:
    """In each bar those on top that lead to the top."""
    tops = [{bar.cluster: bar.top for bar in side} for side in bars]
    places = [{bar.cluster: place for place, bar in enumerate(side)} for side in bars]
    right_at, left_at = {}, {}
    for flow in sorted(flows, key=lambda one: (places[1][one.after], places[0][one.before], one.stays)):
        right_at[flow] = tops[1][flow.after]
        tops[1][flow.after] += flow.count * scale
    for flow in sorted(flows, key=lambda one: (places[0][one.before], places[1][one.after], one.stays)):
        left_at[flow] = tops[0][flow.before]
        tops[0][flow.before] += flow.count * scale
    return tuple(
        Ribbon(flow.before, flow.after, left_at[flow], right_at[flow], flow.count * scale, flow.count, flow.stays)
        for flow in sorted(flows, key=lambda one: (one.stays, one.count), reverse=True)
    )
