"""Exports of earlier days: what there is, going on with one that was cut off, taking one back.

What has to stay when one is taken back is listed, and goes to the trash if the user says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices

from shoal.delivering.exporting import is_cut_off, past_exports, resume_export, trash_what_stayed, undo_export
from shoal.desk.opening import Opening
from shoal.domain.images import SkippedImage
from shoal.domain.task import Task
from shoal.exports.trashing import Trashed
from shoal.exports.undoing import UndoOutcome
from shoal.projects.workplace import Workplace
from shoal.qt.jobs import Announce
from shoal.qt.trash import move_to_trash
from shoal.widgets.kept_files import KeptFiles
from shoal.widgets.main_window import MainWindow
from shoal.widgets.past_exports import PastExports
from shoal.widgets.translation import told
from shoal.widgets.trouble import show_trouble

MOST_REASONS = 10


@dataclass(frozen=True, slots=True)
class TakenBack:
    folder: Path
    outcome: UndoOutcome


class PastExporting(QObject):
    """What comes of going on with one is told by `Exporting`, as after a new export."""

    def __init__(self, window: MainWindow, opening: Opening, workplace: Workplace) -> None:
        super().__init__(window)
        self._window, self._opening, self._workplace = window, opening, workplace
        self._journals = workplace.locations.export_journals
        opening.finished_work.connect(self._on_finished)

    def ask(self) -> None:
        listed = [(header, is_cut_off(header)) for header in past_exports(self._journals)]
        dialog = PastExports(listed, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show_chosen.connect(lambda folder: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        dialog.resume_chosen.connect(self._resume)
        dialog.undo_chosen.connect(self.undo)
        dialog.open()

    def undo(self, folder: Path) -> None:
        journals = self._journals

        def work(task: Task, _announce: Announce) -> TakenBack:
            return TakenBack(folder, undo_export(folder, journals, task))

        self._opening.run(self.tr("Taking the export back"), work)

    def _resume(self, folder: Path) -> None:
        journals = self._journals
        preview = self._workplace.whole_picture
        self._opening.run(self.tr("Exporting"), lambda task, _announce: resume_export(folder, journals, task, preview))

    def _on_finished(self, result: object) -> None:
        if isinstance(result, TakenBack):
            self._window.job_panel.rest(self.tr("The export was taken back."))
            if result.outcome.trashable:
                self._offer_trash(result)
            elif result.outcome.kept:
                self._tell_kept(result.outcome.kept)
        elif isinstance(result, Trashed):
            self._window.job_panel.rest(self.tr("%n file(s) moved to the trash.", "", len(result.moved)))
            if result.kept:
                self._tell_kept(result.kept)

    def _tell_kept(self, kept: Sequence[SkippedImage]) -> None:
        stays = self.tr("%n file(s) stay where they are.", "", len(kept))
        show_trouble(self._window, stays, "\n".join(f"{one.path}: {told(one.reason)}" for one in kept[:MOST_REASONS]))

    def _offer_trash(self, result: TakenBack) -> None:
        outcome, files = result.outcome, [one.path for one in result.outcome.trashable]
        dialog = KeptFiles(result.folder, outcome.kept, len(files), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.trash_chosen.connect(lambda: self._trash(result.folder, files))
        dialog.open()

    def _trash(self, folder: Path, files: Sequence[Path]) -> None:
        journals = self._journals

        def work(task: Task, _announce: Announce) -> Trashed:
            return trash_what_stayed(folder, files, journals, move_to_trash, task)

        self._opening.run(self.tr("Moving to the trash"), work)
