"""One sentence across the window about what is open, until it is read: that it can only be looked at, for instance."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from shoal.widgets.named import named
from shoal.widgets.translation import told


class Notice(QWidget):
    """`said` may be emitted from any thread, with a sentence from below."""

    said = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
        self._text = named(QLabel(), "noticeText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setForegroundRole(QPalette.ColorRole.ToolTipText)
        self._text.setWordWrap(True)
        read = named(QPushButton(self.tr("Got it")), "noticeRead")
        read.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 10, 4)
        layout.addWidget(self._text, 1)
        layout.addWidget(read)
        self.said.connect(self._add, Qt.ConnectionType.QueuedConnection)
        self.hide()

    def _add(self, sentence: str) -> None:
        """Below what has not been read yet."""
        unread = self._text.text().splitlines() if not self.isHidden() else []
        self.show_text("\n".join(dict.fromkeys((*unread, told(sentence)))))

    def show_text(self, text: str) -> None:
        """Nothing hides it."""
        self._text.setText(text)
        self.setVisible(bool(text))
