"""The first page: one place to drop a folder, what was open before, and sample pictures to try."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from shoal.features.recent.recent_card import RecentCard, RecentProject
from shoal.widgets.named import in_bold, named
from shoal.widgets.theme import RING, TITLE, UNIT

WIDTH = 620
ICON = 72


class DropTarget(QFrame):
    """A dashed frame that lights up while something is carried over the window."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "dropTarget")
        self._lit = False

    @property
    def lit(self) -> bool:
        return self._lit

    def light(self, on: bool) -> None:
        self._lit = on
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        line = accent if self._lit else self.palette().color(QPalette.ColorRole.Mid)
        ground = QColor(accent)
        ground.setAlphaF(0.12 if self._lit else 0)
        painter.setBrush(ground if self._lit else self.palette().color(QPalette.ColorRole.Base))
        painter.setPen(QPen(line, RING, Qt.PenStyle.SolidLine if self._lit else Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), UNIT, UNIT)


class Welcome(QScrollArea):
    """Scrolls where the window is too small for all of it."""

    open_requested = Signal()
    recent_chosen = Signal(int)
    """The place in the list that was shown last."""

    sample_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAccessibleName(self.tr("First page"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self._target = DropTarget()
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        column = QWidget()
        column.setFixedWidth(WIDTH)
        inside = QVBoxLayout(column)
        inside.setSpacing(2 * UNIT)
        inside.addStretch()
        inside.addWidget(self._target)
        inside.addLayout(self._recent)
        inside.addStretch()
        page = QWidget()
        row = QHBoxLayout(page)
        row.addStretch()
        row.addWidget(column)
        row.addStretch()
        self.setWidget(page)
        self._fill_target()

    def light_up(self, on: bool) -> None:
        """While something that can be opened hovers over the window."""
        self._target.light(on)

    def show_recent(self, projects: Sequence[RecentProject]) -> None:
        """What was open before, newest first. Shown anew, the keys stay where they were."""
        before = self.findChildren(RecentCard)
        at = next((place for place, card in enumerate(before) if card.hasFocus()), -1)
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        if projects:
            self._recent.addWidget(QLabel(self.tr("Open again")))
        for place, project in enumerate(projects):
            card = RecentCard(project)
            card.clicked.connect(lambda _on=False, place=place: self.recent_chosen.emit(place))
            self._recent.addWidget(card)
            if place == at:
                card.show()  # only what is seen takes the keys
                card.setFocus()

    def _fill_target(self) -> None:
        centre = Qt.AlignmentFlag.AlignCenter
        icon = QLabel(alignment=centre)
        icon.setPixmap(QGuiApplication.windowIcon().pixmap(ICON, ICON))
        headline = QLabel(self.tr("Drop a folder of pictures here"), alignment=centre)
        in_bold(headline, TITLE)
        promise = QLabel(
            self.tr("Everything stays on this computer: no account, no upload.\nYour originals are never changed."),
            alignment=centre,
        )
        promise.setWordWrap(True)
        open_button = named(QPushButton(self.tr("Open folder ...")), "welcomeOpen")
        open_button.setDefault(True)
        open_button.clicked.connect(self.open_requested)
        sample = named(QPushButton(self.tr("Try it with sample pictures")), "welcomeSample")
        sample.clicked.connect(self.sample_requested)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(open_button)
        buttons.addWidget(sample)
        buttons.addStretch()
        inside = QVBoxLayout(self._target)
        inside.setContentsMargins(5 * UNIT, 4 * UNIT, 5 * UNIT, 4 * UNIT)
        inside.setSpacing(2 * UNIT)
        for widget in (icon, headline, promise):
            inside.addWidget(widget)
        inside.addLayout(buttons)
