"""Writing the clusters out from the window: the dialog and what it needs to plan."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt

from shoal.delivering.export_details import SortedImages, object_of, sheet_thumbnails
from shoal.delivering.exporting import PlanSetting, export_clusters, plan_clusters
from shoal.domain.export_plan import ExportOptions, ExportPlan
from shoal.domain.grouping import OUT
from shoal.domain.task import Task
from shoal.features.exporting.export_dialog import ExportDialog
from shoal.features.exporting.past_exporting import PastExporting
from shoal.features.exporting.which_pictures import WhichPictures
from shoal.looking.snapshot import records_among
from shoal.widgets.feature import Parts


class Exporting(QObject):
    def __init__(self, parts: Parts, past: PastExporting) -> None:
        super().__init__(parts.window)
        self._window, self._session, self._opener, self._workplace = (
            parts.window, parts.session, parts.opener, parts.workplace,
        )  # fmt: skip
        self._past, self._views = past, parts.views

    def ask(self) -> None:
        """Open the export dialog for the clusters as they stand."""
        project, images = self._opener.project, self._images()
        if project is None or images is None:
            return
        folder = project.roots[0].parent / f"{project.roots[0].stem} sorted"
        which = WhichPictures(self._session, self._views.grid_presenter.shown)
        plan = partial(_plan, images, which, self._setting(project.roots))
        dialog = ExportDialog(plan, folder, self._window, any(map(object_of, images.records)), which)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.export_chosen.connect(lambda plan: self._carry_out(plan, images))
        dialog.open()

    def _carry_out(self, plan: ExportPlan, images: SortedImages) -> None:
        journals, preview = self._workplace.locations.export_journals, self._workplace.whole_picture
        picture = sheet_thumbnails(images, self._workplace.pictures, plan.options.crops)
        self._past.carry_out(lambda task: export_clusters(plan, images, journals, task, picture, preview))

    def _setting(self, roots: Sequence[Path]) -> PlanSetting:
        return PlanSetting(tuple(roots), self._workplace.locations.export_journals, self._workplace.whole_picture)

    def _images(self) -> SortedImages | None:
        snapshot, project = self._session.snapshot, self._session.project
        if project is None:
            return None
        in_project = project.grouping.home != OUT
        records = [record for record in records_among(snapshot.images) if in_project[record.id]]
        algorithm = snapshot.proposal.algorithm if snapshot.proposal else ""
        facts = {"model": project.made.model, "algorithm": algorithm}
        figures = snapshot.embeddings, snapshot.layout, snapshot.proposal, facts, snapshot.outliers
        recipe = None if self._opener.project is None else self._opener.project.recipe
        return SortedImages(project.grouping, records, *figures, recipe)


def _plan(
    images: SortedImages, which: WhichPictures, setting: PlanSetting, folder: Path, options: ExportOptions, task: Task
) -> ExportPlan:
    """On a pool thread: what was chosen last counts."""
    mask = which.kept
    chosen = [record for record in images.records if mask[record.id]]
    return plan_clusters(replace(images, records=chosen), folder, options, setting, task)
