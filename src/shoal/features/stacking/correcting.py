"""Stacks put right by hand: joined, taken apart, split, another picture on top. Each is a step that can be undone."""

from functools import partial

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from shoal.domain import stack_edits
from shoal.domain.sentence import Sentence
from shoal.qt.editing import Editing
from shoal.qt.selection import Ids
from shoal.qt.session import Session
from shoal.widgets.actions import MARKS, ActionRow, Needs
from shoal.widgets.feature import Handlers, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP
from shoal.widgets.views import Views


class Correcting(QObject):
    def __init__(self, window: QWidget, session: Session, views: Views, editing: Editing) -> None:
        super().__init__(window)
        self._session, self._views, self._editing = session, views, editing

    def join(self) -> None:
        images = self._session.selection.images
        if len(images) > 1:
            told = Sentence("One stack of %n picture(s)", n=len(images))
            if self._are_apart(images):
                told = Sentence("One stack of %n picture(s), in each cluster for itself", n=len(images))
            label = Sentence("Stack %n picture(s)", n=len(images))
            self._editing.apply(label, lambda grouping: stack_edits.join_stack(grouping, images), told)

    def take_apart(self) -> None:
        """All of a closed stack; of an open one those that are selected."""
        images = self._stacked()
        if len(images):
            label = Sentence("Take %n picture(s) out of their stacks", n=len(images))
            self._editing.apply(label, lambda grouping: stack_edits.take_apart(grouping, images))

    def split_here(self) -> None:
        """Before the picture at hand; of a closed stack nobody sees where that is, and so it is spread out first."""
        members, here = self._members(), self._session.selection.current
        if len(members) < 2:
            return
        if here not in self._views.grid.page.tiles.opened and self._is_shown_closed(here):
            self._views.grid_presenter.toggle_stack(self._views.grid.page.tiles.top_of(here))
            self._editing.say(Sentence("Choose the first picture of the other stack, and split once more"))
            return
        place = int(np.flatnonzero(members == here)[0])
        if place == 0:
            self._editing.say(Sentence("This is the first one: choose the first picture of the other stack"))
            return
        parts = [members[:place], members[place:]]
        label = Sentence("Split a stack of %n picture(s)", n=len(members))
        told = Sentence("Two stacks: {first} and {other}", first=place, other=len(members) - place)
        self._editing.apply(label, lambda grouping: stack_edits.split_stack(grouping, parts), told)

    def put_on_top(self) -> None:
        members, top = self._members(), self._session.selection.current
        if len(members) > 1:
            name = self._session.images[top].path.name
            label = Sentence("Put {name} on top of its stack", name=name)
            self._editing.apply(label, lambda grouping: stack_edits.put_on_top(grouping, members, top))

    def let_find(self) -> None:
        """What was said of the selected pictures, and of all that stand with them, counts no more."""
        stacks, images = self._session.stacks, self._session.selection.images
        if stacks is None or not len(images):
            return
        all_ = np.unique(np.concatenate([stacks.members(image) for image in images.tolist()]))
        label = Sentence("Stack %n picture(s) as they were found", n=len(all_))
        self._editing.apply(label, partial(stack_edits.let_find, images=all_))

    def _members(self) -> Ids:
        """Of the stack of the picture at hand as the grid shows it, in the order in which they were taken."""
        stacks, here, grouping = self._session.stacks, self._session.selection.current, self._session.grouping
        if stacks is None or grouping is None or not 0 <= here < len(stacks.numbers):
            return np.empty(0, np.int32)
        members = stacks.members(here)
        members = members[grouping.home[members] == grouping.home[here]]
        ordered: Ids = members[np.argsort(stacks.shots[members], kind="stable")]
        return ordered

    def _is_shown_closed(self, image: int) -> bool:
        tiles = self._views.grid.page.tiles
        return tiles.tile_of(image) in tiles.stacks and image not in tiles.opened

    def _stacked(self) -> Ids:
        stacks, images = self._session.stacks, self._session.selection.images
        kept = np.zeros(len(images), np.bool_) if stacks is None else stacks.numbers[images] >= 0
        stacked: Ids = images[kept]
        return stacked

    def _are_apart(self, images: Ids) -> bool:
        grouping = self._session.grouping
        return grouping is not None and len(np.unique(grouping.home[images])) > 1


def handlers_of(parts: Parts) -> Handlers:
    correcting = Correcting(parts.window, parts.session, parts.views, parts.editing)
    return {
        "actionJoinStack": correcting.join,
        "actionUnstack": correcting.take_apart,
        "actionSplitStack": correcting.split_here,
        "actionStackTop": correcting.put_on_top,
        "actionStacksAsFound": correcting.let_find,
    }


_edit = partial(ActionRow, MARKS, edits=True, needs=Needs.SELECTION)

ROWS = (
    _edit(
        60,
        "actionJoinStack",
        QT_TRANSLATE_NOOP("actions", "Make one &stack"),
        shortcut="G",
        on_picture=41,
        tip=QT_TRANSLATE_NOOP("actions", "The selected pictures, and all of selected stacks, stand together"),
    ),
    _edit(
        61,
        "actionUnstack",
        QT_TRANSLATE_NOOP("actions", "Take out of the st&ack"),
        shortcut="Shift+G",
        on_picture=42,
        tip=QT_TRANSLATE_NOOP("actions", "The selected pictures stand for themselves; of a closed stack all"),
    ),
    _edit(
        62,
        "actionSplitStack",
        QT_TRANSLATE_NOOP("actions", "Split the stac&k here"),
        shortcut="Shift+T",
        on_picture=43,
        tip=QT_TRANSLATE_NOOP("actions", "The picture at hand and those taken after it are another stack"),
    ),
    _edit(
        63,
        "actionStackTop",
        QT_TRANSLATE_NOOP("actions", "Put on to&p of the stack"),
        shortcut="Shift+S",
        on_picture=44,
        tip=QT_TRANSLATE_NOOP("actions", "The picture at hand stands for its stack, also where only tops are exported"),
    ),
    _edit(
        64,
        "actionStacksAsFound",
        QT_TRANSLATE_NOOP("actions", "Stacks as they were &found"),
        tip=QT_TRANSLATE_NOOP("actions", "What you said of the stacks of the selected pictures is forgotten"),
    ),
)
