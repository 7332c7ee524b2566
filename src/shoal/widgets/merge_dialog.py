"""The two most alike clusters side by side: one key merges them, one says never, one leaves them for now."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPalette, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.fitting import fitted
from shoal.widgets.named import in_bold, named


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One of the two clusters: its name, how many images, and some of them to look at."""

    name: str
    count: int
    images: Sequence[int]


class PictureSheet(QWidget):
    """A few pictures in rows of three."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._images: Sequence[int] = ()
        thumbnails.arrived.connect(self.update)
        self.setMinimumSize(330, 330)

    def show_images(self, images: Sequence[int]) -> None:
        self._images = images[:9]
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        side = min(self.width(), self.height()) // 3
        for place, image in enumerate(self._images):
            box = QRect((place % 3) * side + 3, (place // 3) * side + 3, side - 6, side - 6)
            picture = self._thumbnails.pixmap(image)
            if picture is None or picture.isNull():
                painter.fillRect(box, self.palette().color(QPalette.ColorRole.AlternateBase))
            else:
                painter.drawPixmap(fitted(picture, box), picture)
        painter.end()


class MergeDialog(QDialog):
    merge_chosen = Signal()
    never_chosen = Signal()
    skip_chosen = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("mergeQueue")
        self.setWindowTitle(self.tr("Merge the most alike"))
        self._titles = [QLabel(), QLabel()]
        self._sheets = [PictureSheet(thumbnails), PictureSheet(thumbnails)]
        self._question = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        sides = QHBoxLayout()
        for title, sheet in zip(self._titles, self._sheets, strict=True):
            title.setTextFormat(Qt.TextFormat.PlainText)
            in_bold(title)
            column = QVBoxLayout()
            column.addWidget(title)
            column.addWidget(sheet, 1)
            sides.addLayout(column)
        buttons = QHBoxLayout()
        for label, name, key, signal in (
            (self.tr("&Merge (M)"), "mergeYes", "M", self.merge_chosen),
            (self.tr("&Never (N)"), "mergeNever", "N", self.never_chosen),
            (self.tr("&Later (L)"), "mergeLater", "L", self.skip_chosen),
        ):
            button = named(QPushButton(label), name)
            button.clicked.connect(signal)
            QShortcut(QKeySequence(key), self).activated.connect(button.click)
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(sides, 1)
        layout.addWidget(self._question)
        layout.addLayout(buttons)

    def show_pair(self, left: MergeSide, right: MergeSide, similarity: float) -> None:
        for title, sheet, side in zip(self._titles, self._sheets, (left, right), strict=True):
            title.setText(f"{side.name}  ·  {side.count:,}")
            sheet.show_images(side.images)
        self._question.setText(self.tr("Are these the same? Their middles are {0} alike.").format(f"{similarity:.0%}"))


class SplitDialog(QDialog):
    """A preview of a cluster in two, three or four parts."""

    def __init__(
        self, thumbnails: Thumbnails, name: str, offers: Sequence[Sequence[MergeSide]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("splitDialog")
        self.setWindowTitle(self.tr("Split {0}").format(name))
        self.parts = 0
        layout = QVBoxLayout(self)
        for offer in offers:
            row = QHBoxLayout()
            for side in offer:
                column, sheet = QVBoxLayout(), PictureSheet(thumbnails)
                sheet.setMinimumSize(120, 120)
                sheet.show_images(side.images)
                column.addWidget(sheet)
                column.addWidget(QLabel(f"{side.count:,}", alignment=Qt.AlignmentFlag.AlignHCenter))
                row.addLayout(column)
            button = named(QPushButton(self.tr("Split in {0}").format(len(offer))), f"splitIn{len(offer)}")
            button.clicked.connect(partial(self._choose, len(offer)))
            row.addStretch()
            row.addWidget(button)
            layout.addLayout(row)

    def _choose(self, parts: int, _checked: bool = False) -> None:
        self.parts = parts
        self.accept()
