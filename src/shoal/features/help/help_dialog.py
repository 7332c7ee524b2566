"""The guide: contents on the left, the pages on the right, a field to search them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from shoal.widgets.fitting import resize_within_screen
from shoal.widgets.named import named

PLACE = Qt.ItemDataRole.UserRole


class HelpDialog(QDialog):
    def __init__(self, pages: Sequence[Path], parent: QWidget) -> None:
        """`pages`, at least one: they are read as one, and lie in one folder, with their pictures."""
        super().__init__(parent)
        self.setObjectName("helpDialog")
        self.setWindowTitle(self.tr("Guide"))
        resize_within_screen(self, QSize(980, 700))
        self._page = named(QTextBrowser(), "helpPage", self.tr("Guide"))
        folder = pages[0].parent
        self._page.setSearchPaths([str(folder), str(folder.parent)])
        self._page.document().setDocumentMargin(20)
        self._page.setMarkdown("\n".join(page.read_text(encoding="utf-8") for page in pages))
        self._contents = named(QListWidget(), "helpContents", self.tr("Contents"))
        self._contents.currentItemChanged.connect(self._go_to)
        self._search = named(QLineEdit(), "helpSearch", self.tr("Search the guide"))
        self._search.setPlaceholderText(self.tr("Search the guide"))
        self._search.setClearButtonEnabled(True)
        self._search.textEdited.connect(self._find_first)
        self._search.returnPressed.connect(self._find_next)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(self._contents)
        sides.addWidget(self._page)
        sides.setSizes([200, 780])
        layout = QVBoxLayout(self)
        layout.addWidget(self._search)
        layout.addWidget(sides, 1)
        layout.addWidget(buttons)
        self._list_contents(self._page.document())

    def _list_contents(self, document: QTextDocument) -> None:
        """A row per heading below the title."""
        block: QTextBlock = document.begin()
        while block.isValid():
            if block.blockFormat().headingLevel() == 2:
                item = QListWidgetItem(block.text())
                item.setData(PLACE, block.position())
                self._contents.addItem(item)
            block = block.next()

    def _go_to(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            cursor = QTextCursor(self._page.document())
            cursor.setPosition(item.data(PLACE))
            top = self._page.document().documentLayout().blockBoundingRect(cursor.block()).top()
            self._page.verticalScrollBar().setValue(round(top) - 12)

    def _find_first(self) -> None:
        self._page.moveCursor(QTextCursor.MoveOperation.Start)
        self._find_next()

    def _find_next(self) -> None:
        """On to the next place, and from the last back to the first."""
        if not self._page.find(self._search.text()):
            self._page.moveCursor(QTextCursor.MoveOperation.Start)
            self._page.find(self._search.text())
