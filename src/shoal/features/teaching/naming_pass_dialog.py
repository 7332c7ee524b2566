"""One cluster at a time: five pictures of it that differ, what it may be called, and a field for another name."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget

from shoal.domain.grouping import LONGEST_NAME
from shoal.domain.name_search import found_names
from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.fitting import resize_within_screen
from shoal.widgets.named import in_bold, named
from shoal.widgets.picture_box_row import PictureRow, Tile

FACE = 168
MOST_SHOWN = 5
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NamingPassDialog(QDialog):
    """Enter takes the offer, or the name that was typed (one there is, if the letters begin one); Escape skips.

    Digits set the part below that face apart, as long as nothing is typed. Ctrl+Enter: just what was typed.
    """

    named_so = Signal(str)
    set_apart = Signal(int)
    skipped = Signal()
    undo_requested = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("namingPass")
        self.setWindowTitle(self.tr("Naming pass"))
        self._names: Sequence[str] = ()
        self._offer, self._parts = "", 0
        self._title, self._left = named(QLabel(), "namingPassTitle"), named(QLabel(), "namingPassLeft")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        in_bold(self._title)
        self._faces = named(PictureRow(thumbnails, FACE), "namingPassFaces", self.tr("Five pictures that differ"))
        self._field = named(QLineEdit(), "namingPassField", self.tr("Name of this cluster"))
        self._field.setMaxLength(LONGEST_NAME)
        self._field.textChanged.connect(self._find)
        self._field.installEventFilter(self)
        self._list = named(QListWidget(), "namingPassList", self.tr("Names there are"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.itemClicked.connect(lambda _item: self._take())
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        self._hint.setEnabled(False)
        self._lay_out()

    def _lay_out(self) -> None:
        done = named(QPushButton(self.tr("Done")), "namingPassDone")
        done.setAutoDefault(False)
        done.clicked.connect(self.accept)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._left)
        foot.addWidget(self._hint, 1)
        foot.addWidget(done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._faces)
        layout.addWidget(self._field)
        layout.addWidget(self._list, 1)
        layout.addLayout(foot)
        resize_within_screen(self, QSize(5 * (FACE + 8) + 32, FACE + 260))

    def show_cluster(self, title: str, left: str, offer: str, tiles: Sequence[Tile], names: Sequence[str]) -> None:
        """`names`: those there are already, the likeliest first."""
        self._offer, self._names, self._parts = offer, names, len(tiles)
        self._title.setText(title)
        self._left.setText(left)
        self._faces.show_tiles(tiles)
        self._hint.setText(
            self.tr("Enter takes the name, Esc skips. 1-5 sets what is like that face apart. Ctrl+Z takes back.")
        )
        self._field.setPlaceholderText(
            self.tr("Enter: {0}").format(offer) if offer else self.tr("Type a name; one there is: its first letters")
        )
        self._field.clear()
        self._find("")
        self._field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._field or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        return self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        digit = key - Qt.Key.Key_0
        if key in _ENTER:
            self._take(just_typed=control)
        elif control and key == Qt.Key.Key_Z and not self._field.text():
            self.undo_requested.emit()
        elif not self._field.text() and not control and 1 <= digit <= self._parts:
            self.set_apart.emit(digit - 1)
        elif key == Qt.Key.Key_Escape:
            if self._field.text():
                self._field.clear()
            else:
                self.skipped.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._list.event(event)
        else:
            return False
        return True

    def reject(self) -> None:
        """By the window's own button; Escape skips."""
        self.accept()

    def _find(self, typed: str) -> None:
        """Without letters the names are shown, and none of them is chosen."""
        self._list.clear()
        self._list.addItems([self._names[place] for place in found_names(typed, self._names)[:MOST_SHOWN]])
        self._list.setCurrentRow(0 if typed.strip() else -1)

    def _take(self, just_typed: bool = False) -> None:
        item, typed = self._list.currentItem(), self._field.text().strip()
        if item is not None and not just_typed:
            self.named_so.emit(item.text())
        elif typed or self._offer:
            self.named_so.emit(typed or self._offer)
