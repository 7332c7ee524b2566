"""Where the map goes. The library it is drawn with takes long to load, so the window opens without it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from shoal.widgets.map_view import MapView


class MapPlace(QWidget):
    """Empty until it is filled; passes on what the user does on the map."""

    filled = Signal()
    image_activated = Signal(int)
    context_requested = Signal(QPoint)
    images_dropped = Signal(object, int)
    cluster_chosen = Signal(int)
    cluster_renamed = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: MapView | None = None
        self._first = QWidget(self)
        self._first.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    @property
    def view(self) -> "MapView | None":
        return self._view

    def fill(self, view: "MapView") -> None:
        self._view = view
        self._layout.addWidget(view)
        self._put_in_order(view)
        view.image_activated.connect(self.image_activated)
        view.context_requested.connect(self.context_requested)
        view.images_dropped.connect(self.images_dropped)
        view.cluster_chosen.connect(self.cluster_chosen)
        view.cluster_renamed.connect(self.cluster_renamed)
        self.filled.emit()

    def _put_in_order(self, view: "MapView") -> None:
        """The Tab key comes to the map where its place is, though it is the last to come into the window."""
        self._first.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # without it Qt does not take it for the one before
        before = self._first
        for widget in view.findChildren(QWidget):
            in_window = widget.window() == self.window()  # a list that drops down is a window of its own
            if in_window and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                QWidget.setTabOrder(before, widget)
                before = widget
        self._first.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def zoom_to_selection(self) -> None:
        if self._view is not None:
            self._view.zoom_to_selection()

    def zoom_to_all(self) -> None:
        if self._view is not None:
            self._view.canvas.reset()

    def shutdown(self) -> None:
        if self._view is not None:
            self._view.shutdown()
