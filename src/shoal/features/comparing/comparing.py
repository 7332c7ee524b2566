"""Which model agrees best with the user's corrections: ask which to compare, look, show the ranking, go on with one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt

from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.grouping import Grouping
from shoal.domain.images import ImageRecord
from shoal.domain.task import Task
from shoal.features.comparing.model_choice_dialog import CompareModelsDialog, ModelRankingDialog
from shoal.features.opening.opening import Opening
from shoal.looking.catalogue import find_backend
from shoal.projects.model_choice import ModelRanking, count_corrections, rank_models
from shoal.projects.workplace import Workplace
from shoal.qt.jobs import Jobs
from shoal.qt.session import Session
from shoal.widgets.main_window import MainWindow
from shoal.widgets.translation import told

ASKED_AT_FIRST = (USUAL_MODEL, "builtin")
"""Besides the one in use: those that every computer has."""


class Comparing(QObject):
    def __init__(
        self, session: Session, window: MainWindow, opening: Opening, jobs: Jobs, workplace: Workplace
    ) -> None:
        super().__init__(window)
        self._session, self._window, self._opening, self._workplace = session, window, opening, workplace
        self._jobs = jobs

    def ask(self) -> None:
        grouping = self._session.grouping
        if grouping is None:
            return
        present = self._window.model_picker.model_name
        offers = [(name, self._offer(name, label)) for name, label in self._models().items()]
        dialog = CompareModelsDialog(offers, (*ASKED_AT_FIRST, present), count_corrections(grouping), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.models_chosen.connect(partial(self._compare, grouping))
        dialog.open()

    def _models(self) -> dict[str, str]:
        """Those in the picker: name and label, without what choosing each would cost."""
        shown = self._window.model_picker.entries()
        return {name: _label(name, text) for name, text in shown.items()}

    def _offer(self, name: str, label: str) -> str:
        """With what a tick would bring over the network."""
        megabytes = self._workplace.models.megabytes_to_download(name)
        return self.tr("{0} (downloads {1} MB first)").format(label, megabytes) if megabytes else label

    def _compare(self, grouping: Grouping, names: Sequence[str]) -> None:
        records = [entry for entry in self._session.images if isinstance(entry, ImageRecord)]
        workplace = self._workplace
        for name in names:
            workplace.allow_download(name)  # the dialog has told its size

        def work(task: Task) -> ModelRanking:
            return rank_models(names, workplace.load_model, records, grouping, workplace.tools, task)

        self._jobs.run(self.tr("Comparing models"), work, self._show_ranking)

    def _show_ranking(self, ranking: ModelRanking) -> None:
        self._window.job_panel.rest("")
        dialog = ModelRankingDialog(ranking, self._models(), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.model_chosen.connect(self._opening.use_model)
        dialog.open()


def _label(name: str, shown: str) -> str:
    """A file is called what the picker calls it."""
    spec, source = find_backend(name)
    return shown if source else told(spec.label)
