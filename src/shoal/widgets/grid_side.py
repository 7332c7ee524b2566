"""The pictures, with their order and size above them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSlider, QToolBar, QVBoxLayout, QWidget

from shoal.widgets.grid_presenter import ORDERS
from shoal.widgets.image_grid import LARGEST, SMALLEST, ImageGrid
from shoal.widgets.named import named
from shoal.widgets.no_wheel import without_wheel
from shoal.widgets.tool_bar import spring
from shoal.widgets.translation import translated


class GridSide(QWidget):
    def __init__(self, grid: ImageGrid) -> None:
        super().__init__()
        self.order_picker = named(QComboBox(), "orderPicker", self.tr("Order of the pictures"))
        for order, label in ORDERS:
            self.order_picker.addItem(translated("orders", label), order.value)
        size = named(QSlider(Qt.Orientation.Horizontal), "sizeSlider", self.tr("Size of the pictures"))
        size.setRange(SMALLEST, LARGEST)
        size.setValue(grid.picture_size)
        size.setMaximumWidth(130)
        size.valueChanged.connect(grid.set_picture_size)
        grid.picture_size_changed.connect(size.setValue)
        without_wheel(self.order_picker, size)
        bar = QToolBar()
        bar.addWidget(self.order_picker)
        bar.addWidget(spring())
        bar.addWidget(size)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(grid, 1)
