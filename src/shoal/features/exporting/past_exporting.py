"""Carrying exports out, also those of earlier days: what there is, going on with one that was cut off, taking one back.

What has to stay when one is taken back is listed, and goes to the trash if the user says so.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from shoal.delivering.exporting import (
    ExportResult,
    is_cut_off,
    past_exports,
    resume_export,
    trash_what_stayed,
    undo_export,
)
from shoal.delivering.trashing_aside import bring_back_that, past_trashings
from shoal.domain.errors import UserFacingError
from shoal.domain.export_journal import ExportHeader
from shoal.domain.images import SkippedImage
from shoal.domain.task import Task
from shoal.exports.throwing_away import Thrown
from shoal.exports.trashing import Trashed
from shoal.exports.undoing import UndoOutcome
from shoal.features.exporting.kept_files import KeptFiles
from shoal.features.exporting.past_exports_dialog import PastExports
from shoal.looking.picture_decoder import Preview
from shoal.qt.jobs import Jobs, Kind
from shoal.qt.latest import LatestOnly
from shoal.qt.trash import move_to_trash
from shoal.widgets.named import named
from shoal.widgets.translation import told
from shoal.widgets.trouble import show_trouble

MOST_REASONS, MOST_LISTED = 10, 1000


class PastExporting(QObject):
    def __init__(self, window: QWidget, jobs: Jobs, journals: Path, whole_picture: Callable[[], Preview]) -> None:
        """`journals` is the folder that keeps them; `whole_picture` tells how pictures are unpacked as things stand."""
        super().__init__(window)
        self._window, self._jobs = window, jobs
        self._journals, self._whole_picture = journals, whole_picture
        self._reader = LatestOnly("listing past exports")

    def ask(self) -> None:
        """Each has a journal, which is opened; that takes long where there are many."""
        self._reader.request(partial(_listed, self._journals), self._show, self._on_unreadable)

    def shutdown(self) -> None:
        self._reader.shutdown()

    def _on_unreadable(self, error: Exception) -> None:
        if not isinstance(error, UserFacingError):
            raise error
        show_trouble(self._window, error.summary, error.remedy)

    def _show(self, listed: Sequence[tuple[ExportHeader, bool]]) -> None:
        dialog = PastExports(listed, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show_chosen.connect(lambda header: QDesktopServices.openUrl(QUrl.fromLocalFile(str(header.root))))
        dialog.resume_chosen.connect(lambda header: self._resume(header.root))
        dialog.undo_chosen.connect(lambda header: self._back(header) if header.trash else self.undo(header.root))
        dialog.open()

    def _back(self, header: ExportHeader) -> None:
        work = partial(bring_back_that, header.id, self._journals)
        self._jobs.run(self.tr("Bringing back from the trash"), work, self._on_back, kind=Kind.WRITE)

    def _on_back(self, back: Thrown) -> None:
        self._jobs.say(self.tr("%n file(s) brought back from the trash.", "", len(back.moved)))
        if back.kept:
            self._tell_kept(back.kept)

    def undo(self, folder: Path) -> None:
        work = partial(undo_export, folder, self._journals)
        self._jobs.run(self.tr("Taking the export back"), work, partial(self._on_taken_back, folder), kind=Kind.WRITE)

    def carry_out(self, work: Callable[[Task], ExportResult]) -> None:
        """Write as `work` does, then say what came of it."""
        self._jobs.run(self.tr("Exporting"), work, self._on_written, kind=Kind.WRITE)

    def _resume(self, folder: Path) -> None:
        journals, preview = self._journals, self._whole_picture()
        self.carry_out(lambda task: resume_export(folder, journals, task, preview))

    def _on_written(self, result: ExportResult) -> None:
        written = self._in_words(result)
        self._jobs.say(written)
        box = named(QMessageBox(self._window), "exportDone")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("Export"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(written)
        heads, details = self._remarks(result)
        box.setInformativeText(" ".join(heads))
        box.setDetailedText("\n".join(f"{file.path}: {told(file.reason)}" for file in details[:MOST_LISTED]))
        show = box.addButton(self.tr("Show the folder"), QMessageBox.ButtonRole.AcceptRole)
        back = box.addButton(self.tr("Take it back"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Close)
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(result.root))))
        back.clicked.connect(lambda: self.undo(result.root))
        box.open()

    def _in_words(self, result: ExportResult) -> str:
        """What is new there, what has another place, and the papers, each counted for itself."""
        sentences = []
        if result.written or not result.moved:
            sentences.append(self.tr("%n file(s) written to {0}.", "", result.written).format(result.root))
        if result.moved:
            sentences.append(self.tr("%n file(s) in {0} have another place.", "", result.moved).format(result.root))
        if result.documents:
            sentences.append(self.tr("%n table(s) and sidecar(s) written.", "", result.documents))
        return " ".join(sentences)

    def _remarks(self, result: ExportResult) -> tuple[list[str], list[SkippedImage]]:
        """Sentences, and the files that they count."""
        lacking, contradicting = result.sidecars.lacking, result.sidecars.contradicting
        counted = {
            self.tr("%n file(s) had to be left out.", "", len(result.left_out)): result.left_out,
            self.tr("%n sidecar(s) stayed without the cluster.", "", len(lacking)): lacking,
            self.tr("%n contradiction(s) in what is said about pictures.", "", len(contradicting)): contradicting,
            self.tr("%n file(s) there stay as you have them.", "", len(result.notes)): result.notes,
        }
        with_files = {head: files for head, files in counted.items() if files}
        return list(with_files), [file for files in with_files.values() for file in files]

    def _on_taken_back(self, folder: Path, outcome: UndoOutcome) -> None:
        said = [self.tr("The export was taken back.")]
        if outcome.went_home:
            said.append(self.tr("%n file(s) of other programs went with their pictures.", "", len(outcome.went_home)))
        self._jobs.say(" ".join(said))
        if outcome.trashable:
            self._offer_trash(folder, outcome)
        elif outcome.kept:
            self._tell_kept(outcome.kept)

    def _on_trashed(self, trashed: Trashed) -> None:
        self._jobs.say(self.tr("%n file(s) moved to the trash.", "", len(trashed.moved)))
        if trashed.kept:
            self._tell_kept(trashed.kept)

    def _tell_kept(self, kept: Sequence[SkippedImage]) -> None:
        stays = self.tr("%n file(s) stay where they are.", "", len(kept))
        show_trouble(
            self._window, stays, "\n".join(f"{file.path}: {told(file.reason)}" for file in kept[:MOST_REASONS])
        )

    def _offer_trash(self, folder: Path, outcome: UndoOutcome) -> None:
        files = [kept.path for kept in outcome.trashable]
        dialog = KeptFiles(folder, outcome.kept, len(files), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.trash_chosen.connect(lambda: self._trash(folder, files))
        dialog.open()

    def _trash(self, folder: Path, files: Sequence[Path]) -> None:
        work = partial(trash_what_stayed, folder, files, self._journals, move_to_trash)
        self._jobs.run(self.tr("Moving to the trash"), work, self._on_trashed, kind=Kind.WRITE)


def _listed(journals: Path) -> list[tuple[ExportHeader, bool]]:
    """The newest of each folder, and whether it was cut off; and what went to the trash."""
    exports = [(header, is_cut_off(header)) for header in past_exports(journals)]
    both = [*exports, *((header, False) for header in past_trashings(journals))]
    return sorted(both, key=lambda listed: listed[0].made_at, reverse=True)
