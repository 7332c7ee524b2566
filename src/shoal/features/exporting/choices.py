"""Boxes to be ticked in two columns, which scroll where the screen has no room for all of them."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QScrollArea, QStyle, QWidget

WIDE = 360
"""Logical pixels: a longer text has a row of its own."""

FEWEST_ROWS = 4
"""In view, however small the screen is."""


class _Scrolled(QScrollArea):
    """As high as what is in it, if there is room."""

    def sizeHint(self) -> QSize:
        inside = self.widget()
        return super().sizeHint() if inside is None else inside.sizeHint() + QSize(self._bar_width(), 0)

    def minimumSizeHint(self) -> QSize:
        row = self.fontMetrics().height() + self.style().pixelMetric(QStyle.PixelMetric.PM_LayoutVerticalSpacing)
        return QSize(self.sizeHint().width(), min(self.sizeHint().height(), FEWEST_ROWS * max(row, 1)))

    def _bar_width(self) -> int:
        return self.verticalScrollBar().sizeHint().width()


def in_two_columns(groups: Sequence[Sequence[QCheckBox]]) -> QWidget:
    """Each group begins in a row of its own."""
    inside = QWidget()
    grid = QGridLayout(inside)
    grid.setContentsMargins(0, 0, 0, 0)
    row = 0
    for boxes in groups:
        column = 0
        for box in boxes:
            wide = box.sizeHint().width() > WIDE
            if wide and column:
                row, column = row + 1, 0
            grid.addWidget(box, row, column, 1, 2 if wide else 1)
            row, column = (row + 1, 0) if wide or column else (row, 1)
        row += column
    area = _Scrolled()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area
