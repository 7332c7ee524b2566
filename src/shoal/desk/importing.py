"""Clusters from a table: an edited clusters.csv becomes the clusters of the window, in one step."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from shoal.delivering.export_details import SortedImages
from shoal.delivering.exporting import IMPORTING, ImportedClusters, import_clusters
from shoal.desk.opening import Opening
from shoal.domain.grouping import Grouping
from shoal.domain.images import ImageRecord
from shoal.domain.task import Task
from shoal.qt.jobs import Announce
from shoal.qt.session import Session
from shoal.widgets.main_window import MainWindow


@dataclass(frozen=True, slots=True, eq=False)
class Imported:
    """What a table says about `grouping`."""

    grouping: Grouping
    clusters: ImportedClusters


class Importing(QObject):
    def __init__(self, session: Session, window: MainWindow, opening: Opening) -> None:
        super().__init__(window)
        self._session, self._window, self._opening = session, window, opening
        opening.finished_work.connect(self._on_finished)

    def ask(self) -> None:
        tables = self.tr("Tables of clusters") + " (*.csv *.json)"
        chosen, _filter = QFileDialog.getOpenFileName(self._window, self.tr("Load clusters from a table"), "", tables)
        if chosen:
            self.load(Path(chosen))

    def load(self, table: Path) -> None:
        """Read beside the GUI thread: a table may be long."""
        grouping = self._session.grouping
        if grouping is None:
            return
        records = [entry for entry in self._session.images if isinstance(entry, ImageRecord)]
        images = SortedImages(grouping, records)

        def work(_task: Task, _announce: Announce) -> Imported:
            return Imported(grouping, import_clusters(table, images))

        self._opening.run(self.tr("Reading the table"), work)

    def _on_finished(self, result: object) -> None:
        project = self._session.project
        if not isinstance(result, Imported) or project is None:
            return
        if project.grouping is not result.grouping:
            self._window.job_panel.rest(self.tr("The clusters have changed meanwhile; load the table again."))
            return
        project.apply(IMPORTING, result.clusters.patch)
        taken = self.tr("%n picture(s) moved as the table says.", "", len(result.clusters.patch.places))
        unknown = len(result.clusters.unknown)
        if unknown:
            taken += "  ·  " + self.tr("%n row(s) belong to no picture here.", "", unknown)
        self._window.job_panel.rest(taken)
