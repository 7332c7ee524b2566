"""How one card of the list of clusters looks, and where its name is typed."""

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from shoal.qt.cluster_model import CardRole, ClusterCard
from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.fitting import middle_of

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
