"""The files that could not be read, each with its reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from shoal.domain.images import SkippedImage
from shoal.widgets.named import named
from shoal.widgets.translation import told


class Problems(QWidget):
    retry_requested = Signal()
    reveal_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problems")
        self._skipped: Sequence[SkippedImage] = ()
        self._table = named(QTableWidget(0, 3), "problemsTable", self.tr("Files that could not be read"))
        self._table.setHorizontalHeaderLabels([self.tr("File"), self.tr("Reason"), self.tr("Folder")])
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setTabKeyNavigation(False)
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self._table.setWordWrap(False)
        self._table.setAlternatingRowColors(True)
        retry = named(QPushButton(self.tr("Try again")), "problemsRetry")
        retry.clicked.connect(self.retry_requested)
        reveal = named(QPushButton(self.tr("Show in file manager")), "problemsReveal")
        reveal.clicked.connect(self._on_reveal)
        buttons = QHBoxLayout()
        buttons.addWidget(retry)
        buttons.addWidget(reveal)
        buttons.addStretch()
        sentence = QLabel(self.tr("These files could not be read, or only in part. Everything else was sorted."))
        sentence.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addWidget(sentence)
        layout.addWidget(self._table)
        layout.addLayout(buttons)

    def show_skipped(self, skipped: Sequence[SkippedImage]) -> None:
        self._skipped = skipped
        self._table.setRowCount(len(skipped))
        for row, one in enumerate(skipped):
            for column, text in enumerate((one.path.name, told(one.reason), str(one.path.parent))):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                self._table.setItem(row, column, item)
        self._table.resizeColumnToContents(0)

    def _on_reveal(self) -> None:
        rows = sorted({index.row() for index in self._table.selectedIndexes()}) or [0]
        if rows[0] < len(self._skipped):
            self.reveal_requested.emit(self._skipped[rows[0]].path)
