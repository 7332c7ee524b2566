"""From a dropped folder to clusters on the screen: opening, sorting, clustering again, the coarse-fine slider."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QWidget

from shoal.domain.grouping import Patch
from shoal.domain.history import Made
from shoal.domain.left_alone import LeftFolder, said_of_files, said_of_folders
from shoal.domain.recipe import Recipe, kept_to_the_letter
from shoal.domain.task import Task
from shoal.features.opening.ahead import Stage, show_ahead
from shoal.features.opening.coarse_fine import CoarseFine
from shoal.features.opening.outcomes import Looked, Missing, Opened
from shoal.looking.content_names import NameStyle
from shoal.looking.known import Known
from shoal.looking.pipeline import as_before, cluster_again, look
from shoal.looking.snapshot import Snapshot
from shoal.projects.kept_model import kept_model
from shoal.projects.open_project import OpenProject, relocated
from shoal.projects.workplace import Workplace
from shoal.qt.jobs import Jobs, Kind
from shoal.qt.session import Session
from shoal.qt.session_reading import image_count
from shoal.qt.spoken_language import is_simplified_chinese
from shoal.setup.locations import PROJECT_SUFFIX
from shoal.widgets.places import Places
from shoal.widgets.translation import told
from shoal.widgets.views import Views

log = logging.getLogger(__name__)
MODEL_SUFFIXES = frozenset({".onnx", ".pt", ".pth", ".safetensors"})


class Opening(QObject):
    """Owns the open project. `workplace` knows where things are kept and how to load a model."""

    opened = Signal()
    """Another project is on the screen now."""

    went_missing = Signal(object)
    """The first of the folders that are not where they were; everything else is there to be looked at."""

    dropped = Signal(object)
    """Paths that could be added to the open project, or opened in its place."""

    looked = Signal()
    """The chosen model has looked at all pictures."""

    def __init__(
        self, window: QWidget, places: Places, views: Views, session: Session, jobs: Jobs, workplace: Workplace
    ) -> None:
        super().__init__(window)
        self._window, self._places, self._views, self._session = window, places, views, session
        self._jobs = jobs
        self._workplace = workplace
        workplace.name_style = NameStyle(self.tr("Cluster"), chinese=is_simplified_chinese(QLocale()))
        self._project: OpenProject | None = None
        self._told_gone = 0
        self._coarse_fine = CoarseFine(views, session, jobs)
        self._told_left: tuple[LeftFolder, ...] = ()
        self._shown_for_project, self._set_aside = "", ""
        self._chosen_since, self._opened_so_far = False, 0
        self._tell_opened = jobs.ear(self._on_opened)
        self._tell_stage = jobs.ear(self._show_stage)

    @property
    def project(self) -> OpenProject | None:
        return self._project

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Folders and pictures become a project, unless they are one already; a network becomes the model."""
        models = [path for path in paths if path.suffix.lower() in MODEL_SUFFIXES]
        if models:
            self._views.models.offer(str(models[0]), models[0].name)
            self._on_model()
        projects = [path for path in paths if path.suffix.lower() == PROJECT_SUFFIX]
        roots = [path for path in paths if path not in models]
        if self._project is not None and (projects[:1] == [self._project.file] or tuple(roots) == self._project.roots):
            self.refresh()  # opened a second time, it would find itself in use
        elif projects:
            self._open(partial(self._workplace.open_project_file, projects[0]))
        elif roots:
            self._open(partial(self._workplace.open_project, roots, self._model_for_new()))

    def open_unless_another(self) -> Callable[[Path], None]:
        """Opens what is ready later, unless something else was asked for by then."""
        before = self._opened_so_far

        def open_then(path: Path) -> None:
            if self._opened_so_far == before:
                self.open_paths([path])

        return open_then

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Open them, but where something is sorted already and would go from the screen: that is for others to ask."""
        known = self._project.roots if self._project is not None and self._has_sorted else ()
        suffixes = {path.suffix.lower() for path in paths}
        if not known or suffixes & {PROJECT_SUFFIX, *MODEL_SUFFIXES} or tuple(paths) == known:
            self.open_paths(paths)
        else:
            self.dropped.emit(paths)

    @property
    def _has_sorted(self) -> bool:
        """Whether there are clusters, or, before the first look is over, something that was put somewhere by hand."""
        project = self._session.project
        return project is not None and (not project.ahead or project.undo_label is not None)

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Folders and pictures come to the open project."""
        project = self._project
        if project is not None:
            known = project.known()
            here = dict.fromkeys([*known.roots, *paths])
            work = partial(self._sort, project, replace(known, roots=tuple(here)), self._wanted_model())
            self._look(self.tr("Looking at what was added"), work)

    def relocate(self, root: Path, now: Path) -> None:
        """The folder of that name has moved there."""
        if self._project is not None:
            self._look(self.tr("Opening"), partial(self._relocate, self._project, self._project.known(), root, now))

    def refresh(self) -> None:
        """Look at the folders again: new pictures are placed, what has not changed costs next to nothing."""
        if self._project is not None:
            work = partial(self._sort, self._project, self._project.known(), self._wanted_model())
            self._look(self.tr("Looking for changes"), work)

    def recluster(self) -> None:
        """Cluster again with the settings of now, or as the project's own recipe has it to the letter; what the user
        moved stays where it is."""
        if self._project is not None:
            self._cluster(kept_to_the_letter(self._project.recipe), self._project.project.made.moment)

    def recluster_by(self, moment: float) -> None:
        """With the settings of now, and with so much of the moment beside looks."""
        self._cluster(None, moment)

    def use_recipe(self, recipe: Recipe) -> None:
        """Look, cluster and draw the map as it says."""
        if recipe.model and recipe.model != self._wanted_model():
            self._views.models.offer(recipe.model, Path(recipe.model).name)
            self._shown_for_project = ""
        self._cluster(recipe, 0.0)

    def _cluster(self, recipe: Recipe | None, moment: float) -> None:
        project = self._project
        if project is not None and project.snapshot.embeddings is not None:
            work = partial(self._regroup, project, project.known(), self._wanted_model(), (recipe, moment))
            self._look(self.tr("Grouping"), work)

    def use_model(self, name: str) -> None:
        """Look at the pictures with another of the models in the picker."""
        self._views.models.choose(name)
        self._on_model()

    def close(self) -> None:
        """When no job runs any more."""
        if self._project is not None:
            self._project.close()
            self._project = None

    # On the worker thread: values in, values out.

    def _open_and_sort(self, find: Callable[[], OpenProject], model: str, task: Task) -> Looked | Missing:
        """With the model that the project was looked at with before; with `model` if it was not yet.

        What is known is taken down before the project is handed over to the GUI thread.
        """
        opened = find()
        known = opened.known()
        model = kept_model(known.made, model)
        self._tell_opened(Opened(opened, model, not known.made.model))
        return self._sort(opened, known, model, task)

    def _relocate(self, opened: OpenProject, known: Known, root: Path, now: Path, _task: Task) -> Looked:
        return Looked(opened, relocated(known, root, now), moved=True)

    def _sort(self, opened: OpenProject, known: Known, model: str, task: Task) -> Looked | Missing:
        """Clusters stay as they are, unless another model looks; to have them made otherwise is `recluster`."""
        missing = next((root for root in known.roots if not root.exists()), None)
        if missing is not None:
            return Missing(opened, missing)
        recipe = kept_to_the_letter(known.recipe)
        options = self._workplace.options(model, task, known.roots, recipe)
        options = replace(options, stay=known.made, moment=known.made.moment)
        return Looked(opened, look(known, options, self._workplace.tools, task, self._stages_of(opened)))

    def _stages_of(self, opened: OpenProject) -> Callable[[Snapshot], None]:
        return lambda snapshot: self._tell_stage(Stage(opened, snapshot))

    def _regroup(
        self, opened: OpenProject, known: Known, model: str, how: tuple[Recipe | None, float], task: Task
    ) -> Looked:
        """`how`: a recipe, if any, and how much the moment counts."""
        recipe, moment = how
        options = replace(self._workplace.options(model, task, known.roots, recipe), moment=moment)
        if options.made.look != known.made.look:
            return Looked(opened, look(known, options, self._workplace.tools, task, self._stages_of(opened)))
        return Looked(opened, cluster_again(known, options, self._workplace.tools, task))

    def _as_before(self, opened: OpenProject, known: Known, made: Made, snapshot: Snapshot, _task: Task) -> Looked:
        return Looked(opened, as_before(known, made, snapshot))

    # Back on the GUI thread.

    def _open(self, find: Callable[[], OpenProject]) -> None:
        self._chosen_since, self._opened_so_far = False, self._opened_so_far + 1
        self._look(self.tr("Opening"), partial(self._open_and_sort, find, self._model_for_new()))

    def _look(self, name: str, work: Callable[[Task], Looked | Missing]) -> None:
        self._jobs.run(name, work, self._on_looked, kind=Kind.LOOK)

    def _on_opened(self, opened: Opened) -> None:
        """A model that was chosen since the folder was asked for is the one that is meant."""
        self._take_over(opened.project)
        if self._chosen_since:
            self.reopen()
        else:
            self._show_model(opened)

    def _show_stage(self, stage: Stage) -> None:
        """Of a project that knows no pictures yet; whole ones can be sorted by hand meanwhile."""
        opened = stage.project
        if opened is not self._project:
            return
        if opened.read_only or self._workplace.settings.objects.look == "every":
            self._session.show_snapshot(stage.snapshot, None)
        else:
            show_ahead(self._views, self._session, opened, stage.snapshot)

    def _take_over(self, opened: OpenProject) -> None:
        if self._project is not None:
            self._project.close()
        self._project = opened
        self._coarse_fine.begin(opened)
        opened.project.subscribe(self._on_patch)
        self._places.show_page(None)
        self._show_title()
        known = len(opened.snapshot.images) > 0
        self._views.clusters.editable = not opened.read_only
        self._session.show_snapshot(opened.snapshot, opened.project if known else None)
        self._views.notice.show_text(self._why_read_only() if opened.read_only else "")
        self.opened.emit()

    def _show_model(self, opened: Opened) -> None:
        """The one that looks at this project now. Another is offered to projects from before they kept their own."""
        picker, model = self._views.models, self._model_for_new()
        self._shown_for_project, self._set_aside = opened.model, model
        picker.offer(opened.model, Path(opened.model).name)
        if opened.of_old and opened.model != model and not opened.project.read_only:
            sentence = self.tr(
                "These pictures were sorted by {0}, and stay so. Another model is usual now: choose {1} in the list "
                "of models to have them looked at anew, which can be undone."
            )
            names = picker.label_of(opened.model), picker.label_of(model)
            self._views.notice.show_text(sentence.format(*names))

    def _why_read_only(self) -> str:
        return self.tr(
            "Only to look at: this project is open in another window, or may not be written. "
            "You can export it; to change it, close the other window and open the project again."
        )

    def _show_title(self) -> None:
        if self._project is not None:
            self._window.setWindowTitle(f"{self._project.title} - Shoal")

    def _on_looked(self, result: Looked | Missing) -> None:
        if result.project is not self._project:
            return
        if isinstance(result, Missing):
            self._jobs.say(self.tr("Offline: {0} is not there.").format(result.root))
            self.went_missing.emit(result.root)
        elif self._taken_over(result):
            self._on_taken_over(result)
        else:  # too late, because of an undo meanwhile, say
            self.refresh()

    def _taken_over(self, looked: Looked) -> bool:
        """With the folders it names its project is found again."""
        project, before = looked.project, looked.project.roots
        taken = project.take_over(looked.found)
        if taken and tuple(before) != project.roots and not project.read_only and not project.sorts_objects:
            self._workplace.places.remember(project.roots, project.file)
        return taken

    def _on_taken_over(self, looked: Looked) -> None:
        project = looked.project
        self._show(project)
        self._show_title()
        self._rest()
        if looked.moved:
            self.refresh()
        else:
            self._say_what_was_left()
            self.looked.emit()

    def _say_what_was_left(self) -> None:
        """Once for each state of it."""
        left = self._session.snapshot.left_alone.folders
        if left and left != self._told_left:
            self._views.notice.said.emit(said_of_folders(left))
        self._told_left = left

    def _on_patch(self, _patch: Patch, _initiator: object | None) -> None:
        """Undo and redo may lead to another model and another map."""
        project = self._project
        if project is None:
            return
        if project.snapshot is self._session.snapshot:
            self._coarse_fine.place()
            if len(self._session.gone) != self._told_gone:  # taken out, or put back
                self._rest()
            return
        self._show(project)
        model = project.project.made.model
        if model and model != self._wanted_model():
            self._show_model(Opened(project, model, of_old=False))
            if project.snapshot.embeddings is None:
                self.refresh()

    def _show(self, project: OpenProject) -> None:
        self._coarse_fine.show(project)
        self._session.show_snapshot(project.snapshot, project.project)
        self._coarse_fine.place()

    def _rest(self) -> None:
        session = self._session
        skipped, gone = len(session.snapshot.skipped), len(session.gone)
        self._told_gone = gone
        message = self.tr("%n picture(s)", "", image_count(session))
        if gone:
            message += "  ·  " + self.tr("%n of them are gone: their files are no longer there", "", gone)
        if skipped:
            message += "  ·  " + self.tr("%n file(s) could not be read", "", skipped)
        if session.snapshot.left_alone.kinds:
            message += "  ·  " + told(said_of_files(session.snapshot.left_alone))
        self._jobs.say(message)

    def _wanted_model(self) -> str:
        return self._views.models.model_name

    def _model_for_new(self) -> str:
        """What the picker shows, unless it shows that only because the open project keeps it."""
        shown = self._wanted_model()
        return self._set_aside if shown == self._shown_for_project else shown

    def _on_model(self) -> None:
        """What was chosen is meant for what is opened next, too. Another detector finds other objects, which are
        another project."""
        self._shown_for_project, self._chosen_since = "", True
        project = self._project
        before = None if project is None else project.looked_before(self._wanted_model())
        if project is not None and before is not None and not self._is_another(project):
            self._look(self.tr("Going back"), partial(self._as_before, project, project.known(), *before))
        else:
            self._look_otherwise()

    def reopen(self) -> None:
        """The same folders, looked at as settings and picker say now: in this project, or in another one."""
        if self._project is not None:
            self._project.forget_looks()
        self._look_otherwise()

    def _look_otherwise(self) -> None:
        project = self._project
        if project is not None and self._is_another(project):
            self._shown_for_project = ""
            self.open_paths(list(project.roots))
        else:
            self.refresh()

    def _is_another(self, project: OpenProject) -> bool:
        """Whether what is to be sorted now is kept elsewhere; opened twice, a project could only be looked at."""
        every = self._workplace.settings.objects.look == "every"
        kept = self._workplace.project_file(project.roots, self._wanted_model())
        return (every or project.sorts_objects) and kept != project.file
