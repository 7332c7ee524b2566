"""What covers the window and is seen at any size: its zoom, its own keys, the hand that drags."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from shoal.widgets.picture_pane import PicturePart, Shown
from shoal.widgets.zooming import Zoom

_CLICK = 5
"""Logical pixels that a hand may tremble in a click."""

_OTHERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier

Seen = Sequence[tuple[Shown, QRectF]]
"""Pictures, and where in the view; the one at hand first."""


class ZoomingView(QWidget):
    """A child of the window that is as large as it."""

    closed = Signal()
    zoom_changed = Signal()
    whole_wanted = Signal()
    """Something is seen larger than what is there of it has pixels."""

    part_wanted = Signal(int, QRect)
    """Of the image this part, with all of its pixels."""

    def __init__(self, parent: QWidget, own_keys: Collection[int], seen: Callable[[], Seen]) -> None:
        """`own_keys` mean something here whatever they mean in the window. `seen`: what is shown now."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._covered, self._own_keys, self._seen = parent, own_keys, seen
        self._zoom = Zoom()
        self._pressed: QPointF | None = None
        self._last, self._moved = QPointF(), False
        parent.installEventFilter(self)
        self.zoom_changed.connect(self._ask_for_more)
        self.hide()

    @property
    def zoom(self) -> Zoom:
        return self._zoom

    def show_whole(self, image: int, picture: QImage) -> None:
        for shown, _room in self._seen():
            if shown.image == image and not picture.isNull():
                shown.whole = picture
        self.update()

    def show_part(self, image: int, box: QRect, picture: QImage) -> None:
        """Nothing, for one that cannot be read; for whatever image, another part may be asked for now."""
        for shown, _room in self._seen():
            if shown.image == image:
                shown.part = PicturePart(box, picture)
        self._ask_for_more()
        self.update()

    def event(self, event: QEvent) -> bool:
        """Its own keys come here, also where they are shortcuts of the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self._covered and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._covered.rect())
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._last = event.position()
        self._moved = False

    def _ask_for_more(self) -> None:
        """Of what is seen larger than what there is of it. Parts come one by one."""
        ratio, seen = self.devicePixelRatioF(), self._seen()
        if any(shown.wants_whole(self._zoom, room, ratio) for shown, room in seen):
            self.whole_wanted.emit()
        parts = ((shown.image, shown.wants_part(self._zoom, room, ratio)) for shown, room in seen)
        image, part = next(((image, part) for image, part in parts if part is not None), (-1, None))
        if part is not None and image >= 0 and self.isVisible():
            self.part_wanted.emit(image, part)

    def _is_own(self, event: QKeyEvent) -> bool:
        return event.key() in self._own_keys and not event.modifiers() & _OTHERS

    def _cover(self) -> None:
        self.setGeometry(self._covered.rect())
        self.show()
        self.raise_()

    def _is_drag(self, at: QPointF) -> bool:
        """Whether the hand went further from `at` than in a click, now or since it was pressed."""
        return self._moved or (at - (self._pressed or self._last)).manhattanLength() > _CLICK

    def _set_zoom(self, zoom: Zoom) -> None:
        self._zoom = zoom
        self.zoom_changed.emit()
        self.update()
