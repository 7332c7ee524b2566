"""Words and sentences in the language of the window: marked where they are written, translated where they are shown."""

from PySide6.QtCore import QCoreApplication

from shoal.domain.sentence import Sentence

SENTENCES = "sentences"
"""The context under which translators find what is said by way of a `Sentence`."""


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Leave the text as it is. Qt's own is typed as returning an object; lupdate looks for this very name."""
    return text


def translated(context: str, text: str) -> str:
    return QCoreApplication.translate(context, text) if text else ""


def told(text: str) -> str:
    """What a room below says, in the language of the window. A plain text is tried as it is."""
    return text.told(_look_up) if isinstance(text, Sentence) else _look_up(text, -1)


def _look_up(template: str, count: int) -> str:
    return QCoreApplication.translate(SENTENCES, template, "", count) if template else ""
