"""Stars, flag and label of one picture, to be seen and given with the mouse."""

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from shoal.domain.marks import MOST_STARS, PICK_ACCEPTED, PICK_REJECTED
from shoal.domain.verdicts import COLOUR, FLAG, STARS, Verdict
from shoal.widgets.named import named
from shoal.widgets.translation import translated
from shoal.widgets.verdict_paint import COLOUR_NAMES, paint_flag, paint_label

_SIDE = 16
_OFFERED = (1, 3, 4, 5, 6)
"""The labels that all programs know."""


class VerdictBar(QWidget):
    given = Signal(int, int)
    """STARS, FLAG or COLOUR, and the value. What is there already is taken away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("verdictBar")
        self._verdict: Verdict = (0, 0, 0)
        self._buttons: dict[tuple[int, int], QToolButton] = {}
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self._button(FLAG, PICK_ACCEPTED, self.tr("Pick")))
        above.addWidget(self._button(FLAG, PICK_REJECTED, self.tr("Reject")))
        for stars in range(1, MOST_STARS + 1):
            above.addWidget(self._button(STARS, stars, self.tr("%n star(s)", "", stars)))
        for colour in _OFFERED:
            below.addWidget(self._button(COLOUR, colour, translated("labels", COLOUR_NAMES[colour - 1])))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        for row in (above, below):
            row.setSpacing(0)
            row.addStretch(1)
            rows.addLayout(row)
        rows.setSpacing(0)
        self.show_verdict((0, 0, 0))

    def show_verdict(self, verdict: Verdict) -> None:
        self._verdict = verdict
        for (column, value), button in self._buttons.items():
            lit = verdict[STARS] >= value if column == STARS else verdict[column] == value
            button.setChecked(lit)
            if column == STARS:
                button.setText("★" if lit else "☆")

    def _button(self, column: int, value: int, name: str) -> QToolButton:
        button = named(QToolButton(autoRaise=True), f"verdict{column}_{value}", name)
        button.setCheckable(column != STARS)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setIconSize(QSize(_SIDE, _SIDE))
        if column != STARS:
            button.setIcon(_icon(column, value))
        button.clicked.connect(partial(self._give, column, value))
        self._buttons[column, value] = button
        return button

    def _give(self, column: int, value: int, _on: bool = False) -> None:
        self.given.emit(column, 0 if self._verdict[column] == value else value)
        self.show_verdict(self._verdict)


def _icon(column: int, value: int) -> QIcon:
    pixmap = QPixmap(_SIDE * 2, _SIDE * 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    if column == FLAG:
        paint_flag(painter, QRectF(2, 2, 2 * _SIDE - 4, 2 * _SIDE - 4), value)
    else:
        paint_label(painter, QPointF(_SIDE, _SIDE), _SIDE * 0.7, value)
    painter.end()
    return QIcon(pixmap)
