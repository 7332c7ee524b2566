"""Every step says what it did, and offers the way back in the same line."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from shoal.domain.sentence import Sentence
from shoal.qt.editing import Editing
from shoal.qt.session import Session
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.views import NoticeBar


class Noticing(QObject):
    """Hears of steps whoever did them; what was taken back offers to be done again."""

    def __init__(self, bar: NoticeBar, session: Session, editing: Editing) -> None:
        super().__init__(session)
        self._bar, self._session, self._editing = bar, session, editing
        session.stepped.connect(self._on_step)
        session.images_changed.connect(lambda same: None if same else bar.hide())
        editing.said.connect(self._on_said)

    def _on_said(self, sentence: Sentence, back: Callable[[], object] | None) -> None:
        self._bar.say(sentence, self.tr("Undo"), back)

    def _on_step(self, taken_back: bool) -> None:
        project = self._session.project
        label = project and (project.redo_label if taken_back else project.undo_label)
        if not label:
            return
        if taken_back:
            self._bar.say(Sentence("Undone: {step}", step=label), self.tr("Redo"), self._editing.redo)
        else:
            self._bar.say(self._editing.told_of(label), self.tr("Undo"), self._editing.undo)


def _build(parts: Parts) -> Handlers:
    Noticing(parts.views.notice_bar, parts.session, parts.editing)
    return {}


FEATURE = Feature("noticing", _build)
