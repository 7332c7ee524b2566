"""The two most alike clusters side by side: one key merges them, one says never, one leaves them for now."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.fitting import resize_within_screen
from shoal.widgets.named import in_bold, named
from shoal.widgets.picture_sheet import PictureSheet

SHEET, SMALLEST_SHEET = 360, 240
"""Logical pixels of a side: as they come, and where the screen has no room for that."""


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One of the two clusters: its name, how many images, and some of them to look at."""

    name: str
    count: int
    images: Sequence[int]


class MergeDialog(QDialog):
    merge_chosen = Signal()
    never_chosen = Signal()
    skip_chosen = Signal()
    undo_requested = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("mergeQueue")
        self.setWindowTitle(self.tr("Merge the most alike"))
        self._titles = [QLabel(), QLabel()]
        self._sheets = [PictureSheet(thumbnails, SMALLEST_SHEET), PictureSheet(thumbnails, SMALLEST_SHEET)]
        self._question = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        in_bold(self._question)
        hint = QLabel(self.tr("Never is remembered. Ctrl+Z takes the last answer back."))
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setEnabled(False)
        self._held: QWidget | None = None
        self._buttons = [
            self._button(self.tr("&Merge (M)"), "mergeYes", "M", self.merge_chosen),
            self._button(self.tr("&Never (N)"), "mergeNever", "N", self.never_chosen),
            self._button(self.tr("&Later (L)"), "mergeLater", "L", self.skip_chosen),
        ]
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self).activated.connect(self.undo_requested)
        buttons = QHBoxLayout()
        for button in self._buttons:
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(self._sides(), 1)
        layout.addSpacing(8)
        layout.addWidget(self._question)
        layout.addLayout(buttons)
        layout.addWidget(hint)
        more = SHEET - SMALLEST_SHEET
        resize_within_screen(self, self.sizeHint() + QSize(2 * more, more))

    def _sides(self) -> QHBoxLayout:
        sides = QHBoxLayout()
        sides.setSpacing(24)
        for title, sheet in zip(self._titles, self._sheets, strict=True):
            title.setTextFormat(Qt.TextFormat.PlainText)
            in_bold(title)
            column = QVBoxLayout()
            column.addWidget(title)
            column.addWidget(sheet, 1)
            sides.addLayout(column)
        return sides

    def _button(self, label: str, name: str, key: str, signal: SignalInstance) -> QPushButton:
        button = named(QPushButton(label, self), name)
        button.clicked.connect(signal)
        QShortcut(QKeySequence(key), self).activated.connect(button.click)
        return button

    def show_pair(self, left: MergeSide, right: MergeSide, similarity: float, place: tuple[int, int]) -> None:
        """`place`: which of how many pairs it is."""
        for title, sheet, side in zip(self._titles, self._sheets, (left, right), strict=True):
            title.setText(f"{side.name}  ·  {side.count:,}")
            sheet.show_images(side.images)
        self.setWindowTitle(self.tr("Merge the most alike: {0} of {1}").format(*place))
        self._question.setText(self.tr("Are these the same? Their middles are {0} alike.").format(f"{similarity:.0%}"))
        for button in self._buttons:
            button.setEnabled(True)
        if self._held is not None:
            self._held.setFocus()
            self._held = None

    def show_search(self) -> None:
        """Nothing can be answered until the next pair is shown; then the button that had the focus has it again."""
        focus = self.focusWidget()
        self._held = focus if focus in self._buttons else self._held
        for title, sheet in zip(self._titles, self._sheets, strict=True):
            title.clear()
            sheet.show_images(())
        self.setWindowTitle(self.tr("Merge the most alike"))
        self._question.setText(self.tr("Looking for the clusters that are the most alike ..."))
        for button in self._buttons:
            button.setEnabled(False)
