"""What was done just now, in a few words, with the way back in the same line. It covers little, and not for long."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from shoal.widgets.named import in_bold, named
from shoal.widgets.translation import told

MILLISECONDS_TO_READ = 10_000
ROUNDNESS, GAP = 6, 8


class NoticeBar(QWidget):
    """A child of the window, over the lower edge of `above`. It never takes the focus."""

    def __init__(self, window: QWidget, above: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("noticeBar")
        self._window, self._above = window, above
        self._back: Callable[[], object] | None = None
        self._text = named(QLabel(), "noticeSaid")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._undo = named(QPushButton(), "noticeUndo")
        self._undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._undo.setFlat(True)
        self._undo.setCursor(Qt.CursorShape.PointingHandCursor)
        in_bold(self._undo)
        self._undo.clicked.connect(self._go_back)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GAP, GAP // 2, GAP, GAP // 2)
        layout.addWidget(self._text)
        layout.addWidget(self._undo)
        self._time = QTimer(self, singleShot=True, interval=MILLISECONDS_TO_READ)
        self._time.timeout.connect(self.hide)
        above.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What can be read now; nothing while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(self, sentence: str, verb: str = "", back: Callable[[], object] | None = None) -> None:
        """Until the next one, or until there was time to read it. `back` is done by a button called `verb`."""
        self._back = back
        self._dress()
        self._text.setText(told(sentence))
        self._undo.setText(verb)
        self._undo.setVisible(back is not None)
        self._place()
        self.show()
        self.raise_()
        self._time.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Who points at it is still reading."""
        super().enterEvent(event)
        self._time.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._time.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dark on a light window and light on a dark one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._window.palette().color(QPalette.ColorRole.Text))
        painter.drawRoundedRect(self.rect(), ROUNDNESS, ROUNDNESS)
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._above and event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._place()
        return False

    def _dress(self) -> None:
        base = self._window.palette().color(QPalette.ColorRole.Base)
        accent = self._window.palette().color(QPalette.ColorRole.Highlight)
        for widget, colour in ((self._text, base), (self._undo, _seen_on_opposite(accent, base))):
            palette = widget.palette()
            for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText, QPalette.ColorRole.Text):
                palette.setColor(role, colour)
            widget.setPalette(palette)

    def _place(self) -> None:
        corner = self._above.mapTo(self._window, self._above.rect().bottomLeft())
        widest = max(self._above.width() - 2 * GAP, 0)
        self.resize(min(self.sizeHint().width(), widest), self.sizeHint().height())
        self.move(corner.x() + (self._above.width() - self.width()) // 2, corner.y() - self.height() - GAP)

    def _go_back(self) -> None:
        back, self._back = self._back, None
        self.hide()
        if back is not None:
            back()


def _seen_on_opposite(accent: QColor, base: QColor) -> QColor:
    """The accent, as light or dark as it has to be beside the letters, which have the colour `base`."""
    return accent.lighter(165) if base.lightness() > 127 else accent.darker(165)
