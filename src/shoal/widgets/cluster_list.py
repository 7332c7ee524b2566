"""The cards as a list: to choose from, to drop pictures on, to put on one another."""

from PySide6.QtCore import (
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QWidget,
)

from shoal.qt.cluster_model import CardRole, ClusterCard, ClusterModel
from shoal.widgets.cluster_card import CardDelegate
from shoal.widgets.dragging import cluster_mime, dragged_cluster, dragged_images, start_drag, take_as_copy
from shoal.widgets.theme import UNIT


class ClusterList(QListView):
    images_dropped = Signal(object, int)
    merge_dropped = Signal(int, int)
    """The dragged cluster and the one it was dropped on."""

    entered_card = Signal()
    """Enter on a card: on to its pictures."""

    def __init__(self, delegate: CardDelegate, parent: QWidget) -> None:
        super().__init__(parent)
        self._delegate = delegate
        self.setItemDelegate(delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setUniformItemSizes(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        rows = self.model().rowCount()
        last = self.model().index(rows - 1, 0).data(CardRole) if rows else None
        hint = self._hint(last) if isinstance(last, ClusterCard) and not last.is_cluster else ""
        if hint:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            below = self.visualRect(self.model().index(rows - 1, 0)).bottom()
            room = self.viewport().rect().adjusted(2 * UNIT, below + 3 * UNIT, -2 * UNIT, 0)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(room, flags, hint)
            painter.end()

    def _hint(self, last: ClusterCard) -> str:
        """Where no cluster is: why, and what to do."""
        model = self.model()
        if isinstance(model, ClusterModel) and model.is_filtered:
            return self.tr("No cluster is called so. Escape shows all of them again.")
        return self.tr("Clusters appear here when every picture has been looked at.") if last.count else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            self.entered_card.emit()
        else:
            super().keyPressEvent(event)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        card = self.currentIndex().data(CardRole)
        if isinstance(card, ClusterCard) and card.is_cluster:
            box = self.visualRect(self.currentIndex())
            start_drag(self, cluster_mime(card.id), self.viewport().grab(box))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        card = self._card_at(event.position().toPoint())
        ours = dragged_images(event.mimeData()) is not None
        merging = dragged_cluster(event.mimeData())
        takes = card is not None and card.id >= 0 and (ours or (merging not in (None, card.id) and card.is_cluster))
        self._aim_at(event.position().toPoint() if takes else None)
        if takes:
            take_as_copy(event)
        elif ours or merging is not None:
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.accept() if isinstance(event, QDragEnterEvent) else event.ignore()
        else:
            event.ignore()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._aim_at(None)

    def dropEvent(self, event: QDropEvent) -> None:
        card = self._card_at(event.position().toPoint())
        self._aim_at(None)
        take_as_copy(event)
        images, merging = dragged_images(event.mimeData()), dragged_cluster(event.mimeData())
        if card is None or card.id < 0:
            return
        if images is not None:
            self.images_dropped.emit(images, card.id)
        elif merging is not None and card.is_cluster and merging != card.id:
            self.merge_dropped.emit(merging, card.id)

    def _card_at(self, point: QPoint) -> ClusterCard | None:
        card = self.indexAt(point).data(CardRole)
        return card if isinstance(card, ClusterCard) else None

    def _aim_at(self, point: QPoint | None) -> None:
        row = -1 if point is None else self.indexAt(point).row()
        if row != self._delegate.drop_row:
            self._delegate.drop_row = row
            self.viewport().update()
