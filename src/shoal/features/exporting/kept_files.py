"""What stays when an export is taken back, each file with its reason, and whether it shall go to the trash."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from shoal.domain.images import SkippedImage
from shoal.widgets.named import named
from shoal.widgets.translation import told


class KeptFiles(QDialog):
    trash_chosen = Signal()

    def __init__(self, folder: Path, kept: Sequence[SkippedImage], trashable: int, parent: QWidget) -> None:
        """`trashable`: how many of them may go; the others stay whatever the answer is."""
        super().__init__(parent)
        self.setObjectName("keptFiles")
        self.setWindowTitle(self.tr("Taken back, but for these"))
        self.resize(720, 360)
        heading = QLabel(self.tr("%n file(s) stay in {0}:", "", len(kept)).format(folder))
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setWordWrap(True)
        asked = self.tr("%n of them are copies that can go to the trash, from where you can bring them back.", "",
                        trashable)  # fmt: skip
        question = QLabel(asked)
        question.setWordWrap(True)
        buttons = QDialogButtonBox(self)
        trash = buttons.addButton(self.tr("Move these to the trash"), QDialogButtonBox.ButtonRole.AcceptRole)
        leave = buttons.addButton(self.tr("Leave them"), QDialogButtonBox.ButtonRole.RejectRole)
        trash.setObjectName("keptTrash")
        leave.setObjectName("keptLeave")
        trash.setAutoDefault(False)
        leave.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(self.trash_chosen)
        layout = QVBoxLayout(self)
        for widget in (heading, self._table(folder, kept), question, buttons):
            layout.addWidget(widget)

    def _table(self, folder: Path, kept: Sequence[SkippedImage]) -> QTableWidget:
        table = named(QTableWidget(len(kept), 2), "keptTable", self.tr("Files that stay"))
        table.setHorizontalHeaderLabels([self.tr("File"), self.tr("Why")])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        for row, file in enumerate(kept):
            path = file.path.relative_to(folder) if file.path.is_relative_to(folder) else file.path
            for column, text in enumerate((str(path), told(file.reason))):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(row, column, item)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        return table
