"""Pictures into named classes, after examples or by words: tried first, then one step that can be undone."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from shoal.domain.classified import AskedClasses
from shoal.domain.errors import UserFacingError
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.features.classes.classes_dialog import ClassesDialog
from shoal.looking.model_loading import knows_classes, reads_text
from shoal.projects.classifying import Classification, class_patch, classify_in, offered_clusters
from shoal.projects.evaluating import MATRIX_SUFFIXES, write_class_matrix
from shoal.projects.workplace import Workplace
from shoal.qt.chosen_cards import ChosenCards
from shoal.qt.editing import Editing
from shoal.qt.jobs import Jobs
from shoal.qt.session import Session, about_open_project
from shoal.widgets.actions import CLUSTERS, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP, told

Made = tuple[Classification, EmbeddingMatrix]


class Classes(QObject):
    def __init__(
        self,
        window: QWidget,
        session: Session,
        jobs: Jobs,
        workplace: Workplace,
        editing: Editing,
        chosen: ChosenCards,
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._jobs = window, session, jobs
        self._workplace, self._editing, self._chosen = workplace, editing, chosen
        self._made: Made | None = None

    def ask(self) -> None:
        project = self._session.project
        if project is None or self._session.snapshot.embeddings is None:
            self._jobs.say(self.tr("The pictures have not been looked at yet."))
            return
        grouping, chosen = project.grouping, [one for one in self._chosen.clusters if one in project.grouping.clusters]
        offered = [
            (one, grouping.clusters[one].name, pinned, one in chosen if len(chosen) > 1 else pinned > 0)
            for one, pinned in offered_clusters(grouping).items()
        ]
        dialog = ClassesDialog(offered, self._words_known(project.made.model), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.tried.connect(partial(self._try, dialog))
        dialog.used.connect(self._use)
        dialog.saved.connect(self._save)
        self._made = None
        dialog.open()

    def _words_known(self, model: str) -> str:
        if reads_text(model):
            return self.tr("Any words: this model reads them.")
        if knows_classes(model):
            return self.tr("Words that the search field knows.")
        return self.tr("This model knows no words. EfficientNet-Lite knows some 1,230, CLIP any.")

    def _try(self, dialog: ClassesDialog, asked: AskedClasses) -> None:
        project, embeddings = self._session.project, self._session.snapshot.embeddings
        if project is None or embeddings is None:
            return
        grouping, model, place = project.grouping, project.made.model, self._workplace
        dialog.show_waiting()

        def work(task: Task) -> Made:
            return classify_in(asked, grouping, embeddings, model, place, task), embeddings

        def show(made: Made) -> None:
            self._jobs.say("")
            if dialog.isVisible() and dialog.asked == asked:
                self._made = made
                dialog.show_result(made[0])

        def failed(error: Exception) -> None:
            if not isinstance(error, UserFacingError):
                raise error
            self._jobs.say("")
            if dialog.isVisible():
                dialog.show_trouble(f"{told(error.summary)} {told(error.remedy)}")

        self._jobs.run(self.tr("Trying classes"), work, about_open_project(self._session, show), failed=failed)

    def _save(self) -> None:
        made = None if self._made is None else self._made[0]
        held = None if made is None else made.held_back
        if made is None or held is None:
            return
        kinds = " ".join(f"*{suffix}" for suffix in MATRIX_SUFFIXES)
        file, _kind = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save what was taken for what"),
            "confusion.png",
            self.tr("Pictures and tables") + f" ({kinds})",
        )
        if file:
            names = made.names
            title = self.tr("%n example(s), each asked without having been learnt from", "", held.asked)
            self._jobs.run(
                self.tr("Saving"),
                lambda _task: write_class_matrix(Path(file), names, held.confusion, title),
                lambda _nothing: self._jobs.say(self.tr("Saved as {0}").format(file)),
            )

    def _use(self, rest_to_unsorted: bool) -> None:
        if self._made is None:
            return
        made, embeddings = self._made
        sure = int(made.found.sure.sum())
        self._editing.apply(
            Sentence("Sort into %n named cluster(s)", n=len(made.names)),
            lambda grouping: class_patch(grouping, made, embeddings.rows.ids, rest_to_unsorted),
            Sentence("{sure} of {all} pictures got a class", sure=f"{sure:,}", all=f"{len(embeddings.rows):,}"),
        )


def _build(parts: Parts) -> Handlers:
    classes = Classes(parts.window, parts.session, parts.jobs, parts.workplace, parts.editing, parts.chosen)
    return {"actionClasses": classes.ask}


FEATURE = Feature(
    "classes",
    _build,
    (
        ActionRow(
            CLUSTERS,
            35,
            "actionClasses",
            QT_TRANSLATE_NOOP("actions", "C&lasses for pictures ..."),
            needs=Needs.IMAGES,
            tip=QT_TRANSLATE_NOOP("actions", "Sort pictures into named classes, after a few examples or by words"),
            edits=True,
        ),
    ),
)
