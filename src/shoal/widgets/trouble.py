"""Bad news: two sentences when the world is not as hoped, a report to copy when we are wrong."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QMessageBox, QPlainTextEdit, QVBoxLayout, QWidget

from shoal.widgets.named import named
from shoal.widgets.translation import told


def show_trouble(parent: QWidget, summary: str, remedy: str) -> None:
    """What happened and what to do about it, in plain English from below; does not wait for the answer."""
    box = named(QMessageBox(parent), "trouble")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Shoal")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(told(summary))
    box.setInformativeText(told(remedy))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


class CrashDialog(QDialog):
    """Something is wrong with the program itself. What the user did is in the project file already."""

    def __init__(self, report: str, log_file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crashDialog")
        self.setWindowTitle(self.tr("Shoal made a mistake"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 420)
        sentence = QLabel(
            self.tr("Something in Shoal is broken. Your pictures and everything you did are safe.\n"
                    "If you report it, please copy the text below; it is also in {0}.").format(log_file)
        )  # fmt: skip
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setWordWrap(True)
        text = named(QPlainTextEdit(report), "crashReport", self.tr("Report"))
        text.setReadOnly(True)
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("Copy report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("crashCopy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(sentence)
        layout.addWidget(text, 1)
        layout.addWidget(buttons)
