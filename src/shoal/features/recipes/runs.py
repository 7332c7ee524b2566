"""Results under names in the window: kept, compared, gone back to, renamed, deleted; each of it can be taken back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from shoal.delivering.run_plot import FLOW_SUFFIXES, write_flow
from shoal.domain.run_comparison import RunComparison, compare_runs
from shoal.domain.runs import Run
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.features.recipes.runs_box import RunsBox
from shoal.projects.runs import (
    PackedRun,
    PackedValue,
    as_it_is,
    free_name,
    packed_run,
    run_called,
    run_of_now,
    values_of,
)
from shoal.qt.editing import Editing
from shoal.qt.jobs import Jobs
from shoal.qt.session import Session, about_open_project
from shoal.widgets.feature import Opener
from shoal.widgets.theme import CurrentTheme

if TYPE_CHECKING:
    from shoal.projects.open_project import OpenProject

Compared = tuple[Run, Run, RunComparison]
Back = tuple[Run, list[PackedValue]]


class RunsAtHand(QObject):
    def __init__(  # as many as there are things to work with
        self,
        box: RunsBox,
        session: Session,
        opener: Opener,
        jobs: Jobs,
        editing: Editing,
        *,
        theme: CurrentTheme,
    ) -> None:
        super().__init__(box)
        self._box, self._session, self._opener = box, session, opener
        self._jobs, self._editing, self._theme = jobs, editing, theme
        box.kept.connect(self._keep)
        box.compared.connect(self._open_comparison)
        box.gone_back.connect(self._go_back)
        box.deleted.connect(self._delete)
        box.renamed.connect(self._rename)
        opener.opened.connect(self.show)
        opener.looked.connect(self.show)
        session.grouping_changed.connect(self._on_grouping)
        self.show()

    def show(self) -> None:
        project = self._opener.project
        self._box.show_runs(() if project is None else project.runs.listed())
        self._on_grouping()

    def _on_grouping(self) -> None:
        project, grouping = self._opener.project, self._session.grouping
        sorted_now = grouping is not None and bool(grouping.clusters)
        self._box.set_usable(project is not None and not project.read_only and sorted_now)

    def _keep(self, name: str) -> None:
        project = self._opener.project
        if project is None:
            return
        run = run_of_now(project, name or self._usual_name(project))

        def save(packed: PackedRun) -> None:
            project.runs.save(packed)
            self._box.name.clear()
            self.show()
            self._box.choose(run.name)
            self._jobs.say("")
            self._editing.said.emit(Sentence("Kept as {name}", name=run.name), partial(self._forget, project, run.name))

        work = partial(_packed, run)
        self._jobs.run(self.tr("Keeping"), work, about_open_project(self._session, save))

    def _usual_name(self, project: "OpenProject") -> str:
        """What it was made with, and a number where that is taken."""
        model, count = project.project.made.model.rpartition("/")[2], len(project.project.grouping.clusters)
        stem = f"{model}, {count}"
        taken = {one.name.casefold() for one in project.runs.listed()}
        numbered = (f"{stem} ({number})" for number in range(2, len(taken) + 3))
        return next(name for name in (stem, *numbered) if name.casefold() not in taken)

    def _delete(self, name: str) -> None:
        project = self._opener.project
        taken = None if project is None else project.runs.remove(name)
        self.show()
        if project is not None and taken is not None:
            self._editing.said.emit(Sentence("Deleted {name}", name=name), partial(self._put_back, project, taken))

    def _rename(self, name: str, other: str) -> None:
        project = self._opener.project
        if project is None:
            return
        try:
            if other.strip().casefold() != name.casefold():
                other = free_name(project, other)
            project.runs.call(name, other.strip() or name)
        finally:
            self.show()

    def _forget(self, project: "OpenProject", name: str) -> None:
        if project is self._opener.project:
            project.runs.remove(name)
            self.show()

    def _put_back(self, project: "OpenProject", taken: PackedRun) -> None:
        if project is self._opener.project:
            project.runs.save(taken)
            self.show()

    def _go_back(self, name: str) -> None:
        project = self._opener.project
        if project is None:
            return

        def work(_task: Task) -> Back:
            run = run_called(project, name)
            return run, values_of(run)

        def back(found: Back) -> None:
            project.return_to(*found)
            self._jobs.say("")
            if project.snapshot.layout is None:  # pictures have come since: they are placed on its map
                self._opener.refresh()

        self._jobs.run(self.tr("Going back"), work, about_open_project(self._session, back))

    def _open_comparison(self, name: str) -> None:
        from shoal.features.recipes.runs_dialog import NOW, RunsDialog  # noqa: PLC0415  # with the library of the map
        from shoal.widgets.small_map import SmallMap  # noqa: PLC0415

        project, session = self._opener.project, self._session
        if project is None:
            return
        maps = SmallMap(session, "runMapBefore"), SmallMap(session, "runMapAfter")
        dialog = RunsDialog(maps, self._box.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.offer([one.name for one in project.runs.listed()], (name, NOW))

        def compare(first: str, second: str) -> None:
            self._compare(project, (first, second), told)

        def told(found: Compared) -> None:
            self._jobs.say("")
            if dialog.isVisible():
                dialog.show_comparison(*found, self._theme.theme)

        dialog.asked.connect(compare)
        dialog.selected.connect(session.selection.select)
        dialog.saved.connect(lambda: self._save_flow(dialog.shown))
        session.images_changed.connect(dialog.on_images)
        self._theme.changed.connect(dialog.wear)
        dialog.show()
        compare(name, NOW)

    def _compare(self, project: "OpenProject", names: tuple[str, str], tell: Callable[[Compared], object]) -> None:
        """The clusters of now are taken as they are when it is asked for."""
        now = as_it_is(project, self.tr("As it is now"))

        def work(_task: Task) -> Compared:
            first, second = (run_called(project, name) if name else now for name in names)
            return first, second, compare_runs(first, second)

        title = self.tr("Comparing {0} and {1}").format(*(name or now.name for name in names))
        self._jobs.run(title, work, about_open_project(self._session, tell))

    def _save_flow(self, shown: Compared | None) -> None:
        if shown is None:
            return
        kinds = self.tr("Pictures") + f" (*{' *'.join(FLOW_SUFFIXES)})"
        file, _kind = QFileDialog.getSaveFileName(self._box.window(), self.tr("Save the picture"), "flow.png", kinds)
        if file:
            self._jobs.run(
                self.tr("Saving"),
                lambda _task: write_flow(Path(file), *shown),
                lambda _nothing: self._jobs.say(self.tr("Saved as {0}").format(file)),
            )


def _packed(run: Run, _task: Task) -> PackedRun:
    return packed_run(run)
