"""How one card of the list of clusters looks, and where its name is typed."""

from base64 import b64encode
from html import escape

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from shoal.qt.cluster_model import CardRole, ClusterCard
from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.fitting import ScaledPictures, middle_of, square_of
from shoal.widgets.named import in_size
from shoal.widgets.theme import HALF, RADIUS, RING, SMALL, UNIT

Index = QModelIndex | QPersistentModelIndex

_STRIPE, _BAR_WIDTH, _BAR_HEIGHT = 3, 40, 3
_KEY = 15
_AIR = 1
"""Logical pixels that the two lines of a card are apart: with so many 30 cards are in view at 1600 x 1000."""

_FACES, _WIDE = 4, 300
"""Cards that are so wide (logical pixels) show more than the typical picture."""

INDENT = 2 * UNIT
"""Logical pixels: what stands under a parent is moved in by that, and so wide is what folds it."""

_FACE_IN_TIP = 72
_FILLED = "filled"


class CardDelegate(QStyledItemDelegate):
    """Two lines: the name over all the width there is; below it how many pictures, and how much they are alike."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails, self._faces = thumbnails, ScaledPictures()
        self._heights: dict[str, tuple[int, int]] = {}
        self.drop_row = -1
        self.drop_words = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        one, two = self._heights_of(option.font)
        return QSize(160, two if _card(index).is_cluster else one)

    def _heights_of(self, font: QFont) -> tuple[int, int]:
        """Of a card of one line, and of one with two: asked for of every card whenever the list is laid out."""
        key = font.key()
        if key not in self._heights:
            line = QFontMetrics(font).height()
            self._heights[key] = line + HALF, line + QFontMetrics(_small(font)).height() + _AIR
        return self._heights[key]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card = _card(index)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        palette, chosen = option.palette, bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.AlternateBase))
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text))
        if card.is_cluster:
            self._paint_cluster(painter, option.rect.adjusted(INDENT if card.parent else 0, 0, 0, 0), card)
        elif card.is_parent:
            _paint_fold(painter, fold_box(option.rect), card.folded)
            painter.fillRect(
                QRect(option.rect.left() + INDENT, option.rect.bottom(), 9999, 1), QColor.fromRgba(card.argb)
            )
            self._paint_line(painter, option.rect.adjusted(INDENT + HALF, 0, -UNIT, 0), card)
        else:
            self._paint_line(painter, option.rect.adjusted(UNIT, 0, -UNIT, 0), card)
        if index.row() == self.drop_row:
            _paint_target(painter, option.rect, palette, self.drop_words)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(option.rect).adjusted(1, 1, -1, -1))
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, _option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """The pictures that a narrow card has no room for, above what the model says about it."""
        told = index.data(Qt.ItemDataRole.ToolTipRole) if index.isValid() else None
        faces = "&nbsp;".join(self._as_html(image) for image in _card(index).faces) if told else ""
        lines = [escape(line) for line in str(told).splitlines()] if told else []
        text = "<br>".join([f"<b>{lines[0]}</b>", *([faces] if faces else []), *lines[1:]]) if lines else ""
        QToolTip.showText(event.globalPos(), text, view)
        return True

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Once: what arrives for the card while its name is typed leaves the letters alone."""
        if not editor.property(_FILLED):
            editor.setProperty(_FILLED, True)
            super().setEditorData(editor, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter is done at once. Qt puts it off, and what comes meanwhile (Escape, a click, a card that goes) closes
        the editor first: then the letters are lost, or Qt complains of an editor that is no longer there."""
        if isinstance(editor, QWidget) and _is_enter(event):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            return True
        return super().eventFilter(editor, event)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the name, beside the picture, and as high as it wants to be."""
        left = option.rect.left() + (
            _first_face(option.rect).width() + _STRIPE + HALF if _card(index).is_cluster else 0
        )
        height = max(option.rect.height(), editor.sizeHint().height())
        editor.setGeometry(QRect(left, option.rect.top(), option.rect.right() - left, height))

    def _paint_cluster(self, painter: QPainter, box: QRect, card: ClusterCard) -> None:
        painter.fillRect(QRect(box.left(), box.top(), _STRIPE, box.height() - 1), QColor.fromRgba(card.argb))
        face = _first_face(box)
        shown = card.faces[: _FACES if box.width() >= _WIDE else 1]
        for number, image in enumerate(shown):
            self._paint_face(painter, face.translated(number * (face.width() + 1), 0), image)
        left = face.left() + max(len(shown), 1) * (face.width() + 1) + HALF
        inside = QRect(left, box.top(), box.right() - UNIT - left, box.height())
        if card.key:
            _paint_key(painter, inside, card.key)
        inside.setRight(inside.right() - _KEY - HALF)
        name_line = QRect(inside.left(), inside.top() + 1, inside.width(), painter.fontMetrics().height() - 1)
        self._paint_name(painter, name_line, card)
        painter.setFont(_small(painter.font()))
        painter.setOpacity(0.8)
        second = QRect(inside.left(), name_line.bottom(), inside.width(), inside.bottom() - name_line.bottom())
        painter.drawText(second, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f"{card.count:,}")
        if card.evenness is not None:
            bar = QRectF(second.right() - _BAR_WIDTH, second.center().y(), _BAR_WIDTH, _BAR_HEIGHT)
            _paint_bar(painter, bar, card.evenness)

    def _paint_name(self, painter: QPainter, line: QRect, card: ClusterCard) -> None:
        """In bold what the user has called it."""
        font = QFont(painter.font())
        font.setBold(card.named)
        painter.save()
        painter.setFont(font)
        name = painter.fontMetrics().elidedText(card.name, Qt.TextElideMode.ElideRight, line.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        painter.drawText(line, flags, name)
        painter.restore()

    def _paint_face(self, painter: QPainter, place: QRect, image: int) -> None:
        picture = self._thumbnails.pixmap(image)
        if picture is not None and not picture.isNull():
            self._faces.paint(painter, place, picture, middle_of(picture, place.size()))

    def _paint_line(self, painter: QPainter, box: QRect, card: ClusterCard) -> None:
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, card.name)
        painter.setOpacity(0.8)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{card.count:,}")

    def _as_html(self, image: int) -> str:
        picture = self._thumbnails.pixmap(image)
        if picture is None or picture.isNull():
            return ""
        packed = QByteArray()
        buffer = QBuffer(packed)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        square_of(picture, _FACE_IN_TIP).save(buffer, "PNG")
        return f'<img src="data:image/png;base64,{b64encode(packed.data()).decode()}">'


def _is_enter(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _card(index: Index) -> ClusterCard:
    card = index.data(CardRole)
    assert isinstance(card, ClusterCard)
    return card


def _small(font: QFont) -> QFont:
    return in_size(font, SMALL)


def _first_face(box: QRect) -> QRect:
    return QRect(box.left() + _STRIPE, box.top(), box.height() - 1, box.height() - 1)


def fold_box(box: QRect) -> QRect:
    """Where a click on a parent's card folds it."""
    return QRect(box.left(), box.top(), INDENT, box.height())


def _paint_fold(painter: QPainter, box: QRect, folded: bool) -> None:
    """A triangle that points at what it shows, or to the side while it shows nothing."""
    middle, side = QPointF(box.center()), 3.5
    tip = [QPointF(-side / 2, -side), QPointF(side / 2, 0), QPointF(-side / 2, side)]
    if not folded:
        tip = [QPointF(-corner.y(), corner.x()) for corner in tip]
    painter.save()
    painter.setBrush(painter.pen().color())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(QPolygonF([middle + corner for corner in tip]))
    painter.restore()


def _paint_target(painter: QPainter, box: QRect, palette: QPalette, words: str) -> None:
    """What is being dragged would land here; `words` say what that would do."""
    accent = palette.color(QPalette.ColorRole.Highlight)
    painter.setPen(QPen(accent, RING))
    painter.setBrush(QColor(accent.red(), accent.green(), accent.blue(), 50))
    painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    if words:
        height = painter.fontMetrics().height() + RADIUS
        line = QRect(box.left(), box.bottom() - height, box.width(), height)
        painter.fillRect(line, accent)
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
        text = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, line.width() - 2 * RADIUS)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)


def _paint_key(painter: QPainter, inside: QRect, key: int) -> None:
    """The number key that sends the selection here, as small as the cap of a key."""
    cap = QRectF(inside.right() - _KEY + 0.5, inside.top() + (inside.height() - _KEY) / 2, _KEY, _KEY)
    painter.save()
    painter.setOpacity(0.5)
    painter.setPen(QPen(painter.pen().color(), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(cap, 3, 3)
    painter.setFont(_small(painter.font()))
    painter.setOpacity(0.8)
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, str(key))
    painter.restore()


def _paint_bar(painter: QPainter, bar: QRectF, evenness: float) -> None:
    """Full for the cluster whose pictures are most alike, empty for the most mixed one."""
    ink = painter.pen().color()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.setOpacity(0.25)
    painter.drawRect(bar)
    painter.setOpacity(0.75)
    painter.drawRect(QRectF(bar.left(), bar.top(), bar.width() * evenness, bar.height()))
