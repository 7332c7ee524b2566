"""Light, dark or darker as the user has chosen, or as the system has it, live when either changes."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from shoal.widgets.style_sheet import style_sheet_of
from shoal.widgets.theme import OUTLINED, SYSTEM, CurrentTheme, Theme, control_palette_of, palette_of, theme_for

SHEET = "QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }"


def prepare(appearance: str = SYSTEM) -> None:
    """Style, font and colours of all widgets, best before there are any: each of these has every widget that there is
    look itself up anew, which takes longer than building the window.

    `appearance`: the name of a theme, or SYSTEM. What is so already is left as it is.
    """
    application = _application()
    if application.styleSheet() != SHEET:
        QApplication.setStyle("Fusion")
        QApplication.setFont(with_even_figures(QApplication.font()))
        for effect in (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateTooltip,
                       Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_FadeTooltip):  # fmt: skip
            QApplication.setEffectEnabled(effect, False)
        application.setStyleSheet(SHEET)
    _colour(theme_now(appearance))


def theme_now(appearance: str) -> Theme:
    """The one that the user wants, or else as the system has it."""
    hints = QGuiApplication.styleHints()
    return theme_for(hints.colorScheme(), hints.accessibility().contrastPreference(), appearance)


def _colour(theme: Theme) -> None:
    if _application().property("theme") != theme.name:
        QApplication.setPalette(palette_of(theme))
        for control in OUTLINED:
            QApplication.setPalette(control_palette_of(theme), control)  # type: ignore[arg-type]  # takes str, is said to take bytes
        _application().setProperty("theme", theme.name)


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application


class Looks(QObject):
    def __init__(self, window: QMainWindow, theme: CurrentTheme, appearance: str = SYSTEM) -> None:
        """`appearance`: the name of a theme, or SYSTEM."""
        super().__init__(window)
        self._window, self._theme, self._wanted = window, theme, appearance
        prepare(appearance)
        window.setAnimated(False)
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._follow)
        self._hints.accessibility().contrastPreferenceChanged.connect(self._follow)
        theme.wanted.connect(self.want)
        self._follow()

    def want(self, appearance: str) -> None:
        self._wanted = appearance
        self._follow()

    def wear(self, theme: Theme) -> None:
        _colour(theme)
        self._window.setStyleSheet(style_sheet_of(theme))
        self._theme.wear(theme)

    def _follow(self) -> None:
        self.wear(theme_now(self._wanted))


def with_even_figures(font: QFont) -> QFont:
    """Figures of one width: numbers that change or stand below one another keep their place."""
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
