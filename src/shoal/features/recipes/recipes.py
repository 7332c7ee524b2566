"""The recipe of the open project: shown beside the map, changed there, opened from a file and saved to one."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from shoal.delivering.recipe_file import read_recipe, write_recipe
from shoal.domain.k_curve import NUMBER, KCurve
from shoal.domain.recipe import Recipe
from shoal.domain.recipe_text import RECIPE_SUFFIX
from shoal.domain.task import Task
from shoal.features.recipes.metric import LearningMetric
from shoal.features.recipes.recipe_page import RecipePage
from shoal.features.recipes.runs import RunsAtHand
from shoal.projects.recipe_figures import curve_of, fit_of
from shoal.projects.workplace import Workplace
from shoal.qt.jobs import Jobs
from shoal.qt.session import Session, about_open_project
from shoal.widgets.actions import VIEW, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Opener, Parts
from shoal.widgets.places import Place
from shoal.widgets.translation import QT_TRANSLATE_NOOP

WIDTH = 300


class Recipes(QObject):
    def __init__(self, window: QWidget, session: Session, opener: Opener, jobs: Jobs, workplace: Workplace) -> None:
        super().__init__(window)
        self._window, self._session, self._opener = window, session, opener
        self._jobs, self._workplace = jobs, workplace
        self.page = RecipePage()
        self.page.used.connect(opener.use_recipe)
        self.page.curve_asked.connect(self._ask_curve)
        self.page.opened.connect(self._open)
        self.page.saved.connect(self._save)
        session.grouping_changed.connect(self._show_fit)
        session.map_changed.connect(lambda _stays: self._show())
        opener.opened.connect(self._show)
        opener.looked.connect(self._show)
        self._show()

    def _show(self) -> None:
        """What the project was sorted with, or else what the settings ask for."""
        project = self._opener.project
        kept = None if project is None else project.recipe
        model = "" if project is None else project.project.made.model
        self.page.show_recipe(kept or self._workplace.settings.recipe, model)
        self.page.set_usable(project is not None and not project.read_only and self._session.grouping is not None)
        self.page.show_curve(KCurve((), ()))
        self._show_fit()

    def _show_fit(self) -> None:
        grouping = self._session.grouping
        if self.page.isVisible() and grouping is not None:
            fit = fit_of(grouping, self._session.snapshot.proposal)
            self.page.show_fit(fit, self._session.cluster_name)

    def shown(self) -> None:
        """The page has come to be seen."""
        self._show_fit()

    def _ask_curve(self, recipe: Recipe) -> None:
        embeddings = self._session.snapshot.embeddings
        if embeddings is None:
            self._jobs.say(self.tr("The pictures have not been looked at yet."))
            return
        maths = self._workplace.tools.maths

        def work(task: Task) -> KCurve:
            return curve_of(embeddings, recipe, maths, task)

        self._jobs.run(self.tr("Trying numbers of clusters"), work, about_open_project(self._session, self._show_curve))

    def _show_curve(self, curve: KCurve) -> None:
        self.page.show_curve(curve)
        if curve.tried == NUMBER:
            self._jobs.say(self.tr("Best with %n cluster(s), by the silhouette", "", curve.best))
        else:
            self._jobs.say(self.tr("Best where %n picture(s) make a cluster, by the silhouette", "", curve.best))

    def _open(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(self._window, self.tr("Open a recipe"), "", self._kinds())
        if file:
            model = "" if self._opener.project is None else self._opener.project.project.made.model
            self._jobs.run(
                self.tr("Opening"),
                lambda _task: read_recipe(Path(file)),
                lambda recipe: self.page.show_recipe(recipe, model),
            )

    def _save(self, recipe: Recipe) -> None:
        file, _kind = QFileDialog.getSaveFileName(
            self._window, self.tr("Save the recipe"), "recipe.toml", self._kinds()
        )
        if file:
            self._jobs.run(
                self.tr("Saving"),
                lambda _task: write_recipe(Path(file), recipe),
                lambda _nothing: self._jobs.say(self.tr("Saved as {0}").format(file)),
            )

    def _kinds(self) -> str:
        return self.tr("Recipes") + f" (*{RECIPE_SUFFIX})"


def _build(parts: Parts) -> Handlers:
    recipes = Recipes(parts.window, parts.session, parts.opener, parts.jobs, parts.workplace)
    page = recipes.page
    RunsAtHand(page.runs, parts.session, parts.opener, parts.jobs, parts.editing, theme=parts.theme)
    LearningMetric(page, parts.session, parts.opener, parts.jobs, parts.workplace)
    parts.places.add_panel(page, Place.RIGHT, page.windowTitle(), WIDTH, shown=False)

    def split(cluster: int) -> None:
        parts.chosen.choose([cluster])
        parts.actions["actionSplitCluster"].trigger()

    def toggle() -> None:
        parts.places.toggle(page)
        recipes.shown()

    page.split_asked.connect(split)
    return {"actionRecipe": toggle}


FEATURE = Feature(
    "recipes",
    _build,
    (
        ActionRow(
            VIEW,
            36,
            "actionRecipe",
            QT_TRANSLATE_NOOP("actions", "Show or hide the &recipe"),
            needs=Needs.NOTHING,
            tip=QT_TRANSLATE_NOOP("actions", "How clusters and map came about, step by step, and how good they are"),
        ),
    ),
    page=9,
)
