"""Every menu entry as one row of data, which its feature declares; menus, tool bar and shortcuts come from them."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from shoal.widgets.named import named
from shoal.widgets.translation import QT_TRANSLATE_NOOP, told, translated

DIGIT_KEY = "digitKey"
"""What the shortcuts of the digits are called that send to clusters: digits may be given another meaning."""


class Needs(Enum):
    """What there has to be before an entry can be chosen."""

    NOTHING = auto()
    NAMES = auto()
    """Pictures were found; nobody need have looked at them."""

    SORTABLE = auto()
    """Pictures can be put into clusters, though nobody need have looked at them yet."""

    IMAGES = auto()
    """Every picture was looked at."""

    CLUSTERS = auto()
    SELECTION = auto()
    ONE_CLUSTER = auto()
    SOME_CLUSTERS = auto()
    UNDER_A_PARENT = auto()
    """One of the chosen clusters stands under a parent."""

    CLUSTER_TO_SPLIT = auto()
    TWO_CLUSTERS = auto()
    SUGGESTION = auto()
    UNDO = auto()
    REDO = auto()
    GONE = auto()
    """Files of pictures are no longer there."""

    MAY_EDIT = auto()
    """What every row that `edits` needs besides: the project is not only looked at."""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """`text` and `tip` are translated when the menu is built.

    `place`: entries of a menu stand in this order; between those of another ten is a line. A `switch` is on or off, and
    on to begin with. What `edits` changes the project. `submenu` is the name of a menu that its feature fills.
    `with_shift`: Shift with its keys triggers it, too. `on_picture`, `on_card`: its place in the menu of the right
    mouse button there, 0 for none.
    """

    menu: str
    place: int
    name: str
    text: str
    shortcut: str = ""
    needs: Needs = Needs.NOTHING
    tip: str = ""
    switch: bool = False
    edits: bool = False
    submenu: str = ""
    on_picture: int = 0
    on_card: int = 0
    with_shift: bool = False


FILE = QT_TRANSLATE_NOOP("actions", "&File")
EDIT = QT_TRANSLATE_NOOP("actions", "&Edit")
CLUSTERS = QT_TRANSLATE_NOOP("actions", "&Clusters")
MARKS = QT_TRANSLATE_NOOP("actions", "&Marks")
VIEW = QT_TRANSLATE_NOOP("actions", "&View")
HELP = QT_TRANSLATE_NOOP("actions", "&Help")

MENUS: tuple[str, ...] = (FILE, EDIT, CLUSTERS, MARKS, VIEW, HELP)


def in_order(rows: Iterable[ActionRow]) -> tuple[ActionRow, ...]:
    """As they stand in the menus."""
    return tuple(sorted(rows, key=lambda row: (MENUS.index(row.menu), row.place)))


class Actions:
    """One QAction per row, by its name. A menu entry does nothing until `handle` has said what."""

    def __init__(self, window: QWidget, rows: Iterable[ActionRow]) -> None:
        self.rows = in_order(rows)
        self.by_name: dict[str, QAction] = {}
        for row in self.rows:
            action = self.by_name[row.name] = _submenu(row, window) if row.submenu else QAction(window)
            action.setText(translated("actions", row.text))
            action.setObjectName(row.name)
            action.setIconText(plain(action.text()))
            action.setCheckable(row.switch)
            action.setChecked(row.switch)
            window.addAction(action)
        self.put_keys({row.name: row.shortcut for row in self.rows})

    def __getitem__(self, name: str) -> QAction:
        return self.by_name[name]

    def menu(self, name: str) -> QMenu:
        """The menu of a row with a submenu."""
        menu = self.by_name[name].menu()
        assert isinstance(menu, QMenu)
        return menu

    def handle(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Say what entries do. Raises KeyError for an entry that does not exist."""
        for name, handler in handlers.items():
            self.by_name[name].triggered.connect(lambda _checked=False, handler=handler: handler())

    def put_keys(self, keys: Mapping[str, str]) -> None:
        """Action -> keys that trigger it, empty for none; the tips name them."""
        for row in self.rows:
            action = self.by_name[row.name]
            action.setShortcuts(_shortcuts(keys[row.name], row.with_shift))
            action.setToolTip(tip_of(action, translated("actions", row.tip)))

    def fill(self, menus: Mapping[str, QMenu]) -> None:
        last = None
        for row in self.rows:
            if last is not None and last.menu == row.menu and last.place // 10 != row.place // 10:
                menus[row.menu].addSeparator()
            menus[row.menu].addAction(self.by_name[row.name])
            last = row

    def enable(self, present: Collection[Needs]) -> None:
        """Grey out what lacks what it needs."""
        for row in self.rows:
            possible = row.needs is Needs.NOTHING or row.needs in present
            self.by_name[row.name].setEnabled(possible and (Needs.MAY_EDIT in present or not row.edits))

    def on_picture(self) -> list[QAction]:
        """What the right mouse button offers on a picture."""
        rows = sorted((row for row in self.rows if row.on_picture), key=lambda row: row.on_picture)
        return [self.by_name[row.name] for row in rows]

    def on_card(self) -> list[QAction]:
        """What it offers on the card of a cluster."""
        rows = sorted((row for row in self.rows if row.on_card), key=lambda row: row.on_card)
        return [self.by_name[row.name] for row in rows]

    def name_step(self, name: str, verb: str, label: str | None) -> None:
        """What undo or redo would do, in its entry and its tip."""
        action = self.by_name[name]
        action.setText(f"{verb}: {told(label)}" if label else verb)
        action.setIconText(verb)
        action.setToolTip(tip_of(action))


def _shortcuts(keys: str, with_shift: bool) -> list[QKeySequence]:
    """The keys themselves first: they are the ones that are shown."""
    return [QKeySequence(text) for text in ([keys, f"Shift+{keys}"] if with_shift else [keys]) if keys]


def _submenu(row: ActionRow, window: QWidget) -> QAction:
    return named(QMenu(window), row.submenu).menuAction()


def plain(text: str) -> str:
    """A menu text as it reads elsewhere: without the letter to press, which Chinese has in brackets, and the dots."""
    return re.sub(r"\(&.\)|&", "", text).rstrip(" .\u2026")


def tip_of(action: QAction, tip: str = "") -> str:
    """What stands beside the pointer: the tip, or the entry itself, and the key that does the same."""
    text = tip or plain(action.text())
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text}  ({keys})" if keys else text
