"""A line above the pictures that says which of them are seen. Several conditions at once; they can be kept by name."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QWidget

from shoal.features.culling.clauses import (
    FIXED,
    FLAG_CHOICES,
    FOUND_KINDS,
    LABEL_CHOICES,
    STAR_CHOICES,
    Choice,
    joined,
    text_condition,
)
from shoal.widgets.named import named
from shoal.widgets.translation import translated

Found = Callable[[str], Sequence[Choice]]
"""What there is of a kind ("camera") among the pictures."""


class FilterBar(QWidget):
    changed = Signal(str)
    """The condition that all of it makes, "" for none."""

    keep_requested = Signal()
    forget_requested = Signal(str)
    more_opened = Signal()
    """Somebody looks at what there is of each kind: what is not known yet may be found out now."""

    closed = Signal()

    def __init__(self, found: Found, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterBar")
        self.setAccessibleName(self.tr("Filter"))
        self._found, self._kept = found, dict[str, str]()
        self._chips: dict[str, tuple[QToolButton, str]] = {}
        self._below: dict[str, QMenu] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(6, 2, 6, 4)
        self._row.setSpacing(4)
        self._boxes = [
            self._box("filterStars", self.tr("Any stars"), STAR_CHOICES),
            self._box("filterFlag", self.tr("Any flag"), FLAG_CHOICES),
            self._box("filterLabel", self.tr("Any or no label"), LABEL_CHOICES),
        ]
        self._more = self._menu_button("filterMore", self.tr("More"), self._fill_more)
        self._text = named(QLineEdit(), "filterText", self.tr("Words or a condition"))
        self._text.setPlaceholderText(self.tr("Words, or: stars>=3 and not rejected"))
        self._text.setClearButtonEnabled(True)
        self._text.textChanged.connect(self._tell)
        self._row.addWidget(self._text, 1)
        self._said = named(QLabel(), "filterSaid")
        self._said.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._row.addWidget(self._said)
        self._saved = self._menu_button("filterSaved", self.tr("Saved"), self._fill_saved)
        close = named(QToolButton(autoRaise=True), "filterClose", self.tr("Show all again"))
        close.setText("✕")
        close.setToolTip(self.tr("Show all again"))
        close.clicked.connect(self.closed)
        self._row.addWidget(close)
        self.hide()

    @property
    def condition(self) -> str:
        parts = [str(box.currentData() or "") for box in self._boxes]
        parts += [condition for _button, condition in self._chips.values()]
        return joined([*parts, text_condition(self._text.text())])

    def show_result(self, text: str, trouble: str = "") -> None:
        """How many there are, or what is wrong with the condition."""
        self._said.setText(text)
        self._said.setToolTip(trouble)
        self._text.setToolTip(trouble)

    def show_kept(self, kept: Mapping[str, str]) -> None:
        self._kept = dict(kept)

    def begin(self) -> None:
        self.show()
        self._text.setFocus()

    def clear(self) -> None:
        self.put("")

    def put(self, condition: str) -> None:
        """One condition instead of all that was chosen."""
        for box in self._boxes:
            box.blockSignals(True)
            box.setCurrentIndex(0)
            box.blockSignals(False)
        for button, _condition in self._chips.values():
            button.deleteLater()
        self._chips.clear()
        self._text.blockSignals(True)
        self._text.setText(condition)
        self._text.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.condition)

    def _box(self, name: str, nothing: str, choices: Sequence[Choice]) -> QComboBox:
        box = named(QComboBox(), name, nothing)
        box.addItem(nothing, "")
        for choice in choices:
            box.addItem(translated("filters", choice.label), choice.condition)
        box.currentIndexChanged.connect(self._tell)
        self._row.addWidget(box)
        return box

    def _menu_button(self, name: str, text: str, fill: Callable[[QMenu], None]) -> QToolButton:
        button = named(QToolButton(autoRaise=True), name)
        button.setText(text)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: fill(menu))
        button.setMenu(menu)
        self._row.addWidget(button)
        return button

    def show_found(self, kind: str, choices: Sequence[Choice]) -> None:
        """What there is of a kind, in the menu that is open."""
        below = self._below.get(kind)
        if below is not None:
            self._fill_below(below, translated("filters", FOUND_KINDS[kind]), choices)

    def _fill_more(self, menu: QMenu) -> None:
        menu.clear()
        self._below = {kind: menu.addMenu(translated("filters", label)) for kind, label in FOUND_KINDS.items()}
        for kind, below in self._below.items():
            self._fill_below(below, translated("filters", FOUND_KINDS[kind]), self._found(kind))
        for label, choices in FIXED.items():
            title = translated("filters", label)
            self._fill_below(menu.addMenu(title), title, choices)
        self.more_opened.emit()

    def _fill_below(self, below: QMenu, title: str, choices: Sequence[Choice]) -> None:
        below.clear()
        below.setEnabled(bool(choices))
        for choice in choices:
            shown = translated("filters", choice.label)
            below.addAction(shown).triggered.connect(partial(self._add_chip, title, shown, choice.condition))

    def _add_chip(self, kind: str, shown: str, condition: str, _on: bool = False) -> None:
        """One of a kind at a time; a click takes it away."""
        if kind in self._chips:
            self._chips[kind][0].deleteLater()
        chip = named(QToolButton(), f"filterChip{len(self._chips)}", f"{kind}: {shown}")
        chip.setText(f"{shown}  ✕")
        chip.setToolTip(self.tr("{0}; click to take it away").format(kind))
        chip.clicked.connect(lambda: self._drop_chip(kind))
        self._row.insertWidget(self._row.indexOf(self._more), chip)
        self._chips[kind] = chip, condition
        self._tell()

    def _drop_chip(self, kind: str) -> None:
        self._chips.pop(kind)[0].deleteLater()
        self._tell()

    def _fill_saved(self, menu: QMenu) -> None:
        menu.clear()
        for name, condition in self._kept.items():
            menu.addAction(name).triggered.connect(lambda _on=False, condition=condition: self.put(condition))
        menu.addSeparator()
        keep = menu.addAction(self.tr("Save this one ..."))
        keep.setEnabled(bool(self.condition))
        keep.triggered.connect(self.keep_requested)
        forget = menu.addMenu(self.tr("Forget"))
        forget.setEnabled(bool(self._kept))
        for name in self._kept:
            forget.addAction(name).triggered.connect(partial(self.forget_requested.emit, name))
