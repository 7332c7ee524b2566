"""Results under names, as a part of the recipe's page: keep the one of now, choose one to compare or to go back to."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from shoal.domain.runs import RunFacts
from shoal.widgets.named import in_bold, named

_MOST_ROWS = 6


class RunsBox(QWidget):
    kept = Signal(str)
    """The name to keep the result of now under."""

    compared = Signal(str)
    gone_back = Signal(str)
    deleted = Signal(str)
    renamed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("runsBox")
        heading = QLabel(self.tr("Results under names"))
        in_bold(heading)
        self.name = named(QLineEdit(), "runName", self.tr("Name to keep this result under"))
        self.name.setPlaceholderText(self.tr("Name for this result"))
        self._keep = named(QPushButton(self.tr("Keep")), "runKeep")
        self._list = named(QListWidget(), "runsList", self.tr("Results that are kept"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setToolTip(self.tr("Enter compares, F2 renames, Delete deletes"))
        self._compare = named(QPushButton(self.tr("Compare ...")), "runCompare")
        self._back = named(QPushButton(self.tr("Go back to it")), "runBack")
        self._delete = named(QPushButton(self.tr("Delete")), "runDelete")
        self._usable = False
        grid = QGridLayout()
        grid.addWidget(self.name, 0, 0, 1, 2)
        grid.addWidget(self._keep, 0, 2)
        for place, button in enumerate((self._compare, self._back, self._delete)):
            grid.addWidget(button, 2, place)
        grid.addWidget(self._list, 1, 0, 1, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(heading)
        column.addLayout(grid)
        self._connect()
        self.show_runs(())

    def show_runs(self, runs: Sequence[RunFacts]) -> None:
        """The last one kept on top."""
        chosen = self._chosen()
        self._list.blockSignals(True)
        self._list.clear()
        for one in reversed(runs):
            item = QListWidgetItem(one.name, self._list)
            item.setData(Qt.ItemDataRole.UserRole, one.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setToolTip(self._told(one))
            if one.name == chosen:
                self._list.setCurrentItem(item)
        self._list.blockSignals(False)
        rows = min(max(len(runs), 1), _MOST_ROWS)
        self._list.setFixedHeight(rows * max(self._list.sizeHintForRow(0), 22) + 8)
        self._list.setVisible(bool(runs))
        self._on_chosen()

    def set_usable(self, usable: bool) -> None:
        """Whether something may be changed: the project is open, sorted, and not only looked at."""
        self._usable = usable
        self.name.setEnabled(usable)
        self._on_chosen()

    def choose(self, name: str) -> None:
        for row in range(self._list.count()):
            if self._list.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self._list.setCurrentRow(row)

    def _connect(self) -> None:
        self._keep.clicked.connect(self._on_keep)
        self.name.returnPressed.connect(self._keep.click)
        self._list.currentItemChanged.connect(lambda *_items: self._on_chosen())
        self._list.itemActivated.connect(lambda item: self.compared.emit(item.data(Qt.ItemDataRole.UserRole)))
        self._list.itemChanged.connect(self._on_renamed)
        for button, signal in ((self._compare, self.compared), (self._back, self.gone_back)):
            button.clicked.connect(lambda _on=False, signal=signal: signal.emit(self._chosen()))
        self._delete.clicked.connect(lambda: self.deleted.emit(self._chosen()))
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self._list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._delete.click)

    def _on_keep(self) -> None:
        if self._usable:
            self.kept.emit(self.name.text())

    def _on_chosen(self) -> None:
        there = bool(self._chosen())
        self._keep.setEnabled(self._usable)
        self._compare.setEnabled(there)
        self._back.setEnabled(there and self._usable)
        self._delete.setEnabled(there and self._usable)
        for button in (self._compare, self._back, self._delete):
            button.setVisible(self._list.count() > 0)

    def _on_renamed(self, item: QListWidgetItem) -> None:
        before = item.data(Qt.ItemDataRole.UserRole)
        if item.text() != before:
            self.renamed.emit(before, item.text())

    def _chosen(self) -> str:
        item = self._list.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def _told(self, one: RunFacts) -> str:
        clusters = self.tr("%n cluster(s)", "", one.clusters)
        pictures = self.tr("%n picture(s)", "", one.pictures)
        when = one.kept[:16].replace("T", " ")
        return "  ·  ".join(filter(None, (when, pictures, clusters, one.made.model.rpartition("/")[2])))
