"""Clusters from a table: an edited clusters.csv becomes the clusters of the window, in one step."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from shoal.delivering.table_import import IMPORTING, ImportedClusters, import_clusters
from shoal.domain.task import Task
from shoal.looking.snapshot import records_among
from shoal.qt.jobs import Jobs
from shoal.qt.session import Session, about_open_project
from shoal.widgets.actions import FILE, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP


class Importing(QObject):
    def __init__(self, window: QWidget, session: Session, jobs: Jobs) -> None:
        super().__init__(window)
        self._window, self._session, self._jobs = window, session, jobs

    def ask(self) -> None:
        tables = self.tr("Tables of clusters") + " (*.csv *.json)"
        chosen, _filter = QFileDialog.getOpenFileName(self._window, self.tr("Load clusters from a table"), "", tables)
        if chosen:
            self.load(Path(chosen))

    def load(self, table: Path) -> None:
        """Read beside the GUI thread: a table may be long."""
        if self._session.project is None:
            return
        records = records_among(self._session.images)

        def work(_task: Task) -> ImportedClusters:
            return import_clusters(table, records)

        self._jobs.run(self.tr("Reading the table"), work, about_open_project(self._session, self._take_over))

    def _take_over(self, imported: ImportedClusters) -> None:
        """Into the clusters as they are now, whatever was done to them meanwhile."""
        project = self._session.project
        if project is None:
            return
        patch = imported.patch(project.grouping)
        project.apply(IMPORTING, patch)
        taken = self.tr("%n picture(s) moved as the table says.", "", len(patch.places))
        unknown = len(imported.unknown)
        if unknown:
            taken += "  ·  " + self.tr("%n row(s) belong to no picture here.", "", unknown)
        self._jobs.say(taken)


def _build(parts: Parts) -> Handlers:
    return {"actionImportClusters": Importing(parts.window, parts.session, parts.jobs).ask}


FEATURE = Feature(
    "importing",
    _build,
    (
        ActionRow(
            FILE,
            22,
            "actionImportClusters",
            QT_TRANSLATE_NOOP("actions", "Load &clusters from a table ..."),
            needs=Needs.CLUSTERS,
            tip=QT_TRANSLATE_NOOP("actions", "Take clusters over from a clusters.csv that you edited"),
            edits=True,
        ),
    ),
)
