"""The cards as a list: to choose from, to drop pictures on, to put on one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QMimeData,
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
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QWidget,
)

from shoal.qt.cluster_model import CardRole, ClusterCard, ClusterModel
from shoal.widgets.cluster_card import CardDelegate, fold_box
from shoal.widgets.dragging import (
    clusters_mime,
    dragged_clusters,
    dragged_images,
    dropped_paths,
    start_drag,
    take_as_copy,
)
from shoal.widgets.edge_scrolling import EdgeScrolling
from shoal.widgets.theme import UNIT

_MOST_IN_PILE, _STEP = 4, 8


@dataclass(frozen=True, slots=True, eq=False)
class Carried:
    """What a drag brings: pictures or clusters of ours, or files from elsewhere."""

    images: NDArray[np.int32] | None = None
    clusters: Sequence[int] = ()
    paths: Sequence[Path] = ()


def carried_by(data: QMimeData) -> Carried:
    return Carried(dragged_images(data), dragged_clusters(data), dropped_paths(data))


class ClusterList(QListView):
    images_dropped = Signal(object, int)
    merge_dropped = Signal(object, int)
    """The dragged clusters and the one they were dropped on."""

    paths_dropped = Signal(object, int)
    """Files and folders from elsewhere, and the cluster whose card they were dropped on."""

    parent_dropped = Signal(object, int)
    """The dragged clusters and the card of the parent that they were dropped on."""

    fold_toggled = Signal(int)
    entered_card = Signal()
    """Enter on a card: on to its pictures."""

    def __init__(self, delegate: CardDelegate, parent: QWidget) -> None:
        super().__init__(parent)
        self._delegate = delegate
        self._carried = Carried()
        self._edges = EdgeScrolling(self, self._on_scrolled)
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
        if not isinstance(model, ClusterModel):
            return ""
        if model.is_filtered:
            return self.tr("No cluster is called so. Escape shows all of them again.")
        return model.empty_hint if last.count else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            self.entered_card.emit()
        elif not editing and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._fold_by_key(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        card = self._card_at(place)
        if card is not None and card.is_parent and fold_box(self.visualRect(self.indexAt(place))).contains(place):
            self.fold_toggled.emit(card.id)
        else:
            super().mousePressEvent(event)

    def _fold_by_key(self, event: QKeyEvent) -> bool:
        card = self.currentIndex().data(CardRole)
        if not isinstance(card, ClusterCard) or not card.is_parent:
            return False
        if card.folded is (event.key() == Qt.Key.Key_Right):
            self.fold_toggled.emit(card.id)
        return True

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """All chosen clusters go together."""
        chosen = sorted(self.selectedIndexes(), key=lambda index: index.row())
        cards = [index for index in chosen if index.data(CardRole).is_cluster]
        if cards:
            boxes = [self.visualRect(index) for index in cards if self.visualRect(index).intersects(self.rect())]
            pictures = [self.viewport().grab(box) for box in boxes]
            start_drag(self, clusters_mime([index.data(CardRole).id for index in cards]), _pile(pictures))
        self._let_go()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        place, carried = event.position().toPoint(), carried_by(event.mimeData())
        self._carried = carried
        takes = self._takes(place)
        self._aim_at(place if takes else None)
        ours = carried.images is not None or bool(carried.clusters)
        if takes:
            take_as_copy(event)
        elif ours:
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.accept() if isinstance(event, QDragEnterEvent) else event.ignore()
        else:
            event.ignore()
        if takes or ours:
            self._edges.hold_at(place)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._let_go()

    def dropEvent(self, event: QDropEvent) -> None:
        place, carried = event.position().toPoint(), carried_by(event.mimeData())
        self._carried = carried
        card, takes = self._card_at(place), self._takes(place)
        self._let_go()
        take_as_copy(event)
        if card is None or not takes:
            return
        if carried.images is not None:
            self.images_dropped.emit(carried.images, card.id)
        elif card.is_parent:
            self.parent_dropped.emit(list(carried.clusters), card.id)
        elif carried.clusters:
            self.merge_dropped.emit(list(carried.clusters), card.id)
        else:
            self.paths_dropped.emit(list(carried.paths), card.id)

    def _takes(self, place: QPoint) -> bool:
        """Pictures and files go to Unsorted, too; a cluster goes to any other one, or under a parent."""
        card, carried = self._card_at(place), self._carried
        if card is None or card.id < 0:
            return card is not None and card.is_parent and bool(carried.clusters)
        if carried.clusters:
            return card.is_cluster and card.id not in carried.clusters
        return carried.images is not None or bool(carried.paths)

    def _on_scrolled(self, place: QPoint) -> None:
        """Another card lies under what is dragged."""
        self._aim_at(place if self._takes(place) else None)

    def _let_go(self) -> None:
        self._carried = Carried()
        self._edges.stop()
        self._aim_at(None)

    def _card_at(self, point: QPoint) -> ClusterCard | None:
        card = self.indexAt(point).data(CardRole)
        return card if isinstance(card, ClusterCard) else None

    def _aim_at(self, point: QPoint | None) -> None:
        row = -1 if point is None else self.indexAt(point).row()
        if row != self._delegate.drop_row:
            self._delegate.drop_row, self._delegate.drop_words = row, self._words_for(row)
            self.viewport().update()

    def _words_for(self, row: int) -> str:
        """What letting go of clusters would do; of pictures that is plain."""
        clusters = self._carried.clusters
        if row < 0 or not clusters:
            return ""
        model = self.model()
        cards = [model.index(other, 0).data(CardRole) for other in range(model.rowCount())]
        names = ", ".join(card.name for card in cards if card.id in clusters)
        if cards[row].is_parent:
            return self.tr("Put {0} under {1}").format(names, cards[row].name)
        return self.tr("Merge {0} into {1}").format(names, cards[row].name)


def _pile(pictures: Sequence[QPixmap]) -> QPixmap:
    """Cards on top of one another, the first on top."""
    if len(pictures) < 2:
        return pictures[0] if pictures else QPixmap()
    shown = pictures[:_MOST_IN_PILE]
    pile = QPixmap(shown[0].width() + _STEP * len(shown), shown[0].height() + _STEP * len(shown))
    pile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pile)
    for place in reversed(range(len(shown))):
        painter.drawPixmap(_STEP * place, _STEP * place, shown[place])
    painter.end()
    return pile
