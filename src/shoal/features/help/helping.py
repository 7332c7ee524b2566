"""The Help menu: the guide, the keys, a look at this computer, the log, and which Shoal this is."""

from collections.abc import Callable

from PySide6.QtCore import QLocale, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog

from shoal.domain.task import Task
from shoal.domain.versions import installed_version
from shoal.features.help.about_dialog import AboutDialog
from shoal.features.help.findings_dialog import FindingsDialog
from shoal.features.help.help_dialog import HelpDialog
from shoal.looking.catalogue import BACKENDS
from shoal.projects.workplace import Workplace
from shoal.qt.jobs import Jobs
from shoal.setup.diagnosis import Finding, examine
from shoal.setup.guide import guide_file
from shoal.widgets.main_window import MainWindow
from shoal.widgets.trouble import show_trouble


class Helping(QObject):
    def __init__(self, window: MainWindow, jobs: Jobs, workplace: Workplace) -> None:
        super().__init__(window)
        self._window, self._jobs, self._workplace = window, jobs, workplace

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "actionGuide": self._show_guide,
            "actionCheckComputer": self._check_computer,
            "actionLog": self._show_log,
            "actionAbout": lambda: self._show(AboutDialog(installed_version("shoal") or "", self._window)),
        }

    def _show_guide(self) -> None:
        page = guide_file(QLocale().name())
        if page is None:
            show_trouble(self._window, self.tr("This copy of Shoal came without its guide."), "")
        else:
            self._show(HelpDialog(page, self._window))

    def _check_computer(self) -> None:
        locations = self._workplace.locations

        def work(task: Task) -> tuple[Finding, ...]:
            return tuple(examine(locations, BACKENDS, task))

        self._jobs.run(self.tr("Checking this computer"), work, self._show_findings)

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        self._window.job_panel.rest("")
        self._show(FindingsDialog(findings, self._window))

    def _show_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._workplace.locations.logs)))

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
