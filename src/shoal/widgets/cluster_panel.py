"""The list of clusters: cards to choose from, to drop images on, to put on one another, to rename."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from shoal.qt.cluster_model import CardRole, ClusterCard, ClusterModel
from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.dragging import cluster_mime, dragged_cluster, dragged_images, start_drag, take_as_copy
from shoal.widgets.fitting import middle_of
from shoal.widgets.new_cluster_target import NewClusterTarget

_FACE = 40
_PAD, _MARGIN = 8, 5
_BAR = 3
_KEY = 15
_FACES = 4
_FILLED = "filled"


class CardDelegate(QStyledItemDelegate):
    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.drop_row = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        card = index.data(CardRole)
        assert isinstance(card, ClusterCard)
        line = option.fontMetrics.height()
        return QSize(160, line + _FACE + _BAR + 4 * _MARGIN if card.is_cluster else line + 2 * _PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card = index.data(CardRole)
        assert isinstance(card, ClusterCard)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box, palette = option.rect.adjusted(4, 2, -4, -2), option.palette
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.AlternateBase
        if chosen or card.is_cluster:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(role))
            painter.drawRoundedRect(box, 6, 6)
        if index.row() == self.drop_row:
            self._paint_target(painter, box, palette.color(QPalette.ColorRole.Highlight))
        ink = palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text)
        if card.is_cluster:
            inside = box.adjusted(_PAD, _MARGIN, -_PAD, -_MARGIN)
            self._paint_key(painter, box, card.key, ink)
            self._paint_text(painter, inside, card, ink)
            self._paint_faces(painter, inside, card)
            if card.tightness is not None:
                bar = QRectF(inside.left(), inside.bottom() - _BAR + 1, inside.width(), _BAR)
                self._paint_tightness(painter, bar, card.tightness, ink)
        else:
            self._paint_line(painter, box.adjusted(_PAD, 0, -_PAD, 0), card, ink)
        painter.restore()

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Once: what arrives for the card while its name is typed leaves the letters alone."""
        if not editor.property(_FILLED):
            editor.setProperty(_FILLED, True)
            super().setEditorData(editor, index)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Over the whole first line."""
        editor.setGeometry(QRect(option.rect.left() + 6, option.rect.top() + 2, option.rect.width() - 12, 28))

    def _paint_target(self, painter: QPainter, box: QRect, accent: QColor) -> None:
        """What is being dragged would land here."""
        painter.setPen(QPen(accent, 2.5))
        painter.setBrush(QColor(accent.red(), accent.green(), accent.blue(), 50))
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_faces(self, painter: QPainter, inside: QRect, card: ClusterCard) -> None:
        """A typical picture and up to three that differ from it, as many as there is room for, each cut to a square."""
        top, step = inside.bottom() - _BAR - _MARGIN - _FACE + 2, _FACE + 2
        room = min(_FACES, max(1, (inside.width() + 2) // step))
        for number, image in enumerate(card.faces[:room]):
            place = QRect(inside.left() + number * step, top, _FACE, _FACE)
            picture = self._thumbnails.pixmap(image)
            if picture is not None and not picture.isNull():
                painter.drawPixmap(place, picture, middle_of(picture, place.size()))
        painter.fillRect(QRect(inside.left(), top + _FACE - 4, _FACE, 4), QColor.fromRgba(card.argb))

    def _paint_text(self, painter: QPainter, inside: QRect, card: ClusterCard, ink: QColor) -> None:
        """The name over all the width that the count and the key leave."""
        font = QFont(painter.font())
        painter.setPen(ink)
        painter.setOpacity(0.8)
        height, count = painter.fontMetrics().height(), f"{card.count:,}"
        right = inside.right() - (_KEY + 2 if card.key else 0)
        left = right - painter.fontMetrics().horizontalAdvance(count)
        painter.drawText(QRect(left, inside.top(), right - left + 1, height), Qt.AlignmentFlag.AlignRight, count)
        painter.setOpacity(1)
        font.setBold(True)
        painter.setFont(font)
        line = QRect(inside.left(), inside.top(), left - inside.left() - _PAD, height)
        name = painter.fontMetrics().elidedText(card.name, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, name)

    def _paint_key(self, painter: QPainter, box: QRect, key: int, ink: QColor) -> None:
        """The number key that sends the selection here, as small as the cap of a key."""
        if not key:
            return
        cap = QRectF(box.right() - _KEY - _PAD + 3, box.top() + _MARGIN, _KEY, _KEY)
        painter.save()
        painter.setOpacity(0.45)
        painter.setPen(QPen(ink, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap, 3, 3)
        font = QFont(painter.font())
        font.setPixelSize(_KEY - 5)
        painter.setFont(font)
        painter.setOpacity(0.75)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, str(key))
        painter.restore()

    def _paint_tightness(self, painter: QPainter, bar: QRectF, tightness: float, ink: QColor) -> None:
        """A thin bar: full where all pictures are alike."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.setOpacity(0.2)
        painter.drawRoundedRect(bar, 1.5, 1.5)
        painter.setOpacity(0.65)
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width() * max(tightness, 0.02), 3), 1.5, 1.5)

    def _paint_line(self, painter: QPainter, box: QRect, card: ClusterCard, ink: QColor) -> None:
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, card.name)
        painter.setOpacity(0.7)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{card.count:,}")


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
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
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
        if isinstance(last, ClusterCard) and not last.is_cluster and last.count:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            below = self.visualRect(self.model().index(rows - 1, 0)).bottom()
            room = self.viewport().rect().adjusted(20, below + 24, -20, 0)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(room, flags, self.tr("Clusters appear here when every picture has been looked at."))
            painter.end()

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

    def mark(self, card_ids: Sequence[int]) -> None:
        """Show these as chosen, or none, without asking for their pictures."""
        selection, model = QItemSelection(), self._model
        for row in map(model.row_of, card_ids):
            if row is not None:
                selection.select(model.index(row), model.index(row))
        self.blockSignals(True)
        self.list.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
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
