"""Dark or light, and high contrast, as the system has it, and live when it changes."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from shoal.features.browsing.showing import Showing
from shoal.widgets.main_window import MainWindow
from shoal.widgets.map_presenter import MapPresenter
from shoal.widgets.theme import OUTLINED, Theme, control_palette_of, palette_of, theme_for


class Looks(QObject):
    def __init__(self, window: MainWindow, map_presenter: MapPresenter, showing: Showing) -> None:
        super().__init__(window)
        self._map, self._showing = map_presenter, showing
        QApplication.setStyle("Fusion")
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._follow)
        self._hints.accessibility().contrastPreferenceChanged.connect(self._follow)
        self._follow()

    def wear(self, theme: Theme) -> None:
        QApplication.setPalette(palette_of(theme))
        for control in OUTLINED:
            QApplication.setPalette(control_palette_of(theme), control)  # type: ignore[arg-type]  # takes str, is said to take bytes
        self._map.set_theme(theme)
        self._showing.set_theme(theme)

    def _follow(self) -> None:
        self.wear(theme_for(self._hints.colorScheme(), self._hints.accessibility().contrastPreference()))
