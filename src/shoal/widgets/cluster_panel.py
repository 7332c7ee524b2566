"""The list of clusters: cards to choose from, to drop images on, to put on one another, to rename."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Signal,
)
from PySide6.QtWidgets import (
    QVBoxLayout,
    QWidget,
)

from shoal.qt.cluster_model import CardRole, ClusterCard, ClusterModel
from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.cluster_card import CardDelegate
from shoal.widgets.cluster_list import ClusterList
from shoal.widgets.new_cluster_target import NewClusterTarget


class ClusterPanel(QWidget):
    """Shows a `ClusterModel`. `chosen` carries the card ids the user picked, in the order of the rows."""

    chosen = Signal(object)
    images_dropped = Signal(object, int)
    merge_dropped = Signal(int, int)
    new_cluster_dropped = Signal(object)
    new_cluster_requested = Signal()
    entered_card = Signal()
    context_requested = Signal(int, QPoint)

    def __init__(self, model: ClusterModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clusterPanel")
        self._model = model
        self.list = ClusterList(CardDelegate(thumbnails, self), self)
        self.list.setModel(model)
        self.list.setAccessibleName(self.tr("Clusters"))
        self.list.setObjectName("clusterList")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list, 1)
        self._new = NewClusterTarget()
        layout.addWidget(self._new)
        self._new.images_dropped.connect(self.new_cluster_dropped)
        self._new.clicked.connect(self.new_cluster_requested)
        self.list.images_dropped.connect(self.images_dropped)
        self.list.entered_card.connect(self.entered_card)
        self.list.merge_dropped.connect(self.merge_dropped)
        self.list.customContextMenuRequested.connect(self._on_context)
        self.list.selectionModel().selectionChanged.connect(self._on_selection)
        self.list.clicked.connect(self._on_clicked)
        thumbnails.arrived.connect(self.list.viewport().update)
        self.setMinimumWidth(200)

    @property
    def chosen_ids(self) -> list[int]:
        rows = sorted(index.row() for index in self.list.selectedIndexes())
        return [self._model.cards[row].id for row in rows]

    def choose(self, card_id: int) -> None:
        row = self._model.row_of(card_id)
        if row is not None:
            # the view's own setCurrentIndex adds to what is chosen, or changes nothing, while Ctrl or Shift is held
            command = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(self._model.index(row), command)

    def choose_all(self, card_ids: Sequence[int]) -> None:
        """Several cards at once."""
        selection, model = QItemSelection(), self._model
        for row in map(model.row_of, card_ids):
            if row is not None:
                selection.select(model.index(row), model.index(row))
        self.list.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def mark(self, card_ids: Sequence[int]) -> None:
        """Show these as chosen, or none, without asking for their pictures."""
        self.blockSignals(True)
        self.choose_all(card_ids)
        self.blockSignals(False)

    def edit_name(self, card_id: int) -> None:
        """Open the editor on a card."""
        self.choose(card_id)
        self.list.edit(self.list.currentIndex())

    def _on_selection(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.chosen.emit(self.chosen_ids)

    def _on_clicked(self, _index: QModelIndex) -> None:
        """The card that is chosen already asks again for its pictures: the grid may show others by now."""
        self.chosen.emit(self.chosen_ids)

    def _on_context(self, point: QPoint) -> None:
        card = self.list.indexAt(point).data(CardRole)
        if isinstance(card, ClusterCard):
            self.context_requested.emit(card.id, self.list.viewport().mapToGlobal(point))
