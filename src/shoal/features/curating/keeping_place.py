"""Who sorts picture after picture never loses the place: the one that took it is at hand, also in the large view."""

import numpy as np
from PySide6.QtCore import QObject

from shoal.domain.edits import created_clusters
from shoal.domain.grouping import Patch
from shoal.qt.cluster_model import ALL
from shoal.qt.editing import Editing
from shoal.qt.selection import Ids
from shoal.qt.session import Session
from shoal.widgets.grid_choosing import GridPage
from shoal.widgets.views import Cards, Grid

MOST_CARDS = 3
"""Of clusters that come back: beyond that it was no step about some clusters."""


class KeepingPlace(QObject):
    """After a step of the user's what moved is let go of; after its undo what came back is selected."""

    def __init__(self, session: Session, grid: Grid, cards: Cards, editing: Editing) -> None:
        super().__init__(session)
        self._session, self._grid, self._cards = session, grid, cards
        self._page, self._selected, self._current = grid.page, session.selection.images, -1
        editing.begins.connect(self._on_begins)
        editing.done.connect(self._on_done)
        editing.undone.connect(self._on_undone)
        self._waits = False
        session.portraits_changed.connect(self._on_portraits)

    def _on_begins(self) -> None:
        selection = self._session.selection
        self._page, self._selected, self._current = self._grid.page, selection.images, selection.current

    def _on_done(self, patch: Patch) -> None:
        places = patch.places
        moved = places.images[places.home_before != places.home_after]
        if not np.isin(moved, [*self._selected.tolist(), self._current]).any():
            return
        after = successor(self._page, moved, self._current)
        position = None if after is None else self._grid.page.position_of(after)
        if position is None:
            self._session.selection.clear(initiator=self._grid)
            self._session.selection.set_current(-1)
        else:
            self._grid.choosing.offer(position)
            self._bring_into_view()

    def _on_undone(self, patch: Patch) -> None:
        back, images = created_clusters(patch), patch.places.images
        if 0 < len(back) <= MOST_CARDS:
            self._cards.choose_all(back)
        elif len(images) and len(patch.clusters) <= MOST_CARDS:
            self._select(images)

    def _select(self, images: Ids) -> None:
        """Where they are; all clusters are shown if it has to be."""
        shown, tiles = self._shown(), self._tiles_of(images)
        if not np.isin(tiles, shown).all() and self._session.grouping is not None:
            homes = np.unique(self._session.grouping.home[images])
            self._cards.choose(int(homes[0]) if len(homes) == 1 else ALL)
            shown, tiles = self._shown(), self._tiles_of(images)
        first = shown[np.isin(shown, tiles)][:1].tolist()
        if first:
            self._session.selection.set_current(first[0])
            self._session.selection.select(images, initiator=self._grid)
            self._bring_into_view()

    def _bring_into_view(self) -> None:
        """Where it stands among the others is known once the portraits have followed."""
        self._waits = self._session.snapshot.embeddings is not None
        if not self._waits:
            self._grid.scroll_to_image(self._session.selection.current)

    def _on_portraits(self) -> None:
        if self._waits:
            self._waits = False
            self._grid.scroll_to_image(self._session.selection.current)

    def _shown(self) -> Ids:
        """The images on top of the tiles, in their order."""
        return _tops(self._grid.page)

    def _tiles_of(self, images: Ids) -> list[int]:
        return [self._grid.page.tiles.tile_of(image) for image in images.tolist()]


def successor(page: GridPage, moved: Ids, current: int) -> int | None:
    """The image whose tile comes to stand where the first tile of `moved` stood, or where `current` did if it moved."""
    tops = _tops(page)
    gone = np.isin(tops, moved)
    here = page.position_of(current) if current in moved else None
    if here is None:
        first = np.flatnonzero(gone)
        if not len(first):
            return None
        here = int(first[0])
    staying = np.flatnonzero(~gone)
    if not len(staying):
        return None
    place = min(int(np.searchsorted(staying, here)), len(staying) - 1)
    return int(tops[staying[place]])


def _tops(page: GridPage) -> Ids:
    return page.layout.images(0, page.last) if page.layout.count else np.empty(0, np.int32)
