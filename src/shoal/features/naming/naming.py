"""Clusters called by words of the user's own list, as one step that can be undone."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt

from shoal.domain.edits import suggest_names
from shoal.domain.grouping import Grouping
from shoal.domain.images import ImageRecord
from shoal.domain.task import Task
from shoal.features.naming.word_list_dialog import WordListDialog
from shoal.projects.naming import NAMING, NameOffer, sure_names
from shoal.qt.jobs import Jobs
from shoal.qt.session import Session
from shoal.widgets.main_window import MainWindow
from shoal.widgets.translation import told


class Namer(Protocol):
    """What finds words for clusters; on the worker thread."""

    def offer_names(
        self, text: str, records: list[ImageRecord], grouping: Grouping, model: str, task: Task
    ) -> tuple[NameOffer, ...]: ...


class Naming(QObject):
    def __init__(self, session: Session, window: MainWindow, jobs: Jobs, namer: Namer) -> None:
        super().__init__(window)
        self._session, self._window, self._jobs, self._namer = session, window, jobs, namer
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
        records = [entry for entry in self._session.images if isinstance(entry, ImageRecord)]
        model, namer = self._window.model_picker.model_name, self._namer

        def work(task: Task) -> tuple[NameOffer, ...]:
            return namer.offer_names(words, records, grouping, model, task)

        self._jobs.run(told("Naming clusters"), work, self._take_over)

    def _take_over(self, offers: Sequence[NameOffer]) -> None:
        project = self._session.project
        if project is None:
            return
        names = {id_: word for id_, word in sure_names(offers).items() if id_ in project.grouping.clusters}
        project.apply(told(NAMING), suggest_names(project.grouping, names))
        message = self.tr("Named %n cluster(s).", "", len(names))
        unsure = len(offers) - len(names)
        if unsure:
            message += " " + self.tr("Unsure about %n, which keep their names.", "", unsure)
        self._window.job_panel.rest(message)
