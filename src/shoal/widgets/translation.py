"""Words in tables: marked where they are written, translated where they are shown."""

from PySide6.QtCore import QCoreApplication


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # lupdate looks for this very name
    """Mark a text for translators and leave it as it is; Qt's own is typed as returning an object."""
    return text


def translated(context: str, text: str) -> str:
    return QCoreApplication.translate(context, text) if text else ""
