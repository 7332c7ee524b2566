"""Decides what the map shows: where the points are, how they are coloured, which names stand beside them."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QObject, QTimer

from shoal.domain.geometry import MapLayout, Rows
from shoal.domain.grouping import UNSORTED, Cluster, ClusterId, Grouping
from shoal.domain.rows import Number
from shoal.qt.session import Session
from shoal.widgets.map_colouring import CLUSTER, PARENT, MapColouring, colourings, firsts, palette_colours
from shoal.widgets.map_content import Described, MapContent, MapName
from shoal.widgets.map_place import MapPlace
from shoal.widgets.map_regions import Region, regions_of
from shoal.widgets.theme import GONE_COLOUR, LIGHT, NO_COLOUR, Theme, cluster_argb

REACH = 1.7
"""Times the mean distance of the points from their middle: beyond that are few of them."""

SPREAD = 1.2
"""Times that, an outline is drawn around its points."""

MILLISECONDS_BEFORE_NAMES = 60


class MapPresenter(QObject):
    """Begins when the place of the map has been filled."""

    def __init__(self, session: Session, place: MapPlace) -> None:
        super().__init__(place)
        self._session, self._place = session, place
        self._colouring, self._colours = CLUSTER, MapColouring(session)
        self._lit: tuple[int, ...] = ()
        self._mask: NDArray[np.bool_] | None = None
        self._gone = np.empty(0, np.int64)
        self._theme = LIGHT
        session.images_changed.connect(self._on_images)
        session.map_changed.connect(self._on_map)
        self._soon = QTimer(self, singleShot=True, interval=MILLISECONDS_BEFORE_NAMES)
        self._soon.timeout.connect(self._recolour)
        session.grouping_changed.connect(self._on_grouping)
        session.verdicts_changed.connect(self._on_verdicts)
        session.portraits_changed.connect(self._on_portraits)
        place.filled.connect(self._on_filled)
        self._on_filled()

    def _cluster_of(self, image: int) -> str:
        grouping = self._session.grouping
        return "" if grouping is None else self._session.cluster_name(int(grouping.home[image]))

    def _describe(self, image: int) -> Described:
        return Described(self._session.images[image].path.name, self._cluster_of(image))

    def light(self, clusters: Sequence[int]) -> None:
        """Show where the pictures of these clusters are; none: all are shown alike."""
        if tuple(clusters) != self._lit:
            self._lit = tuple(clusters)
            self._light()

    def set_mask(self, mask: NDArray[np.bool_] | None) -> None:
        """Let the pictures fade of which it is not true, by image id; None: none."""
        self._mask = mask
        self._light()

    def _light(self) -> None:
        layout, view, grouping = self._session.snapshot.layout, self._place.view, self._session.grouping
        if layout is None or view is None:
            return
        present = [id_ for id_ in self._lit if grouping is not None and id_ in grouping.clusters]
        points = None
        if present and grouping is not None:
            points = self._with_gone(np.isin(grouping.homes.of(layout.rows), present), False)
        if self._mask is not None and len(self._mask) == len(self._session.images):
            seen = self._with_gone(self._mask[layout.rows.ids], False)
            points = seen if points is None else points & seen
        view.light(present, points)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._recolour()

    def preview(self, rows: Rows, labels: NDArray[np.int32]) -> None:
        """Colour by another clustering for now: a label per row. Nothing changes but the colours."""
        layout, view = self._session.snapshot.layout, self._place.view
        if layout is None or view is None:
            return
        codes = rows.spread(labels, len(self._session.images), -1).of(layout.rows)
        colours = palette_colours(codes + 1, self._theme)
        view.set_colours(self._with_gone(np.where(codes < 0, np.uint32(NO_COLOUR), colours), GONE_COLOUR))
        view.show_names([])

    def end_preview(self) -> None:
        self._recolour()

    def _on_filled(self) -> None:
        if self._place.view is not None:
            self._place.view.colouring_chosen.connect(self._on_colouring)
            self._place.view.shape_chosen.connect(lambda _shape: self._recolour())
            self._place.view.drops.name_of = self._cluster_of
            self._place.view.describe = self._describe
            self._on_images()
            self._on_map(keep_view=False)

    def _on_images(self) -> None:
        """The map itself follows."""
        if self._place.view is not None:
            self._place.view.set_colourings(colourings())

    def _on_map(self, keep_view: bool) -> None:
        layout, view = self._session.snapshot.layout, self._place.view
        if view is None:
            return
        if layout is None:
            nothing = np.empty(0, np.float32)
            view.show_map(MapContent(np.empty(0, np.int32), nothing, nothing, nothing))
            view.show_names([])
            waiting = len(self._session.images) > 0
            view.show_message(self.tr("The map appears when the pictures have been looked at.") if waiting else "")
            return
        view.show_message("")
        view.show_map(self._content(layout), keep_view=keep_view)
        self._recolour()

    def _content(self, layout: MapLayout) -> MapContent:
        """What is there, and behind it where pictures were whose files are gone and which nobody has taken out."""
        ids, positions = layout.rows.ids, layout.positions
        places, self._gone = self._session.snapshot.gone_places, self._gone_now()
        if places is not None and len(self._gone):
            ids = np.concatenate([ids, self._gone])
            positions = np.concatenate([positions, places.positions[places.rows.rows_of(self._gone)]])
        x, y = (np.ascontiguousarray(positions[:, axis], np.float32) for axis in (0, 1))
        return MapContent(ids.astype(np.int32), x, y, self._importance(layout))

    def _gone_now(self) -> NDArray[np.int64]:
        places, gone = self._session.snapshot.gone_places, self._session.gone
        return gone[:0] if places is None else np.intersect1d(gone, places.rows.ids)

    def _importance(self, layout: MapLayout) -> NDArray[np.float32]:
        return self._with_gone(self._session.typicality[layout.rows.ids], -1)

    def _with_gone(self, values: NDArray[Number], of_gone: float) -> NDArray[Number]:
        return np.pad(values, (0, len(self._gone)), constant_values=of_gone)

    def _on_portraits(self) -> None:
        """Which pictures come first when zoomed in depends on how typical they are."""
        layout, view = self._session.snapshot.layout, self._place.view
        if layout is not None and view is not None:
            view.set_importance(self._importance(layout))
            if self._colouring in (CLUSTER, "typical"):
                self._recolour()

    def _on_verdicts(self) -> None:
        if self._colouring == "stars":
            self._recolour()

    def _on_colouring(self, key: str) -> None:
        self._colouring = key
        self._recolour()

    def _on_grouping(self) -> None:
        """Points at once; names, which look for room anew, when the hand rests."""
        layout, view = self._session.snapshot.layout, self._place.view
        if layout is None or view is None or not np.array_equal(self._gone, self._gone_now()):
            self._recolour()
            return
        colours = self._colours.colours(self._colouring, layout.rows.ids, self._theme)
        view.set_colours(self._with_gone(colours, GONE_COLOUR))
        self._soon.start()

    def _recolour(self) -> None:
        layout, view = self._session.snapshot.layout, self._place.view
        if layout is not None and view is not None:
            if not np.array_equal(self._gone, self._gone_now()):  # taken out, or put back
                view.show_map(self._content(layout), keep_view=True)
            ids, names = layout.rows.ids, self._names()
            view.set_colours(self._with_gone(self._colours.colours(self._colouring, ids, self._theme), GONE_COLOUR))
            view.show_names(names)
            view.outlines.show_regions(self._regions(names) if view.outlines.on else [])
            view.legend.show_legend(self._colours.legend(self._colouring, ids, self._theme))
            self._light()

    def _names(self) -> list[MapName]:
        layout, grouping = self._session.snapshot.layout, self._session.grouping
        if grouping is None or layout is None or self._colouring not in (CLUSTER, PARENT):
            return []
        home = np.maximum(grouping.homes.of(layout.rows), UNSORTED)
        first = firsts(grouping) if self._colouring == PARENT else {}
        if first:
            home = _one_of_each(grouping, first)[home]
        x, y, counts, reach = middles(home, layout.positions)
        return [
            MapName(
                cluster.parent if first and cluster.parent else cluster.name, x[id_], y[id_], counts[id_],
                REACH * reach[id_], 0 if first and cluster.parent else id_,
                -1 if first and cluster.parent else self._face_of(cluster),
                cluster_argb(cluster.colour, self._theme.lightness),
            )
            for id_, cluster in grouping.clusters.items()
            if id_ != UNSORTED and id_ < len(counts) and counts[id_]
        ]  # fmt: skip

    def _face_of(self, cluster: Cluster) -> int:
        """The picture that stands for a cluster whose name says nothing, as far as it is known; -1 for none."""
        portrait = self._session.portraits.clusters.get(cluster.id)
        return int(portrait.faces[0]) if portrait and portrait.faces and says_nothing(cluster) else -1

    def _regions(self, names: Sequence[MapName]) -> list[Region]:
        layout, grouping = self._session.snapshot.layout, self._session.grouping
        if layout is None or grouping is None or not names:
            return []
        home = np.maximum(grouping.homes.of(layout.rows), UNSORTED).astype(np.int32)
        most = np.zeros(max(int(home.max(initial=0)), *(name.cluster for name in names)) + 1)
        for name in (name for name in names if name.cluster):
            most[name.cluster] = name.reach * SPREAD
        regions = regions_of(home, layout.positions[:, 0], layout.positions[:, 1], most.tolist())
        named = ((name, regions.get(name.cluster)) for name in names)
        return [Region(name.cluster, name.argb, *region) for name, region in named if region is not None]


def _one_of_each(grouping: Grouping, first: Mapping[str, ClusterId]) -> NDArray[np.int32]:
    """Cluster id -> itself, or the first cluster under the same parent."""
    table = np.arange(max(grouping.clusters, default=0) + 1, dtype=np.int32)
    for id_, cluster in grouping.clusters.items():
        table[id_] = first.get(cluster.parent, id_)
    return table


def says_nothing(cluster: Cluster) -> bool:
    """Whether it has nothing but a number."""
    word, _blank, number = cluster.name.rpartition(" ")
    numbered = number.isdecimal() and word in {"Cluster", QCoreApplication.translate("Opening", "Cluster")}
    return numbered and not cluster.named


def middles(
    home: NDArray[np.int32], positions: NDArray[np.float32]
) -> tuple[list[float], list[float], list[int], list[float]]:
    """By cluster id: where its points have their middle, how many they are, how far off the nearer ones are on average.

    Strays do not pull: the mean is taken again of those that are no farther from the first one than the average. A few
    passes over all points, no sorting.
    """
    counts = np.bincount(home)
    x, y = positions[:, 0].astype(np.float64), positions[:, 1].astype(np.float64)
    weights: NDArray[np.float64] = np.ones(len(home))
    reach = np.zeros(len(counts))
    for _round in range(2):
        total = np.maximum(np.bincount(home, weights), 1e-12)
        middle_x, middle_y = np.bincount(home, weights * x) / total, np.bincount(home, weights * y) / total
        distance = np.hypot(x - middle_x[home], y - middle_y[home])
        average = np.bincount(home, distance) / np.maximum(counts, 1)
        reach = np.bincount(home, distance * weights) / total
        weights = (distance <= average[home] * (1 + 1e-9)).astype(np.float64)
    return middle_x.tolist(), middle_y.tolist(), counts.tolist(), reach.tolist()
