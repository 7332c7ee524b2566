"""What the window says of the jobs, and the question that closing it asks while files are being written."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from shoal.domain.errors import UserFacingError
from shoal.qt.jobs import Jobs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.named import named
from shoal.widgets.translation import told
from shoal.widgets.views import Status


class Working(QObject):
    def __init__(self, window: QWidget, jobs: Jobs, panel: Status) -> None:
        super().__init__(window)
        self._window, self._jobs, self._panel = window, jobs, panel
        self._leaves = False
        jobs.said.connect(panel.rest)
        jobs.remarked.connect(panel.show_remark)
        jobs.started.connect(panel.begin)
        jobs.reported.connect(panel.show_report)
        jobs.waiting_changed.connect(panel.show_waiting)
        jobs.cancelled.connect(lambda: panel.rest(self.tr("Stopped. What is finished is kept.")))
        jobs.failed.connect(self._on_failed)
        jobs.ended.connect(self._on_ended)
        panel.cancel_requested.connect(jobs.cancel)

    def _on_failed(self, error: Exception, _again: Callable[[], object]) -> None:
        summary = told(error.summary) if isinstance(error, UserFacingError) else self.tr("Something went wrong.")
        self._panel.rest(summary)

    def _on_ended(self) -> None:
        if self._leaves and not self._jobs.writing:
            self._window.close()

    def may_close(self) -> bool:
        """Ask, where files are being written."""
        name = self._jobs.writing
        if name:
            self._ask(name)
        return not name

    def _ask(self, name: str) -> None:
        box = named(QMessageBox(self._window), "closingBox")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Shoal")
        box.setText(self.tr("Not finished yet: {0}").format(name))
        box.setInformativeText(
            self.tr("Shoal can close as soon as that is done. Stopped in the middle, an export can be gone on with or "
                    "taken back later, under Past exports.")
        )  # fmt: skip
        later = named(box.addButton(self.tr("Close when it is done"), QMessageBox.ButtonRole.AcceptRole), "closeLater")
        now = named(box.addButton(self.tr("Stop it and close"), QMessageBox.ButtonRole.DestructiveRole), "closeNow")
        stay = named(box.addButton(self.tr("Keep Shoal open"), QMessageBox.ButtonRole.RejectRole), "closeNot")
        box.setDefaultButton(later)
        box.setEscapeButton(stay)
        box.finished.connect(lambda: self._decide(box.clickedButton() is now, box.clickedButton() is later))
        box.open()

    def _decide(self, now: bool, later: bool) -> None:
        self._leaves = later
        if now:
            self._jobs.shutdown()
        if now or (later and not self._jobs.writing):
            self._window.close()


def _build(parts: Parts) -> Handlers:
    parts.close_guards.append(Working(parts.window, parts.jobs, parts.views.status).may_close)
    return {}


FEATURE = Feature("working", _build)
