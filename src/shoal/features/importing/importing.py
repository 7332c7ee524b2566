"""Clusters from a table: an edited clusters.csv becomes the clusters of the window, in one step."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from shoal.delivering.export_details import SortedImages
from shoal.delivering.exporting import IMPORTING, ImportedClusters, import_clusters
from shoal.domain.grouping import Grouping
from shoal.domain.images import ImageRecord
from shoal.domain.task import Task
from shoal.qt.jobs import Jobs
from shoal.qt.session import Session
from shoal.widgets.main_window import MainWindow


class Importing(QObject):
    def __init__(self, session: Session, window: MainWindow, jobs: Jobs) -> None:
        super().__init__(window)
        self._session, self._window, self._jobs = session, window, jobs

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

        def work(_task: Task) -> ImportedClusters:
            return import_clusters(table, images)

        self._jobs.run(self.tr("Reading the table"), work, partial(self._take_over, grouping))

    def _take_over(self, grouping: Grouping, found: ImportedClusters) -> None:
        project = self._session.project
        if project is None:
            return
        if project.grouping is not grouping:
            self._window.job_panel.rest(self.tr("The clusters have changed meanwhile; load the table again."))
            return
        project.apply(IMPORTING, found.patch)
        taken = self.tr("%n picture(s) moved as the table says.", "", len(found.patch.places))
        unknown = len(found.unknown)
        if unknown:
            taken += "  ·  " + self.tr("%n row(s) belong to no picture here.", "", unknown)
        self._window.job_panel.rest(taken)
