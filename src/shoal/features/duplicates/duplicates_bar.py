"""The strip over the pictures while duplicates are shown: how strict, what stays, what becomes of the rest."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from shoal.domain.keep_rules import KEEP_RULES
from shoal.domain.keepers import Keeping
from shoal.widgets.named import named
from shoal.widgets.translation import QT_TRANSLATE_NOOP, translated

THRESHOLDS = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 0.95, 0.98, 0.995)
"""How likely two pictures must be copies, from loose to strict."""
USUAL = 5
KIND_LABELS = (
    ("", QT_TRANSLATE_NOOP("duplicates", "All kinds")),
    ("exact", QT_TRANSLATE_NOOP("duplicates", "Same file")),
    ("pixels", QT_TRANSLATE_NOOP("duplicates", "Same picture, other metadata")),
    ("near", QT_TRANSLATE_NOOP("duplicates", "Copies")),
    ("series", QT_TRANSLATE_NOOP("duplicates", "One moment")),
)
RULE_LABELS = {
    "raw": QT_TRANSLATE_NOOP("duplicates", "RAW first"),
    "largest": QT_TRANSLATE_NOOP("duplicates", "Largest first"),
    "sharpest": QT_TRANSLATE_NOOP("duplicates", "Sharpest first"),
    "oldest": QT_TRANSLATE_NOOP("duplicates", "Oldest first"),
    "folder": QT_TRANSLATE_NOOP("duplicates", "Upper folders first"),
}


class DuplicatesBar(QWidget):
    changed = Signal()
    """Strictness, kind, or what stays."""

    select_asked, reject_asked, questions_asked, closed = Signal(), Signal(), Signal(), Signal()
    trash_asked, move_asked = Signal(), Signal(object)
    """The latter carries the folder."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("duplicatesBar")
        self._summary = named(QLabel(), "duplicatesSummary")
        self._summary.setWordWrap(True)
        self.kind_picker = self._picker("duplicateKind", self.tr("Kind of duplicates"), KIND_LABELS)
        self.slider = named(QSlider(Qt.Orientation.Horizontal), "strictnessSlider", self.tr("Loose to strict"))
        self.slider.setRange(0, len(THRESHOLDS) - 1)
        self.slider.setValue(USUAL)
        self.slider.setFixedWidth(110)
        self.slider.setToolTip(self.tr("How sure it must be that two pictures are copies"))
        self.slider.valueChanged.connect(self.changed)
        rules = [(rule, RULE_LABELS[rule]) for rule in KEEP_RULES]
        self.rule_picker = self._picker("keepRule", self.tr("What of a group stays"), rules)
        self.reference: Path | None = None
        self._reference = self._button("referenceFolder", self.tr("Keep all in ..."), self._choose_reference)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        close = self._button("closeDuplicates", self.tr("Done"), self.closed.emit)
        strict = (QLabel(self.tr("Loose")), self.slider, QLabel(self.tr("Strict")))
        column.addLayout(_row(self._summary, close, stretch=self._summary))
        column.addLayout(_row(self.kind_picker, *strict, QLabel(self.tr("Stays:")), self.rule_picker, self._reference))
        column.addLayout(_row(*self._deeds()))

    def say(self, text: str) -> None:
        self._summary.setText(text)

    @property
    def threshold(self) -> float:
        return THRESHOLDS[self.slider.value()]

    @property
    def kind(self) -> str:
        """Empty for all."""
        return str(self.kind_picker.currentData())

    @property
    def keeping(self) -> Keeping:
        first = str(self.rule_picker.currentData())
        return Keeping((first, *(rule for rule in KEEP_RULES if rule != first)), self.reference)

    def keep_all_in(self, folder: Path | None) -> None:
        self.reference = folder
        chosen = self.tr("Keep all in ...") if folder is None else self.tr("All in {0}").format(folder.name)
        self._reference.setText(chosen)
        self.changed.emit()

    def _deeds(self) -> Sequence[QWidget]:
        return (
            self._button("questions", self.tr("Twenty questions ..."), self.questions_asked.emit),
            self._button("selectSpare", self.tr("Select what may go"), self.select_asked.emit),
            self._button("rejectSpare", self.tr("Reject it"), self.reject_asked.emit),
            self._button("moveSpare", self.tr("Move it to ..."), self._choose_folder),
            self._button("trashSpare", self.tr("To the trash ..."), self.trash_asked.emit),
        )

    def _choose_reference(self) -> None:
        """Once more lets go of it."""
        asks = self.tr("What lies here always stays")
        folder = "" if self.reference else QFileDialog.getExistingDirectory(self, asks)
        self.keep_all_in(Path(folder) if folder else None)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Move what may go into a folder"))
        if folder:
            self.move_asked.emit(Path(folder))

    def _picker(self, name: str, says: str, labels: Sequence[tuple[str, str]]) -> QComboBox:
        picker = named(QComboBox(), name, says)
        for key, label in labels:
            picker.addItem(translated("duplicates", label), key)
        picker.currentIndexChanged.connect(self.changed)
        return picker

    def _button(self, name: str, text: str, do: Callable[[], object]) -> QPushButton:
        button = named(QPushButton(text), name)
        button.clicked.connect(lambda _checked: do())
        return button


def _row(*widgets: QWidget, stretch: QWidget | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget, int(widget is stretch))
    if stretch is None:
        row.addStretch(1)
    return row
