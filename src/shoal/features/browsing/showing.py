"""What follows from looking around: cards, loupe, which menu entries make sense."""

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from shoal.domain.grouping import UNSORTED, ClusterId
from shoal.qt.cluster_model import ALL, PROBLEMS, SUGGESTIONS, ClusterCard
from shoal.qt.pictures import LargePictures
from shoal.qt.session import Session
from shoal.widgets.actions import Needs
from shoal.widgets.grid_presenter import GridPresenter, Order
from shoal.widgets.main_window import MainWindow
from shoal.widgets.theme import LIGHT, Theme, cluster_argb

LAST_KEY = 9


class Showing(QObject):
    """Keeps cards and menus in step with session and selection."""

    def __init__(self, session: Session, window: MainWindow, grid: GridPresenter, pictures: LargePictures) -> None:
        super().__init__(window)
        self._session, self._window, self._grid, self._pictures = session, window, grid, pictures
        self._theme = LIGHT
        self._cards: Sequence[int] = (ALL,)
        for signal in (session.images_changed, session.grouping_changed, session.portraits_changed):
            signal.connect(self._on_session)
        session.selection.changed.connect(lambda _initiator: self._on_selection())
        window.cluster_panel.chosen.connect(self._on_cards)
        window.order_picker.currentIndexChanged.connect(self._on_order)
        window.inspector.image_chosen.connect(self.show_image)
        for source in (window.inspector.loupe_requested, window.grid.loupe_requested, window.map_place.image_activated):
            source.connect(self.open_loupe)
        window.loupe.step_requested.connect(self._step)
        window.loupe.closed.connect(window.grid.setFocus)
        pictures.arrived.connect(self._on_picture)
        self._on_session()

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "actionLoupe": self.open_current,
            "actionStacks": lambda: self._grid.set_stacking(self._window.actions_by_name["actionStacks"].isChecked()),
        }

    @property
    def chosen_clusters(self) -> list[ClusterId]:
        """The clusters whose cards are chosen, in the order of the cards."""
        return [ClusterId(card) for card in self._cards if card > 0]

    @property
    def cluster_to_split(self) -> ClusterId | None:
        """The one whose card is chosen; without one, the one that all selected pictures are in."""
        grouping, selected = self._session.grouping, self._session.selection.images
        if grouping is None or len(self.chosen_clusters) > 1:
            return None
        homes = self.chosen_clusters or np.unique(grouping.home[selected]).tolist()
        return ClusterId(homes[0]) if len(homes) == 1 and homes[0] != UNSORTED else None

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._grid.lightness = theme.lightness
        self._on_session()

    def show_image(self, image: int) -> None:
        """Select one image, wherever it is, and bring it into view."""
        self._session.selection.set_current(image)
        self._session.selection.select(image)
        self._window.grid.scroll_to_image(image)

    def open_current(self) -> None:
        """The picture at hand, large; else the first of the selection."""
        chosen = self._session.selection.images
        current = self._session.selection.current
        if len(chosen):
            self.open_loupe(current if current in chosen else int(chosen[0]))

    def open_loupe(self, image: int) -> None:
        self._session.selection.set_current(image)
        entry = self._session.images[image]
        self._window.loupe.open(image, entry.path.name, self._session.thumbnails.pixmap(image))
        self._pictures.request(image, entry)

    def refresh_actions(self) -> None:
        project = self._session.project
        undo, redo = (project.undo_label, project.redo_label) if project else (None, None)
        self._window.enable_for(self._present(), undo, redo)

    def _present(self) -> list[Needs]:
        present, clusters = [], self.chosen_clusters
        grouping, project = self._session.grouping, self._session.project
        for need, there in (
            (Needs.NAMES, len(self._session.images) > 0),
            (Needs.IMAGES, grouping is not None),
            (Needs.CLUSTERS, grouping is not None and bool(grouping.clusters)),
            (Needs.SELECTION, grouping is not None and len(self._session.selection) > 0),
            (Needs.ONE_CLUSTER, len(clusters) == 1),
            (Needs.CLUSTER_TO_SPLIT, self.cluster_to_split is not None),
            (Needs.TWO_CLUSTERS, len(clusters) >= 2),
            (Needs.SUGGESTION, np.isin(self._session.suggestions.images, self._session.selection.images).any()),
            (Needs.UNDO, project is not None and project.undo_label is not None),
            (Needs.REDO, project is not None and project.redo_label is not None),
            (Needs.GONE, len(self._session.gone) > 0),
            (Needs.MAY_EDIT, project is None or project.editable),
        ):
            if there:
                present.append(need)
        return present

    def _on_session(self) -> None:
        self._window.clusters.set_cards(self._card_list())
        if not self._window.cluster_panel.chosen_ids:
            self._window.cluster_panel.choose(ALL)
        self.refresh_actions()

    def _card_list(self) -> list[ClusterCard]:
        session = self._session
        cards = [ClusterCard(ALL, self.tr("All"), session.image_count)]
        grouping = session.grouping
        if grouping is not None:
            counts = grouping.counts()
            cards.append(ClusterCard(UNSORTED, self.tr("Unsorted"), counts[UNSORTED]))
        if grouping is not None and len(session.suggestions.images):
            cards.append(ClusterCard(SUGGESTIONS, self.tr("Suggestions"), len(session.suggestions.images)))
        if session.snapshot.skipped:
            cards.append(ClusterCard(PROBLEMS, self.tr("Problems"), len(session.snapshot.skipped)))
        for key, (id_, cluster) in enumerate(sorted(grouping.clusters.items()) if grouping else (), start=1):
            portrait = session.portraits.clusters.get(id_)
            argb = cluster_argb(cluster.colour, self._theme.lightness)
            faces = tuple(int(face) for face in portrait.faces) if portrait else ()
            tightness = portrait.tightness if portrait else None
            cards.append(
                ClusterCard(id_, cluster.name, counts[id_], argb, tightness, faces, key if key <= LAST_KEY else 0)
            )
        return cards

    def _on_cards(self, cards: Sequence[int]) -> None:
        self._cards = tuple(cards) or (ALL,)
        problems = PROBLEMS in self._cards
        self._window.show_problems(self._session.snapshot.skipped if problems else None)
        if not problems:
            self._grid.show_cards(self._cards)
        self.refresh_actions()

    def _on_stacks(self) -> None:
        self._grid.set_stacking(self._window.actions_by_name["actionStacks"].isChecked())

    def _on_order(self, _index: int) -> None:
        self._grid.set_order(Order(self._window.order_picker.currentData()))

    def _on_selection(self) -> None:
        chosen = len(self._session.selection)
        message = self.tr("%n picture(s) selected", "", chosen) if chosen > 1 else ""
        self._window.job_panel.show_remark(message)
        self.refresh_actions()

    def _step(self, by: int) -> None:
        """In the loupe: on to the next picture in the order of the grid."""
        shown = self._window.grid.shown
        here = self._window.grid.position_of(self._window.loupe.image)
        if here is not None and 0 <= here + by < shown.count:
            image = shown.image_at(here + by)
            self._session.selection.select(image)
            self.open_loupe(image)
            self._window.grid.scroll_to_image(image)

    def _on_picture(self, image: int, picture: QImage) -> None:
        self._window.loupe.show_picture(image, picture)
