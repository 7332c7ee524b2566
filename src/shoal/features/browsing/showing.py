"""What follows from looking around: the cards, and which menu entries make sense."""

import numpy as np
from PySide6.QtCore import QObject

from shoal.domain.grouping import UNSORTED, ClusterId, Grouping
from shoal.features.browsing.cluster_cards import cluster_cards
from shoal.qt.chosen_cards import ChosenCards
from shoal.qt.cluster_model import ALL, PROBLEMS, SUGGESTIONS, ClusterCard
from shoal.qt.jobs import Jobs
from shoal.qt.parents import parent_of
from shoal.qt.session import Session
from shoal.qt.session_reading import image_count, is_ahead
from shoal.widgets.actions import Actions, Needs
from shoal.widgets.theme import CurrentTheme
from shoal.widgets.views import Views


class Showing(QObject):
    """Keeps cards and menus in step with session and selection."""

    def __init__(
        self, session: Session, views: Views, chosen: ChosenCards, actions: Actions, theme: CurrentTheme, jobs: Jobs
    ) -> None:
        super().__init__(chosen)
        self._session, self._views, self._chosen = session, views, chosen
        self._actions, self._theme, self._jobs = actions, theme, jobs
        for signal in (
            session.images_changed, session.grouping_changed, session.order_changed, session.portraits_changed,
        ):  # fmt: skip
            signal.connect(self._on_session)
        session.verdicts_changed.connect(self.refresh_actions)
        session.selection.changed.connect(lambda _initiator: self._on_selection())
        self._folded = set[str]()
        views.cards.fold_toggled.connect(self._on_fold)
        views.cards.chosen.connect(chosen.choose)
        views.grid_presenter.changed_subject.connect(self._on_subject)
        views.grid_presenter.card_wanted.connect(views.cards.choose)
        chosen.changed.connect(self._on_cards)
        theme.changed.connect(self._on_theme)
        self._on_session()

    def _on_theme(self) -> None:
        self._views.grid_presenter.lightness = self._theme.theme.lightness
        self._on_session()

    def refresh_actions(self) -> None:
        self._actions.enable(self._present())
        project = self._session.project
        undo, redo = (project.undo_label, project.redo_label) if project else (None, None)
        self._actions.name_step("actionUndo", self.tr("Undo"), undo)
        self._actions.name_step("actionRedo", self.tr("Redo"), redo)

    def _present(self) -> list[Needs]:
        present, clusters = [], self._chosen.clusters
        grouping, project = self._session.grouping, self._session.project
        looked_at = grouping is not None and not is_ahead(self._session)
        for need, is_met in (
            (Needs.NAMES, len(self._session.images) > 0),
            (Needs.SORTABLE, grouping is not None),
            (Needs.IMAGES, looked_at),
            (Needs.CLUSTERS, looked_at and grouping is not None and bool(grouping.clusters)),
            (Needs.SELECTION, grouping is not None and len(self._session.selection) > 0),
            (Needs.ONE_CLUSTER, len(clusters) == 1),
            (Needs.SOME_CLUSTERS, len(clusters) > 0),
            (Needs.UNDER_A_PARENT, grouping is not None and any(_has_parent(grouping, id_) for id_ in clusters)),
            (Needs.CLUSTER_TO_SPLIT, looked_at and self._chosen.cluster_to_split is not None),
            (Needs.TWO_CLUSTERS, len(clusters) >= 2),
            (Needs.SUGGESTION, np.isin(self._session.suggestions.images, self._session.selection.images).any()),
            (Needs.UNDO, project is not None and project.undo_label is not None),
            (Needs.REDO, project is not None and project.redo_label is not None),
            (Needs.GONE, len(self._session.gone) > 0),
            (Needs.MAY_EDIT, project is None or project.editable),
        ):
            if is_met:
                present.append(need)
        return present

    def _on_session(self) -> None:
        self._views.clusters.empty_hint = self._empty_hint()
        self._views.clusters.set_cards(self._card_list())
        if not self._views.cards.chosen_ids and self._views.grid_presenter.cards:
            self._views.cards.choose(ALL)
        self.refresh_actions()

    def _empty_hint(self) -> str:
        if self._session.grouping is None:
            return self.tr("Clusters appear here when every picture has been looked at.")
        if is_ahead(self._session):
            return self.tr(
                "Clusters appear here when every picture has been looked at. You can sort meanwhile: choose pictures "
                "and press Ctrl+N. They stay where you put them."
            )
        return self.tr("There are no clusters. Ctrl+R makes them anew; Ctrl+N makes one of the chosen pictures.")

    def _card_list(self) -> list[ClusterCard]:
        """Suggestions stay while chosen, though none is left: nobody is sent elsewhere for having answered the last."""
        session, chosen = self._session, self._chosen.cards
        cards = [ClusterCard(ALL, self.tr("All"), image_count(session))]
        grouping = session.grouping
        if grouping is not None:
            counts = grouping.counts()
            cards.append(ClusterCard(UNSORTED, self.tr("Unsorted"), counts[UNSORTED]))
        if grouping is not None and (len(session.suggestions.images) or SUGGESTIONS in chosen):
            cards.append(ClusterCard(SUGGESTIONS, self.tr("Suggestions"), len(session.suggestions.images)))
        cards += self._problem_cards()
        return [*cards, *cluster_cards(session, self._theme.theme.lightness, self._folded)]

    def _problem_cards(self) -> list[ClusterCard]:
        """What was only left alone is on the same page, but no problem."""
        snapshot = self._session.snapshot
        problems, left = len(snapshot.skipped) + len(snapshot.damaged), snapshot.left_alone.count
        if problems:
            return [ClusterCard(PROBLEMS, self.tr("Problems"), problems)]
        return [ClusterCard(PROBLEMS, self.tr("Not looked at"), left)] if left else []

    def _on_subject(self) -> None:
        """No card stays lit while the grid shows other pictures than those of the cards."""
        cards = self._views.grid_presenter.cards
        self._chosen.let_go(not cards)
        self._views.cards.mark(cards)
        self.refresh_actions()

    def _on_cards(self) -> None:
        if PROBLEMS not in self._chosen.cards:
            self._views.grid_presenter.show_cards(self._chosen.cards)
        self.refresh_actions()

    def _on_selection(self) -> None:
        chosen = len(self._session.selection)
        self._jobs.remark(self.tr("%n picture(s) selected", "", chosen) if chosen > 1 else "")
        self.refresh_actions()

    def _on_fold(self, card: int) -> None:
        """Those under a parent are shown, or no longer."""
        grouping = self._session.grouping
        if grouping is not None:
            self._folded ^= {parent_of(card, grouping)}
            self._on_session()


def _has_parent(grouping: Grouping, id_: ClusterId) -> bool:
    return id_ in grouping.clusters and bool(grouping.clusters[id_].parent)
