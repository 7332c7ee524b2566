"""Pictures that look like those just moved, the likeliest first, with where they are now."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.fitting import resize_within_screen
from shoal.widgets.named import in_bold, named
from shoal.widgets.picture_box_row import PictureRow, Tile

COLUMNS, ROWS, SIDE = 7, 5, 116
SHOWN = COLUMNS * ROWS
ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -COLUMNS, Qt.Key.Key_Down: COLUMNS}


class MoreDialog(QDialog):
    """Arrows, or a click, say down to where; Enter takes these. What comes after them is refused, all of it by N."""

    accepted_down_to = Signal(int)
    """How many of those shown are taken."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("moreDialog")
        self.setWindowTitle(self.tr("More like these"))
        self._tiles: Sequence[Tile] = ()
        self._taken = 0
        self._title = named(QLabel(), "moreTitle")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        in_bold(self._title)
        self._rows = [PictureRow(thumbnails, SIDE) for _ in range(ROWS)]
        self._rows[0].setAccessibleName(self.tr("The likeliest"))
        self._all = named(QPushButton(), "moreAccept")
        self._none = named(QPushButton(self.tr("&None of them (N)")), "moreNone")
        self._hint = QLabel(self.tr("Arrows say down to where. What is refused is not shown again. Esc: later."))
        self._hint.setEnabled(False)
        self._all.clicked.connect(lambda: self._take(self._taken))
        self._none.clicked.connect(lambda: self._take(0))
        foot = QHBoxLayout()
        foot.addWidget(self._hint, 1)
        foot.addWidget(self._none)
        foot.addWidget(self._all)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 16, 16, 16)
        self.body.addWidget(self._title)
        for row in self._rows:
            self.body.addWidget(row)
        self.body.addStretch(1)
        self.body.addLayout(foot)
        for button in (self._all, self._none):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        resize_within_screen(self, QSize(COLUMNS * (SIDE + 4) + 32, 640))

    def show_tiles(self, title: str, tiles: Sequence[Tile]) -> None:
        """Up to `SHOWN`; all of them are chosen to begin with."""
        self._title.setText(title)
        self._tiles = tiles[:SHOWN]
        self._mark(len(self._tiles))

    def _mark(self, taken: int) -> None:
        self._taken = max(0, min(taken, len(self._tiles)))
        for number, row in enumerate(self._rows):
            part = range(number * COLUMNS, min((number + 1) * COLUMNS, len(self._tiles)))
            tiles = [self._tiles[at] for at in part]
            row.show_tiles(
                [
                    Tile(tile.image, tile.note, dimmed=at >= self._taken, framed=at == self._taken - 1)
                    for at, tile in zip(part, tiles, strict=True)
                ]
            )
            row.setVisible(bool(tiles))
        everything = self._taken == len(self._tiles)
        self._all.setText(self._asks(everything).format(self._taken))
        self._all.setEnabled(self._taken > 0)

    def _asks(self, everything: bool) -> str:
        """What the button says; {0} is their number."""
        return self.tr("&Accept all ({0})") if everything else self.tr("&Accept down to here ({0})")

    def _take(self, count: int) -> None:
        self.accept()
        self.accepted_down_to.emit(count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ARROWS:
            self._mark(self._taken + ARROWS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._taken:
            self._take(self._taken)
        elif key == Qt.Key.Key_N:
            self._take(0)
        else:
            super().keyPressEvent(event)
