"""Decides what the grid shows: which clusters, in which order, filtered by what, under which headings."""

from collections.abc import Sequence
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor

from shoal.domain.grouping import UNSORTED, ClusterId
from shoal.qt.cluster_model import ALL
from shoal.qt.session import Session
from shoal.widgets.grid_layout import Section
from shoal.widgets.grid_painter import CellLook
from shoal.widgets.image_grid import GridContent, ImageGrid
from shoal.widgets.theme import cluster_argb
from shoal.widgets.translation import QT_TRANSLATE_NOOP

Ids = NDArray[np.int32]


class Order(Enum):
    TYPICAL = "typical"
    ODD = "odd"
    NAME = "name"
    DATE = "date"
    SIMILAR = "similar"


class GridPresenter(QObject):
    """Keeps a grid in step with the session. `show_cards` takes card ids: clusters, 0 for Unsorted, ALL."""

    def __init__(self, session: Session, grid: ImageGrid) -> None:
        super().__init__(grid)
        self._session, self._grid = session, grid
        self._cards: Sequence[int] = (ALL,)
        self._order = Order.TYPICAL
        self._filter = ""
        self.lightness = 0.62
        session.images_changed.connect(lambda: self._show(keep_place=False))
        session.grouping_changed.connect(lambda: self._show(keep_place=True))
        session.portraits_changed.connect(lambda: self._show(keep_place=True))

    def show_cards(self, cards: Sequence[int]) -> None:
        self._cards = tuple(cards) or (ALL,)
        self._show(keep_place=False)

    def set_order(self, order: Order) -> None:
        """`SIMILAR` compares with what is selected now."""
        self._order = order
        self._show(keep_place=False)

    def set_filter(self, text: str) -> None:
        """Show only pictures whose file or folder name contains every word, whatever the case."""
        self._filter = text.casefold()
        self._show(keep_place=False)

    def _show(self, *, keep_place: bool) -> None:
        self._grid.show_content(GridContent(self._sections(), self._look), keep_place=keep_place)

    def _sections(self) -> list[Section]:
        session = self._session
        if session.grouping is None:
            return [Section("", UNSORTED, self._kept(np.arange(len(session.images), dtype=np.int32)))]
        everything = ALL in self._cards
        chosen = [*session.grouping.clusters, UNSORTED] if everything else list(self._cards)
        titled = everything or len(chosen) > 1
        rank = self._ranks()
        sections = []
        for id_ in chosen:
            members = self._kept(session.members(ClusterId(id_)))
            if len(members) or not everything:
                title = f"{session.cluster_name(ClusterId(id_))}  ·  {len(members):,}" if titled else ""
                sections.append(Section(title, id_, members[np.argsort(rank[members], kind="stable")]))
        return sections

    def _kept(self, images: Ids) -> Ids:
        if not self._filter:
            return images
        words, entries = self._filter.split(), self._session.images
        names = (f"{entries[i].label}/{entries[i].path.name}".casefold() for i in images)
        keep = np.fromiter((all(word in name for word in words) for name in names), np.bool_, len(images))
        return images[keep]

    def _ranks(self) -> NDArray[np.float64]:
        """A number per image id; smaller comes first, equal ones stay in the order in which they were found."""
        session = self._session
        typicality = session.typicality.astype(np.float64)
        if self._order is Order.ODD:
            return typicality
        if self._order is Order.NAME:
            return np.arange(len(session.images), dtype=np.float64)
        if self._order is Order.DATE:
            return session.dates
        if self._order is Order.SIMILAR and len(session.selection):
            return -session.similarity_to(session.selection.images).astype(np.float64)
        return -typicality

    def _look(self, image: int) -> CellLook:
        session = self._session
        entry = session.images[image]
        if session.grouping is None:
            return CellLook(entry.path.name)
        cluster = session.grouping.clusters.get(ClusterId(int(session.grouping.home[image])))
        colour = QColor.fromRgba(cluster_argb(cluster.colour, self.lightness)) if cluster else None
        return CellLook(entry.path.name, colour, bool(session.grouping.pinned[image]))


ORDERS: tuple[tuple[Order, str], ...] = (
    (Order.TYPICAL, QT_TRANSLATE_NOOP("orders", "Typical first")),
    (Order.ODD, QT_TRANSLATE_NOOP("orders", "Odd ones first")),
    (Order.NAME, QT_TRANSLATE_NOOP("orders", "Name")),
    (Order.DATE, QT_TRANSLATE_NOOP("orders", "Date taken")),
    (Order.SIMILAR, QT_TRANSLATE_NOOP("orders", "Like the selection")),
)
