"""Two results side by side: what changed in a sentence, the flow between their clusters, and both maps, with the one
selection of the window."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from shoal.domain.grouping import UNSORTED, ClusterId
from shoal.domain.run_comparison import RunComparison
from shoal.domain.run_flow import OTHERS, flow_picture
from shoal.domain.runs import Run
from shoal.features.recipes.flow_view import FlowView, Told
from shoal.widgets.map_content import MapName
from shoal.widgets.map_presenter import middles
from shoal.widgets.named import in_bold, named
from shoal.widgets.small_map import SmallMap
from shoal.widgets.theme import NO_COLOUR, Theme, cluster_argb

NOW = ""
"""In the lists: the clusters as they are now."""


class RunsDialog(QDialog):
    asked = Signal(str, str)
    """Other two are to be compared, by name or NOW."""

    selected = Signal(object)
    """Image ids that somebody has chosen here."""

    saved = Signal()

    def __init__(self, maps: tuple[SmallMap, SmallMap], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("runsDialog")
        self.setWindowTitle(self.tr("Compare results"))
        self._runs: tuple[Run, Run] | None = None
        self._found: RunComparison | None = None
        self._choices = (
            named(QComboBox(), "runBefore", self.tr("The one result")),
            named(QComboBox(), "runAfter", self.tr("The other result")),
        )
        self._changed = named(QLabel(), "runChanged")
        self._changed.setTextFormat(Qt.TextFormat.PlainText)
        self._changed.setWordWrap(True)
        in_bold(self._changed)
        self._select = named(QPushButton(self.tr("Select what changed")), "runSelectChanged")
        self._save = named(QPushButton(self.tr("Save the picture ...")), "runSaveFlow")
        self.flow, self.maps = FlowView(), maps
        self._lay_out()
        for box in self._choices:
            box.activated.connect(self._on_chosen)
        self._select.clicked.connect(self._on_select)
        self._save.clicked.connect(self.saved)
        self.flow.chosen.connect(self._on_flow)

    @property
    def names(self) -> tuple[str, str]:
        """Those that are chosen."""
        return str(self._choices[0].currentData()), str(self._choices[1].currentData())

    @property
    def shown(self) -> tuple[Run, Run, RunComparison] | None:
        return None if self._runs is None or self._found is None else (*self._runs, self._found)

    def offer(self, names: Sequence[str], chosen: tuple[str, str]) -> None:
        """The last one kept first."""
        for box, name in zip(self._choices, chosen, strict=True):
            box.clear()
            box.addItem(self.tr("As it is now"), NOW)
            for one in reversed(names):
                box.addItem(one, one)
            box.setCurrentIndex(max(0, box.findData(name)))

    def show_comparison(self, first: Run, second: Run, found: RunComparison, theme: Theme) -> None:
        self._runs, self._found = (first, second), found
        changed, count = int(found.changed.sum()), len(found.images)
        text = self.tr("%n picture(s) changed cluster", "", changed) + "  ·  "
        text += self.tr("of {0:,} that both know").format(count)
        self._changed.setText(text + "  ·  " + self.tr("adjusted Rand index {0:.3f}").format(found.ari))
        self._select.setEnabled(changed > 0)
        self.wear(theme)

    def wear(self, theme: Theme) -> None:
        """In other colours."""
        if self._runs is None or self._found is None:
            return
        first, second = self._runs
        colours = _colours(first, second, self._found)
        told = [Told(self._name_of(run), partial(own, theme)) for run, own in zip(self._runs, colours, strict=True)]
        self.flow.show_flow(flow_picture(self._found.flows, self._found.matched), *told)
        for view, run, side in zip(self.maps, self._runs, told, strict=True):
            _show_map(view, run, side)

    def on_images(self, same: bool) -> None:
        """Of another project nothing is compared here."""
        if not same:
            self.close()

    def done(self, result: int) -> None:
        for view in self.maps:
            view.shutdown()
        super().done(result)

    def _name_of(self, run: Run) -> Callable[[int], str]:
        words = {int(UNSORTED): self.tr("Unsorted"), OTHERS: self.tr("All others")}
        return lambda one: words[one] if one in words else run.clusters[ClusterId(one)].name

    def _on_chosen(self) -> None:
        self.asked.emit(*self.names)

    def _on_select(self) -> None:
        if self._found is not None:
            self.selected.emit(self._found.images[self._found.changed])

    def _on_flow(self, before: int, after: int) -> None:
        found = self._found
        if found is None or OTHERS in (before, after):
            return
        meant = np.ones(len(found.images), np.bool_)
        if before >= 0:
            meant &= found.before == before
        if after >= 0:
            meant &= found.after == after
        self.selected.emit(found.images[meant])

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self._choices[0], 1)
        above.addWidget(QLabel("→"))
        above.addWidget(self._choices[1], 1)
        told = QHBoxLayout()
        told.addWidget(self._changed, 1)
        told.addWidget(self._select)
        told.addWidget(self._save)
        sides = QSplitter(Qt.Orientation.Horizontal)
        for widget, share in ((self.flow, 4), (self.maps[0], 5), (self.maps[1], 5)):
            sides.addWidget(widget)
            sides.setStretchFactor(sides.count() - 1, share)
        sides.setSizes([460, 390, 390])
        layout = QVBoxLayout(self)
        layout.addLayout(above)
        layout.addLayout(told)
        layout.addWidget(sides, 1)
        self.resize(1240, 620)


Colour = Callable[[Theme, int], int]


def _colours(first: Run, second: Run, found: RunComparison) -> tuple[Colour, Colour]:
    """A cluster that goes on looks the same in both."""
    source = {after: before for before, after in found.matched.items()}

    def of(run: Run, theme: Theme, cluster: int) -> int:
        known = run.clusters.get(ClusterId(cluster))
        return NO_COLOUR if known is None else cluster_argb(known.colour, theme.lightness)

    def before(theme: Theme, cluster: int) -> int:
        return of(first, theme, cluster)

    def after(theme: Theme, cluster: int) -> int:
        return before(theme, source[cluster]) if cluster in source else of(second, theme, cluster)

    return before, after


def _show_map(view: SmallMap, run: Run, side: Told) -> None:
    layout, nothing = run.layout, np.empty(0, np.uint32)
    if layout is None:
        view.show_layout(run.name, None, nothing, ())
        return
    home = np.maximum(run.home[layout.rows.ids], UNSORTED)
    table: NDArray[np.uint32] = np.full(max(run.clusters, default=0) + 1, NO_COLOUR, np.uint32)
    for one in run.clusters:
        table[one] = side.colour(one)
    x, y, counts, reach = middles(home, layout.positions)
    names = [
        MapName(cluster.name, x[one], y[one], counts[one], reach[one], one, -1, side.colour(one))
        for one, cluster in run.clusters.items()
        if one < len(counts) and counts[one]
    ]
    view.show_layout(run.name, layout, table[home], names)
