"""Dark or light, and high contrast, as the system has it, and live when it changes."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from shoal.widgets.theme import OUTLINED, CurrentTheme, Theme, control_palette_of, palette_of, theme_for


class Looks(QObject):
    def __init__(self, window: QWidget, theme: CurrentTheme) -> None:
        super().__init__(window)
        self._theme = theme
        QApplication.setStyle("Fusion")
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._follow)
        self._hints.accessibility().contrastPreferenceChanged.connect(self._follow)
        self._follow()

    def wear(self, theme: Theme) -> None:
        QApplication.setPalette(palette_of(theme))
        for control in OUTLINED:
            QApplication.setPalette(control_palette_of(theme), control)  # type: ignore[arg-type]  # takes str, is said to take bytes
        self._theme.wear(theme)

    def _follow(self) -> None:
        self.wear(theme_for(self._hints.colorScheme(), self._hints.accessibility().contrastPreference()))
