"""Two letters of a name, and Enter: choosing one of many clusters, or giving a name that is new."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from shoal.domain.grouping import LONGEST_NAME
from shoal.domain.name_search import found_names, same_name
from shoal.widgets.named import in_bold, named

MOST_SHOWN = 60
WIDTH, HEIGHT = 380, 340
SPOT = 12
_NEW = -1
_ENABLED = Qt.ItemFlag.ItemIsEnabled


@dataclass(frozen=True, slots=True)
class Target:
    """`note` stands behind the name, such as how many pictures are there; `also` is found by its letters as well."""

    id: int
    name: str
    note: str = ""
    argb: int = 0
    enabled: bool = True
    also: str = ""


class NamePicker(QDialog):
    """The targets in the order given until something is typed. Enter takes the first, arrows go on, Escape leaves.

    Ctrl+Enter makes something new of what was typed, though there is a name like it. One of the signals is emitted
    after the dialog has gone.
    """

    picked = Signal(int)
    """The id of a target."""

    named_anew = Signal(str)
    """What was typed is no name of a target."""

    def __init__(
        self, title: str, targets: Sequence[Target], parent: QWidget, *, may_create: bool = True, hint: str = ""
    ) -> None:
        """`hint` says in the empty field what may be typed."""
        super().__init__(parent)
        self.setObjectName("namePicker")
        self.setWindowTitle(title)
        self._targets, self._may_create = list(targets), may_create
        self._names = [target.name for target in targets]
        self._found_by = [f"{target.name} {target.also}" if target.also else target.name for target in targets]
        heading = named(QLabel(title), "namePickerTitle")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setWordWrap(True)
        in_bold(heading)
        self._field = named(QLineEdit(), "namePickerField", title)
        self._field.setMaxLength(LONGEST_NAME)
        usual = self.tr("A few letters of a name") if targets else self.tr("A name")
        self._field.setPlaceholderText(hint or usual)
        self._field.textChanged.connect(self._find)
        self._field.installEventFilter(self)
        self._list = named(QListWidget(), "namePickerList", self.tr("Clusters"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setIconSize(QSize(SPOT, SPOT))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(lambda _item: self._take())
        layout = QVBoxLayout(self)
        for widget in (heading, self._field, self._list):
            layout.addWidget(widget)
        self.resize(WIDTH, HEIGHT)
        self._field.setFocus()
        self._find("")

    def reject_unless(self, stays: bool) -> None:
        """Close it where what it is asked about does not stay what it was."""
        if not stays:
            self.reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys go to the field; those that move in the list are handed on to it."""
        if watched is not self._field or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._may_create:
                self._create()
            else:
                self._take()
            return True
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._list.event(event)
            return True
        return False

    def _find(self, typed: str) -> None:
        self._list.clear()
        for place in found_names(typed, self._found_by)[:MOST_SHOWN]:
            target = self._targets[place]
            text = f"{target.name}  ·  {target.note}" if target.note else target.name
            self._add(text, target.id, target.argb, enabled=target.enabled)
        name = typed.strip()
        if name and self._may_create and not any(same_name(name, other) for other in self._names):
            self._add(self.tr("New: “{0}”").format(name), _NEW, 0)
        enabled = (row for row in range(self._list.count()) if self._list.item(row).flags() & _ENABLED)
        self._list.setCurrentRow(next(enabled, -1))

    def _add(self, text: str, id_: int, argb: int, *, enabled: bool = True) -> None:
        item = QListWidgetItem(text)
        if not enabled:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setData(Qt.ItemDataRole.UserRole, id_)
        item.setToolTip(text)
        spot = QPixmap(SPOT, SPOT)
        spot.fill(QColor.fromRgba(argb) if argb else Qt.GlobalColor.transparent)
        item.setIcon(QIcon(spot))
        self._list.addItem(item)

    def _take(self) -> None:
        item = self._list.currentItem()
        if item is None or not item.flags() & _ENABLED:
            return
        id_ = int(item.data(Qt.ItemDataRole.UserRole))
        if id_ == _NEW:
            self._create()
        else:
            self.accept()
            self.picked.emit(id_)

    def _create(self) -> None:
        name = self._field.text().strip()
        same = [target.id for target in self._targets if same_name(name, target.name)]
        if same:
            self.accept()
            self.picked.emit(same[0])
        elif name:
            self.accept()
            self.named_anew.emit(name)
