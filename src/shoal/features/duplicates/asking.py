"""Twenty questions in a dialog, one pair after the other."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from shoal.features.duplicates.question_dialog import QuestionDialog
from shoal.projects.copy_questions import QUESTIONS, CopyQuestions
from shoal.projects.duplicates import CopyRule
from shoal.qt.session import Session


class Asking(QObject):
    """`take` hears the rule that the answers have made."""

    def __init__(
        self, window: QWidget, session: Session, questions: CopyQuestions, take: Callable[[CopyRule], object]
    ) -> None:
        super().__init__(window)
        self._session, self._questions, self._take = session, questions, take
        self._dialog = QuestionDialog(window)
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.answered.connect(self._on_answer)
        self._dialog.finished.connect(self._on_finished)

    def begin(self) -> None:
        self._dialog.open()
        self._ask()

    def _ask(self) -> None:
        records = self._questions.next()
        if records is None:
            self._dialog.close()
            return
        left, other = (self._session.thumbnails.pixmap(record.id) or QPixmap() for record in records)
        names = records[0].path.name, records[1].path.name
        self._dialog.ask(self._questions.answered + 1, QUESTIONS, (left, other), names)

    def _on_answer(self, same: bool) -> None:
        self._questions.answer(same)
        self._ask()

    def _on_finished(self) -> None:
        if self._questions.answered:
            self._take(self._questions.rule)
        self.deleteLater()
