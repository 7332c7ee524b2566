"""The list of models, family by family, with what choosing one costs: a download, or how quick it was here."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

MOST_ROWS, FEWEST_LETTERS = 24, 14
COST = "  ·  "
"""Between what a model is called and what choosing it costs."""


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """`detail` stands behind the label, such as "103 MB" or "14 a second"; `tip` says what the model is good for."""

    name: str
    label: str
    family: str
    detail: str = ""
    tip: str = ""


class ModelPicker(QComboBox):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(MOST_ROWS)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(FEWEST_LETTERS)
        self.currentIndexChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Room for all of the chosen model's name; what it costs stands in the list."""
        option = self._option()
        metrics = option.fontMetrics
        letters = QSize(metrics.horizontalAdvance(option.currentText) + 8, metrics.height() + 4)
        hint = self.style().sizeFromContents(QStyle.ContentsType.CT_ComboBox, option, letters, self)
        return hint.expandedTo(super().sizeHint())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), self._option()
        box = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        elide = Qt.TextElideMode.ElideRight
        option.currentText = option.fontMetrics.elidedText(option.currentText, elide, box.width() - 4)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def _option(self) -> QStyleOptionComboBox:
        """As the closed box is drawn."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.currentText().partition(COST)[0]
        return option

    @property
    def model_name(self) -> str:
        """What is chosen, as after --model."""
        return str(self.currentData())

    def entries(self) -> dict[str, str]:
        """All that can be chosen: name and label."""
        rows = range(self.count())
        return {self.itemData(row): self.itemText(row) for row in rows if self.itemData(row) is not None}

    def label_of(self, name: str) -> str:
        """Without what choosing it would cost."""
        return self.entries().get(name, name).partition(COST)[0]

    def show_entries(self, entries: Sequence[ModelEntry]) -> None:
        """What is chosen stays chosen, and files that were offered stay in the list."""
        chosen, known = self.currentData(), {entry.name for entry in entries}
        offered = [ModelEntry(name, label, "") for name, label in self.entries().items() if name not in known]
        self.clear()
        family = ""
        for entry in (*entries, *offered):
            if entry.family not in ("", family):
                self._add_head(entry.family)
                family = entry.family
            self.addItem(f"{entry.label}{COST}{entry.detail}" if entry.detail else entry.label, entry.name)
            self.setItemData(self.count() - 1, entry.tip, Qt.ItemDataRole.ToolTipRole)
        self.choose(str(chosen))

    def choose(self, name: str) -> None:
        """A name that is not in the list chooses the first that is."""
        first = next((row for row in range(self.count()) if self.itemData(row) is not None), 0)
        found = self.findData(name)
        self.setCurrentIndex(found if found >= 0 else first)

    def offer(self, name: str, label: str) -> None:
        """Choose a model that may not be in the list yet (a file that was dropped)."""
        if self.findData(name) < 0:
            self.addItem(label, name)
        self.choose(name)

    def _add_head(self, family: str) -> None:
        """A line that cannot be chosen."""
        self.addItem(family)
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        head = model.item(self.count() - 1)
        head.setEnabled(False)
        font = head.font()
        font.setBold(True)
        head.setFont(font)
