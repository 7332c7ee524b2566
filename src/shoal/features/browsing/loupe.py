"""One picture over the whole window, at any size. Space or Escape closes it, the arrows go on to the next."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QWidget

from shoal.domain.verdicts import Verdict
from shoal.features.browsing.overlays import Judged, paint_histogram
from shoal.features.browsing.zooming_view import Seen, ZoomingView
from shoal.widgets.picture_pane import Shown, paint_pane
from shoal.widgets.theme import ON_VEIL, SHADE
from shoal.widgets.verdict_paint import paint_verdict
from shoal.widgets.zooming import WHEEL, Zoom, fit_scale, next_scale, panned, place_of, scale_of, zoomed

_GROUND, _TEXT = QColor(SHADE), QColor(ON_VEIL)
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_ZOOM = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
HISTOGRAM, CLIPPING, FOCUS = Qt.Key.Key_H, Qt.Key.Key_J, Qt.Key.Key_D
_OWN = {*_STEPS, *_ZOOM, HISTOGRAM, CLIPPING, FOCUS, Qt.Key.Key_Z, Qt.Key.Key_Space}


class Loupe(ZoomingView):
    """Covers the window while it is open. The zoom stays from picture to picture."""

    step_requested = Signal(int)
    judged_wanted = Signal()
    """Somebody wants to see histogram, clipping or focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _OWN, self._shown_where)
        self.setObjectName("loupe")
        self.setAccessibleName(self.tr("Large picture"))
        self._shown, self._caption = Shown(), ""
        self._verdict: Verdict = (0, 0, 0)
        self._judged: Judged | None = None
        self._laid: set[Qt.Key] = set()
        self._space_held = False

    @property
    def image(self) -> int:
        """The image it shows, -1 while it is closed."""
        return self._shown.image if self.isVisible() else -1

    @property
    def scale(self) -> float:
        """Screen pixels for a pixel of the picture."""
        return scale_of(self._zoom, self._shown.size, self._room) * self.devicePixelRatioF()

    def open(self, image: int, caption: str, placeholder: QPixmap | None, size: tuple[int, int] | None = None) -> None:
        """Show what is at hand; `show_picture` follows when the large one is decoded. `size` of the whole picture."""
        small = placeholder.toImage() if placeholder is not None and not placeholder.isNull() else None
        self._shown = Shown(image, small, measured=QSizeF(*size) if size else None)
        self._caption, self._judged = caption, None
        if not self.isVisible():  # what came over it since, stays over it
            self._zoom = Zoom()
            self._cover()
        self.setFocus()
        self._ask_for_more()
        self.update()

    def show_picture(self, image: int, picture: QImage) -> None:
        if image == self._shown.image and not picture.isNull():
            self._shown.large = picture
            if self._laid:
                self.judged_wanted.emit()
            self._ask_for_more()
            self.update()

    def show_judged(self, image: int, judged: Judged) -> None:
        if image == self._shown.image:
            self._judged = judged
            self.update()

    def show_said(self, verdict: Verdict, caption: str) -> None:
        """Stars, flag and label, and what is written below."""
        self._verdict, self._caption = verdict, caption
        self.update()

    def leave(self) -> None:
        self._shown = Shown()
        self.hide()
        self.closed.emit()

    @property
    def _room(self) -> QRectF:
        """All of the window where the picture is zoomed; else there is a frame around it."""
        return QRectF(self.rect()) if self._zoom.scale is not None else QRectF(self.rect()).adjusted(24, 24, -24, -48)

    def _shown_where(self) -> Seen:
        return [(self._shown, self._room)]

    def _turn_to_pixels(self, at: QPointF) -> None:
        """One pixel of the picture for one of the screen, at this point; or fitted again."""
        if self._zoom.scale is not None:
            self._set_zoom(Zoom())
        else:
            self._set_zoom(self._zoomed(1 / self.devicePixelRatioF(), at))

    def _step_zoom(self, by: int) -> None:
        scale = next_scale(self._zoom, by, self._shown.size, self._room)
        self._set_zoom(Zoom() if scale is None else self._zoomed(scale, self._pointer()))

    def _zoomed(self, scale: float, at: QPointF) -> Zoom:
        """Fitted, there was a frame around it; zoomed, there is none."""
        return zoomed(self._zoom, scale, at, self._shown.size, self._room, QRectF(self.rect()))

    def _pointer(self) -> QPointF:
        """Where the mouse is, if it is here; else the middle."""
        return self._last if self.rect().contains(self._last.toPoint()) else QPointF(self.rect().center())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space:
            self._hold_space(event)
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
            self.leave()
        elif key in _STEPS:
            self.step_requested.emit(_STEPS[key])
        elif key in _ZOOM:
            self._step_zoom(_ZOOM[key])
        elif key == Qt.Key.Key_Z:
            self._turn_to_pixels(self._pointer())
        elif key in (HISTOGRAM, CLIPPING, FOCUS):
            self._lay(key)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space by itself closes; held, it moves the picture."""
        if event.key() == Qt.Key.Key_Space and self._space_held and not event.isAutoRepeat():
            self._space_held = False
            self.unsetCursor()
            if not self._moved:
                self.leave()
        else:
            event.ignore()

    def _hold_space(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            self._space_held, self._moved = True, False
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def _lay(self, key: Qt.Key) -> None:
        self._laid ^= {key}
        if self._laid and self._judged is None:
            self.judged_wanted.emit()
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        size, room = self._shown.size, self._room
        scale = scale_of(self._zoom, size, room) * WHEEL ** (event.angleDelta().y() / 120)
        fits = scale <= fit_scale(size, QRectF(self.rect()).adjusted(24, 24, -24, -48))
        self._set_zoom(Zoom() if fits and event.angleDelta().y() < 0 else self._zoomed(scale, event.position()))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        by = event.position() - self._last
        drags = self._pressed is not None or (self._space_held and bool(event.buttons()))
        if drags and self._is_drag(event.position()):
            self._moved = True
            self._set_zoom(panned(self._zoom, by, self._shown.size, self._room))
        if not drags or self._moved:
            self._last = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click shows the pixels at this point, or all of the picture again; beside the picture it closes."""
        clicked, self._pressed = self._pressed is not None and not self._moved, None
        if not clicked or self._space_held:
            return
        if self._zoom.scale is None and not self._place().contains(event.position()):
            self.leave()
        else:
            self._turn_to_pixels(event.position())

    def _place(self) -> QRectF:
        return place_of(self._zoom, self._shown.size, self._room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _GROUND)
        overlay = None
        if self._judged is not None and self._laid & {CLIPPING, FOCUS}:
            overlay = self._judged.clipping if CLIPPING in self._laid else self._judged.focus
        room = self._room
        place = paint_pane(painter, self._shown, self._zoom, room, overlay)
        paint_verdict(painter, place.intersected(room), self._verdict)
        if self._judged is not None and HISTOGRAM in self._laid:
            paint_histogram(painter, QPointF(self.width() - 272, 12), self._judged.histogram)
        self._write(painter)
        painter.end()

    def _write(self, painter: QPainter) -> None:
        text = f"{self._caption}  ·  {self.scale:.0%}" if self._zoom.scale is not None else self._caption
        line = QRectF(self.rect()).adjusted(24, self.height() - 40, -24, -8)
        if self._zoom.scale is not None:
            width = painter.fontMetrics().horizontalAdvance(text) + 24
            line = QRectF(self.rect().center().x() - width / 2, self.height() - 36, width, 26)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_GROUND)
            painter.drawRoundedRect(line, 4, 4)
        painter.setPen(_TEXT)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
