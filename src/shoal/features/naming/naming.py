"""Clusters called by words of the user's own list, as one step that can be undone."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from shoal.domain.edits import suggest_names
from shoal.domain.grouping import Grouping
from shoal.domain.images import ImageRecord
from shoal.domain.task import Task
from shoal.features.naming.word_list_dialog import WordListDialog
from shoal.looking.snapshot import records_among
from shoal.projects.describing import Describing
from shoal.projects.naming import NAMING, NameOffer, sure_names
from shoal.qt.jobs import Jobs
from shoal.qt.session import Session, about_open_project
from shoal.widgets.actions import CLUSTERS, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP, told
from shoal.widgets.views import Models


class Namer(Protocol):
    """What finds words for clusters; on the worker thread."""

    def offer_names(
        self, text: str, records: Sequence[ImageRecord], grouping: Grouping, model: str, task: Task
    ) -> tuple[NameOffer, ...]: ...


class Naming(QObject):
    def __init__(self, window: QWidget, session: Session, jobs: Jobs, picker: Models, namer: Namer) -> None:
        super().__init__(window)
        self._window, self._session, self._jobs, self._picker, self._namer = window, session, jobs, picker, namer
        self._words = ""

    def ask(self) -> None:
        dialog = WordListDialog(self._words, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.words_chosen.connect(self._name)
        dialog.open()

    def _name(self, words: str) -> None:
        grouping, self._words = self._session.grouping, words
        if grouping is None:
            return
        records = records_among(self._session.images)
        model, namer = self._picker.model_name, self._namer

        def work(task: Task) -> tuple[NameOffer, ...]:
            return namer.offer_names(words, records, grouping, model, task)

        self._jobs.run(told("Naming clusters"), work, about_open_project(self._session, self._take_over))

    def _take_over(self, offers: Sequence[NameOffer]) -> None:
        project = self._session.project
        if project is None:
            return
        names = {id_: word for id_, word in sure_names(offers).items() if id_ in project.grouping.clusters}
        project.apply(NAMING, suggest_names(project.grouping, names))
        message = self.tr("Named %n cluster(s).", "", len(names))
        unsure = len(offers) - len(names)
        if unsure:
            message += " " + self.tr("Unsure about %n, which keep their names.", "", unsure)
        self._jobs.say(message)


def _build(parts: Parts) -> Handlers:
    picker, namer = parts.views.models, Describing(parts.workplace)
    return {"actionNameClusters": Naming(parts.window, parts.session, parts.jobs, picker, namer).ask}


FEATURE = Feature(
    "naming",
    _build,
    (
        ActionRow(
            CLUSTERS,
            30,
            "actionNameClusters",
            QT_TRANSLATE_NOOP("actions", "&Name from a word list ..."),
            needs=Needs.CLUSTERS,
            tip=QT_TRANSLATE_NOOP(
                "actions", "Call clusters by words of yours; needs a model that reads text, such as CLIP"
            ),
            edits=True,
        ),
    ),
)
