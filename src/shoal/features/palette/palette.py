"""Every command by a few letters of its name, with the key that does the same."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from shoal.domain.sentence import Sentence
from shoal.widgets.actions import HELP, ActionRow, Actions, plain
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.name_picker import NamePicker, Target
from shoal.widgets.translation import QT_TRANSLATE_NOOP, told, translated


class Palette(QObject):
    def __init__(self, window: QWidget, actions: Actions) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self._recent: list[str] = []

    def open(self) -> None:
        """What was used last stands first; what cannot be done now is grey."""
        rows = [row for row in self._actions.rows if not row.submenu and row.name != "actionPalette"]
        rows.sort(key=lambda row: self._recent.index(row.name) if row.name in self._recent else len(self._recent))
        targets = [self._target(number, row) for number, row in enumerate(rows)]
        hint = told(Sentence("A few letters of a command"))
        picker = NamePicker(self.tr("Commands"), targets, self._window, may_create=False, hint=hint)
        picker.picked.connect(lambda number: self._do(rows[number].name))
        picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picker.open()

    def _target(self, number: int, row: ActionRow) -> Target:
        action: QAction = self._actions[row.name]
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        menu = plain(translated("actions", row.menu))
        return Target(number, plain(action.text()), keys, enabled=action.isEnabled(), also=menu)

    def _do(self, name: str) -> None:
        self._recent = [name, *(other for other in self._recent if other != name)]
        self._actions[name].trigger()


def _build(parts: Parts) -> Handlers:
    return {"actionPalette": Palette(parts.window, parts.actions).open}


FEATURE = Feature(
    "palette",
    _build,
    (
        ActionRow(
            HELP,
            12,
            "actionPalette",
            QT_TRANSLATE_NOOP("actions", "&Commands ..."),
            shortcut="Ctrl+K",
            tip=QT_TRANSLATE_NOOP("actions", "Find a command by a few letters of its name"),
        ),
    ),
)
