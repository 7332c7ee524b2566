"""Decides what the grid shows: which clusters, in which order, filtered by what, under which headings."""

from collections.abc import Callable, Sequence
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from shoal.domain.grouping import OUT, UNSORTED, ClusterId, Grouping
from shoal.domain.images import ImageRecord
from shoal.domain.sentence import Sentence
from shoal.qt.cluster_model import ALL, SUGGESTIONS
from shoal.qt.image_columns import similarity_to
from shoal.qt.parents import expanded
from shoal.qt.session import Session
from shoal.widgets import figures
from shoal.widgets.grid_layout import Section
from shoal.widgets.grid_painter import CellLook
from shoal.widgets.grid_stacks import Tiles, stacked
from shoal.widgets.image_grid import GridContent, ImageGrid
from shoal.widgets.theme import cluster_argb
from shoal.widgets.translation import QT_TRANSLATE_NOOP, told

Ids = NDArray[np.int32]


class Order(Enum):
    TYPICAL = "typical"
    ODD = "odd"
    NAME = "name"
    DATE = "date"
    SIMILAR = "similar"
    SHARP = "sharp"
    BLURRED = "blurred"
    LARGE = "large"
    ISOLATED = "isolated"


MOST_MEASURED, MOST_OF_THEM, WIDEST = 1000, 90, 0.6
"""Of so many pictures, so many percent are no higher than the cells; and cells are no flatter than that."""


class GridPresenter(QObject):
    """Keeps a grid in step with the session. `show_cards` takes card ids: clusters, 0 for Unsorted, ALL."""

    changed_subject = Signal()
    """Whether cards are shown, or what was gathered or found elsewhere; or found pictures are in another order."""

    cards_chosen = Signal()
    """Somebody has asked for the pictures of cards, whatever is shown by now."""

    card_wanted = Signal(int)
    """Somebody has chosen a picture elsewhere that is not shown here, but would be under this card."""

    filter_in_the_way = Signal()
    """It would be shown but for the letters that were typed."""

    def __init__(self, session: Session, grid: ImageGrid) -> None:
        super().__init__(grid)
        self._session, self._grid = session, grid
        self._cards: Sequence[int] = (ALL,)
        self._gathered: Ids | None = None
        self._order = Order.TYPICAL
        self._filter, self._mask = "", np.ones(0, np.bool_)
        self._ranked: tuple[Section, ...] | None = None
        self._stacking, self._opened, self._tiles = True, set[int](), Tiles()
        self._gone, self._seen = frozenset[int](), np.empty(0, np.bool_)
        self._best_first, self._subject = False, ("", False)
        self._found_hint, self._found_stacked = "", True
        self._ranked_by, self._in_rank_order = np.empty(0, np.float64), np.empty(0, np.int32)
        self._shape = 1.0
        self.lightness = 0.62
        session.images_changed.connect(self._on_images)
        grid.stack_toggled.connect(self.toggle_stack)
        session.grouping_changed.connect(lambda: self._show(keep_place=True))
        session.order_changed.connect(lambda: self._show(keep_place=True))
        session.portraits_changed.connect(lambda: self._show(keep_place=True))
        session.verdicts_changed.connect(grid.viewport().update)
        session.selection.changed.connect(self._on_selection)

    @property
    def cards(self) -> Sequence[int]:
        """Whose pictures are shown; none while others are, gathered on the map or found."""
        return self._cards if self._gathered is None and self._ranked is None else ()

    @property
    def cards_behind(self) -> Sequence[int]:
        """Whose pictures will be shown again, once others are let go of."""
        return self._cards

    @property
    def other_pictures(self) -> str:
        """What is shown in the place of the pictures of cards: what was found, or a number of gathered ones."""
        if self._gathered is not None:
            return told(Sentence("%n picture(s) from the map", n=len(self._gathered)))
        return self._ranked[0].title if self._ranked else self._found_hint if self._ranked is not None else ""

    @property
    def shown(self) -> Ids:
        """The pictures that are shown, those in closed stacks, too; of found ones those above the line."""
        sections = self._sections()[: 1 if self._ranked else None]
        return np.unique(np.concatenate([np.empty(0, np.int32), *(section.images for section in sections)]))

    @property
    def best_first(self) -> bool:
        """What was found is shown as it was found, whatever order was chosen before."""
        return self._ranked is not None and self._best_first

    def show_image(self, image: int) -> None:
        """Select one image, wherever it is, and bring it into view."""
        self._session.selection.set_current(image)
        self._session.selection.select(image)
        self._grid.scroll_to_image(image)

    def select_again(self, images: Ids) -> None:
        """Where they are, if all of them are shown; else they are gathered."""
        present = images[images < len(self._seen)]
        shown = len(present) == len(images) and bool(self._seen[images].all())
        self._session.selection.set_current(int(images[0]))
        self._session.selection.select(images, initiator=self._grid if shown else None)

    def show_cards(self, cards: Sequence[int]) -> None:
        """Does nothing where they are shown already: a click on the chosen card leaves the grid where it is."""
        self.cards_chosen.emit()
        cards = tuple(cards) or (ALL,)
        if cards != self._cards or self._gathered is not None or self._ranked is not None:
            self._cards, self._gathered, self._ranked = cards, None, None
            self._show(keep_place=False)

    def set_order(self, order: Order) -> None:
        """`SIMILAR` compares with what is selected now. What was found is put in that order, too."""
        self._order, self._best_first = order, False
        self._show(keep_place=False)

    def set_stacking(self, stacking: bool) -> None:
        """Near-identical pictures as one tile."""
        self._stacking = stacking
        self._show(keep_place=True)

    def toggle_stack(self, top: int) -> None:
        """Spread it out, or put it together again; `top` is on top of it.

        An open stack is known by its pictures: whatever becomes of it, they stay side by side.
        """
        members = set(self._tiles.stacks[top].tolist())
        self._opened = self._opened - members if members & self._opened else self._opened | members
        self._show(keep_place=True)

    def set_filter(self, text: str) -> None:
        """Show only pictures whose file or folder name contains every word, whatever the case."""
        self._filter, self._ranked = text.casefold(), None
        self._show(keep_place=False)

    def set_mask(self, mask: NDArray[np.bool_] | None) -> None:
        """Show only pictures of which it is true, by image id; None: all."""
        self._mask = np.ones(0, np.bool_) if mask is None else mask
        self._show(keep_place=True)

    def show_ranked(self, title: str, images: Ids, hint: str) -> None:
        """Show these, the best first, until something else is asked for; `hint` if there are none."""
        self.show_found([Section(title, ALL, images)], hint)

    def show_found(self, sections: Sequence[Section], hint: str = "", *, stacked: bool = True) -> None:
        """The same under several headings; `stacked` False: near-identical ones stand side by side in any case."""
        self._found_hint, self._found_stacked = hint, stacked
        self._ranked, self._gathered, self._best_first = tuple(sections), None, True
        self._show(keep_place=False)

    def _show(self, *, keep_place: bool) -> None:
        sections = self._sections()
        self._tiles, self._gone = self._tiled(sections), frozenset(self._session.gone.tolist())
        self._grid.show_content(GridContent(self._tiles, self._look, self._hint(), self._shape), keep_place=keep_place)
        self._let_go_of_unseen(sections, current=not keep_place)
        subject = self.other_pictures, self.best_first
        if subject != self._subject:
            self._subject = subject
            self.changed_subject.emit()

    def _let_go_of_unseen(self, sections: Sequence[Section], *, current: bool) -> None:
        """Nothing is selected, or at hand where `current`, that is not shown."""
        seen = np.zeros(len(self._session.images), np.bool_)
        for section in sections:
            seen[section.images] = True
        selection = self._session.selection
        self._seen = seen
        selection.keep_only(seen, initiator=self._grid)
        if current and not (0 <= selection.current < len(seen) and seen[selection.current]):
            selection.set_current(-1)

    def _tiled(self, sections: Sequence[Section]) -> Tiles:
        stacks = self._session.stacks
        if stacks is None or not self._stacking or not (self._ranked is None or self._found_stacked):
            return Tiles(sections)
        opened = np.unique(stacks.numbers[sorted(self._opened)]).tolist() if self._opened else []
        return stacked(sections, stacks.numbers, opened, figures.ranking(self._session, stacks))

    def _on_images(self, stays: bool) -> None:
        if not stays:
            self._ranked = None
        self._opened.clear()
        self._shape = self._measured_shape()
        self._show(keep_place=stays)

    def _measured_shape(self) -> float:
        """That of the pictures if nearly all are wide and alike in it, as one camera makes them; else square."""
        images = self._session.images
        some = images[:: max(1, len(images) // MOST_MEASURED)]
        facts = [entry.facts for entry in some if isinstance(entry, ImageRecord)]
        shapes = [fact.height / fact.width for fact in facts if fact.width and fact.height]
        return float(np.clip(np.percentile(shapes, MOST_OF_THEM), WIDEST, 1.0)) if shapes else 1.0

    def _hint(self) -> str:
        """What to do where there is no picture to see."""
        if self._session.project is not None and not len(self._session.images):
            return self._nothing_there(len(self._session.snapshot.skipped))
        if self._ranked is not None:
            return self._found_hint
        if self._masks or self._filter:
            words = self.tr("No name or folder here contains these words.")
            return self.tr("No picture here is as the filter asks for.") if self._masks else words
        if SUGGESTIONS in self._cards:
            return self.tr("No more suggestions: every picture is where most of those like it are.")
        if tuple(self._cards) == (UNSORTED,):
            return self.tr("Nothing is unsorted. Drag pictures here, or press Backspace, to put them aside.")
        return self.tr("No pictures are here. Drag some onto the card of this cluster.")

    def _nothing_there(self, unreadable: int) -> str:
        if unreadable:
            return self.tr(
                "None of the %n file(s) here could be read. Problems, on the left, says why.", "", unreadable
            )
        return self.tr("No pictures in this folder.\nOpen another one with Ctrl+O, or drop one on this window.")

    def _on_selection(self, initiator: object) -> None:
        """What was gathered elsewhere (on the map) fills the grid until it is let go of or a card is chosen."""
        if initiator is self._grid:
            return
        images, before = self._session.selection.images, self._gathered
        self._gathered = images if len(images) > 1 else None
        if self._gathered is not None:
            self._ranked = None
        if self._gathered is not before:
            self._show(keep_place=False)
        if len(images) == 1:
            self._bring_into_view(int(images[0]))

    def _bring_into_view(self, image: int) -> None:
        """Whatever has to be shown for it."""
        grouping, grid = self._session.grouping, self._grid
        if grid.page.position_of(image) is None and grouping is not None:
            if not len(self._kept(np.array([image], np.int32))):
                self.filter_in_the_way.emit()
            if grid.page.position_of(image) is None:
                self.card_wanted.emit(int(grouping.home[image]))
            self._session.selection.set_current(image)
            self._session.selection.select(image, initiator=grid)
        grid.scroll_to_image(image)

    def _sections(self) -> list[Section]:
        """One per cluster that has something to show, Unsorted last; of a card that was chosen in any case."""
        grouping = self._session.grouping
        if grouping is None:
            return [Section("", UNSORTED, self._kept(np.arange(len(self._session.images), dtype=np.int32)))]
        if self._ranked is not None:
            return [self._found(section, grouping) for section in self._ranked]
        if SUGGESTIONS in self._cards and self._gathered is None:
            return self._suggested()
        clusters: Sequence[int] = [*self._session.order.of(self._session.grouping), UNSORTED]
        members: dict[int, Ids] = {}
        if self._gathered is not None:
            images = self._gathered
        elif ALL in self._cards:
            images = np.arange(len(grouping.home), dtype=np.int32)
        else:
            clusters = expanded(self._cards, grouping, self._session.order.of(grouping))
            members = dict.fromkeys(clusters, np.empty(0, np.int32))
            images = np.flatnonzero(np.isin(grouping.home, clusters)).astype(np.int32)
        members |= self._by_cluster(images, grouping)
        titles = {id_: self._title(id_, members[id_]) if len(clusters) > 1 else "" for id_ in members}
        return [Section(titles[id_], id_, members[id_]) for id_ in clusters if id_ in members]

    def _found(self, section: Section, grouping: Grouping) -> Section:
        images = section.images[grouping.home[section.images] != OUT]
        images = images[self._mask[images]] if self._masks else images
        if not self._best_first:
            images = images[np.argsort(self._ranks()[images], kind="stable")]
        return Section(section.title, section.cluster, images)

    def _suggested(self) -> list[Section]:
        """One per cluster that something might rather be in; dropping on its heading is to agree."""
        suggestions = self._session.suggestions
        sections = []
        for cluster in np.unique(suggestions.clusters).tolist():
            images = self._kept(suggestions.images[suggestions.clusters == cluster])
            asked = self.tr("Rather in {0}?").format(self._session.cluster_name(cluster))
            title = f"{asked}  ·  {len(images):,}"
            sections += [Section(title, cluster, images)] if len(images) else []
        return sections

    def _by_cluster(self, images: Ids, grouping: Grouping) -> dict[int, Ids]:
        """The images that pass the filter, in order, for each cluster that holds any; one sort for all of them."""
        meant = np.zeros(len(grouping.home), np.bool_)
        meant[self._kept(images)] = True
        order = self._rank_order()
        images = order[meant[order]]
        home = grouping.home[images]
        by_home = np.argsort(_narrow(home), kind="stable")
        images, home = images[by_home], home[by_home]
        starts = np.flatnonzero(np.diff(home, prepend=-1))
        runs = zip(home[starts].tolist(), starts.tolist(), [*starts[1:].tolist(), len(home)], strict=True)
        return {cluster: images[start:end] for cluster, start, end in runs} if len(home) else {}

    def _rank_order(self) -> Ids:
        """All images by their ranks; which change more seldom than clusters do."""
        ranks = self._ranks()
        if not np.array_equal(ranks, self._ranked_by):
            self._ranked_by, self._in_rank_order = ranks, np.argsort(ranks, kind="stable").astype(np.int32)
        return self._in_rank_order

    def _title(self, cluster: int, images: Ids) -> str:
        return f"{self._session.cluster_name(cluster)}  ·  {len(images):,}"

    @property
    def _masks(self) -> bool:
        """It is of the pictures of now."""
        return 0 < len(self._mask) == len(self._session.images)

    def _kept(self, images: Ids) -> Ids:
        images = images[self._mask[images]] if self._masks else images
        if not self._filter:
            return images
        names = self._session.columns.names
        keep = np.ones(len(names), np.bool_)
        for word in self._filter.split():
            keep &= np.fromiter((word in name for name in names), np.bool_, len(names))
        return images[keep[images]]

    def _ranks(self) -> NDArray[np.float64]:
        """A number per image id; smaller comes first, equal ones stay in the order in which they were found."""
        session = self._session
        if self._order is Order.NAME:
            return np.arange(len(session.images), dtype=np.float64)
        if self._order is Order.SIMILAR and len(session.selection):
            return -similarity_to(session.selection.images, session.snapshot).astype(np.float64)
        figure, sign = _FIGURE_OF.get(self._order, _FIGURE_OF[Order.TYPICAL])
        values = figure(session)
        return np.where(np.isfinite(values), sign * values, np.inf)

    def _look(self, image: int) -> CellLook:
        session = self._session
        entry = session.images[image]
        if session.grouping is None:
            return CellLook(entry.path.name)
        cluster = session.grouping.clusters.get(ClusterId(int(session.grouping.home[image])))
        colour = QColor.fromRgba(cluster_argb(cluster.colour, self.lightness)) if cluster else None
        pinned, members = bool(session.grouping.pinned[image]), self._tiles.stacks.get(image, ())
        opened, gone = image in self._tiles.opened, image in self._gone
        stars, flag, label = session.verdicts[image].tolist()
        series = told(session.stacks.kind_name(image)) if session.stacks else ""
        return CellLook(entry.path.name, colour, pinned, len(members), opened, gone, (stars, flag, label), series)


def _narrow(home: NDArray[np.int32]) -> NDArray[np.integer]:
    """The same in 16 bits where they fit: those are sorted by counting, in a tenth of the time."""
    fits = not len(home) or (int(home.min()) >= -(2**15) and int(home.max()) < 2**15)
    return home.astype(np.int16) if fits else home


_FIGURE_OF: dict[Order, tuple[Callable[[Session], NDArray[np.float64]], int]] = {
    Order.TYPICAL: (figures.typicality, -1),
    Order.ODD: (figures.typicality, 1),
    Order.DATE: (lambda session: session.columns.dates, 1),
    Order.SHARP: (figures.sharpness, -1),
    Order.BLURRED: (figures.sharpness, 1),
    Order.LARGE: (figures.megapixels, -1),
    Order.ISOLATED: (figures.isolation, -1),
}
"""What most orders go by, and whether the smallest (1) or the largest (-1) comes first; the unknown comes last."""

ORDERS: tuple[tuple[Order, str], ...] = (
    (Order.TYPICAL, QT_TRANSLATE_NOOP("orders", "Typical first")),
    (Order.ODD, QT_TRANSLATE_NOOP("orders", "Odd ones first")),
    (Order.ISOLATED, QT_TRANSLATE_NOOP("orders", "Outliers first")),
    (Order.NAME, QT_TRANSLATE_NOOP("orders", "Name")),
    (Order.DATE, QT_TRANSLATE_NOOP("orders", "Date taken")),
    (Order.SIMILAR, QT_TRANSLATE_NOOP("orders", "Similar to selection")),
    (Order.SHARP, QT_TRANSLATE_NOOP("orders", "Sharpest first")),
    (Order.BLURRED, QT_TRANSLATE_NOOP("orders", "Blurred first")),
    (Order.LARGE, QT_TRANSLATE_NOOP("orders", "Largest first")),
)
