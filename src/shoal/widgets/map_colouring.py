"""What the map can be coloured by, in which colours, and what these mean."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from shoal.domain.grouping import UNSORTED, ClusterId, Grouping
from shoal.qt.session import Session
from shoal.widgets.figures import FIGURES, FIGURES_BY_KEY, Values
from shoal.widgets.map_content import Legend
from shoal.widgets.map_legend import MOST_SWATCHES
from shoal.widgets.theme import NO_COLOUR, Theme, cluster_argb, scale_argb
from shoal.widgets.translation import QT_TRANSLATE_NOOP, translated

CLUSTER, PARENT, FOLDER = "cluster", "parent", "folder"
LOW, HIGH = 2, 98
"""Percentiles between which a figure is scaled, so that one stray does not make all others alike."""

_NAMES = {
    CLUSTER: QT_TRANSLATE_NOOP("MapPresenter", "Cluster"),
    PARENT: QT_TRANSLATE_NOOP("MapPresenter", "Parent of the cluster"),
    FOLDER: QT_TRANSLATE_NOOP("MapPresenter", "Folder"),
}


def colourings() -> list[tuple[str, str]]:
    """Key and name of each."""
    figures = ((figure.key, translated("figures", figure.label)) for figure in FIGURES)
    return [*((key, translated("MapPresenter", name)) for key, name in _NAMES.items()), *figures]


class MapColouring:
    def __init__(self, session: Session) -> None:
        self._session = session

    def colours(self, key: str, images: NDArray[np.int64], theme: Theme) -> NDArray[np.uint32]:
        """0xFFRRGGBB for each of these images."""
        if key == FOLDER:
            return palette_colours(self._session.columns.folder_codes[images], theme)
        if key in FIGURES_BY_KEY:
            return scaled(FIGURES_BY_KEY[key].of(self._session)[images])
        return self._cluster_colours(images, theme, key == PARENT)

    def legend(self, key: str, images: NDArray[np.int64], theme: Theme) -> Legend:
        """Clusters need none: the map names them."""
        if key == FOLDER:
            return self._folder_legend(images, theme)
        if key == PARENT:
            return self._parent_legend(theme)
        if key in FIGURES_BY_KEY:
            return self._scale_legend(key, images)
        return Legend()

    def _cluster_colours(self, images: NDArray[np.int64], theme: Theme, by_parent: bool) -> NDArray[np.uint32]:
        grouping = self._session.grouping
        if grouping is None:
            return np.full(len(images), NO_COLOUR, np.uint32)
        table = np.full(max(grouping.clusters, default=0) + 1, NO_COLOUR, np.uint32)
        first = firsts(grouping) if by_parent else {}
        for id_, cluster in grouping.clusters.items():
            table[id_] = cluster_argb(grouping.clusters[first.get(cluster.parent, id_)].colour, theme.lightness)
        return table[np.maximum(grouping.home[images], UNSORTED)]

    def _parent_legend(self, theme: Theme) -> Legend:
        grouping = self._session.grouping
        if grouping is None:
            return Legend()
        rows = [
            (cluster_argb(grouping.clusters[first].colour, theme.lightness), name)
            for name, first in firsts(grouping).items()
        ]
        return with_swatches(translated("MapPresenter", _NAMES[PARENT]), rows)

    def _folder_legend(self, images: NDArray[np.int64], theme: Theme) -> Legend:
        columns = self._session.columns
        counts = np.bincount(columns.folder_codes[images], minlength=len(columns.folders))
        rows = [
            (cluster_argb(code, theme.lightness), columns.folders[code] or "/")
            for code in np.argsort(-counts, kind="stable").tolist()
            if counts[code]
        ]
        return with_swatches(translated("MapPresenter", _NAMES[FOLDER]), rows)

    def _scale_legend(self, key: str, images: NDArray[np.int64]) -> Legend:
        figure = FIGURES_BY_KEY[key]
        values = figure.of(self._session)[images]
        finite = values[np.isfinite(values)]
        title = translated("figures", figure.label)
        if not len(finite):
            nobody = QCoreApplication.translate("MapPresenter", "Nobody knows")
            return Legend(title, swatches=((NO_COLOUR, nobody),))
        low, high = np.percentile(finite, [LOW, HIGH]).tolist()
        ticks = tuple(figure.told(value) for value in (low, (low + high) / 2, high))
        return Legend(title, ticks=ticks, unknown=len(finite) < len(values))


def firsts(grouping: Grouping) -> dict[str, ClusterId]:
    """By the name of each parent: the first cluster under it, which lends it its colour."""
    first_of: dict[str, ClusterId] = {}
    for id_, cluster in grouping.clusters.items():
        if cluster.parent:
            first_of.setdefault(cluster.parent, id_)
    return first_of


def with_swatches(title: str, rows: Sequence[tuple[int, str]]) -> Legend:
    return Legend(title, tuple(rows[:MOST_SWATCHES]), more=max(len(rows) - MOST_SWATCHES, 0))


def palette_colours(codes: NDArray[np.int32], theme: Theme) -> NDArray[np.uint32]:
    count = int(codes.max(initial=-1)) + 1
    table = np.array([cluster_argb(code, theme.lightness) for code in range(count)], np.uint32)
    return table[codes]


def scaled(values: Values) -> NDArray[np.uint32]:
    """From dark to bright between the two percentiles; unknown (infinite) is grey."""
    is_known = np.isfinite(values)
    if not is_known.any():
        return np.full(len(values), NO_COLOUR, np.uint32)
    low, high = np.percentile(values[is_known], [LOW, HIGH])
    part = np.clip((np.where(is_known, values, low) - low) / max(high - low, 1e-12), 0, 1)
    return np.where(is_known, scale_argb()[(part * 255).astype(np.intp)], np.uint32(NO_COLOUR))
