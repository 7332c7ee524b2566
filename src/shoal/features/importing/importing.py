"""Clusters from a table: an edited clusters.csv becomes the clusters of the window, in one step."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from shoal.delivering.exporting import IMPORTING, ImportedClusters, import_clusters
from shoal.domain.images import ImageRecord
from shoal.domain.task import Task
from shoal.projects.project import Project
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
        project = self._session.project
        if project is None:
            return
        records = [entry for entry in self._session.images if isinstance(entry, ImageRecord)]

        def work(_task: Task) -> ImportedClusters:
            return import_clusters(table, records)

        self._jobs.run(self.tr("Reading the table"), work, partial(self._take_over, project))

    def _take_over(self, asked: Project, found: ImportedClusters) -> None:
        """Into the clusters as they are now, whatever was done to them meanwhile."""
        project = self._session.project
        if project is not asked:
            return
        patch = found.patch(project.grouping)
        project.apply(IMPORTING, patch)
        taken = self.tr("%n picture(s) moved as the table says.", "", len(patch.places))
        unknown = len(found.unknown)
        if unknown:
            taken += "  ·  " + self.tr("%n row(s) belong to no picture here.", "", unknown)
        self._window.job_panel.rest(taken)
