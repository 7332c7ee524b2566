"""Which Shoal this is, where the next one comes from, and whose work it stands on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shoal.widgets.named import in_bold, named
from shoal.widgets.theme import TITLE

ICON = 96


class AboutDialog(QDialog):
    def __init__(self, version: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(self.tr("About Shoal"))
        icon = QLabel()
        icon.setPixmap(QGuiApplication.windowIcon().pixmap(ICON, ICON))
        title = named(QLabel(f"Shoal {version}"), "aboutVersion")
        in_bold(title, TITLE)
        words = QVBoxLayout()
        words.setSpacing(12)
        words.addWidget(title)
        for text in (
            self.tr("Sorts folders of pictures by what is in them, on this computer and nowhere else."),
            self.tr("Shoal never looks for updates by itself. The next version comes from where you got this one; what "
                    "is new in it stands in its CHANGELOG."),
            self.tr("Free software under the AGPL, version 3 or later. It stands on Qt, NumPy, Pillow, ONNX Runtime, "
                    "scikit-learn, UMAP, faiss, igraph and LibRaw."),
        ):  # fmt: skip
            paragraph = QLabel(text)
            paragraph.setWordWrap(True)
            paragraph.setMinimumWidth(380)
            paragraph.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(paragraph)
        words.addStretch()
        side = QHBoxLayout()
        side.setSpacing(24)
        side.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        side.addLayout(words, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.addLayout(side)
        layout.addWidget(buttons)
