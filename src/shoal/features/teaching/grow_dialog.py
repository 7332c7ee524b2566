"""Thousands of pictures that look like those just moved: where it stops is found by a few looks into the ranking."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from shoal.domain.bisection import Bisection
from shoal.features.teaching.more_dialog import ARROWS, MoreDialog
from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.named import named
from shoal.widgets.theme import HALF, LINE, UNIT


class RankingBar(QWidget):
    """All that is offered, the likeliest on the left: what is right, what is open, and where one looks now."""

    def __init__(self) -> None:
        super().__init__()
        self._state = Bisection.of(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, state: Bisection) -> None:
        self._state = state
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(20 * UNIT, UNIT + 2 * HALF)

    def paintEvent(self, _event: QPaintEvent) -> None:
        state, palette = self._state, self.palette()
        painter = QPainter(self)
        whole = QRectF(0, HALF, self.width(), UNIT)
        painter.fillRect(whole, palette.color(QPalette.ColorRole.AlternateBase))
        if state.count:
            painter.fillRect(self._part(0, state.right), palette.color(QPalette.ColorRole.Highlight))
            painter.fillRect(self._part(state.right, state.wrong), palette.color(QPalette.ColorRole.Mid))
        if not state.is_found:
            here = self._part(state.shown.start, state.shown.stop).adjusted(0, -HALF, 0, HALF)
            here.setWidth(max(here.width(), float(HALF)))
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            painter.drawRect(here.adjusted(0, 0, -LINE, -LINE))
        painter.end()

    def _part(self, start: int, stop: int) -> QRectF:
        scale = self.width() / self._state.count
        return QRectF(start * scale, HALF, (stop - start) * scale, UNIT)


class GrowDialog(MoreDialog):
    """Enter: all of these are right, and it is asked farther down. N: none is, and it is asked farther up. Arrows say
    where it stops. Backspace takes an answer back. When it is known where it stops, Enter takes all before that."""

    back_requested = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(thumbnails, parent)
        self.setObjectName("growDialog")
        self._state = Bisection.of(0, 1)
        self._bar = named(RankingBar(), "growBar", self.tr("The likeliest first"))
        self.body.insertWidget(1, self._bar)
        self._hint.setText(
            self.tr("Enter goes on, N goes back, arrows say where it stops. Backspace: one answer back. Esc: nothing.")
        )

    def show_state(self, state: Bisection) -> None:
        self._state = state
        self._bar.show_state(state)
        self._none.setText(self.tr("&Nothing (N)") if state.is_found else self.tr("&None of them (N)"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self.back_requested.emit()
        elif not (self._state.is_found and event.key() in ARROWS):
            super().keyPressEvent(event)

    def _take(self, count: int) -> None:
        """It stays open for the next look."""
        self.accepted_down_to.emit(count)

    def _asks(self, everything: bool) -> str:
        if self._state.is_found:
            return self.tr("&Move all {0}").format(f"{self._state.right:,}")
        return self.tr("&Yes, all of them ({0})") if everything else self.tr("It stops &here ({0})")
