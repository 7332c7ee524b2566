"""Same or not? One pair after the other, those first whose answer tells most."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from shoal.widgets.named import named

SIDE = 320


class QuestionDialog(QDialog):
    answered = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("questionDialog")
        self.setWindowTitle(self.tr("Same or not?"))
        self._sides = named(QLabel(), "firstPicture"), named(QLabel(), "otherPicture")
        self._names = QLabel(), QLabel()
        self._count = QLabel()
        column, pictures, buttons = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        for side, name in zip(self._sides, self._names, strict=True):
            side.setFixedSize(SIDE, SIDE)
            side.setAlignment(Qt.AlignmentFlag.AlignCenter)
            name.setTextFormat(Qt.TextFormat.PlainText)
            name.setMaximumWidth(SIDE)
            place = QVBoxLayout()
            place.addWidget(side)
            place.addWidget(name)
            pictures.addLayout(place)
        same = named(QPushButton(self.tr("The same picture (Y)")), "sameButton")
        other = named(QPushButton(self.tr("Two pictures (N)")), "otherButton")
        same.clicked.connect(lambda: self.answered.emit(True))
        other.clicked.connect(lambda: self.answered.emit(False))
        for widget in (self._count, same, other):
            buttons.addWidget(widget)
        column.addWidget(QLabel(self.tr("Is one of these made from the other?")))
        column.addLayout(pictures)
        column.addLayout(buttons)

    def ask(self, number: int, of: int, pictures: tuple[QPixmap, QPixmap], names: tuple[str, str]) -> None:
        for side, label, picture, name in zip(self._sides, self._names, pictures, names, strict=True):
            size, keep = side.size(), Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            side.setPixmap(picture if picture.isNull() else picture.scaled(size, keep, smooth))
            label.setText(name)
        self._count.setText(self.tr("{0} of {1}").format(number, of))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Y, Qt.Key.Key_N):
            self.answered.emit(event.key() == Qt.Key.Key_Y)
        else:
            super().keyPressEvent(event)
