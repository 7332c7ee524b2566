"""What the user chooses about the program."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from shoal.domain.sentence import Sentence
from shoal.features.settings.settings_dialog import SettingsDialog
from shoal.looking.catalogue import ALGORITHMS, BACKENDS
from shoal.projects.workplace import Workplace
from shoal.setup.settings import WINDOW, Setting, Settings, save_settings
from shoal.widgets.actions import FILE, ActionRow
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.theme import DARK, DARKER, LIGHT, SYSTEM, CurrentTheme
from shoal.widgets.translation import QT_TRANSLATE_NOOP, told

LANGUAGES = {"en": "English", "zh_CN": "\u7b80\u4f53\u4e2d\u6587"}
"""Each by its own name, whatever language the window speaks."""


class Preferences(QObject):
    """`look_again` and `speak_anew`: what follows when what is sorted, or the language, is another one."""

    def __init__(
        self,
        window: QWidget,
        workplace: Workplace,
        theme: CurrentTheme,
        look_again: Callable[[], None],
        speak_anew: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window, self._workplace, self._theme = window, workplace, theme
        self._look_again, self._speak_anew = look_again, speak_anew

    def show(self) -> None:
        choices = {
            "models": [(spec.name, told(spec.label)) for spec in BACKENDS if not spec.takes_source],
            "algorithms": [(spec.name, told(spec.label)) for spec in ALGORITHMS],
            "looks": [
                ("whole", self.tr("Whole pictures")),
                ("main", self.tr("Pictures, by their main object")),
                ("every", self.tr("Every object by itself")),
            ],
            "foci": [
                ("whole", self.tr("The whole picture")),
                ("subject", self.tr("The subject")),
                ("background", self.tr("The background")),
                ("colour", self.tr("The colours of the subject")),
            ],
            "sidecar_names": [
                ("", self.tr("Ask when the first one is written")),
                ("stem", self.tr("IMG_1.xmp (Lightroom, Capture One, Bridge)")),
                ("full", self.tr("IMG_1.JPG.xmp (darktable, digiKam)")),
            ],
            "themes": [
                (SYSTEM, self.tr("As the system")),
                (LIGHT.name, self.tr("Light")),
                (DARK.name, self.tr("Dark")),
                (DARKER.name, self.tr("Darker")),
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
        if settings.text("appearance") != before.text("appearance"):
            self._theme.wanted.emit(settings.text("appearance"))
        if settings.text("language") != before.text("language"):
            self._speak_anew()
        if (settings.objects, settings.int8, settings.focus) != (before.objects, before.int8, before.focus):
            self._look_again()


def _build(parts: Parts) -> Handlers:
    preferences = Preferences(parts.window, parts.workplace, parts.theme, parts.opener.reopen, parts.begin_anew)
    return {"actionSettings": preferences.show}


FEATURE = Feature(
    "settings",
    _build,
    (ActionRow(FILE, 30, "actionSettings", QT_TRANSLATE_NOOP("actions", "Se&ttings ..."), shortcut="Ctrl+,"),),
    settings=(
        Setting(
            "appearance",
            SYSTEM,
            Sentence("Appearance"),
            Sentence("Light or dark. Darker is for judging pictures: nothing else shines."),
            choices="themes",
            topic=WINDOW,
        ),
        Setting(
            "language",
            "system",
            Sentence("Language"),
            Sentence("The language of the window; it changes as soon as no work is going on."),
            choices="languages",
            topic=WINDOW,
        ),
    ),
)
