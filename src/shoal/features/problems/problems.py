"""The files that could not be read, each with its reason, and below them what nobody tried to read, kind by kind."""

from collections.abc import Sequence
from pathlib import Path

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
from shoal.domain.left_alone import LeftAlone, each_left
from shoal.widgets.named import named
from shoal.widgets.translation import told


class Problems(QWidget):
    retry_requested = Signal()
    reveal_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problems")
        self._paths: Sequence[Path | None] = ()
        self._table = named(QTableWidget(0, 3), "problemsTable", self.tr("Files that could not be read"))
        self._table.setHorizontalHeaderLabels([self.tr("File"), self.tr("Reason"), self.tr("Folder")])
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.itemSelectionChanged.connect(self._on_row)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setTabKeyNavigation(False)
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self._table.setWordWrap(False)
        self._table.setAlternatingRowColors(True)
        retry = named(QPushButton(self.tr("Try again")), "problemsRetry")
        retry.clicked.connect(self.retry_requested)
        self._reveal = named(QPushButton(self.tr("Show in file manager")), "problemsReveal")
        self._reveal.clicked.connect(self._on_reveal)
        buttons = QHBoxLayout()
        buttons.addWidget(retry)
        buttons.addWidget(self._reveal)
        buttons.addStretch()
        sentence = QLabel(
            self.tr(
                "These files could not be read, or only in part, or are of kinds that are not looked at. "
                "Everything else was sorted."
            )
        )
        sentence.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addWidget(sentence)
        layout.addWidget(self._table)
        layout.addLayout(buttons)

    def show_problems(self, skipped: Sequence[SkippedImage], left: LeftAlone) -> None:
        rows: list[tuple[str, str, Path | None]] = [(file.path.name, told(file.reason), file.path) for file in skipped]
        rows += [(told(name), told(why), path) for name, why, path in each_left(left)]
        self._paths = [path for _name, _reason, path in rows]
        self._table.setRowCount(len(rows))
        for row, (name, reason, path) in enumerate(rows):
            for column, text in enumerate((name, reason, str(path.parent) if path else "")):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                self._table.setItem(row, column, item)
        self._table.resizeColumnToContents(0)
        self._on_row()

    def _chosen(self) -> Path | None:
        """The place that the chosen row names, the first row where none is chosen; nothing for a kind of files."""
        row = next((index.row() for index in self._table.selectedIndexes()), 0)
        return self._paths[row] if row < len(self._paths) else None

    def _on_row(self) -> None:
        self._reveal.setEnabled(self._chosen() is not None)

    def _on_reveal(self) -> None:
        if path := self._chosen():
            self.reveal_requested.emit(path)
