"""The list of models: three in plain words, and below *More* all others, family by family, each with what it costs.

A model costs a download, or how quick it was here is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QListView, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

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


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OPENING = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
)  # fmt: skip

MORE = "more"
"""The data of the row that shows all other rows."""


class ModelPicker(QComboBox):
    """`plain` entries come first; the others are in the list all the same, unseen until somebody wants more."""

    picked = Signal()
    """By hand."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shows_all, self._first_of_more = False, 0
        self.view().viewport().installEventFilter(self)
        self.view().installEventFilter(self)
        self.setMaxVisibleItems(MOST_ROWS)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(FEWEST_LETTERS)
        self.currentIndexChanged.connect(self.updateGeometry)
        self.currentIndexChanged.connect(self.changed)
        self.activated.connect(self.picked)

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

    @property
    def is_empty(self) -> bool:
        """While the list is made, nothing is chosen."""
        return self.currentData() is None

    def entries(self) -> dict[str, str]:
        """All that can be chosen: name and label."""
        rows = range(self.count())
        return {self.itemData(row): self.itemText(row) for row in rows if self.itemData(row) not in (None, MORE)}

    def label_of(self, name: str) -> str:
        """Without what choosing it would cost."""
        return self.entries().get(name, name).partition(COST)[0]

    def show_entries(self, entries: Sequence[ModelEntry], plain: Sequence[ModelEntry] = ()) -> None:
        """What is chosen stays chosen, and files that were offered stay in the list, and in sight."""
        chosen, names = self.currentData(), {entry.name for entry in (*plain, *entries)}
        offered = [ModelEntry(name, label, "") for name, label in self.entries().items() if name not in names]
        self.clear()
        for entry in (*plain, *offered):
            self._add(entry)
        seen = self.count()
        if plain:
            self.addItem(self.tr("More ..."), MORE)
        family, first = "", {entry.name for entry in plain}
        for entry in (entry for entry in entries if entry.name not in first):
            if entry.family not in ("", family):
                self._add_head(entry.family)
                family = entry.family
            self._add(entry)
        self._first_of_more = seen + 1 if plain else self.count()
        self._show_all(self._shows_all)
        self.choose(str(chosen))

    def _add(self, entry: ModelEntry) -> None:
        self.addItem(f"{entry.label}{COST}{entry.detail}" if entry.detail else entry.label, entry.name)
        self.setItemData(self.count() - 1, entry.tip, Qt.ItemDataRole.ToolTipRole)

    def _show_all(self, shown: bool) -> None:
        """In place of the row that asks for it."""
        self._shows_all = shown
        view = self.view()
        if isinstance(view, QListView) and self._first_of_more < self.count():
            view.setRowHidden(self._first_of_more - 1, shown)
            for row in range(self._first_of_more, self.count()):
                view.setRowHidden(row, not shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on *More*, or Enter there, shows all and leaves the list open."""
        released = event.type() == QEvent.Type.MouseButtonRelease
        entered = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER
        if (released or entered) and self.view().currentIndex().data(Qt.ItemDataRole.UserRole) == MORE:
            self._show_all(True)
            self.showPopup()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """To choose a model is dear: keys open the list, and only a choice there counts."""
        if event.key() in _OPENING or event.text().strip():
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def choose(self, name: str) -> None:
        """A name that is not in the list chooses the first that is."""
        first = next((row for row in range(self.count()) if self.itemData(row) is not None), 0)
        row = self.findData(name)
        self.setCurrentIndex(row if row >= 0 else first)

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
