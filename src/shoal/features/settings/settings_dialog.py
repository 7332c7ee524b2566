"""The settings, built from their rows: whatever is declared there appears here."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from shoal.setup.settings import SETTINGS, TOPICS, Setting, Settings, Value
from shoal.widgets.named import named
from shoal.widgets.theme import UNIT
from shoal.widgets.translation import told

Choices = Mapping[str, Sequence[tuple[str, str]]]
"""For each list that a row may name ("models", "algorithms"): what can be chosen, as (value, label)."""


class SettingsDialog(QDialog):
    """A page for each topic; what a setting does stands below it."""

    settings_chosen = Signal(object)

    def __init__(self, settings: Settings, choices: Choices, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("settingsDialog")
        self.setWindowTitle(self.tr("Settings"))
        self._settings = settings
        self._fields: dict[str, QWidget] = {}
        self._topics = named(QListWidget(), "settingsTopics", self.tr("Topics"))
        self._pages = QStackedWidget()
        for topic in TOPICS:
            rows = [row for row in SETTINGS if row.topic == topic]
            if rows:
                self._topics.addItem(told(topic))
                self._pages.addWidget(self._page(rows, choices))
        self._topics.setFixedWidth(self._topics.sizeHintForColumn(0) + 4 * UNIT)
        self._topics.currentRowChanged.connect(self._pages.setCurrentIndex)
        self._topics.setCurrentRow(0)
        middle = QHBoxLayout()
        middle.setSpacing(2 * UNIT)
        middle.addWidget(self._topics)
        middle.addWidget(self._pages, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(middle, 1)
        layout.addWidget(self._buttons())

    def _page(self, rows: Sequence[Setting], choices: Choices) -> QWidget:
        """Scrolls where the screen is too small for it."""
        page = QWidget()
        form = QFormLayout(page)
        form.setHorizontalSpacing(2 * UNIT)
        for row in rows:
            label = told(row.label)
            field = named(_field(row, self._settings[row.key], choices), f"setting_{row.key}", label)
            field.setToolTip(told(row.help))
            self._fields[row.key] = field
            form.addRow(label, field)
            form.addRow("", _explained(told(row.help)))
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setMinimumSize(54 * UNIT, 40 * UNIT)
        scroll.setWidget(page)
        return scroll

    def _buttons(self) -> QWidget:
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel | standard.RestoreDefaults)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        buttons.button(standard.RestoreDefaults).clicked.connect(self._restore)
        return buttons

    def _accept(self) -> None:
        chosen = self._settings
        for row in SETTINGS:
            chosen = chosen.with_value(row.key, _value_of(self._fields[row.key], row))
        self.accept()
        self.settings_chosen.emit(chosen)

    def _restore(self) -> None:
        for row in SETTINGS:
            _set_value(self._fields[row.key], row.default)


def _explained(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def _field(row: Setting, value: Value, choices: Choices) -> QWidget:
    """The widget that fits the type of the row's default."""
    field: QWidget
    if row.choices:
        field = QComboBox()
        for key, label in choices[row.choices]:
            field.addItem(label, key)
    elif isinstance(row.default, bool):
        field = QCheckBox()
    elif isinstance(row.default, int):
        field = QSpinBox()
        field.setRange(int(row.minimum), int(row.maximum))
    elif isinstance(row.default, float):
        field = QDoubleSpinBox()
        field.setRange(row.minimum, row.maximum)
        field.setSingleStep(0.05)
    else:
        field = QLineEdit()
    _set_value(field, value)
    return field


def _set_value(field: QWidget, value: Value) -> None:
    if isinstance(field, QComboBox):
        if field.findData(value) < 0:
            field.addItem(str(value), value)
        field.setCurrentIndex(field.findData(value))
    elif isinstance(field, QCheckBox):
        field.setChecked(bool(value))
    elif isinstance(field, QSpinBox):
        field.setValue(int(value))
    elif isinstance(field, QDoubleSpinBox):
        field.setValue(float(value))
    elif isinstance(field, QLineEdit):
        field.setText(str(value))


def _value_of(field: QWidget, row: Setting) -> Value:
    if isinstance(field, QComboBox):
        return str(field.currentData())
    if isinstance(field, QCheckBox):
        return field.isChecked()
    if isinstance(field, QSpinBox | QDoubleSpinBox):
        return type(row.default)(field.value())
    assert isinstance(field, QLineEdit)
    return field.text()
