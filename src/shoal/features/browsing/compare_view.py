"""Two to a dozen pictures side by side over the whole window, seen at the same zoom and the same place."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from shoal.domain.verdicts import Verdict
from shoal.features.browsing.zooming_view import Seen, ZoomingView
from shoal.widgets.picture_pane import Shown, paint_pane
from shoal.widgets.theme import ON_VEIL, QUIET_ON_VEIL, SHADE
from shoal.widgets.verdict_paint import paint_verdict
from shoal.widgets.zooming import WHEEL, Zoom, fit_scale, next_scale, panned, scale_of, zoomed

MOST = 12
_GROUND, _TEXT, _QUIET = QColor(QColor(SHADE).rgb()), QColor(ON_VEIL), QColor(QUIET_ON_VEIL)
_GAP, _LINE = 6.0, 26.0
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_ZOOM = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
_OUT = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_OWN = {*_STEPS, *_ZOOM, *_OUT, Qt.Key.Key_Z, Qt.Key.Key_Space, Qt.Key.Key_Escape}


@dataclass(slots=True)
class Pane:
    caption: str
    shown: Shown
    verdict: Verdict = field(default=(0, 0, 0))


class CompareView(ZoomingView):
    """Covers the window while it is open. One of the pictures is at hand: marks are meant for it."""

    at_hand_changed = Signal(int)
    out_requested = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _OWN, self._shown_where)
        self.setObjectName("compareView")
        self.setAccessibleName(self.tr("Pictures side by side"))
        self._panes: list[Pane] = []
        self._at = 0

    @property
    def images(self) -> list[int]:
        return [pane.shown.image for pane in self._panes] if self.isVisible() else []

    @property
    def at_hand(self) -> int:
        """The image that keys mean, -1 while it is closed."""
        return self._panes[self._at].shown.image if self.isVisible() and self._panes else -1

    def open(self, panes: list[Pane]) -> None:
        self._panes, self._at, self._zoom = panes, 0, Zoom()
        self._cover()
        self.setFocus()
        self.update()
        self.at_hand_changed.emit(self.at_hand)

    def take_out(self, image: int) -> None:
        """The next one is at hand. The last one stays."""
        images = self.images
        if image not in images or len(images) == 1:
            return
        place = images.index(image)
        del self._panes[place]
        self._at = min(self._at - (place < self._at), len(self._panes) - 1)
        self.update()
        self.at_hand_changed.emit(self.at_hand)

    def show_picture(self, image: int, picture: QImage) -> None:
        for pane in self._panes:
            if pane.shown.image == image and not picture.isNull():
                pane.shown.large = picture
        self._ask_for_more()
        self.update()

    def show_caption(self, image: int, caption: str) -> None:
        for pane in self._panes:
            if pane.shown.image == image:
                pane.caption = caption
        self.update()

    def show_verdict(self, image: int, verdict: Verdict) -> None:
        for pane in self._panes:
            if pane.shown.image == image:
                pane.verdict = verdict
        self.update()

    def leave(self) -> None:
        self.hide()
        self._panes = []
        self.closed.emit()

    def _rooms(self) -> list[QRectF]:
        """Up to three beside one another; four and more in rows."""
        count = len(self._panes)
        columns = count if count <= 3 else 2 if count == 4 else 3 if count <= 6 else 4
        rows = -(-count // max(columns, 1))
        width, height = self.width() / max(columns, 1), self.height() / max(rows, 1)
        return [
            QRectF(place % columns * width, place // columns * height, width, height - _LINE).adjusted(
                _GAP, _GAP, -_GAP, -_GAP
            )
            for place in range(count)
        ]

    def _put_at_hand(self, place: int) -> None:
        self._at = place % len(self._panes)
        self.update()
        self.at_hand_changed.emit(self.at_hand)

    def _under(self, point: QPointF) -> int | None:
        return next((place for place, room in enumerate(self._rooms()) if room.contains(point)), None)

    def _shown_where(self) -> Seen:
        seen = [(pane.shown, room) for pane, room in zip(self._panes, self._rooms(), strict=True)]
        return seen[self._at :] + seen[: self._at]

    def _zoom_to(self, scale: float | None, at: QPointF) -> None:
        """As seen in the picture under the pointer, else in the one at hand."""
        place = self._under(at)
        place = self._at if place is None else place
        room, size = self._rooms()[place], self._panes[place].shown.size
        self._set_zoom(Zoom() if scale is None else zoomed(self._zoom, scale, at, size, room))

    def _step_zoom(self, by: int) -> None:
        room, size = self._rooms()[self._at], self._panes[self._at].shown.size
        self._zoom_to(next_scale(self._zoom, by, size, room), room.center())

    def _turn_to_pixels(self, at: QPointF) -> None:
        self._zoom_to(None if self._zoom.scale is not None else 1 / self.devicePixelRatioF(), at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space):
            self.leave()
        elif key in _STEPS:
            self._put_at_hand(self._at + _STEPS[key])
        elif key in _ZOOM:
            self._step_zoom(_ZOOM[key])
        elif key == Qt.Key.Key_Z:
            self._turn_to_pixels(
                self._last if self._under(self._last) is not None else self._rooms()[self._at].center()
            )
        elif key in _OUT:
            self.out_requested.emit(self.at_hand)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        place = self._under(event.position())
        if place is not None:
            room, size = self._rooms()[place], self._panes[place].shown.size
            scale = scale_of(self._zoom, size, room) * WHEEL ** (event.angleDelta().y() / 120)
            fits = event.angleDelta().y() < 0 and scale <= fit_scale(size, room)
            self._zoom_to(None if fits else scale, event.position())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = None if self._pressed is None else self._under(self._pressed)
        if place is not None and self._is_drag(event.position()):
            self._moved = True
            by = event.position() - self._last
            self._set_zoom(panned(self._zoom, by, self._panes[place].shown.size, self._rooms()[place]))
        if self._pressed is None or self._moved:
            self._last = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click puts a picture at hand; on the one at hand it shows the pixels there."""
        clicked, self._pressed = not self._moved, None
        place = self._under(event.position())
        if not clicked or place is None:
            return
        if place == self._at:
            self._turn_to_pixels(event.position())
        else:
            self._put_at_hand(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _GROUND)
        for place, (pane, room) in enumerate(zip(self._panes, self._rooms(), strict=True)):
            where = paint_pane(painter, pane.shown, self._zoom, room)
            paint_verdict(painter, where.intersected(room), pane.verdict)
            at_hand = place == self._at
            painter.setPen(_TEXT if at_hand else _QUIET)
            line = QRectF(room.left(), room.bottom() + _GAP / 2, room.width(), _LINE - 4)
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, pane.caption)
            if at_hand:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self.palette().highlight().color(), 2))
                painter.drawRect(room.adjusted(-2, -2, 2, 2))
        painter.end()
