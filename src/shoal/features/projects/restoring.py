"""A damaged project: the backup beside it takes its place with one click."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from shoal.domain.errors import ProjectNotReadable
from shoal.domain.task import Task
from shoal.qt.jobs import Jobs, Kind
from shoal.widgets.feature import Again, Opener
from shoal.widgets.named import named
from shoal.widgets.translation import told
from shoal.widgets.views import Notice


class Restoring(QObject):
    def __init__(
        self, window: QWidget, opener: Opener, jobs: Jobs, restore: Callable[[Path], Path], notice: Notice
    ) -> None:
        """`restore` puts a project's backup in its place, and returns where the damaged file is kept."""
        super().__init__(window)
        self._window, self._opener, self._jobs, self._put_back = window, opener, jobs, restore
        self._notice = notice
        self._outcome = ""
        opener.opened.connect(self._on_opened)

    def rescues(self, error: Exception, _again: Again) -> bool:
        if not isinstance(error, ProjectNotReadable) or error.project is None:
            return False
        self._offer(error, error.project)
        return True

    def _offer(self, trouble: ProjectNotReadable, file: Path) -> None:
        box = named(QMessageBox(self._window), "restoreDialog")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("The project is damaged"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(told(trouble.summary))
        box.setInformativeText(
            self.tr("A backup from the last time it was closed is kept. It can take the place of the damaged file, "
                    "which is set aside and not deleted. Your pictures are not touched.")
        )  # fmt: skip
        restore = box.addButton(self.tr("Restore the backup"), QMessageBox.ButtonRole.AcceptRole)
        named(restore, "restoreBackup")
        box.addButton(QMessageBox.StandardButton.Close)
        restore.clicked.connect(lambda: self._restore(file))
        box.open()

    def _restore(self, file: Path) -> None:
        def work(_task: Task) -> Path:
            return self._put_back(file)

        done = partial(self._on_restored, file, self._opener.open_unless_another())
        self._jobs.run(self.tr("Restoring the backup"), work, done, kind=Kind.WRITE)

    def _on_restored(self, file: Path, go_on: Callable[[Path], None], aside: Path) -> None:
        self._outcome = self.tr("Restored from its backup. The damaged file is {0}.").format(aside)
        go_on(file)

    def _on_opened(self) -> None:
        """Said when the project stands, for opening clears what was said about the one before."""
        if self._outcome:
            self._notice.show_text(self._outcome)
            self._outcome = ""
