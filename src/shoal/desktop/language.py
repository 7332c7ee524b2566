"""The window's language: English with its plurals, or one of the translations in `resources/i18n`."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from shoal.desktop.translation_file import compiled
from shoal.files.shipped import RESOURCE_FOLDERS
from shoal.qt.spoken_language import is_simplified_chinese

ENGLISH = "en"
CHINESE_FONTS = (
    "Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC",
    "WenQuanYi Micro Hei",
)  # fmt: skip
"""Of Windows, macOS and Linux. Left to itself, the system may take a Japanese font, whose characters differ."""


def speak(application: QCoreApplication, language: str) -> list[QTranslator]:
    """Install what `language` needs ("system", or a name such as zh_CN); returns it, for it must stay alive."""
    locale = QLocale.system() if language == "system" else QLocale(language)
    QLocale.setDefault(locale)
    _choose_fonts(locale)
    name = "zh_CN" if is_simplified_chinese(locale) else ENGLISH
    installed = [translator for translator in (_qts_own(name, application), _ours(name, application)) if translator]
    for translator in installed:
        application.installTranslator(translator)
    return installed


def _choose_fonts(locale: QLocale) -> None:
    """The system's own font first, and for what it lacks the first of ours that is there."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if is_simplified_chinese(locale):
        installed = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
        font.setFamilies([*font.families(), *(name for name in CHINESE_FONTS if name in installed)])
    QApplication.setFont(font)


def _qts_own(name: str, application: QCoreApplication) -> QTranslator | None:
    """Words for the buttons that Qt brings."""
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator if translator.load(f"qtbase_{name}", folder) else None


def _ours(name: str, application: QCoreApplication) -> QTranslator | None:
    files = (folder / "i18n" / f"shoal_{name}.ts" for folder in RESOURCE_FOLDERS)
    file = next((file for file in files if file.is_file()), None)
    return FromBytes(compiled(file), application) if file else None


class FromBytes(QTranslator):
    """Qt reads from the bytes themselves as long as it lives, so they live as long."""

    def __init__(self, content: bytes, parent: QCoreApplication) -> None:
        super().__init__(parent)
        self._content = content
        self.load(content)
