"""How alike, and how close in time, pictures of one stack are: chosen with what comes of it in sight."""

from functools import partial

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QSlider, QVBoxLayout, QWidget

from shoal.domain.geometry import ByImage
from shoal.domain.images import ImageRecord
from shoal.looking.stacking import USUAL, StackRule, stacks_of
from shoal.qt.latest import LatestOnly
from shoal.qt.session import Session
from shoal.widgets.actions import VIEW, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.named import named
from shoal.widgets.translation import QT_TRANSLATE_NOOP

LOOSEST, STRICTEST = 70, 99
"""Percent."""

GAPS = (0, 1, 3, 10, 60, 600, 3600)
"""Seconds; 0 for any."""


class StackDialog(QDialog):
    """Stays open beside the pictures."""

    changed = Signal(object)

    def __init__(self, rule: StackRule, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("stackDialog")
        self.setWindowTitle(self.tr("Stacks"))
        self._likeness = named(QSlider(Qt.Orientation.Horizontal), "stackLikeness", self.tr("How alike"))
        self._likeness.setRange(LOOSEST, STRICTEST)
        self._likeness.setMinimumWidth(220)
        self._gap = named(QComboBox(), "stackGap", self.tr("How close in time"))
        for seconds in GAPS:
            text = self.tr("%n second(s)", "", seconds) if seconds < 60 else self.tr("%n minute(s)", "", seconds // 60)
            self._gap.addItem(text if seconds else self.tr("Whenever"), seconds)
        self._said = named(QLabel(), "stackSaid")
        self._show(rule)
        form = QFormLayout()
        form.addRow(self.tr("How alike"), self._likeness)
        form.addRow(self.tr("Taken within"), self._gap)
        form.addRow("", self._said)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Close | QDialogButtonBox.StandardButton.RestoreDefaults
        )
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults).clicked.connect(lambda: self._show(USUAL))
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self._likeness.valueChanged.connect(self._tell)
        self._gap.currentIndexChanged.connect(self._tell)

    def show_count(self, stacks: int, pictures: int) -> None:
        self._said.setText(self.tr("%n stack(s)", "", stacks) + " · " + self.tr("%n picture(s) in them", "", pictures))

    def _show(self, rule: StackRule) -> None:
        self._likeness.setValue(round(rule.likeness * 100))
        self._gap.setCurrentIndex(max(0, self._gap.findData(int(rule.seconds))))

    def _tell(self) -> None:
        self.changed.emit(StackRule(self._likeness.value() / 100, float(self._gap.currentData())))


class Stacking(QObject):
    """Where the rule is not the usual one, whatever a look has stacked is stacked anew."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._rule = USUAL
        self._ours: object = None
        self._dialog: StackDialog | None = None
        self._worker = LatestOnly("stacking pictures")
        for signal in (session.images_changed, session.map_changed):
            signal.connect(lambda _stays: self._follow())
        for signal in (session.grouping_changed, session.portraits_changed):
            signal.connect(self._follow)

    @property
    def rule(self) -> StackRule:
        return self._rule

    def ask(self) -> None:
        self._dialog = StackDialog(self._rule, self._window)
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.changed.connect(self.use)
        self._dialog.finished.connect(self._forget_dialog)
        self._dialog.show()
        self._count()

    def use(self, rule: StackRule) -> None:
        self._rule = rule
        self._stack()

    def restore(self, memory: QSettings) -> None:
        try:
            likeness, seconds = str(memory.value("stack_rule")).split()
            self._rule = StackRule(float(likeness), float(seconds))
        except ValueError:
            self._rule = USUAL

    def save(self, memory: QSettings) -> None:
        memory.setValue("stack_rule", f"{self._rule.likeness} {self._rule.seconds}")

    def shutdown(self) -> None:
        self._worker.shutdown()

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _follow(self) -> None:
        stacks = self._session.snapshot.stacks
        if stacks is not None and stacks is not self._ours and self._rule != USUAL:
            self._stack()

    def _stack(self) -> None:
        snapshot = self._session.snapshot
        graph = snapshot.graph
        records = [entry for entry in snapshot.images if isinstance(entry, ImageRecord)]
        if graph is not None and len(records) == len(snapshot.images):
            rule = self._rule
            self._worker.request(lambda: stacks_of(graph, records, rule), partial(self._on_stacked, snapshot.images))

    def _on_stacked(self, images: object, stacks: ByImage) -> None:  # type: ignore[type-arg]  # of int32
        if images is self._session.snapshot.images:
            self._ours = stacks
            self._session.restack(stacks)
            self._count()

    def _count(self) -> None:
        stacks = self._session.snapshot.stacks
        if self._dialog is not None and stacks is not None:
            values = stacks.values
            self._dialog.show_count(int(values.max(initial=-1)) + 1, int((values >= 0).sum()))


def _build(parts: Parts) -> Handlers:
    stacking = Stacking(parts.window, parts.session)
    parts.at_start.append(lambda: stacking.restore(parts.memory))
    parts.at_close.append(lambda: stacking.save(parts.memory))
    parts.at_close.append(stacking.shutdown)
    return {"actionStackRule": stacking.ask}


FEATURE = Feature(
    "stacking",
    _build,
    (
        ActionRow(
            VIEW,
            19,
            "actionStackRule",
            QT_TRANSLATE_NOOP("actions", "How alike a s&tack is ..."),
            needs=Needs.IMAGES,
            tip=QT_TRANSLATE_NOOP("actions", "How alike and how close in time the pictures of a stack are"),
        ),
    ),
)
