"""Which of the languages that the program speaks a locale stands for."""

from PySide6.QtCore import QLocale


def is_simplified_chinese(locale: QLocale) -> bool:
    return locale.language() == QLocale.Language.Chinese and locale.script() != QLocale.Script.TraditionalHanScript
