"""The plots that people expect of a clustering: the map, the silhouettes, the tree of the clusters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.exports.drawing import (
    FAINT,
    INK,
    LINES,
    NO_CLUSTER,
    Box,
    Dots,
    Drawing,
    Line,
    Photo,
    Words,
    cluster_colour,
    shortened,
)
from shoal.exports.fonts import text_width

MOST_IN_LEGEND: Final = 40  # more would not be legible in the height of the map
MOST_LEAVES: Final = 80  # a taller plot would fit on no page
_WIDTH, _HEIGHT, _LEGEND, _MARGIN = 1000, 720, 240, 24
_HEAD: Final = 48
_MOST_PHOTOS: Final = 60
_PHOTO: Final = 52
_BAND: Final = 26
"""Least height of what stands for a cluster in the plot of silhouettes, in pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class PlottedCluster:
    """`rows`: of the arrays that are plotted. `number`: decides about its colour; -1 for what is in none. `photo`: of
    its most typical picture, if there is one."""

    name: str
    rows: NDArray[np.int64]
    number: int
    photo: bytes | None = None

    @property
    def colour(self) -> str:
        return NO_CLUSTER if self.number < 0 else cluster_colour(self.number)


def map_plot(title: str, places: NDArray[np.float32], clusters: Sequence[PlottedCluster], about: str = "") -> Drawing:
    """`places`: n x 2. Largest clusters first; typical pictures lie at their middles where these are free."""
    drawing = Drawing(_WIDTH + _LEGEND, _HEIGHT + _HEAD)
    _title(drawing, title, about)
    spots = _scaled(places.astype(np.float64))
    radius = float(np.clip(60 / np.sqrt(max(len(places), 1)), 1.0, 4.0))
    for cluster in sorted(clusters, key=lambda cluster: cluster.number >= 0):
        drawing.add(Dots([(x, y) for x, y in spots[cluster.rows].tolist()], radius, cluster.colour))
    drawing.add(*_photos(spots, clusters))
    _legend(drawing, clusters)
    return drawing


def _scaled(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Into the room there is, both directions alike, y upwards."""
    if not len(places):
        return places
    low, high = places.min(axis=0), places.max(axis=0)
    room = np.array([_WIDTH - 2 * _MARGIN, _HEIGHT - 2 * _MARGIN])
    scale = (room / np.maximum(high - low, 1e-9)).min()
    middle = np.array([_WIDTH / 2, _HEAD + _HEIGHT / 2])
    spots: NDArray[np.float64] = middle + (places - (low + high) / 2) * scale * np.array([1, -1])
    return spots


def _photos(spots: NDArray[np.float64], clusters: Sequence[PlottedCluster]) -> list[Photo]:
    """Beside the points of their clusters, where the fewest points lie; none where all places are taken."""
    taken: list[tuple[float, float]] = []
    photos = []
    for cluster in clusters[:_MOST_PHOTOS]:
        if cluster.photo is None or cluster.number < 0 or not len(cluster.rows):
            continue
        free = [place for place in _beside(spots[cluster.rows]) if _is_free(place, taken)]
        if free:
            x, y = min(free, key=lambda place: int((np.abs(spots - place).max(axis=1) < _PHOTO / 2).sum()))
            taken.append((x, y))
            photos.append(Photo((x, y), _PHOTO - 4, cluster.photo, cluster.colour))
    return photos


def _beside(members: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Above, below, to the right, to the left of most of the points, and in their middle."""
    (left, top), (right, bottom) = np.quantile(members, 0.1, axis=0), np.quantile(members, 0.9, axis=0)
    x, y = np.median(members, axis=0).tolist()
    away = _PHOTO / 2 + 6
    return [(x, top - away), (x, bottom + away), (right + away, y), (left - away, y), (x, y)]


def _is_free(place: tuple[float, float], taken: Sequence[tuple[float, float]]) -> bool:
    x, y = place
    inside = _PHOTO / 2 < x < _WIDTH - _PHOTO / 2 and _HEAD + _PHOTO / 2 < y < _HEAD + _HEIGHT - _PHOTO / 2
    return inside and all(max(abs(x - other), abs(y - height)) > _PHOTO for other, height in taken)


def _legend(drawing: Drawing, clusters: Sequence[PlottedCluster]) -> None:
    step = min(20.0, (_HEIGHT - 20) / max(min(len(clusters), MOST_IN_LEGEND) + 1, 1))
    for place, cluster in enumerate(clusters[:MOST_IN_LEGEND]):
        y = _HEAD + 10 + place * step
        drawing.add(Dots([(_WIDTH + 8, y)], 5, cluster.colour))
        count = f"{len(cluster.rows):,}"
        drawing.add(Words((_WIDTH + 20, y), shortened(cluster.name, 12, _LEGEND - 40 - text_width(count, 12))))
        drawing.add(Words((_WIDTH + _LEGEND - 12, y), count, colour=FAINT, anchor="end"))
    if len(clusters) > MOST_IN_LEGEND:
        more = f"and {len(clusters) - MOST_IN_LEGEND} more"
        drawing.add(Words((_WIDTH + 20, _HEAD + 10 + MOST_IN_LEGEND * step), more, colour=FAINT))


def _title(drawing: Drawing, title: str, about: str) -> None:
    drawing.add(Words((_MARGIN, 20), shortened(title, 16, drawing.width - 2 * _MARGIN), 16))
    if about:
        drawing.add(Words((_MARGIN, 38), shortened(about, 12, drawing.width - 2 * _MARGIN), 12, FAINT))


def silhouette_plot(
    title: str, values: NDArray[np.float32], clusters: Sequence[PlottedCluster], about: str = ""
) -> Drawing:
    """A band for each cluster, its pictures from the best fitting to the worst; a line at the mean of all."""
    shown = [cluster for cluster in clusters if cluster.number >= 0 and len(cluster.rows)]
    total = sum(len(cluster.rows) for cluster in shown)
    share = max(0.0, _HEIGHT - _BAND * len(shown)) / max(total, 1)
    heights = [_BAND + len(cluster.rows) * share for cluster in shown]
    drawing = Drawing(_WIDTH, round(_HEAD + sum(heights) + 48))
    _title(drawing, title, about)
    low = min(-0.2, float(min((values[cluster.rows].min() for cluster in shown), default=0)))
    left, room = 230.0, _WIDTH - 230.0 - 90

    def across(value: float) -> float:
        return left + (value - low) / (1 - low) * room

    bottom = _HEAD + sum(heights)
    for tick in np.arange(np.ceil(low / 0.2) * 0.2, 1.01, 0.2).tolist():
        drawing.add(Line([(across(tick), _HEAD), (across(tick), bottom)], LINES))
        drawing.add(Words((across(tick), bottom + 14), f"{tick:.1f}", 11, FAINT, "middle"))
    top = float(_HEAD)
    for cluster, height in zip(shown, heights, strict=True):
        _band(drawing, cluster, np.sort(values[cluster.rows])[::-1], (top, height, across(0), across(1) - across(0)))
        top += height
    if total:
        mean = float(np.concatenate([values[cluster.rows] for cluster in shown]).mean(dtype=np.float64))
        drawing.add(Line([(across(mean), _HEAD), (across(mean), bottom)], INK, 1.5))
        drawing.add(Words((across(mean), bottom + 32), f"mean {mean:.3f}", 12, INK, "middle"))
    return drawing


def _band(
    drawing: Drawing, cluster: PlottedCluster, values: NDArray[np.float32], place: tuple[float, float, float, float]
) -> None:
    """`place`: top, height, where 0 is, and how long 1 is. Of many pictures only as many bars as there are pixels."""
    top, height, zero, unit = place
    count = min(len(values), max(1, round(height) - 4))
    bars = values[np.linspace(0, len(values) - 1, count).round().astype(int)]
    thick = (height - 4) / count
    for number, value in enumerate(bars.tolist()):
        begin, length = (zero, value * unit) if value >= 0 else (zero + value * unit, -value * unit)
        drawing.add(Box((begin, top + 2 + number * thick), (max(length, 0.5), thick), cluster.colour))
    middle = top + height / 2
    drawing.add(Words((218, middle), shortened(cluster.name, 12, 200), anchor="end"))
    drawing.add(Words((_WIDTH - 12, middle), f"{values.mean():+.2f}  ({len(values):,})", 12, FAINT, "end"))


def tree_plot(
    title: str,
    leaves: Sequence[PlottedCluster],
    pairs: NDArray[np.int64],
    heights: NDArray[np.float64],
    about: str = "",
) -> Drawing:
    """The tree of clusters: `pairs` and `heights` of its merges, the cheapest first, a leaf of either side each."""
    step = 24.0 if len(leaves) <= 40 else 14.0
    drawing = Drawing(_WIDTH, round(_HEAD + step * max(len(leaves), 1) + 32))
    _title(drawing, title, about)
    order = _in_order(len(leaves), pairs)
    root = list(range(len(leaves)))
    ys = {leaf: _HEAD + 12 + step * place for place, leaf in enumerate(order)}
    highest = float(np.sqrt(heights.max(initial=0.0))) or 1.0
    left, room = 250.0, _WIDTH - 250.0 - 30
    ends = {leaf: (left, y) for leaf, y in ys.items()}
    for leaf in order:
        drawing.add(Dots([(238, ys[leaf])], 5, leaves[leaf].colour))
        text = f"{shortened(leaves[leaf].name, 12, 160)}  ({len(leaves[leaf].rows):,})"
        drawing.add(Words((228, ys[leaf]), text, anchor="end"))
    for (first, second), height in zip(pairs.tolist(), heights.tolist(), strict=True):
        upper, other = _root(root, first), _root(root, second)
        x = left + float(np.sqrt(max(height, 0.0))) / highest * room
        (x1, y1), (x2, y2) = ends[upper], ends[other]
        drawing.add(Line([(x1, y1), (x, y1), (x, y2), (x2, y2)], INK, 1.2))
        root[other], ends[upper] = upper, (x, (y1 + y2) / 2)
    return drawing


def _root(root: list[int], leaf: int) -> int:
    while root[leaf] != leaf:
        leaf = root[leaf]
    return leaf


def _in_order(count: int, pairs: NDArray[np.int64]) -> list[int]:
    """Leaves in a line such that no branches cross."""
    root, line = list(range(count)), {leaf: [leaf] for leaf in range(count)}
    for first, second in pairs.tolist():
        left, other = _root(root, first), _root(root, second)
        line[left] += line.pop(other)
        root[other] = left
    return [leaf for part in line.values() for leaf in part]
