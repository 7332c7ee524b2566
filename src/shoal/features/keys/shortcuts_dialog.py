"""Choosing keys: one row per menu entry, a preset above, and what is wanted twice below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QKeySequenceEdit,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from shoal.features.keys.shortcut_presets import PRESETS, conflicts, differing, keys_of
from shoal.setup.shortcuts import Shortcuts
from shoal.widgets.actions import ActionRow, plain
from shoal.widgets.named import in_bold, named
from shoal.widgets.translation import translated

PORTABLE = QKeySequence.SequenceFormat.PortableText
NATIVE = QKeySequence.SequenceFormat.NativeText


class ShortcutsDialog(QDialog):
    shortcuts_chosen = Signal(object)

    def __init__(self, shortcuts: Shortcuts, rows: Sequence[ActionRow], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle(self.tr("Change keys"))
        self.resize(560, 640)
        self._rows = rows
        self._fields: dict[str, QKeySequenceEdit] = {}
        self._preset = named(QComboBox(), "shortcutPreset", self.tr("As in"))
        for preset in PRESETS:
            self._preset.addItem(preset.label, preset.name)
        self._preset.setCurrentIndex(max(self._preset.findData(shortcuts.preset), 0))
        self._preset.activated.connect(lambda _row: self._restore())
        self._trouble = named(QLabel(), "shortcutConflicts")
        self._trouble.setWordWrap(True)
        standard = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(standard.Ok | standard.Cancel | standard.RestoreDefaults)
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)
        self._buttons.button(standard.RestoreDefaults).clicked.connect(self._restore)
        top = QFormLayout()
        top.addRow(self.tr("As in"), self._preset)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self._table(), 1)
        layout.addWidget(self._trouble)
        layout.addWidget(self._buttons)
        self._show(keys_of(shortcuts, rows))

    def _table(self) -> QWidget:
        inside = QWidget()
        form = QFormLayout(inside)
        menu = ""
        for row in self._rows:
            if row.menu != menu:
                menu = row.menu
                heading = QLabel(plain(translated("actions", menu)))
                in_bold(heading)
                form.addRow(heading)
            text = plain(translated("actions", row.text))
            field = named(QKeySequenceEdit(), f"keys_{row.name}", text)
            field.setMaximumSequenceLength(1)
            field.setClearButtonEnabled(True)
            field.keySequenceChanged.connect(self._judge)
            self._fields[row.name] = field
            form.addRow(text, field)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _chosen(self) -> dict[str, str]:
        return {name: field.keySequence().toString(PORTABLE) for name, field in self._fields.items()}

    def _show(self, keys: dict[str, str]) -> None:
        for name, field in self._fields.items():
            field.setKeySequence(QKeySequence(keys[name]))
        self._judge()

    def _judge(self) -> None:
        """Say what is wanted twice; with that nobody could leave by OK."""
        sentences = []
        for keys, names in conflicts(self._chosen()):
            shown = QKeySequence(keys).toString(NATIVE)
            if len(names) > 1:
                texts = ", ".join(self._fields[name].accessibleName() for name in names)
                sentences.append(self.tr("{0} is wanted by: {1}.").format(shown, texts))
            else:
                sentences.append(self.tr("{0} belongs to the pictures and cannot be given away.").format(shown))
        self._trouble.setText("\n".join(sentences))
        self._trouble.setVisible(bool(sentences))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not sentences)

    def _restore(self) -> None:
        self._show(keys_of(Shortcuts(self._preset.currentData()), self._rows))

    def _accept(self) -> None:
        self.accept()
        self.shortcuts_chosen.emit(differing(self._preset.currentData(), self._chosen(), self._rows))
