"""Which pictures of the grid are meant: one, one more, or all from here to there."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.qt.selection import Selection
from shoal.widgets.grid_layout import GridLayout
from shoal.widgets.grid_stacks import Tiles

Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class GridPage:
    """The tiles of a grid and where they sit. Positions count over all sections."""

    tiles: Tiles
    layout: GridLayout

    @property
    def last(self) -> int:
        """The last position; 0 of an empty page, too."""
        return max(self.layout.count - 1, 0)

    def position_of(self, image: int) -> int | None:
        """Where the tile is on which an image is to be found, or None."""
        return self.layout.position_of(self.tiles.tile_of(image))

    def members(self, position: int) -> Ids:
        """The images that the tile stands for."""
        return self.tiles.members(self.layout.image_at(position))

    def members_between(self, first: int, last: int) -> Ids:
        """The images of all tiles from one position to another, in whichever order these are given."""
        return self.tiles.all_members(self.layout.images(*sorted((first, last))))


class GridChoosing:
    """Reads and writes the shared selection by positions of the page that is shown.

    `initiator` is whom the selection names as the one who changed it.
    """

    def __init__(self, selection: Selection, page: Callable[[], GridPage], initiator: object) -> None:
        self._selection, self._page, self._initiator = selection, page, initiator
        self._anchor = 0

    @property
    def current(self) -> int | None:
        """The position of the current image, if that is shown."""
        return self._page().position_of(self._selection.current)

    def is_selected(self, position: int) -> bool:
        """Whether all is selected that the tile stands for."""
        return all(int(image) in self._selection for image in self._page().members(position))

    def select_only(self, position: int) -> None:
        self._begin_at(position)
        self._selection.select(self._page().members(position), initiator=self._initiator)

    def offer(self, position: int) -> None:
        """Select what nobody has asked for: the picture at hand, for the next key."""
        self._begin_at(position)
        self._selection.offer(self._page().members(position), initiator=self._initiator)

    def toggle(self, position: int) -> None:
        self._begin_at(position)
        taken = self.is_selected(position) and not self._selection.is_offered
        change = self._selection.remove if taken else self._selection.add
        change(self._page().members(position), initiator=self._initiator)

    def select_range_to(self, position: int, *, add: bool) -> None:
        """From where the last single selection was made to here."""
        page = self._page()
        images = page.members_between(min(self._anchor, page.last), position)
        self._selection.set_current(page.layout.image_at(position))
        (self._selection.add if add else self._selection.select)(images, initiator=self._initiator)

    def select_all(self) -> None:
        page = self._page()
        images = page.members_between(0, page.last) if page.layout.count else np.empty(0, np.int32)
        self._selection.select(images, initiator=self._initiator)

    def clear(self) -> bool:
        """Whether there was a selection to let go of."""
        selected = len(self._selection) > 0
        if selected:
            self._selection.clear(initiator=self._initiator)
        return selected

    def _begin_at(self, position: int) -> None:
        self._anchor = position
        self._selection.set_current(self._page().layout.image_at(position))
