"""After what classes are made: clusters of the project, a folder of examples, or words; and how sure it has to be."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from shoal.domain.classified import AskedClasses, words_in
from shoal.domain.grouping import ClusterId
from shoal.widgets.named import named

Offered = Sequence[tuple[ClusterId, str, int, bool]]
"""Each cluster with its name, how many of its pictures the user has put there, and whether it is meant."""


class ClassSources(QWidget):
    changed = Signal()

    def __init__(self, offered: Offered, words_known: str) -> None:
        """`words_known`: what is said about words that this model knows."""
        super().__init__()
        self._like_clusters = named(QRadioButton(self.tr("Like the pictures of these clusters")), "classesByClusters")
        self._like_folder = named(QRadioButton(self.tr("Like the pictures in a folder")), "classesByFolder")
        self._by_words = named(QRadioButton(self.tr("By words")), "classesByWords")
        self._list = named(QListWidget(), "classesClusters", self.tr("Clusters that are classes"))
        self._folder = named(QLineEdit(), "classesFolder", self.tr("A folder with a sub-folder for each class"))
        self._folder.setPlaceholderText(self._folder.accessibleName())
        self._choose = named(QPushButton(self.tr("Choose ...")), "classesChooseFolder")
        self._words = named(QLineEdit(), "classesWords", self.tr("Words for the classes, with commas between them"))
        self._words.setPlaceholderText(self.tr("dog, cat, bird"))
        self._words.setToolTip(words_known)
        self._right = named(QSpinBox(), "classesRight", self.tr("How often answers shall be right"))
        self._right.setRange(50, 99)
        self._right.setSuffix(" %")
        self._right.setValue(95)
        for one in offered:
            self._offer(*one)
        self._lay_out()
        (self._like_clusters if sum(one[3] for one in offered) > 1 else self._by_words).setChecked(True)
        self._connect()
        self._enable()

    @property
    def asked(self) -> AskedClasses:
        right = self._right.value() / 100
        if self._like_clusters.isChecked():
            items = (self._list.item(row) for row in range(self._list.count()))
            ticked = [one for one in items if one.checkState() is Qt.CheckState.Checked]
            clusters = tuple(ClusterId(one.data(Qt.ItemDataRole.UserRole)) for one in ticked)
            return AskedClasses(clusters=clusters, right=right)
        if self._like_folder.isChecked():
            text = self._folder.text().strip()
            return AskedClasses(folder=Path(text).absolute() if text else None, right=right)
        return AskedClasses(words=words_in(self._words.text()), right=right)

    def _offer(self, cluster: ClusterId, name: str, pinned: int, meant: bool) -> None:
        told = self.tr("%n picture(s) put there by you", "", pinned)
        item = QListWidgetItem(f"{name}  \u00b7  {told}" if pinned else name, self._list)
        item.setData(Qt.ItemDataRole.UserRole, int(cluster))
        item.setCheckState(Qt.CheckState.Checked if meant else Qt.CheckState.Unchecked)

    def _connect(self) -> None:
        for radio in (self._like_clusters, self._like_folder, self._by_words):
            radio.toggled.connect(self._on_changed)
        self._list.itemChanged.connect(self._on_changed)
        for line in (self._folder, self._words):
            line.textChanged.connect(self._on_changed)
        self._right.valueChanged.connect(self._on_changed)
        self._choose.clicked.connect(self._choose_folder)

    def _on_changed(self) -> None:
        self._enable()
        self.changed.emit()

    def _enable(self) -> None:
        self._list.setEnabled(self._like_clusters.isChecked())
        for widget in (self._folder, self._choose):
            widget.setEnabled(self._like_folder.isChecked())
        self._words.setEnabled(self._by_words.isChecked())
        self._right.setEnabled(not self._by_words.isChecked())

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self._folder.accessibleName())
        if folder:
            self._folder.setText(folder)

    def _lay_out(self) -> None:
        column, folder, form = QVBoxLayout(self), QHBoxLayout(), QFormLayout()
        column.setContentsMargins(0, 0, 0, 0)
        folder.addWidget(self._folder, 1)
        folder.addWidget(self._choose)
        form.addRow(self.tr("Answers shall be right"), self._right)
        column.addWidget(self._like_clusters)
        column.addWidget(self._list, 1)
        column.addWidget(self._like_folder)
        column.addLayout(folder)
        column.addWidget(self._by_words)
        column.addWidget(self._words)
        column.addLayout(form)
