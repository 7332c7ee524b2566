"""The window's language: English with its plurals, or one of the translations in `resources/i18n`."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from shoal.embedding.weight_files import RESOURCE_FOLDERS

ENGLISH = "en"


def speak(application: QCoreApplication, language: str) -> list[QTranslator]:
    """Install what `language` needs ("system", or a name such as zh_CN); returns it, for it must stay alive."""
    locale = QLocale.system() if language == "system" else QLocale(language)
    QLocale.setDefault(locale)
    installed = []
    for name, folder in _wanted(locale):
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
            installed.append(translator)
    return installed


def _wanted(locale: QLocale) -> list[tuple[str, str]]:
    """Ours for the language, or English, and Qt's own words for the buttons it brings."""
    folder = next((str(one / "i18n") for one in RESOURCE_FOLDERS if (one / "i18n").is_dir()), "")
    chinese = locale.language() == QLocale.Language.Chinese and locale.script() != QLocale.Script.TraditionalHanScript
    name = "zh_CN" if chinese else ENGLISH
    return [
        (f"qtbase_{name}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (f"shoal_{name}", folder),
    ]
