"""The card of the files that could not be read, or only in part: their list instead of the pictures."""

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from shoal.features.problems.problems import Problems
from shoal.qt.chosen_cards import ChosenCards
from shoal.qt.cluster_model import PROBLEMS
from shoal.qt.session import Session
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.places import Places
from shoal.widgets.views import Cards


class Listing(QObject):
    def __init__(self, problems: Problems, session: Session, chosen: ChosenCards, places: Places) -> None:
        super().__init__(problems)
        self._problems, self._session, self._chosen, self._places = problems, session, chosen, places
        chosen.changed.connect(self._on_chosen)

    def show_if_nothing_else(self, cards: Cards) -> None:
        """Where no file could be read, what is wrong with them is all that there is to see."""
        snapshot = self._session.snapshot
        if snapshot.skipped and not len(snapshot.images):
            cards.choose(PROBLEMS)

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
    listing = Listing(problems, parts.session, parts.chosen, parts.places)
    parts.opener.looked.connect(lambda: listing.show_if_nothing_else(parts.views.cards))
    return {}


FEATURE = Feature("problems", _build)
