"""How exported files are to be called: the template, what it may hold, and what the first name comes to."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from shoal.domain.name_templates import DEFAULT_TEMPLATE, FIELDS, LABEL_MEANS
from shoal.widgets.named import named
from shoal.widgets.translation import QT_TRANSLATE_NOOP, told, translated

PATTERNS = (
    DEFAULT_TEMPLATE,
    "{cluster}/{date}_{seq}_{name}",
    "{cluster}/{cluster}_{seq}",
    "{year}/{cluster}/{name}",
    "{cluster}_{name}",
)

_MEANINGS = {
    "cluster": QT_TRANSLATE_NOOP("fields", "Cluster"),
    "parent": QT_TRANSLATE_NOOP("fields", "Parent of the cluster"),
    "name": QT_TRANSLATE_NOOP("fields", "Name of the picture"),
    "stem": QT_TRANSLATE_NOOP("fields", "Name without extension"),
    "ext": QT_TRANSLATE_NOOP("fields", "Extension"),
    "date": QT_TRANSLATE_NOOP("fields", "Day it was taken"),
    "time": QT_TRANSLATE_NOOP("fields", "Time it was taken"),
    "year": QT_TRANSLATE_NOOP("fields", "Year"),
    "month": QT_TRANSLATE_NOOP("fields", "Month"),
    "day": QT_TRANSLATE_NOOP("fields", "Day of the month"),
    "seq": QT_TRANSLATE_NOOP("fields", "Number within the cluster"),
    "folder": QT_TRANSLATE_NOOP("fields", "Folder it came from"),
    "camera": QT_TRANSLATE_NOOP("fields", "Camera"),
    "stars": QT_TRANSLATE_NOOP("fields", "Stars"),
    "pick": QT_TRANSLATE_NOOP("fields", "Picked, rejected ..."),
    "label": QT_TRANSLATE_NOOP("fields", "Colour of its label"),
    "colour": QT_TRANSLATE_NOOP("fields", "Colour of its label"),
}


class TemplateField(QWidget):
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = named(QLineEdit(DEFAULT_TEMPLATE), "exportTemplate", self.tr("Names"))
        self._line.textChanged.connect(self.changed)
        self._button = named(QPushButton(self.tr("Insert")), "exportTemplateMenu")
        self._button.setToolTip(self.tr("Patterns to start from, and what can be put into a name"))
        self._button.setMenu(self._menu())
        self._example = named(QLabel(), "exportExample")
        self._example.setTextFormat(Qt.TextFormat.PlainText)
        self._example.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self._line, 1)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(row)
        column.addWidget(self._example)

    @property
    def template(self) -> str:
        return self._line.text()

    def show_example(self, first: str) -> None:
        """What the template makes of the first picture."""
        example = self.tr("For example {0}").format(first) if first else ""
        label = told(LABEL_MEANS) if "{label" in self.template else ""
        self._say("\n".join(filter(None, [example, label])), QPalette.ColorRole.PlaceholderText)

    def show_problem(self, sentence: str) -> None:
        """Why there is no name to show."""
        self._say(sentence, QPalette.ColorRole.BrightText)

    def _say(self, text: str, role: QPalette.ColorRole) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, palette.color(role))
        self._example.setPalette(palette)
        self._example.setText(text)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for pattern in PATTERNS:
            menu.addAction(pattern).triggered.connect(partial(self._line.setText, pattern))
        menu.addSeparator()
        for field in FIELDS:
            meaning = translated("fields", _MEANINGS[field])
            menu.addAction(f"{{{field}}}   {meaning}").triggered.connect(partial(self._line.insert, f"{{{field}}}"))
        return menu
