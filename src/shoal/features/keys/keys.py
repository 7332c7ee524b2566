"""Which keys do what: the list, and choosing others."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from shoal.features.keys.keys_dialog import KeysDialog
from shoal.features.keys.shortcut_presets import digits_mark, keys_of
from shoal.features.keys.shortcuts_dialog import ShortcutsDialog
from shoal.setup.shortcuts import Shortcuts, load_shortcuts, save_shortcuts
from shoal.widgets.actions import HELP, ActionRow, Actions
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP


class Keys(QObject):
    def __init__(self, window: QWidget, actions: Actions, file: Path) -> None:
        super().__init__(window)
        self._window, self._actions, self._file = window, actions, file
        self._shortcuts = load_shortcuts(file)
        self._put_on()

    def _put_on(self) -> None:
        self._actions.put_keys(keys_of(self._shortcuts, self._actions.rows))

    def show(self) -> None:
        dialog = KeysDialog(keys_of(self._shortcuts, self._actions.rows), self._actions.rows, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.change_requested.connect(self._change_keys)
        dialog.open()

    def _change_keys(self) -> None:
        dialog = ShortcutsDialog(self._shortcuts, self._actions.rows, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.shortcuts_chosen.connect(self._take_shortcuts)
        dialog.open()

    def _take_shortcuts(self, shortcuts: Shortcuts) -> None:
        save_shortcuts(self._file, shortcuts)
        other, self._shortcuts = shortcuts.preset != self._shortcuts.preset, shortcuts
        self._put_on()
        digits = self._actions["actionDigitsMark"]
        if other and digits.isChecked() != digits_mark(shortcuts.preset):
            digits.trigger()


def _build(parts: Parts) -> Handlers:
    return {"actionShortcuts": Keys(parts.window, parts.actions, parts.workplace.locations.shortcuts_file).show}


FEATURE = Feature(
    "keys",
    _build,
    (ActionRow(HELP, 11, "actionShortcuts", QT_TRANSLATE_NOOP("actions", "&Keys"), shortcut="?"),),
    page=10,
)
