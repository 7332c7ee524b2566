"""Which pictures are seen: the condition of the filter bar, looked up beside the window."""

import json
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QInputDialog, QWidget

from shoal.delivering.picture_table import SAID, PictureTable, Readings
from shoal.domain.errors import UserFacingError
from shoal.domain.images import ImageRecord
from shoal.domain.where import Condition, Mask, parse
from shoal.features.culling.clauses import Choice, found_choices
from shoal.features.culling.filter_bar import FilterBar
from shoal.imaging.shooting import shooting_of
from shoal.looking.snapshot import records_among
from shoal.qt.latest import LatestOnly
from shoal.qt.session import Session
from shoal.widgets.translation import told
from shoal.widgets.views import Views

KEPT = "filters"
ABOUT_CLUSTERS = frozenset({"cluster"})


class Filtering(QObject):
    """The bar, what is seen through it in the grid, and what is faded on the map."""

    def __init__(self, window: QWidget, session: Session, views: Views, readings: Readings) -> None:
        super().__init__(window)
        self._window, self._session, self._views = window, session, views
        self.bar = FilterBar(self._found)
        self._readings = readings
        self._worker = LatestOnly("looking for pictures of which a condition is so")
        self._lens_reader = LatestOnly("reading lenses")
        self._read_of: object = None
        self._lenses: Sequence[Choice] = ()
        self._condition: Condition | None = None
        self._kept: dict[str, str] = {}
        self.bar.changed.connect(self._on_condition)
        self.bar.closed.connect(self.end)
        self.bar.more_opened.connect(self._look_for_lenses)
        self.bar.keep_requested.connect(self._keep)
        self.bar.forget_requested.connect(self._forget)
        views.grid_presenter.filter_in_the_way.connect(self.end)
        session.verdicts_changed.connect(partial(self._again, SAID))
        session.grouping_changed.connect(partial(self._again, ABOUT_CLUSTERS))
        session.images_changed.connect(lambda _stays: self._again(frozenset()))
        session.images_changed.connect(self._forget_lenses)

    @property
    def condition(self) -> str:
        return self._condition.text if self._condition else ""

    def turn(self) -> None:
        """Open the bar, or close it and show all again."""
        if self.bar.isVisible():
            self.end()
        else:
            self.bar.begin()

    def end(self) -> None:
        if self.bar.isVisible():
            self.bar.clear()
            self.bar.hide()
            self._views.grid.setFocus()

    def restore(self, memory: QSettings) -> None:
        try:
            kept = json.loads(str(memory.value(KEPT) or "{}"))
            self._kept = {str(name): str(condition) for name, condition in kept.items()}
        except (ValueError, AttributeError):
            self._kept = {}
        self.bar.show_kept(self._kept)

    def save(self, memory: QSettings) -> None:
        memory.setValue(KEPT, json.dumps(self._kept))

    def shutdown(self) -> None:
        self._worker.shutdown()
        self._lens_reader.shutdown()

    def _on_condition(self, text: str) -> None:
        try:
            self._condition = parse(text) if text else None
        except UserFacingError as error:
            self._condition = None
            self.bar.show_result(self.tr("?"), f"{told(error.summary)} {told(error.remedy)}")
            return
        self._look()

    def _again(self, about: frozenset[str]) -> None:
        """Where what changed is what the condition asks about; nothing named: in any case."""
        if self._condition is not None and (not about or self._condition.fields & about):
            self._look()

    def _look(self) -> None:
        condition, grouping, images = self._condition, self._session.grouping, self._session.images
        records = records_among(images)
        if condition is None or grouping is None or len(records) != len(self._session.verdicts):
            self._show(images, None)
            return
        table = PictureTable(records, self._session.verdicts, grouping, self._readings)
        self._worker.request(lambda: condition.holds(table), partial(self._on_found, condition, images))

    def _on_found(self, condition: Condition, images: Sequence[object], mask: Mask) -> None:
        if condition is self._condition and images is self._session.images:
            self._show(images, mask)

    def _show(self, images: Sequence[object], mask: Mask | None) -> None:
        self.bar.show_result("" if mask is None else f"{int(np.count_nonzero(mask)):,} / {len(images):,}")
        grid = self._views.grid
        place = grid.choosing.current
        self._views.grid_presenter.set_mask(mask)
        self._views.map_presenter.set_mask(mask)
        if place is not None and grid.choosing.current is None and grid.page.layout.count:
            grid.choosing.select_only(min(place, grid.page.last))  # what took the place of what is hidden now

    def _found(self, kind: str) -> Sequence[Choice]:
        """Lenses are read of the files, and come later."""
        if kind == "lens":
            return self._lenses
        return found_choices(kind, records_among(self._session.images))

    def _look_for_lenses(self) -> None:
        """Beside the window; of the same pictures once."""
        images = self._session.images
        if images is self._read_of:
            return
        records = records_among(images)[:LENSES_READ]
        self._lens_reader.request(partial(_lenses_of, records), partial(self._on_lenses, images))

    def _forget_lenses(self, stays: bool) -> None:
        self._read_of = None
        if not stays:
            self._lenses = ()

    def _on_lenses(self, images: Sequence[object], lenses: Sequence[str]) -> None:
        if images is self._session.images:
            self._read_of, self._lenses = images, found_choices("lens", (), lenses)
            self.bar.show_found("lens", self._lenses)

    def _keep(self) -> None:
        ask: Callable[..., tuple[str, bool]] = QInputDialog.getText
        name, said = ask(self._window, self.tr("Save this filter"), self.tr("Name"), text=self.bar.condition)
        if said and name.strip():
            self.keep_as(name.strip())

    def keep_as(self, name: str) -> None:
        self._kept[name] = self.bar.condition
        self.bar.show_kept(self._kept)

    def _forget(self, name: str) -> None:
        self._kept.pop(name, None)
        self.bar.show_kept(self._kept)


LENSES_READ = 3000
"""Files: reading them takes a second or two, beside the window."""


def _lenses_of(records: Sequence[ImageRecord]) -> list[str]:
    return [shooting_of(record.path).lens for record in records]
