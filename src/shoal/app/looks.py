"""Dark or light, as the system has it, and live when it changes."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from shoal.desk.showing import Showing
from shoal.widgets.main_window import MainWindow
from shoal.widgets.map_presenter import MapPresenter
from shoal.widgets.theme import DARK, LIGHT, Theme, palette_of


class Looks(QObject):
    def __init__(self, window: MainWindow, map_presenter: MapPresenter, showing: Showing) -> None:
        super().__init__(window)
        self._map, self._showing = map_presenter, showing
        QApplication.setStyle("Fusion")
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_scheme)
        self._on_scheme(hints.colorScheme())

    def wear(self, theme: Theme) -> None:
        QApplication.setPalette(palette_of(theme))
        self._map.set_theme(theme)
        self._showing.set_theme(theme)

    def _on_scheme(self, scheme: Qt.ColorScheme) -> None:
        self.wear(DARK if scheme == Qt.ColorScheme.Dark else LIGHT)
