"""The ways in which a cluster can be split, each as pictures of what would come of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.named import named
from shoal.widgets.picture_sheet import PictureSheet

SHEET = 132


@dataclass(frozen=True, slots=True)
class Part:
    """How many images, and some of them to look at."""

    count: int
    images: Sequence[int]


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to split; `name` is what its button is found by."""

    name: str
    label: str
    parts: Sequence[Part]


class SplitDialog(QDialog):
    def __init__(self, thumbnails: Thumbnails, cluster: str, offers: Sequence[Offer], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("splitDialog")
        self.setWindowTitle(self.tr("Split {0}").format(cluster))
        self.chosen = ""
        rows = QGridLayout()
        rows.setVerticalSpacing(18)
        rows.setHorizontalSpacing(24)
        for row, offer in enumerate(offers):
            rows.addLayout(_row(offer.parts, thumbnails), row, 0, Qt.AlignmentFlag.AlignLeft)
            button = named(QPushButton(offer.label), offer.name)
            button.clicked.connect(partial(self._choose, offer.name))
            rows.addWidget(button, row, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(rows)
        layout.addWidget(buttons)

    def _choose(self, name: str, _checked: bool = False) -> None:
        self.chosen = name
        self.accept()


def _row(parts: Sequence[Part], thumbnails: Thumbnails) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(14)
    for part in parts:
        column, sheet = QVBoxLayout(), PictureSheet(thumbnails, SHEET)
        sheet.setFixedSize(SHEET, SHEET)
        sheet.show_images(part.images)
        column.addWidget(sheet)
        column.addWidget(QLabel(f"{part.count:,}", alignment=Qt.AlignmentFlag.AlignHCenter))
        row.addLayout(column)
    return row
