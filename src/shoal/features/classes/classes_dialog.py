"""Classes for pictures: after which examples or words, what it would come to, and how good that is."""

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from shoal.domain.classified import AskedClasses
from shoal.features.classes.class_sources import ClassSources, Offered
from shoal.features.classes.judgement_view import CalibrationView, ConfusionView
from shoal.widgets.named import in_bold, named
from shoal.widgets.theme import BODY

if TYPE_CHECKING:  # handed through
    from shoal.projects.classifying import Classification


class ClassesDialog(QDialog):
    tried = Signal(object)
    """AskedClasses."""

    used = Signal(bool)
    """Whether what is not sure goes to Unsorted."""

    saved = Signal()
    """What examples were taken for is to be kept as a picture or a table."""

    def __init__(self, offered: Offered, words_known: str, parent: QWidget) -> None:
        """`words_known`: what is said about words that this model knows."""
        super().__init__(parent)
        self.setObjectName("classesDialog")
        self.setWindowTitle(self.tr("Classes for pictures"))
        self._sources = ClassSources(offered, words_known)
        self._try = named(QPushButton(self.tr("&Try it")), "classesTry")
        self._said = named(QLabel(self.tr("Nothing is changed before you say so.")), "classesSaid")
        self._said.setWordWrap(True)
        self._counts = named(QLabel(), "classesCounts")
        self.confusion, self.calibration = ConfusionView(), CalibrationView()
        self._save = named(QPushButton(self.tr("Save as a picture or table ...")), "classesSaveMatrix")
        self._save.clicked.connect(self.saved)
        self._rest = named(QCheckBox(self.tr("What is not sure goes to Unsorted")), "classesRest")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._use = named(QPushButton(self.tr("&Sort into these classes")), "classesUse")
        self._buttons.addButton(self._use, QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out()
        self._sources.changed.connect(self._on_changed)
        self._try.clicked.connect(lambda: self.tried.emit(self.asked))
        self._buttons.accepted.connect(self._on_used)
        self._buttons.rejected.connect(self.reject)
        self._on_changed()

    @property
    def asked(self) -> AskedClasses:
        return self._sources.asked

    def show_waiting(self) -> None:
        self._said.setText(self.tr("Trying ..."))
        self._use.setEnabled(False)

    def show_trouble(self, text: str) -> None:
        self._said.setText(text)

    def show_result(self, made: "Classification") -> None:
        counts = Counter(made.found.labels.tolist())
        lines = [f"{name}: {counts[place]:,}" for place, name in enumerate(made.names)]
        self._counts.setText("\n".join([*lines, self.tr("not sure: {0:,}").format(counts[-1])]))
        self._said.setText(self._about(made))
        held = made.held_back
        shown = held is not None and held.asked > 0
        for view in self._pictures:
            view.setVisible(shown)
        if held is not None and shown:
            self.confusion.show_confusion(made.names, held.confusion)
            self.calibration.show_calibration(held)
        self._use.setEnabled(True)
        self._use.setFocus()

    def _on_changed(self) -> None:
        """What was tried is not what stands there now."""
        asked = self.asked
        self._try.setEnabled(max(len(asked.clusters), len(asked.words)) > 1 or asked.folder is not None)
        self._use.setEnabled(False)

    def _about(self, made: "Classification") -> str:
        held = made.held_back
        if held is None:
            return self.tr("By words nobody knows how often it is right: look at what comes of it.")
        if not held.asked:
            return self.tr("Nobody knows how often that is right: each class has one example only.")
        told = self.tr("Of %n example(s), asked without having been learnt from, ", "", held.asked)
        told += self.tr("{0:.0%} got an answer; ").format(held.answered)
        none = self.tr("none was sure.")
        told += none if held.right is None else self.tr("{0:.0%} of these were right.").format(held.right)
        return told + " " + self.tr("Probabilities are off by {0:.0%} on average.").format(held.error)

    def _on_used(self) -> None:
        self.accept()
        self.used.emit(self._rest.isChecked())

    def _lay_out(self) -> None:
        left, sides, below = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        left.addWidget(self._sources, 1)
        left.addWidget(self._try)
        sides.addLayout(left, 1)
        sides.addWidget(self._results(), 1)
        below.addWidget(self._rest, 1)
        below.addWidget(self._buttons)
        layout = QVBoxLayout(self)
        layout.addLayout(sides, 1)
        layout.addLayout(below)
        self.resize(900, 640)

    def _results(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        headings = [self._heading(text) for text in (
            self.tr("What would come of it"), self.tr("Examples held back: taken for what"),
            self.tr("How sure, and how often right"),
        )]  # fmt: skip
        self._pictures = (headings[1], self.confusion, self._save, headings[2], self.calibration)
        for widget in (headings[0], self._said, self._counts, *self._pictures):
            column.addWidget(widget)
        column.addStretch(1)
        for view in self._pictures:
            view.hide()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setMinimumWidth(380)
        return area

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text)
        in_bold(label, BODY)
        return label
