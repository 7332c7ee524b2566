"""Words in tables: marked where they are written, translated where they are shown."""

from PySide6.QtCore import QCoreApplication

from shoal.domain.marked_text import QT_TRANSLATE_NOOP

__all__ = ["QT_TRANSLATE_NOOP", "translated"]


def translated(context: str, text: str) -> str:
    return QCoreApplication.translate(context, text) if text else ""
