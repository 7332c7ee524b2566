"""One doubtful picture, and beside it the clusters where it may belong, as pictures under digits."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette, QPixmap, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.fitting import fitted, resize_within_screen
from shoal.widgets.named import in_bold, named
from shoal.widgets.picture_box_row import PictureRow, Tile

TARGETS = 5
FACE, SMALLER_FACE, SMALL = 76, 44, 26
LOW = 700
"""Logical pixels: on a screen that is no higher, the faces of the targets are smaller."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class TargetShown:
    """A cluster where the picture may belong; `home`: it is there now."""

    name: str
    count: int
    faces: Sequence[int]
    home: bool


@dataclass(frozen=True, slots=True)
class DoubtShown:
    image: int
    caption: str
    targets: Sequence[TargetShown]
    page: Sequence[Tile]
    left: str
    sure: str
    learnt: str = ""


class LargePicture(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 240)

    @property
    def empty(self) -> bool:
        return self._picture.isNull()

    def show_picture(self, picture: QPixmap) -> None:
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, 480)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.AlternateBase))
        if not self._picture.isNull():
            painter.drawPixmap(fitted(self._picture, QRect(self.rect())), self._picture)
        painter.end()


class DoubtfulDialog(QDialog):
    """Enter takes the first target, a digit another; M asks for any by name, Backspace means Unsorted.

    Left and Right go through the page without judging, Ctrl+Z takes the last judgement back, Escape ends.
    """

    taken = Signal(int)
    name_requested = Signal()
    unsorted_chosen = Signal()
    step_requested = Signal(int)
    undo_requested = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("doubtful")
        self.setWindowTitle(self.tr("Doubtful pictures"))
        self._thumbnails, self._image = thumbnails, -1
        self._left, self._sure = named(QLabel(), "doubtfulLeft"), named(QLabel(), "doubtfulSure")
        in_bold(self._sure)
        self._picture = named(LargePicture(), "doubtfulPicture", self.tr("Where does this picture belong?"))
        self._caption = QLabel()
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._names = [named(QLabel(), f"doubtfulTarget{place}") for place in range(1, TARGETS + 1)]
        self._face = SMALLER_FACE if self.screen().availableSize().height() < LOW else FACE
        self._rows = [PictureRow(thumbnails, self._face) for _ in self._names]
        self._page = named(PictureRow(thumbnails, SMALL), "doubtfulPage", self.tr("This page"))
        self._learnt = named(QLabel(), "doubtfulLearnt")
        self._learnt.setWordWrap(True)
        self._learnt.setEnabled(False)
        self._learnt.setToolTip(
            self.tr(
                "Half of what you put somewhere is held back, the other half teaches: so many more find their "
                "cluster with it than without. What does not help is off."
            )
        )
        hint = QLabel(self.tr("Enter, 1-5: it belongs there. M: by name. Backspace: Unsorted. Esc: stop."))
        hint.setEnabled(False)
        self._lay_out(hint)
        QShortcut(QKeySequence.StandardKey.Undo, self).activated.connect(self.undo_requested)
        thumbnails.arrived.connect(self._show_thumbnail)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _lay_out(self, hint: QLabel) -> None:
        head, targets, middle = QHBoxLayout(), QGridLayout(), QHBoxLayout()
        head.addWidget(self._left, 1)
        head.addWidget(self._sure)
        targets.setVerticalSpacing(4)
        for place, (name, row) in enumerate(zip(self._names, self._rows, strict=True)):
            name.setTextFormat(Qt.TextFormat.PlainText)
            row.setFixedWidth(4 * (self._face + 4))
            targets.addWidget(name, 2 * place, 0)
            targets.addWidget(row, 2 * place + 1, 0)
        targets.setRowStretch(2 * TARGETS, 1)
        left = QVBoxLayout()
        left.addWidget(self._picture, 1)
        left.addWidget(self._caption)
        middle.setSpacing(24)
        middle.addLayout(left, 1)
        middle.addLayout(targets)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(middle, 1)
        layout.addWidget(self._page)
        layout.addWidget(self._learnt)
        layout.addWidget(hint)
        resize_within_screen(self, QSize(1040, 680))

    def show_doubt(self, shown: DoubtShown) -> None:
        self._image = shown.image
        self._left.setText(shown.left)
        self._sure.setText(shown.sure)
        self._learnt.setText(shown.learnt)
        self._caption.setText(shown.caption)
        self._page.show_tiles(shown.page)
        for place, (label, row) in enumerate(zip(self._names, self._rows, strict=True)):
            target = shown.targets[place] if place < len(shown.targets) else None
            label.setText("" if target is None else self._line(place + 1, target))
            row.show_tiles([] if target is None else [Tile(face) for face in target.faces])
        self._picture.show_picture(QPixmap())
        self._show_thumbnail()

    def _line(self, digit: int, target: TargetShown) -> str:
        line = f"{digit}   {target.name}  ·  {target.count:,}"
        if target.home:
            line += "  ·  " + self.tr("here now")
        return line + ("   ⏎" if digit == 1 else "")

    def show_picture(self, image: int, picture: QImage) -> None:
        if image == self._image and not picture.isNull():
            self._picture.show_picture(QPixmap.fromImage(picture))

    def _show_thumbnail(self, *_arrived: object) -> None:
        """Until the large one is there."""
        small = self._thumbnails.pixmap(self._image) if self._image >= 0 else None
        if small is not None and self._picture.empty:
            self._picture.show_picture(small)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, digit = Qt.Key(event.key()), event.key() - Qt.Key.Key_0
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in _ENTER:
            self.taken.emit(0)
        elif 1 <= digit <= TARGETS:
            self.taken.emit(digit - 1)
        elif key == Qt.Key.Key_M:
            self.name_requested.emit()
        elif key == Qt.Key.Key_Backspace:
            self.unsorted_chosen.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step_requested.emit(1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)
