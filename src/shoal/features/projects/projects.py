"""Project files: opening one, saving as another, and finding folders that are not where they were."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from shoal.domain.task import Task
from shoal.features.projects.restoring import Restoring
from shoal.projects.open_project import OpenProject
from shoal.projects.workplace import Workplace
from shoal.qt.jobs import Jobs, Kind
from shoal.setup.locations import PROJECT_SUFFIX
from shoal.widgets.actions import FILE, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Opener, Parts
from shoal.widgets.named import named
from shoal.widgets.translation import QT_TRANSLATE_NOOP


class Projects(QObject):
    def __init__(self, window: QWidget, opener: Opener, jobs: Jobs, workplace: Workplace) -> None:
        super().__init__(window)
        self._window, self._opener, self._jobs, self._workplace = window, opener, jobs, workplace
        opener.went_missing.connect(self._ask_where)

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        return {"actionOpenProject": self._open, "actionSaveProjectAs": self._save_as}

    def _open(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open a project"), "", self._kind)
        if file:
            self._opener.open_paths([Path(file)])

    def _save_as(self) -> None:
        project = self._opener.project
        if project is None:
            return
        dialog = named(QFileDialog(self._window, self.tr("Save the project as"), "", self._kind), "saveProjectDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(PROJECT_SUFFIX.removeprefix("."))
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # an existing file is refused, whatever the answer
        dialog.selectFile(f"{project.title}{PROJECT_SUFFIX}")
        dialog.fileSelected.connect(lambda file: self._save(project, Path(file)))
        dialog.open()

    def _save(self, project: OpenProject, file: Path) -> None:
        def work(_task: Task) -> None:
            project.save_as(file)
            if not project.sorts_objects:
                self._workplace.places.remember(project.roots, file)

        self._jobs.run(self.tr("Saving the project"), work, lambda _nothing: self._on_saved(file), kind=Kind.WRITE)

    def _on_saved(self, file: Path) -> None:
        self._jobs.say(self.tr("The project is kept in {0} from now on.").format(file))
        self._opener.opened.emit()

    def _ask_where(self, root: Path) -> None:
        box = named(QMessageBox(self._window), "relocateDialog")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Pictures not found"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("These pictures are not where they were:\n{0}").format(root))
        box.setInformativeText(
            self.tr("If they are on a drive, plug it in and look again. If the folder was moved, show where it is now. "
                    "Until then you can look at your clusters and change them.")
        )  # fmt: skip
        show = named(box.addButton(self.tr("Show the folder ..."), QMessageBox.ButtonRole.AcceptRole), "relocateShow")
        again = box.addButton(self.tr("Look again"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Close)
        show.clicked.connect(lambda: self._choose_for(root))
        again.clicked.connect(self._opener.refresh)
        box.open()

    def _choose_for(self, root: Path) -> None:
        dialog = named(QFileDialog(self._window, self.tr("Where is {0} now?").format(root.name)), "relocateFolder")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda folder: self._opener.relocate(root, Path(folder)))
        dialog.open()

    @property
    def _kind(self) -> str:
        return self.tr("Shoal projects (*{0})").format(PROJECT_SUFFIX)


def _build(parts: Parts) -> Handlers:
    restoring = Restoring(parts.window, parts.opener, parts.jobs, parts.workplace.restore_project, parts.views.notice)
    parts.rescues.append(restoring.rescues)
    return Projects(parts.window, parts.opener, parts.jobs, parts.workplace).handlers


FEATURE = Feature(
    "projects",
    _build,
    (
        ActionRow(
            FILE, 13, "actionOpenProject", QT_TRANSLATE_NOOP("actions", "Open &project ..."), shortcut="Ctrl+Shift+P"
        ),
        ActionRow(
            FILE,
            14,
            "actionSaveProjectAs",
            QT_TRANSLATE_NOOP("actions", "&Save project as ..."),
            shortcut="Ctrl+Shift+S",
            needs=Needs.IMAGES,
            tip=QT_TRANSLATE_NOOP("actions", "Keep your clusters in a file of their own, to take along or hand on"),
            edits=True,
        ),
    ),
    page=8,
)
