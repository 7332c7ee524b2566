"""The window's language: English with its plurals, or one of the translations in `resources/i18n`."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from shoal.embedding.weight_files import RESOURCE_FOLDERS

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
    installed = []
    for name, folder in _wanted(locale):
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
            installed.append(translator)
    return installed


def _choose_fonts(locale: QLocale) -> None:
    """The system's own font first, and for what it lacks the first of ours that is there."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if _is_simplified_chinese(locale):
        there = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
        font.setFamilies([*font.families(), *(name for name in CHINESE_FONTS if name in there)])
    QApplication.setFont(font)


def _is_simplified_chinese(locale: QLocale) -> bool:
    return locale.language() == QLocale.Language.Chinese and locale.script() != QLocale.Script.TraditionalHanScript


def _wanted(locale: QLocale) -> list[tuple[str, str]]:
    """Ours for the language, or English, and Qt's own words for the buttons it brings."""
    folder = next((str(one / "i18n") for one in RESOURCE_FOLDERS if (one / "i18n").is_dir()), "")
    name = "zh_CN" if _is_simplified_chinese(locale) else ENGLISH
    return [
        (f"qtbase_{name}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (f"shoal_{name}", folder),
    ]
