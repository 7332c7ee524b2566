"""What the user chooses about the program: settings, language, keys."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from shoal.features.settings.keys_dialog import KeysDialog
from shoal.features.settings.settings_dialog import SettingsDialog
from shoal.features.settings.shortcut_presets import keys_of
from shoal.features.settings.shortcuts_dialog import ShortcutsDialog
from shoal.looking.catalogue import ALGORITHMS, BACKENDS
from shoal.projects.workplace import Workplace
from shoal.setup.settings import Settings, save_settings
from shoal.setup.shortcuts import Shortcuts, load_shortcuts, save_shortcuts
from shoal.widgets.main_window import MainWindow
from shoal.widgets.translation import told

LANGUAGES = {"en": "English", "zh_CN": "\u7b80\u4f53\u4e2d\u6587"}
"""Each by its own name, whatever language the window speaks."""


class Preferences(QObject):
    look_chosen = Signal()
    """Something else is to be sorted from now on, or it is to be looked at in another way."""

    language_chosen = Signal()

    def __init__(self, window: MainWindow, workplace: Workplace) -> None:
        super().__init__(window)
        self._window, self._workplace = window, workplace
        self._shortcuts = load_shortcuts(workplace.locations.shortcuts_file)

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        return {"actionSettings": self._show_settings, "actionShortcuts": self._show_keys}

    def put_keys_on(self) -> None:
        """Once the window has its actions, and again when other keys were chosen."""
        self._window.set_keys(keys_of(self._shortcuts))

    def _show_settings(self) -> None:
        choices = {
            "models": [(spec.name, told(spec.label)) for spec in BACKENDS if not spec.takes_source],
            "algorithms": [(spec.name, told(spec.label)) for spec in ALGORITHMS],
            "looks": [
                ("whole", self.tr("Whole pictures")),
                ("main", self.tr("Pictures, by their main object")),
                ("every", self.tr("Every object by itself")),
            ],
            "languages": [("system", self.tr("As the system")), *LANGUAGES.items()],
        }
        dialog = SettingsDialog(self._workplace.settings, choices, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.settings_chosen.connect(self._take_settings)
        dialog.open()

    def _take_settings(self, settings: Settings) -> None:
        before = self._workplace.settings
        save_settings(self._workplace.locations.settings_file, settings)
        self._workplace.settings = settings
        if settings.text("language") != before.text("language"):
            self.language_chosen.emit()
        if (settings.objects, settings.int8) != (before.objects, before.int8):
            self.look_chosen.emit()

    def _show_keys(self) -> None:
        dialog = KeysDialog(keys_of(self._shortcuts), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.change_requested.connect(self._change_keys)
        dialog.open()

    def _change_keys(self) -> None:
        dialog = ShortcutsDialog(self._shortcuts, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.shortcuts_chosen.connect(self._take_shortcuts)
        dialog.open()

    def _take_shortcuts(self, shortcuts: Shortcuts) -> None:
        save_shortcuts(self._workplace.locations.shortcuts_file, shortcuts)
        self._shortcuts = shortcuts
        self.put_keys_on()
