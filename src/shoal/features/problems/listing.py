"""The card of the files that could not be read, or only in part: their list instead of the pictures."""

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from shoal.features.problems.problems import Problems
from shoal.qt.chosen_cards import ChosenCards
from shoal.qt.cluster_model import PROBLEMS
from shoal.qt.session import Session
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.places import Places


class Listing(QObject):
    def __init__(self, problems: Problems, session: Session, chosen: ChosenCards, places: Places) -> None:
        super().__init__(problems)
        self._problems, self._session, self._chosen, self._places = problems, session, chosen, places
        chosen.changed.connect(self._on_chosen)

    def _on_chosen(self) -> None:
        if PROBLEMS in self._chosen.cards:
            snapshot = self._session.snapshot
            self._problems.show_problems((*snapshot.skipped, *snapshot.damaged), snapshot.left_alone)
            self._places.show_page(self._problems)
        elif self._places.shows(self._problems):
            self._places.show_page(None)


def _build(parts: Parts) -> Handlers:
    problems = Problems()
    parts.places.add_page(problems)
    problems.retry_requested.connect(parts.opener.refresh)
    problems.reveal_requested.connect(lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))))
    Listing(problems, parts.session, parts.chosen, parts.places)
    return {}


FEATURE = Feature("problems", _build)
