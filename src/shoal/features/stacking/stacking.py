"""How alike, and how close in time, pictures of one stack are: chosen with what comes of it in sight."""

from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from shoal.domain.geometry import ByImage
from shoal.domain.stacks import USUAL_STACKS, StackRule
from shoal.features.stacking.correcting import ROWS, handlers_of
from shoal.looking.snapshot import records_among
from shoal.looking.stacking import stacks_of
from shoal.qt.latest import LatestOnly
from shoal.qt.session import Session, restack
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
        self._moment = named(QSlider(Qt.Orientation.Horizontal), "stackMoment", self.tr("Looks or moment"))
        self._moment.setRange(0, 100)
        self._moment.setToolTip(self.tr("Left: only what pictures look like counts. Right: only when they were taken"))
        self._said = named(QLabel(), "stackSaid")
        self._show(rule)
        form = QFormLayout()
        form.addRow(self.tr("How alike"), self._likeness)
        form.addRow(self.tr("Taken within"), self._gap)
        form.addRow(self.tr("Looks or moment"), _between(self.tr("Looks"), self._moment, self.tr("Moment")))
        form.addRow("", self._said)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Close | QDialogButtonBox.StandardButton.RestoreDefaults
        )
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults).clicked.connect(
            lambda: self._show(USUAL_STACKS)
        )
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self._likeness.valueChanged.connect(self._tell)
        self._moment.valueChanged.connect(self._tell)
        self._gap.currentIndexChanged.connect(self._tell)

    def show_count(self, stacks: int, pictures: int) -> None:
        self._said.setText(self.tr("%n stack(s)", "", stacks) + " · " + self.tr("%n picture(s) in them", "", pictures))

    def _show(self, rule: StackRule) -> None:
        self._likeness.setValue(round(rule.likeness * 100))
        self._gap.setCurrentIndex(max(0, self._gap.findData(int(rule.seconds))))
        self._moment.setValue(round(rule.moment * 100))

    def _tell(self) -> None:
        likeness, moment = self._likeness.value() / 100, self._moment.value() / 100
        self.changed.emit(StackRule(likeness, float(self._gap.currentData()), moment))


def _between(left: str, slider: QSlider, right: str) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in (QLabel(left), slider, QLabel(right)):
        row.addWidget(widget)
    return row


class Stacking(QObject):
    """Where what was found was stacked by another rule than the project's, it is stacked anew."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._dialog: StackDialog | None = None
        self._worker = LatestOnly("stacking pictures")
        for signal in (session.images_changed, session.map_changed):
            signal.connect(lambda _stays: self._follow())
        for signal in (session.grouping_changed, session.portraits_changed):
            signal.connect(self._follow)

    @property
    def rule(self) -> StackRule:
        """Of the open project."""
        project = self._session.project
        return project.stack_rule.now if project is not None else USUAL_STACKS

    def ask(self) -> None:
        self._dialog = StackDialog(self.rule, self._window)
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.changed.connect(self.use)
        self._dialog.finished.connect(self._forget_dialog)
        self._dialog.show()
        self._count()

    def use(self, rule: StackRule) -> None:
        project = self._session.project
        if project is not None:
            project.stack_rule.use(rule)
            self._follow()

    def shutdown(self) -> None:
        self._worker.shutdown()

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _follow(self) -> None:
        snapshot = self._session.snapshot
        if snapshot.stacks is not None and snapshot.stacked_by != self.rule:
            self._stack()
        self._count()

    def _stack(self) -> None:
        snapshot, rule = self._session.snapshot, self.rule
        graph, embeddings = snapshot.graph, snapshot.embeddings
        records = records_among(snapshot.images)
        if graph is not None and len(records) == len(snapshot.images):
            self._worker.request(
                lambda: stacks_of(graph, records, rule, embeddings), partial(self._on_stacked, snapshot.images, rule)
            )

    def _on_stacked(self, images: object, rule: StackRule, stacks: ByImage) -> None:  # type: ignore[type-arg]  # int32
        if images is self._session.snapshot.images and rule == self.rule:
            restack(self._session, stacks, rule)

    def _count(self) -> None:
        stacks = self._session.stacks
        if self._dialog is not None and stacks is not None:
            numbers = stacks.numbers[stacks.numbers >= 0]
            self._dialog.show_count(len(np.unique(numbers)), len(numbers))


def _build(parts: Parts) -> Handlers:
    stacking = Stacking(parts.window, parts.session)
    parts.at_close.append(stacking.shutdown)
    return {"actionStackRule": stacking.ask, **handlers_of(parts)}


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
        *ROWS,
    ),
)
