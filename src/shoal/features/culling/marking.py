"""Stars, flags and labels by key: on selected pictures, on the one that is seen large, on whole clusters."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from shoal.domain.grouping import ClusterId
from shoal.domain.verdicts import COLOUR, FLAG, STARS
from shoal.qt.chosen_cards import ChosenCards
from shoal.qt.editing import Editing
from shoal.qt.selection import Ids
from shoal.qt.session import Session
from shoal.widgets.actions import DIGIT_KEY, Actions
from shoal.widgets.views import Views

GO_ON, DIGITS = "actionGoOn", "actionDigitsMark"
DIGIT_COLOURS = (1, 3, 4, 5)
"""What 6, 7, 8 and 9 label: red, yellow, green, blue."""


class Marking(QObject):
    def __init__(
        self, window: QWidget, session: Session, views: Views, chosen: ChosenCards, editing: Editing, actions: Actions
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._chosen, self._editing = window, session, chosen, editing
        self._cards, self._grid, self._actions = views.cards, views.grid, actions
        self._digits = [self._digit_key(digit, keys) for digit in range(10) for keys in _keys(digit)]

    def give(self, column: int, value: int) -> None:
        """A label that all of them have already is taken off."""
        images = self.meant()
        if not len(images):
            return
        if column == COLOUR and (self._session.verdicts[images, COLOUR] == value).all():
            value = 0
        place, alone = self._grid.choosing.current, len(images) == len(self._meant_by_tile())
        self._editing.mark(images, column, value)
        if self._goes_on() and alone and not self._means_clusters():
            self._on_to_next(place)

    def meant(self) -> Ids:
        """Those of the chosen clusters where the cards have the keyboard; else what is selected, or current."""
        if self._means_clusters():
            members = [self._session.members(ClusterId(cluster)) for cluster in self._chosen.clusters]
            return np.concatenate([*members, np.empty(0, np.int32)]).astype(np.int32)
        selected, current = self._session.selection.images, self._session.selection.current
        return selected if len(selected) else np.array([current] if current >= 0 else [], np.int32)

    def restore(self, memory: QSettings) -> None:
        """Both switches are off until somebody turns them on."""
        for name in (GO_ON, DIGITS):
            if self._actions[name].isChecked() != (memory.value(name) == "on"):
                self._actions[name].trigger()

    def save(self, memory: QSettings) -> None:
        for name in (GO_ON, DIGITS):
            memory.setValue(name, "on" if self._actions[name].isChecked() else "off")

    def turn_digits(self) -> None:
        """Digits mark pictures, or send them to clusters."""
        mark = self._actions[DIGITS].isChecked()
        for shortcut in self._window.findChildren(QShortcut, DIGIT_KEY):
            shortcut.setEnabled(not mark)
        for shortcut in self._digits:
            shortcut.setEnabled(mark)

    def _digit_key(self, digit: int, keys: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self._window, enabled=False)
        column, value = (STARS, digit) if digit < 6 else (COLOUR, DIGIT_COLOURS[digit - 6])
        shortcut.activated.connect(lambda: self.give(column, value))
        return shortcut

    def _means_clusters(self) -> bool:
        focus = self._window.focusWidget()
        return self._cards.holds(focus) and bool(self._chosen.clusters)

    def _meant_by_tile(self) -> Ids:
        """The current tile of the grid: going on makes sense from one, not from a selection."""
        place = self._grid.choosing.current
        if place is None:
            return self.meant()
        return self._grid.page.members(place)

    def _goes_on(self) -> bool:
        """Shift means the other way than the switch says."""
        shift = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        return self._actions[GO_ON].isChecked() != shift

    def _on_to_next(self, place: int | None) -> None:
        """The next picture; where a filter has hidden the one that was marked, the one in its place."""
        page = self._grid.page
        if place is None or not page.layout.count:
            return
        here = self._grid.choosing.current
        following = min(place if here is None else place + 1, page.last)
        self._grid.choosing.select_only(following)
        self._grid.scroll_to_image(page.layout.image_at(following))


def _keys(digit: int) -> tuple[str, ...]:
    """With Ctrl, too, as digiKam has it; otherwise that gives a card its key, and there are none then."""
    return f"{digit}", f"Shift+{digit}", f"Ctrl+{digit}", f"Ctrl+Shift+{digit}"


def handlers_of(marking: Marking) -> dict[str, Callable[[], object]]:
    """Every entry that gives something, by its name."""

    def giving(column: int, value: int) -> Callable[[], None]:
        return lambda: marking.give(column, value)

    stars = {f"actionStars{number}": giving(STARS, number) for number in range(6)}
    labels = {name: giving(COLOUR, colour) for name, colour in LABELS.items()}
    flags = {name: giving(FLAG, flag) for name, flag in FLAGS.items()}
    return {**stars, **labels, **flags, DIGITS: marking.turn_digits, GO_ON: lambda: None}


FLAGS = {"actionPick": 3, "actionReject": 1, "actionNoFlag": 0}
LABELS = {
    "actionLabelRed": 1,
    "actionLabelYellow": 3,
    "actionLabelGreen": 4,
    "actionLabelBlue": 5,
    "actionLabelPurple": 6,
    "actionNoLabel": 0,
}
