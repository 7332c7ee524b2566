"""Writing the clusters out from the window: dialog, job, and a way to the result."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from shoal.delivering.export_details import SortedImages, shown_by
from shoal.delivering.exporting import ExportResult, export_clusters, plan_clusters
from shoal.desk.opening import Opening
from shoal.desk.past_exports import PastExporting
from shoal.domain.export_plan import ExportOptions, ExportPlan
from shoal.domain.images import ImageId, ImageRecord
from shoal.domain.task import Task
from shoal.looking.picture_decoder import Preview
from shoal.projects.workplace import Workplace
from shoal.qt.jobs import Announce
from shoal.qt.session import Session
from shoal.widgets.export_dialog import ExportDialog
from shoal.widgets.main_window import MainWindow
from shoal.widgets.named import named
from shoal.widgets.translation import told


class Exporting(QObject):
    def __init__(
        self, session: Session, window: MainWindow, opening: Opening, workplace: Workplace, past: PastExporting
    ) -> None:
        super().__init__(window)
        self._session, self._window, self._opening, self._workplace = session, window, opening, workplace
        self._past = past
        opening.finished_work.connect(self._on_finished)

    def ask(self) -> None:
        """Open the export dialog for the clusters as they stand."""
        project, images = self._opening.project, self._images()
        if project is None or images is None:
            return
        folder = project.roots[0].parent / f"{project.roots[0].stem} sorted"
        dialog = ExportDialog(
            partial(_plan, images, tuple(project.roots), self._workplace.whole_picture),
            folder,
            self._window,
            any(record.region or record.main for record in images.records),
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.export_chosen.connect(lambda plan: self._carry_out(plan, images))
        dialog.open()

    def _carry_out(self, plan: ExportPlan, images: SortedImages) -> None:
        journals, preview = self._workplace.locations.export_journals, self._workplace.whole_picture
        hashes, thumbnail = shown_by(images.records, plan.options.crops), self._workplace.thumbnail_of

        def picture(image: ImageId) -> bytes | None:
            return next(filter(None, map(thumbnail, hashes[image])), None)

        def work(task: Task, _announce: Announce) -> ExportResult:
            return export_clusters(plan, images, journals, task, picture, preview)

        self._opening.run(self.tr("Exporting"), work)

    def _on_finished(self, result: object) -> None:
        if isinstance(result, ExportResult):
            self._tell(result)

    def _tell(self, result: ExportResult) -> None:
        written = self.tr("%n file(s) written to {0}.", "", len(result.done)).format(result.root)
        self._window.job_panel.rest(written)
        box = named(QMessageBox(self._window), "exportDone")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("Export"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(written)
        if result.left_out:
            box.setInformativeText(self.tr("%n file(s) had to be left out.", "", len(result.left_out)))
            box.setDetailedText("\n".join(f"{one.path}: {told(one.reason)}" for one in result.left_out))
        show = box.addButton(self.tr("Show the folder"), QMessageBox.ButtonRole.AcceptRole)
        back = box.addButton(self.tr("Take it back"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Close)
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(result.root))))
        back.clicked.connect(lambda: self._past.undo(result.root))
        box.open()

    def _images(self) -> SortedImages | None:
        snapshot, grouping = self._session.snapshot, self._session.grouping
        if grouping is None:
            return None
        records = [entry for entry in snapshot.images if isinstance(entry, ImageRecord)]
        return SortedImages(grouping, records, snapshot.embeddings, snapshot.layout, snapshot.proposal)


def _plan(
    images: SortedImages, roots: tuple[Path, ...], preview: Preview, folder: Path, options: ExportOptions
) -> ExportPlan:
    return plan_clusters(images, folder, options, roots, preview)
