"""Every menu entry as one row of data; the window builds menus, tool bar and shortcuts from them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from shoal.widgets.translation import QT_TRANSLATE_NOOP, translated


class Needs(Enum):
    """What there has to be before an entry can be chosen."""

    NOTHING = auto()
    NAMES = auto()
    """Pictures were found; nobody need have looked at them."""

    IMAGES = auto()
    CLUSTERS = auto()
    SELECTION = auto()
    ONE_CLUSTER = auto()
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
    """`text` and `tip` are translated when the menu is built. A row without a name is a separator.

    A `switch` is on or off, and on to begin with. What `edits` changes the project.
    """

    menu: str
    name: str = ""
    text: str = ""
    shortcut: str = ""
    needs: Needs = Needs.NOTHING
    tip: str = ""
    switch: bool = False
    edits: bool = False


FILE = QT_TRANSLATE_NOOP("actions", "&File")
EDIT = QT_TRANSLATE_NOOP("actions", "&Edit")
CLUSTERS = QT_TRANSLATE_NOOP("actions", "&Clusters")
VIEW = QT_TRANSLATE_NOOP("actions", "&View")
HELP = QT_TRANSLATE_NOOP("actions", "&Help")

ROWS: tuple[ActionRow, ...] = (
    ActionRow(FILE, "actionOpenFolder", QT_TRANSLATE_NOOP("actions", "&Open folder ..."), "Ctrl+O"),
    ActionRow(FILE, "actionAddFolder", QT_TRANSLATE_NOOP("actions", "&Add folder ..."), "Ctrl+Shift+O", Needs.NAMES),
    ActionRow(FILE, "actionOpenProject", QT_TRANSLATE_NOOP("actions", "Open &project ..."), "Ctrl+Shift+P"),
    ActionRow(
        FILE, "actionSaveProjectAs", QT_TRANSLATE_NOOP("actions", "&Save project as ..."), "Ctrl+Shift+S", Needs.IMAGES,
        QT_TRANSLATE_NOOP("actions", "Keep your clusters in a file of their own, to take along or hand on"), edits=True,
    ),
    ActionRow(FILE, "actionRefresh", QT_TRANSLATE_NOOP("actions", "&Look for new pictures"), "F5", Needs.NAMES),
    ActionRow(FILE),
    ActionRow(
        FILE, "actionExport", QT_TRANSLATE_NOOP("actions", "&Export ..."), "Ctrl+E", Needs.CLUSTERS,
        QT_TRANSLATE_NOOP("actions", "Write the clusters out as folders"),
    ),
    ActionRow(
        FILE, "actionPastExports", QT_TRANSLATE_NOOP("actions", "Past e&xports ..."), "Ctrl+Shift+E", Needs.NOTHING,
        QT_TRANSLATE_NOOP("actions", "Show, go on with or take back what was exported, also on earlier days"),
    ),
    ActionRow(
        FILE, "actionImportClusters", QT_TRANSLATE_NOOP("actions", "Load &clusters from a table ..."), "",
        Needs.CLUSTERS, QT_TRANSLATE_NOOP("actions", "Take clusters over from a clusters.csv that you edited"),
        edits=True,
    ),
    ActionRow(FILE, "actionReveal", QT_TRANSLATE_NOOP("actions", "Show in &file manager"), "", Needs.SELECTION),
    ActionRow(FILE),
    ActionRow(FILE, "actionSettings", QT_TRANSLATE_NOOP("actions", "Se&ttings ..."), "Ctrl+,"),
    ActionRow(FILE, "actionQuit", QT_TRANSLATE_NOOP("actions", "&Quit"), "Ctrl+Q"),
    ActionRow(EDIT, "actionUndo", QT_TRANSLATE_NOOP("actions", "&Undo"), "Ctrl+Z", Needs.UNDO, edits=True),
    ActionRow(EDIT, "actionRedo", QT_TRANSLATE_NOOP("actions", "&Redo"), "Ctrl+Shift+Z", Needs.REDO, edits=True),
    ActionRow(
        EDIT, "actionTakeOutGone", QT_TRANSLATE_NOOP("actions", "&Take out what is gone"), "", Needs.GONE,
        QT_TRANSLATE_NOOP("actions", "Show pictures no longer whose files are not there any more"), edits=True,
    ),
    ActionRow(EDIT),
    ActionRow(EDIT, "actionSelectAll", QT_TRANSLATE_NOOP("actions", "Select &all shown"), "Ctrl+A", Needs.IMAGES),
    ActionRow(EDIT, "actionSelectNone", QT_TRANSLATE_NOOP("actions", "Select &nothing"), "Ctrl+D", Needs.SELECTION),
    ActionRow(EDIT),
    ActionRow(
        EDIT, "actionAccept", QT_TRANSLATE_NOOP("actions", "&Keep here"), "K", Needs.SELECTION,
        QT_TRANSLATE_NOOP("actions", "Pin the selected pictures to their clusters"), edits=True,
    ),
    ActionRow(EDIT, "actionUnpin", QT_TRANSLATE_NOOP("actions", "&Let go"), "Shift+K", Needs.SELECTION, edits=True),
    ActionRow(
        EDIT, "actionMoveToUnsorted", QT_TRANSLATE_NOOP("actions", "Move to &Unsorted"), "Backspace", Needs.SELECTION,
        edits=True,
    ),
    ActionRow(EDIT),
    ActionRow(
        EDIT, "actionFollowSuggestion", QT_TRANSLATE_NOOP("actions", "Move &where suggested"), "Y", Needs.SUGGESTION,
        QT_TRANSLATE_NOOP("actions", "Put the selected pictures where most of those like them are"), edits=True,
    ),
    ActionRow(
        EDIT, "actionRefuseSuggestion", QT_TRANSLATE_NOOP("actions", "Not t&here"), "N", Needs.SUGGESTION,
        QT_TRANSLATE_NOOP("actions", "Never suggest again that the selected pictures belong there"), edits=True,
    ),
    ActionRow(
        CLUSTERS, "actionRecluster", QT_TRANSLATE_NOOP("actions", "&Cluster again"), "Ctrl+R", Needs.IMAGES,
        edits=True,
    ),
    ActionRow(CLUSTERS),
    ActionRow(
        CLUSTERS, "actionNewCluster", QT_TRANSLATE_NOOP("actions", "&New cluster from selection"), "Ctrl+N",
        Needs.SELECTION, edits=True,
    ),
    ActionRow(
        CLUSTERS, "actionRenameCluster", QT_TRANSLATE_NOOP("actions", "&Rename"), "F2", Needs.ONE_CLUSTER,
        edits=True,
    ),
    ActionRow(
        CLUSTERS, "actionRecolourCluster", QT_TRANSLATE_NOOP("actions", "Next c&olour"), "", Needs.ONE_CLUSTER,
        edits=True,
    ),
    ActionRow(
        CLUSTERS, "actionMergeClusters", QT_TRANSLATE_NOOP("actions", "&Merge"), "Ctrl+M", Needs.TWO_CLUSTERS,
        edits=True,
    ),
    ActionRow(
        CLUSTERS, "actionMergeQueue", QT_TRANSLATE_NOOP("actions", "Merge the most &alike ..."), "Ctrl+Shift+M",
        Needs.CLUSTERS, edits=True,
    ),
    ActionRow(
        CLUSTERS, "actionSplitCluster", QT_TRANSLATE_NOOP("actions", "&Split ..."), "Ctrl+T", Needs.CLUSTER_TO_SPLIT,
        edits=True,
    ),
    ActionRow(
        CLUSTERS, "actionDissolveCluster", QT_TRANSLATE_NOOP("actions", "&Dissolve"), "", Needs.ONE_CLUSTER,
        edits=True,
    ),
    ActionRow(CLUSTERS),
    ActionRow(
        CLUSTERS, "actionNameClusters", QT_TRANSLATE_NOOP("actions", "&Name from a word list ..."), "", Needs.CLUSTERS,
        QT_TRANSLATE_NOOP("actions", "Call clusters by words of yours; needs a model that reads text, such as CLIP"),
        edits=True,
    ),
    ActionRow(
        CLUSTERS, "actionCompareModels", QT_TRANSLATE_NOOP("actions", "Which model agrees &best ..."), "",
        Needs.CLUSTERS, QT_TRANSLATE_NOOP("actions", "Compare models by the pictures that you have moved or kept"),
    ),
    ActionRow(VIEW, "actionStacked", QT_TRANSLATE_NOOP("actions", "Map &above the grid"), "Ctrl+L"),
    ActionRow(
        VIEW, "actionStacks", QT_TRANSLATE_NOOP("actions", "Stack &near-identical pictures"), "S", Needs.NOTHING,
        QT_TRANSLATE_NOOP("actions", "Copies and shots of one burst as one tile; Enter or its number spreads them out"),
        switch=True,
    ),
    ActionRow(VIEW, "actionLarger", QT_TRANSLATE_NOOP("actions", "&Larger pictures"), "Ctrl++"),
    ActionRow(VIEW, "actionSmaller", QT_TRANSLATE_NOOP("actions", "S&maller pictures"), "Ctrl+-"),
    ActionRow(VIEW, "actionLoupe", QT_TRANSLATE_NOOP("actions", "&One picture large"), "", Needs.SELECTION),
    ActionRow(VIEW),
    ActionRow(
        VIEW, "actionZoomSelection", QT_TRANSLATE_NOOP("actions", "&Zoom to selection"), "Z", Needs.SELECTION
    ),
    ActionRow(VIEW, "actionZoomAll", QT_TRANSLATE_NOOP("actions", "Show the &whole map"), "Shift+Z", Needs.IMAGES),
    ActionRow(HELP, "actionGuide", QT_TRANSLATE_NOOP("actions", "&Guide"), "F1"),
    ActionRow(HELP, "actionShortcuts", QT_TRANSLATE_NOOP("actions", "&Keys"), "?"),
    ActionRow(HELP),
    ActionRow(HELP, "actionCheckComputer", QT_TRANSLATE_NOOP("actions", "&Check this computer ...")),
    ActionRow(HELP, "actionLog", QT_TRANSLATE_NOOP("actions", "Show the &log files")),
    ActionRow(HELP),
    ActionRow(HELP, "actionAbout", QT_TRANSLATE_NOOP("actions", "&About Shoal and updates")),
)  # fmt: skip

MENUS: tuple[str, ...] = (FILE, EDIT, CLUSTERS, VIEW, HELP)


def build_actions(window: QWidget, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """One QAction per row, connected to the handler of its name. Raises KeyError for a row that nobody handles."""
    actions = {}
    for row in ROWS:
        if row.name:
            action = QAction(translated("actions", row.text), window)
            action.setObjectName(row.name)
            action.setIconText(plain(action.text()))
            action.setCheckable(row.switch)
            action.setChecked(row.switch)
            handler = handlers[row.name]
            action.triggered.connect(lambda _checked=False, handler=handler: handler())
            window.addAction(action)
            actions[row.name] = action
    put_keys(actions, {row.name: row.shortcut for row in ROWS})
    return actions


def put_keys(actions: Mapping[str, QAction], keys: Mapping[str, str]) -> None:
    """Action -> keys that trigger it, empty for none; the tips name them."""
    for row in ROWS:
        if row.name:
            action = actions[row.name]
            action.setShortcut(QKeySequence(keys[row.name]))
            action.setToolTip(tip_of(action, translated("actions", row.tip)))


def plain(text: str) -> str:
    """A menu text as it reads elsewhere: without the letter to press, which Chinese has in brackets, and the dots."""
    return re.sub(r"\(&.\)|&", "", text).rstrip(" .\u2026")


def tip_of(action: QAction, tip: str = "") -> str:
    """What stands beside the pointer: the tip, or the entry itself, and the key that does the same."""
    text = tip or plain(action.text())
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text}  ({keys})" if keys else text


def fill_menus(menus: Mapping[str, QMenu], actions: Mapping[str, QAction]) -> None:
    for row in ROWS:
        if row.name:
            menus[row.menu].addAction(actions[row.name])
        else:
            menus[row.menu].addSeparator()


def enable(actions: Mapping[str, QAction], present: Sequence[Needs]) -> None:
    """Grey out what lacks what it needs."""
    for row in ROWS:
        if row.name:
            there = row.needs is Needs.NOTHING or row.needs in present
            actions[row.name].setEnabled(there and (Needs.MAY_EDIT in present or not row.edits))
