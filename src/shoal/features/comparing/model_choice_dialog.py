"""Which model agrees best with the corrections: what to compare, and how it came out."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from shoal.projects.model_ranking import ModelRanking, RankedModel, Verdict
from shoal.widgets.named import in_bold, named

Models = Sequence[tuple[str, str]]
"""(name, label) of each model that can be asked."""


class CompareModelsDialog(QDialog):
    """`models_chosen` carries the names of those that were ticked, in the order of the list."""

    models_chosen = Signal(object)

    def __init__(self, models: Models, ticked: Sequence[str], counted: tuple[int, int], parent: QWidget) -> None:
        """`counted`: how many corrections there are to judge by, and in how many clusters."""
        super().__init__(parent)
        self.setObjectName("compareModelsDialog")
        self.setWindowTitle(self.tr("Which model agrees best with my corrections"))
        self._list = named(QListWidget(), "comparedModels", self.tr("Models to compare"))
        for name, label in models:
            item = QListWidgetItem(label, self._list)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setCheckState(Qt.CheckState.Checked if name in ticked else Qt.CheckState.Unchecked)
        self._list.itemChanged.connect(self._on_ticked)
        about = named(QLabel(self._about(*counted)), "compareAbout")
        about.setWordWrap(True)
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Cancel)
        self._go = named(QPushButton(self.tr("&Compare")), "compareGo")
        buttons.addButton(self._go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(about)
        layout.addWidget(self._list, 1)
        layout.addWidget(buttons)
        self.resize(460, 420)
        self._on_ticked()

    def _about(self, corrections: int, clusters: int) -> str:
        pictures = self.tr("%n picture(s) that you have moved or kept", "", corrections)
        where = self.tr("in %n cluster(s)", "", clusters)
        told = self.tr("Every model is asked about {0} {1}: is the one most like it of the same cluster?")
        if not corrections:
            return self.tr(
                "Nothing to compare by yet. Move pictures to where they belong, or keep them (K): two or more in each"
                " of two clusters."
            )
        return told.format(pictures, where)

    def _ticked(self) -> list[str]:
        items = [self._list.item(row) for row in range(self._list.count())]
        return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() is Qt.CheckState.Checked]

    def _on_ticked(self) -> None:
        self._go.setEnabled(len(self._ticked()) > 1)

    def _accept(self) -> None:
        chosen = self._ticked()
        self.accept()
        self.models_chosen.emit(chosen)


class ModelRankingDialog(QDialog):
    """The best on top. `model_chosen` carries the name of the one to go on with."""

    model_chosen = Signal(str)

    def __init__(self, ranking: ModelRanking, labels: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("modelRankingDialog")
        self.setWindowTitle(self.tr("Which model agrees best with my corrections"))
        self._ranking, self._labels = ranking, labels
        verdict = named(QLabel(self._verdict()), "rankingVerdict")
        in_bold(verdict)
        note = QLabel(
            self.tr(
                "Agreement counts the pictures that you moved or kept. NMI compares with all clusters as they stand,"
                " most of which the present model has proposed: it favours that one."
            )
        )
        for label in (verdict, note):
            label.setWordWrap(True)
        self._table = self._filled_table()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        use = named(QPushButton(self.tr("&Use this model")), "useModel")
        buttons.addButton(use, QDialogButtonBox.ButtonRole.ActionRole)
        use.clicked.connect(self._use)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (verdict, self._table, note, buttons):
            layout.addWidget(widget)
        self.resize(640, 380)

    def _verdict(self) -> str:
        ranking = self._ranking
        corrections = self.tr("%n correction(s)", "", ranking.corrections)
        best = [self._labels[model.name] for model in ranking.models[: max(1, ranking.level)]]
        if ranking.verdict is Verdict.TOO_FEW:
            return self.tr("{0}: too few to tell which model is better.").format(corrections)
        if ranking.verdict is Verdict.EQUAL:
            return self.tr("{0} cannot tell these apart: {1}.").format(corrections, ", ".join(best))
        return self.tr("{0} agrees best with your {1}.").format(best[0], corrections)

    def _filled_table(self) -> QTableWidget:
        table = named(QTableWidget(len(self._ranking.models), 4), "rankingTable", self.tr("Models, the best first"))
        table.setHorizontalHeaderLabels(
            [self.tr("Model"), self.tr("Agreement"), self.tr("95% sure between"), self.tr("NMI")]
        )
        table.verticalHeader().hide()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for row, model in enumerate(self._ranking.models):
            for column, text in enumerate(self._cells(model)):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, column, item)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.selectRow(0)
        return table

    def _cells(self, model: RankedModel) -> tuple[str, str, str, str]:
        count = self._ranking.corrections
        nmi = "" if model.nmi is None else f"{model.nmi:.3f}"
        agreement = f"{model.share:.0%}  ({model.right:,} / {count:,})" if count else ""
        return self._labels[model.name], agreement, f"{model.low:.0%} - {model.high:.0%}", nmi

    def _use(self) -> None:
        model = self._ranking.models[max(self._table.currentRow(), 0)]
        self.accept()
        self.model_chosen.emit(model.name)
