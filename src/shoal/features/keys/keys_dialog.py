"""All keys at a glance, as they are now."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from shoal.widgets.actions import MENUS, ActionRow, plain
from shoal.widgets.fitting import resize_within_screen
from shoal.widgets.named import in_bold, named
from shoal.widgets.theme import UNIT
from shoal.widgets.translation import translated

KEYS_WIDE = 15 * UNIT
"""Logical pixels for the keys: what they do begins at one line in all sections."""

Line = tuple[str, str]
"""Keys, and what they do."""


class KeysDialog(QDialog):
    change_requested = Signal()

    def __init__(self, keys: Mapping[str, str], rows: Sequence[ActionRow], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keysDialog")
        self.setWindowTitle(self.tr("Keys"))
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._page(keys, rows))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        change = buttons.addButton(self.tr("Change keys ..."), QDialogButtonBox.ButtonRole.ActionRole)
        named(change, "keysChange")
        change.clicked.connect(self._change)
        layout = QVBoxLayout(self)
        layout.addWidget(area)
        layout.addWidget(buttons)
        resize_within_screen(self, QSize(860, 720))

    def _page(self, keys: Mapping[str, str], rows: Sequence[ActionRow]) -> QWidget:
        """Two columns of about the same height; what is long goes on in a second line, so that nothing is cut off."""
        page = QWidget()
        row = QHBoxLayout(page)
        row.setSpacing(5 * UNIT)
        columns, heights = (QVBoxLayout(), QVBoxLayout()), [0, 0]
        sections = [
            (plain(translated("actions", menu)), _lines([row for row in rows if row.menu == menu], keys))
            for menu in MENUS
        ]
        sections.append((self.tr("In the pictures and on the map"), self._gestures()))
        for title, lines in sections:
            shorter = heights.index(min(heights))
            columns[shorter].addWidget(_section(title, lines))
            heights[shorter] += len(lines) + 2
        for column in columns:
            column.addStretch(1)
            row.addLayout(column, 1)
        return page

    def _gestures(self) -> list[Line]:
        return [
            (self.tr("Space"), self.tr("Look at the picture large; arrows go on")),
            ("1-9", self.tr("Send the selection to the cluster with that key")),
            (self.tr("Ctrl + 1-9"), self.tr("Give the chosen card that key, for good")),
            ("0-9", self.tr("With Digits give stars and labels: stars to 5, then red, yellow, green, blue")),
            (self.tr("Shift + a mark"), self.tr("Give it and go on to the next picture")),
            (self.tr("Shift, Alt + drag"), self.tr("Add to the selection, take away from it")),
            (self.tr("Ctrl + wheel"), self.tr("Size of the pictures")),
            (self.tr("Wheel, middle button"), self.tr("Zoom and move the map")),
        ]

    def _change(self) -> None:
        self.accept()
        self.change_requested.emit()


def _lines(rows: Sequence[ActionRow], keys: Mapping[str, str]) -> list[Line]:
    native = QKeySequence.SequenceFormat.NativeText
    return [
        (QKeySequence(keys[row.name]).toString(native), plain(translated("actions", row.text)))
        for row in rows
        if keys[row.name]
    ]


def _section(title: str, lines: list[Line]) -> QWidget:
    section = QWidget()
    grid = QGridLayout(section)
    grid.setContentsMargins(0, 0, 0, 12)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, KEYS_WIDE)
    heading = QLabel(title)
    in_bold(heading)
    grid.addWidget(heading, 0, 0, 1, 2)
    for row, (keys, meaning) in enumerate(lines, 1):
        label = QLabel(keys)
        in_bold(label)
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        told = QLabel(meaning)
        told.setWordWrap(True)
        grid.addWidget(told, row, 1, Qt.AlignmentFlag.AlignTop)
    return section
