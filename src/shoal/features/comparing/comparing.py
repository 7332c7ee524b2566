"""Which model agrees best with the user's corrections: ask which to compare, look, show the ranking, go on with one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.grouping import Grouping
from shoal.domain.task import Task
from shoal.features.comparing.model_choice_dialog import CompareModelsDialog, ModelRankingDialog
from shoal.looking.catalogue import find_backend
from shoal.looking.snapshot import records_among
from shoal.projects.model_choice import rank_models
from shoal.projects.model_ranking import ModelRanking, count_corrections
from shoal.projects.workplace import Workplace
from shoal.qt.jobs import Jobs
from shoal.qt.session import Session, about_open_project
from shoal.widgets.actions import CLUSTERS, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Opener, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP, told
from shoal.widgets.views import Models

ASKED_AT_FIRST = (USUAL_MODEL, "builtin")
"""Besides the one in use: those that every computer has."""


class Comparing(QObject):
    def __init__(
        self,
        window: QWidget,
        session: Session,
        opener: Opener,
        jobs: Jobs,
        workplace: Workplace,
        picker: Models,
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._opener, self._jobs = window, session, opener, jobs
        self._workplace, self._picker = workplace, picker

    def ask(self) -> None:
        grouping = self._session.grouping
        if grouping is None:
            return
        present = self._picker.model_name
        offers = [(name, self._offer(name, label)) for name, label in self._models().items()]
        dialog = CompareModelsDialog(offers, (*ASKED_AT_FIRST, present), count_corrections(grouping), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.models_chosen.connect(partial(self._compare, grouping))
        dialog.open()

    def _models(self) -> dict[str, str]:
        """Those in the picker: name and label, without what choosing each would cost."""
        shown = self._picker.entries()
        return {name: _label(name, text) for name, text in shown.items()}

    def _offer(self, name: str, label: str) -> str:
        """With what a tick would bring over the network."""
        megabytes = self._workplace.models.megabytes_to_download(name)
        return self.tr("{0} (downloads {1} MB first)").format(label, megabytes) if megabytes else label

    def _compare(self, grouping: Grouping, names: Sequence[str]) -> None:
        records = records_among(self._session.images)
        workplace = self._workplace
        for name in names:
            workplace.allow_download(name)  # the dialog has told its size

        def work(task: Task) -> ModelRanking:
            return rank_models(names, workplace.load_model, records, grouping, workplace.tools, task)

        tell = about_open_project(self._session, self._show_ranking)
        self._jobs.run(self.tr("Comparing models"), work, tell)

    def _show_ranking(self, ranking: ModelRanking) -> None:
        self._jobs.say("")
        dialog = ModelRankingDialog(ranking, self._models(), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.model_chosen.connect(self._opener.use_model)
        dialog.open()


def _label(name: str, shown: str) -> str:
    """A file is called what the picker calls it."""
    spec, source = find_backend(name)
    return shown if source else told(spec.label)


def _build(parts: Parts) -> Handlers:
    comparing = Comparing(parts.window, parts.session, parts.opener, parts.jobs, parts.workplace, parts.views.models)
    return {"actionCompareModels": comparing.ask}


FEATURE = Feature(
    "comparing",
    _build,
    (
        ActionRow(
            CLUSTERS,
            31,
            "actionCompareModels",
            QT_TRANSLATE_NOOP("actions", "Which model agrees &best ..."),
            needs=Needs.CLUSTERS,
            tip=QT_TRANSLATE_NOOP("actions", "Compare models by the pictures that you have moved or kept"),
        ),
    ),
)
