"""The words that clusters may be called by: typed, pasted, or read from a text file."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from shoal.domain.errors import UserFacingError
from shoal.projects.naming import read_words
from shoal.widgets.named import named
from shoal.widgets.trouble import show_trouble


class WordListDialog(QDialog):
    """`words_chosen` carries the text, a word or several a line."""

    words_chosen = Signal(str)

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("wordListDialog")
        self.setWindowTitle(self.tr("Name clusters from a word list"))
        about = QLabel(
            self.tr(
                "One name a line, in English. A cluster gets the word that fits its pictures best, if most agree; names"
                " that you gave stay. One undo takes all of it back."
            )
        )
        about.setWordWrap(True)
        self._words = named(QPlainTextEdit(words), "wordList", self.tr("Words, one a line"))
        self._words.setPlaceholderText(self.tr("shoe\nhandbag\nred dress"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        load = named(QPushButton(self.tr("&Load a file ...")), "wordListLoad")
        self._go = named(QPushButton(self.tr("&Name")), "wordListGo")
        buttons.addButton(load, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self._go, QDialogButtonBox.ButtonRole.AcceptRole)
        load.clicked.connect(self._load)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        self._words.textChanged.connect(self._on_words)
        layout = QVBoxLayout(self)
        for widget in (about, self._words, buttons):
            layout.addWidget(widget)
        self.resize(440, 420)
        self._on_words()

    def _on_words(self) -> None:
        self._go.setEnabled(bool(self._words.toPlainText().strip()))

    def _load(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, self.tr("A list of words"), "", "*.txt (*.txt);;* (*)")
        if chosen:
            self.read_file(Path(chosen))

    def read_file(self, path: Path) -> None:
        try:
            self._words.setPlainText("\n".join(read_words(path)))
        except UserFacingError as error:
            show_trouble(self, error.summary, error.remedy)

    def _accept(self) -> None:
        words = self._words.toPlainText()
        self.accept()
        self.words_chosen.emit(words)
