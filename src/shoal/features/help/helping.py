"""The Help menu: the guide, the keys, a look at this computer, the log, and which Shoal this is."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QWidget

from shoal.domain.task import Task
from shoal.domain.versions import installed_version
from shoal.features.help.about_dialog import AboutDialog
from shoal.features.help.findings_dialog import FindingsDialog
from shoal.features.help.help_dialog import HelpDialog
from shoal.looking.catalogue import BACKENDS
from shoal.projects.workplace import Workplace
from shoal.qt.jobs import Jobs
from shoal.setup.diagnosis import Finding, examine
from shoal.setup.guide import guide_pages
from shoal.widgets.actions import HELP, ActionRow
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP
from shoal.widgets.trouble import show_trouble


class Helping(QObject):
    def __init__(self, window: QWidget, jobs: Jobs, workplace: Workplace, pages: Sequence[str]) -> None:
        """`pages`: the names of the guide's, in their order."""
        super().__init__(window)
        self._window, self._jobs, self._workplace, self._pages = window, jobs, workplace, pages

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "actionGuide": self._show_guide,
            "actionCheckComputer": self._check_computer,
            "actionLog": self._show_log,
            "actionAbout": lambda: self._show(AboutDialog(installed_version("shoal") or "", self._window)),
        }

    def _show_guide(self) -> None:
        pages = guide_pages(self._pages, QLocale().name())
        if pages:
            self._show(HelpDialog(pages, self._window))
        else:
            show_trouble(self._window, self.tr("This copy of Shoal came without its guide."), "")

    def _check_computer(self) -> None:
        locations = self._workplace.locations

        def work(task: Task) -> tuple[Finding, ...]:
            return tuple(examine(locations, BACKENDS, task))

        self._jobs.run(self.tr("Checking this computer"), work, self._show_findings)

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        self._jobs.say("")
        self._show(FindingsDialog(findings, self._window))

    def _show_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._workplace.locations.logs)))

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _build(parts: Parts) -> Handlers:
    return Helping(parts.window, parts.jobs, parts.workplace, parts.pages).handlers


FEATURE = Feature(
    "help",
    _build,
    (
        ActionRow(HELP, 10, "actionGuide", QT_TRANSLATE_NOOP("actions", "&Guide"), shortcut="F1"),
        ActionRow(HELP, 20, "actionCheckComputer", QT_TRANSLATE_NOOP("actions", "&Check this computer ...")),
        ActionRow(HELP, 21, "actionLog", QT_TRANSLATE_NOOP("actions", "Show the &log files")),
        ActionRow(HELP, 30, "actionAbout", QT_TRANSLATE_NOOP("actions", "&About Shoal and updates")),
    ),
    page=11,
)
