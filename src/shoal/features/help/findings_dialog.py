"""What was found out about this computer: problems with what to do about them first, then everything there is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from shoal.setup.diagnosis import Finding
from shoal.widgets.named import named
from shoal.widgets.translation import told


class FindingsDialog(QDialog):
    def __init__(self, findings: Sequence[Finding], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("findingsDialog")
        self.setWindowTitle(self.tr("This computer"))
        self.resize(760, 560)
        problems = [f"{told(finding.problem)} {told(finding.remedy)}" for finding in findings if finding.problem]
        verdict = named(QLabel("\n".join(problems) or self.tr("All is well.")), "findingsVerdict")
        verdict.setTextFormat(Qt.TextFormat.PlainText)
        verdict.setWordWrap(True)
        verdict.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        named(copy, "findingsCopy")
        text = "\n".join(f"{finding.topic}: {finding.fact} {finding.problem}".rstrip() for finding in findings)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        layout = QVBoxLayout(self)
        layout.addWidget(verdict)
        layout.addWidget(self._table(findings), 1)
        layout.addWidget(buttons)

    def _table(self, findings: Sequence[Finding]) -> QTableWidget:
        table = named(QTableWidget(len(findings), 2), "findingsTable", self.tr("This computer"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for row, finding in enumerate(findings):
            table.setItem(row, 0, QTableWidgetItem(told(finding.topic)))
            fact = QTableWidgetItem(told(finding.fact))
            fact.setToolTip(told(finding.fact))
            table.setItem(row, 1, fact)
        table.resizeColumnToContents(0)
        return table
