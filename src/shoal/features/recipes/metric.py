"""What counts when pictures are compared, learnt from what the user has put in place, into a file and the recipe."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from shoal.domain.errors import UserFacingError
from shoal.domain.folder_metric import MetricWorth
from shoal.domain.recipe import Recipe
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.looking.metric_file import METRIC_SUFFIX
from shoal.looking.snapshot import records_among
from shoal.projects.metric import corrections, learn, numbered, write_metric
from shoal.qt.jobs import Jobs
from shoal.qt.session import Session, about_open_project
from shoal.widgets.feature import Opener

if TYPE_CHECKING:
    from shoal.features.recipes.recipe_page import RecipePage
    from shoal.projects.workplace import Workplace


class LearningMetric(QObject):
    def __init__(
        self, page: "RecipePage", session: Session, opener: Opener, jobs: Jobs, workplace: "Workplace"
    ) -> None:
        super().__init__(page)
        self._page, self._session, self._opener = page, session, opener
        self._jobs, self._workplace = jobs, workplace
        page.metric_asked.connect(self._ask)

    def _ask(self) -> None:
        project = self._opener.project
        if project is None or self._session.snapshot.embeddings is None:
            self._jobs.say(self.tr("The pictures have not been looked at yet."))
            return
        if project.recipe is not None and project.recipe.metric:
            raise UserFacingError(
                Sentence("These pictures are compared by a metric already."),
                Sentence("Choose the recipe without it first, and sort like that."),
            )
        kinds = self.tr("Metrics") + f" (*{METRIC_SUFFIX})"
        file, _kind = QFileDialog.getSaveFileName(
            self._page.window(), self.tr("Where to keep what is learnt"), f"mine{METRIC_SUFFIX}", kinds
        )
        if file:
            self._learn(Path(file).with_suffix(METRIC_SUFFIX), project.recipe or self._workplace.settings.recipe)

    def _learn(self, file: Path, recipe: Recipe) -> None:
        project, embeddings = self._session.project, self._session.snapshot.embeddings
        if project is None or embeddings is None:
            return
        records = records_among(self._session.images)
        grouping, model, place = project.grouping, project.made.model, self._workplace
        here = [records[image] for image in embeddings.rows.ids.tolist()]

        def work(task: Task) -> MetricWorth:
            look = place.load_model(model, task, recipe=recipe).key.digest
            labels = numbered(corrections(grouping, records), here)
            metric, worth = learn(embeddings, labels, (model, look), place.tools.maths, task)
            write_metric(file, metric)
            return worth

        def tell(worth: MetricWorth) -> None:
            self._page.form.show_recipe(replace(self._page.form.recipe, metric=str(file)))
            self._page.show_metric()
            told = self.tr(
                "Of %n picture(s) held back {0:.0%} found their cluster before, {1:.0%} now.", "", worth.asked
            )
            self._jobs.say(told.format(worth.before, worth.after))

        self._jobs.run(self.tr("Learning what counts"), work, about_open_project(self._session, tell))
