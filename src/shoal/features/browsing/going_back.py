"""Escape goes one step back, wherever one is."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit

from shoal.features.browsing.loupe import Loupe
from shoal.qt.cluster_model import ALL
from shoal.qt.session import Session
from shoal.widgets.views import Views


class GoingBack(QObject):
    def __init__(self, loupe: Loupe, session: Session, views: Views) -> None:
        super().__init__(loupe)
        self._loupe, self._session, self._views = loupe, session, views

    def step(self) -> None:
        """Out of the large view, of a field, of the selection, of what was found, of a card: the first that applies."""
        field = QApplication.focusWidget()
        views, selection = self._views, self._session.selection
        if self._loupe.isVisible():
            self._loupe.leave()
        elif isinstance(field, QLineEdit):
            self._leave_field(field)
        elif len(selection):
            selection.clear()
        elif not views.grid_presenter.cards:
            views.grid_presenter.show_cards(views.grid_presenter.cards_behind)
        elif views.search.sought:
            views.search.clear_search()
        elif views.cards.chosen_ids != [ALL]:
            views.cards.choose(ALL)

    def _leave_field(self, field: QLineEdit) -> None:
        if field.text():
            field.clear()
        else:
            self._views.grid.setFocus()
