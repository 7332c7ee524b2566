"""Exports of earlier days: what there is, going on with one that was cut off, taking one back."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices

from shoal.desk.opening import Opening
from shoal.services.exporting import is_cut_off, past_exports, resume_export, undo_export
from shoal.services.workplace import Workplace
from shoal.widgets.main_window import MainWindow
from shoal.widgets.past_exports import PastExports


class PastExporting(QObject):
    """What comes of it is told by `Exporting`, as after a new export."""

    def __init__(self, window: MainWindow, opening: Opening, workplace: Workplace) -> None:
        super().__init__(window)
        self._window, self._opening, self._workplace = window, opening, workplace
        self._journals = workplace.locations.export_journals

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
        self._opening.run(
            self.tr("Taking the export back"), lambda task, _announce: undo_export(folder, journals, task)
        )

    def _resume(self, folder: Path) -> None:
        journals = self._journals
        preview = self._workplace.whole_picture
        self._opening.run(self.tr("Exporting"), lambda task, _announce: resume_export(folder, journals, task, preview))
