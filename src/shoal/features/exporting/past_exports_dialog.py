"""What was exported before, also in earlier sessions: to look at, to go on with, or to take back."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from shoal.domain.export_journal import ExportHeader
from shoal.widgets.named import named
from shoal.widgets.translation import QT_TRANSLATE_NOOP, translated

_WHAT = {
    "copy": QT_TRANSLATE_NOOP("past exports", "Copied"),
    "move": QT_TRANSLATE_NOOP("past exports", "Moved"),
    "hardlink": QT_TRANSLATE_NOOP("past exports", "Hard links"),
    "symlink": QT_TRANSLATE_NOOP("past exports", "Symbolic links"),
    "reflink": QT_TRANSLATE_NOOP("past exports", "Clones"),
}
_CUT_OUT = QT_TRANSLATE_NOOP("past exports", "Objects, cut out")
_THROWN_AWAY = QT_TRANSLATE_NOOP("past exports", "Duplicates, to the trash")


class PastExports(QDialog):
    show_chosen = Signal(object)
    resume_chosen = Signal(object)
    undo_chosen = Signal(object)
    """Each carries the `ExportHeader`."""

    def __init__(self, exports: Sequence[tuple[ExportHeader, bool]], parent: QWidget) -> None:
        """`exports`: each with whether it was cut off and waits to be finished."""
        super().__init__(parent)
        self.setObjectName("pastExports")
        self.setWindowTitle(self.tr("Past exports"))
        self.resize(720, 380)
        self._exports = exports
        self._buttons: dict[str, QPushButton] = {}
        layout = QVBoxLayout(self)
        if not exports:
            layout.addWidget(QLabel(self.tr("Nothing has been exported yet.")), 1, Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self._listing(), 1)
        layout.addWidget(self._choices())
        self._table.setVisible(bool(exports))
        self._on_row()

    def _listing(self) -> QTableWidget:
        table = self._table = named(QTableWidget(len(self._exports), 4), "pastExportsTable", self.tr("Past exports"))
        table.setHorizontalHeaderLabels([self.tr("When"), self.tr("To"), self.tr("How"), self.tr("State")])
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        for row, (header, cut_off) in enumerate(self._exports):
            seconds = int(datetime.fromisoformat(header.made_at).timestamp())
            when = QLocale().toString(QDateTime.fromSecsSinceEpoch(seconds), QLocale.FormatType.ShortFormat)
            state = self.tr("interrupted") if cut_off else self.tr("complete")
            for column, text in enumerate((when, str(header.root), _what(header), state)):
                table.setItem(row, column, QTableWidgetItem(text))
        table.resizeColumnsToContents()
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.itemSelectionChanged.connect(self._on_row)
        table.selectRow(0)
        return table

    def _choices(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.rejected.connect(self.reject)
        for name, text, signal in (
            ("pastShow", self.tr("Show the folder"), self.show_chosen),
            ("pastResume", self.tr("Go on with it"), self.resume_chosen),
            ("pastUndo", self.tr("Take it back"), self.undo_chosen),
        ):
            button = self._buttons[name] = box.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
            button.setObjectName(name)
            button.clicked.connect(lambda _on=False, signal=signal: signal.emit(self._chosen()))
        for name in ("pastResume", "pastUndo"):
            self._buttons[name].clicked.connect(self.accept)
        return box

    def _chosen(self) -> ExportHeader:
        return self._exports[self._table.currentRow()][0]

    def _on_row(self) -> None:
        row = self._table.currentRow()
        is_chosen = 0 <= row < len(self._exports)
        for name, button in self._buttons.items():
            button.setEnabled(is_chosen and (name != "pastResume" or self._exports[row][1]))


def _what(header: ExportHeader) -> str:
    special = (_CUT_OUT if header.crops else "") or (_THROWN_AWAY if header.trash else "")
    return translated("past exports", special or _WHAT[header.action])
