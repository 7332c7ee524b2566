"""The pictures, with their order and size above them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QSlider, QToolBar, QToolButton, QVBoxLayout, QWidget

from shoal.widgets.grid_presenter import ORDERS, Order
from shoal.widgets.image_grid import LARGEST, SMALLEST, ImageGrid
from shoal.widgets.named import named
from shoal.widgets.no_wheel import without_wheel
from shoal.widgets.tool_bar import spring
from shoal.widgets.translation import translated

LONGEST = 200
"""Logical pixels for what is shown: a whole sentence would make the window wider."""


class GridSide(QWidget):
    order_chosen = Signal(object)
    """An `Order`, by hand."""

    others_let_go = Signal()
    """The pictures of the cards are to be shown again, in the place of those that were gathered or found."""

    def __init__(self, grid: ImageGrid) -> None:
        super().__init__()
        self.order_picker = named(QComboBox(), "orderPicker", self.tr("Order of the pictures"))
        for order, label in ORDERS:
            self.order_picker.addItem(translated("orders", label), order.value)
        self.order_picker.currentIndexChanged.connect(self._on_order)
        size = named(QSlider(Qt.Orientation.Horizontal), "sizeSlider", self.tr("Size of the pictures"))
        size.setRange(SMALLEST, LARGEST)
        size.setValue(grid.picture_size)
        size.setMaximumWidth(130)
        size.valueChanged.connect(grid.set_picture_size)
        grid.picture_size_changed.connect(size.setValue)
        without_wheel(self.order_picker, size)
        bar = QToolBar()
        self._others = named(QToolButton(), "otherPictures")
        self._others.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._others.clicked.connect(self.others_let_go)
        bar.addWidget(self.order_picker)
        self._others_place = bar.addWidget(self._others)
        self._others_place.setVisible(False)
        bar.addWidget(spring())
        bar.addWidget(size)
        column, self.bars = QVBoxLayout(self), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addLayout(self.bars)
        column.addWidget(grid, 1)

    def show_others(self, what: str) -> None:
        """What is shown in the place of the pictures of cards; nothing for those."""
        shown = self._others.fontMetrics().elidedText(what, Qt.TextElideMode.ElideRight, LONGEST)
        self._others.setText(f"{shown}  ✕")
        back = self.tr("Back to the pictures of the card")
        self._others.setToolTip(back if shown == what else f"{what}\n{back}")
        self._others_place.setVisible(bool(what))

    def show_order(self, order: Order | None, instead: str = "") -> None:
        """Which one the box says that they are in; in none of them, `instead` is read there."""
        self.order_picker.setPlaceholderText(instead)
        self.order_picker.blockSignals(True)
        self.order_picker.setCurrentIndex(-1 if order is None else self.order_picker.findData(order.value))
        self.order_picker.blockSignals(False)

    def _on_order(self, row: int) -> None:
        if row >= 0:
            self.order_chosen.emit(Order(self.order_picker.currentData()))
