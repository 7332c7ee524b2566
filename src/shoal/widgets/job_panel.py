"""What is being done just now: stage, how far, how fast, how long still, and one way to stop it."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from shoal.qt.jobs import JobReport, duration
from shoal.widgets.named import named
from shoal.widgets.theme import HALF, UNIT
from shoal.widgets.translation import told


class JobPanel(QWidget):
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobPanel")
        self._stage = named(QLabel(), "jobStage")
        self._stage.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = named(QProgressBar(textVisible=False), "jobProgress", self.tr("Progress"))
        self._bar.setMaximumHeight(10)
        self._details = named(QLabel(), "jobDetails")
        self._details.setTextFormat(Qt.TextFormat.PlainText)
        self._waiting = named(QLabel(), "jobsWaiting")
        self._waiting.setTextFormat(Qt.TextFormat.PlainText)
        self._remark = named(QLabel(), "remark")
        self._cancel = named(QPushButton(self.tr("Cancel")), "cancelButton")
        self._cancel.clicked.connect(self._on_cancel)
        for label in (self._stage, self._details, self._waiting, self._remark):
            label.setMinimumWidth(1)  # no sentence makes the window wider than its screen
        layout = QHBoxLayout(self)
        layout.setContentsMargins(UNIT, HALF, UNIT, HALF)
        layout.addWidget(self._stage)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._details)
        layout.addWidget(self._waiting)
        layout.addStretch()
        layout.addWidget(self._remark)
        layout.addWidget(self._cancel)
        self.rest("")

    @property
    def message(self) -> str:
        """What is being done, or how it ended."""
        return self._stage.text()

    def begin(self, name: str) -> None:
        self._stage.setText(name)
        self._details.clear()
        self._bar.setRange(0, 0)
        self._bar.show()
        self._cancel.setEnabled(True)
        self._cancel.show()

    def show_report(self, report: JobReport) -> None:
        self._stage.setText(told(report.stage))
        self._bar.setRange(0, report.total)
        self._bar.setValue(report.done)
        self._details.setText(self._details_of(report))

    def rest(self, message: str) -> None:
        """Nothing runs; say how it ended."""
        self._stage.setText(message)
        self._details.clear()
        self._bar.hide()
        self._cancel.hide()

    def show_waiting(self, names: Sequence[str]) -> None:
        """What comes when the present work is done."""
        self._waiting.setText(self.tr("Afterwards: {0}").format(", ".join(names)) if names else "")

    def show_remark(self, message: str) -> None:
        """Something that is true beside the job: how many pictures are selected."""
        self._remark.setText(message)

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._details.setText(self.tr("Stopping ..."))
        self.cancel_requested.emit()

    def _details_of(self, report: JobReport) -> str:
        locale = QLocale()
        parts = []
        if report.total:
            parts.append(self.tr("{0} of {1}").format(locale.toString(report.done), locale.toString(report.total)))
        if report.rate is not None:
            digits = 0 if report.rate >= 10 else 1
            parts.append(self.tr("{0} per second").format(locale.toString(report.rate, "f", digits)))
        if report.seconds_left is not None and report.seconds_left >= 1:
            parts.append(self.tr("{0} left").format(duration(report.seconds_left)))
        return "  ·  ".join(parts)
