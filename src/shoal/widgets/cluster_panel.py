"""The list of clusters: cards to choose from, to drop images on, to put on one another, to rename."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from shoal.qt.cluster_model import CardRole, ClusterCard, ClusterModel
from shoal.qt.cluster_order import ClusterSort
from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.cluster_card import CardDelegate
from shoal.widgets.cluster_list import ClusterList
from shoal.widgets.icons import icon
from shoal.widgets.named import named
from shoal.widgets.new_cluster_target import NewClusterTarget
from shoal.widgets.theme import HALF
from shoal.widgets.translation import QT_TRANSLATE_NOOP, translated

CLUSTER_SORTS: tuple[tuple[ClusterSort, str], ...] = (
    (ClusterSort.SIZE, QT_TRANSLATE_NOOP("orders", "Largest first")),
    (ClusterSort.NAME, QT_TRANSLATE_NOOP("orders", "By name")),
    (ClusterSort.MIXED, QT_TRANSLATE_NOOP("orders", "Most mixed first")),
    (ClusterSort.UNSURE, QT_TRANSLATE_NOOP("orders", "Least sure first")),
    (ClusterSort.RECENT, QT_TRANSLATE_NOOP("orders", "Worked on last first")),
)


class ClusterPanel(QWidget):
    """Shows a `ClusterModel`. `chosen` carries the card ids the user picked, in the order of the rows."""

    chosen = Signal(object)
    images_dropped = Signal(object, int)
    merge_dropped = Signal(object, int)
    paths_dropped = Signal(object, int)
    new_cluster_dropped = Signal(object)
    new_cluster_requested = Signal()
    parent_dropped = Signal(object, int)
    """Clusters, and the card of the parent that they were put on."""

    parent_renamed = Signal(int, str)
    fold_toggled = Signal(int)
    """The card of a parent whose clusters are to be hidden, or shown again."""

    entered_card = Signal()
    context_requested = Signal(int, QPoint)
    sort_requested = Signal(object)
    """A `ClusterSort`; the same again sorts once more."""

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
        layout.addLayout(self._tools())
        layout.addWidget(self.list, 1)
        self._new = NewClusterTarget()
        layout.addWidget(self._new)
        self._new.images_dropped.connect(self.new_cluster_dropped)
        self._new.clicked.connect(self.new_cluster_requested)
        self.list.images_dropped.connect(self.images_dropped)
        self.list.entered_card.connect(self.entered_card)
        self.list.fold_toggled.connect(self.fold_toggled)
        self.list.parent_dropped.connect(self.parent_dropped)
        model.parent_renamed.connect(self.parent_renamed)
        self.list.merge_dropped.connect(self.merge_dropped)
        self.list.paths_dropped.connect(self.paths_dropped)
        self.list.customContextMenuRequested.connect(self._on_context)
        self.list.selectionModel().selectionChanged.connect(self._on_selection)
        self.list.clicked.connect(self._on_clicked)
        thumbnails.arrived.connect(self.list.viewport().update)
        self.setMinimumWidth(160)

    def _tools(self) -> QHBoxLayout:
        """Finding a cluster by its name, and the order in which they stand."""
        self.filter = named(QLineEdit(), "clusterFilter", self.tr("Find a cluster by its name"))
        self.filter.setPlaceholderText(self.tr("Find a cluster"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda text: self._model.set_filter(text, self.chosen_ids))
        self.filter.installEventFilter(self)
        self._sorting = named(QToolButton(), "clusterOrder", self.tr("Order of the clusters"))
        self._sorting.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._sorting.setMenu(QMenu(self._sorting))
        group = QActionGroup(self._sorting)
        for by, label in CLUSTER_SORTS:
            action = QAction(translated("orders", label), group, checkable=True)
            action.setData(by)
            action.triggered.connect(lambda _on=False, by=by: self.sort_requested.emit(by))
        self._sorting.menu().addActions(group.actions())
        row = QHBoxLayout()
        row.setContentsMargins(HALF, 0, HALF, HALF)
        row.setSpacing(HALF)
        row.addWidget(self.filter, 1)
        row.addWidget(self._sorting)
        self._dress()
        return row

    def show_sorting(self, by: ClusterSort) -> None:
        """Which order the button says that they are in."""
        for action in self._sorting.menu().actions():
            action.setChecked(action.data() is by)
            if action.isChecked():
                self._sorting.setToolTip(self.tr("Order of the clusters: {0}").format(action.text()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """In the field: Down goes to the cards, Enter to the first one found, Escape empties it."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose_found()
        elif event.key() == Qt.Key.Key_Down:
            self.list.setFocus()
        else:
            return False
        return True

    def _choose_found(self) -> None:
        first = next((card.id for card in self._model.cards if card.is_cluster), None)
        if first is not None and self.filter.text():
            self.filter.clear()
            self.choose(first)
            self.list.scrollTo(self.list.currentIndex())
            self.list.setFocus()

    def _dress(self) -> None:
        self._sorting.setIcon(icon("sort", self.palette()))

    @property
    def chosen_ids(self) -> list[int]:
        rows = sorted(index.row() for index in self.list.selectedIndexes())
        return [self._model.cards[row].id for row in rows]

    @property
    def has_keys(self) -> bool:
        """Whether keys go to the cards: not to a name that is being typed."""
        return self.list.hasFocus()

    def holds(self, focus: QWidget | None) -> bool:
        """Whether that belongs to the cards or to what stands around them."""
        return focus is not None and self.isAncestorOf(focus)

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
        index = self.list.currentIndex()
        if index.flags() & Qt.ItemFlag.ItemIsEditable and self.list.indexWidget(index) is None:
            self.list.edit(index)

    def _on_selection(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.chosen.emit(self.chosen_ids)

    def _on_clicked(self, _index: QModelIndex) -> None:
        """The card that is chosen already asks again for its pictures: the grid may show others by now."""
        self.chosen.emit(self.chosen_ids)

    def _on_context(self, point: QPoint) -> None:
        card = self.list.indexAt(point).data(CardRole)
        if isinstance(card, ClusterCard):
            self.context_requested.emit(card.id, self.list.viewport().mapToGlobal(point))
