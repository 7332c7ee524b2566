"""Where a window has room: panels at its sides that can be undocked, pages in its middle, dialogs above it."""

from enum import Enum

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QBoxLayout, QDialog, QDockWidget, QMainWindow, QMenu, QStackedWidget, QWidget

from shoal.widgets.named import named

_Area = Qt.DockWidgetArea
_CORNERS = {
    Qt.Corner.TopLeftCorner: _Area.LeftDockWidgetArea,
    Qt.Corner.BottomLeftCorner: _Area.LeftDockWidgetArea,
    Qt.Corner.TopRightCorner: _Area.RightDockWidgetArea,
    Qt.Corner.BottomRightCorner: _Area.RightDockWidgetArea,
}


class Place(Enum):
    LEFT = _Area.LeftDockWidgetArea
    RIGHT = _Area.RightDockWidgetArea
    ABOVE = _Area.TopDockWidgetArea
    BELOW = _Area.BottomDockWidgetArea


class Places:
    """Arranges what features bring along. The first page of the middle is what is usually there.

    `over_pictures` is the widget of the pictures, for what is to float over them.
    """

    def __init__(self, window: QMainWindow, pages: QStackedWidget, bars: QBoxLayout, over_pictures: QWidget) -> None:
        self._window, self._pages, self._bars = window, pages, bars
        self.over_pictures = over_pictures
        self._docks: dict[QDockWidget, int] = {}
        self._folding: dict[QDockWidget, int] = {}
        self._folded: set[QDockWidget] = set()
        self._closed_at_first: set[QDockWidget] = set()
        self._alone = False
        self._arrangement: QByteArray | None = None
        for corner, area in _CORNERS.items():
            window.setCorner(corner, area)

    def add_panel(
        self, panel: QWidget, place: Place, title: str, width: int, folds_below: int = 0, *, shown: bool = True
    ) -> None:
        """In a frame of its own, which can be moved, undocked, closed, and opened again from the View menu.

        `folds_below`: in a narrower window it folds by itself, and unfolds again in a wider one. `shown`: at first.
        """
        dock = named(QDockWidget(title, self._window), f"{panel.objectName()}Dock")
        dock.setWidget(panel)
        self._docks[dock] = width
        if folds_below:
            self._folding[dock] = folds_below
        self._put(dock, place)
        if not shown:
            self._closed_at_first.add(dock)
            dock.hide()

    def add_page(self, page: QWidget) -> None:
        """One of the things that can stand in the middle."""
        self._pages.addWidget(page)

    def add_bar(self, bar: QWidget) -> None:
        """Between the tools of the pictures and the pictures."""
        self._bars.insertWidget(0, bar)

    def show_page(self, page: QWidget | None, alone: bool = False) -> None:
        """Put a page in the middle, `alone` if no panel shall be seen beside it; None: what is usually there."""
        self._pages.setCurrentIndex(0 if page is None else self._pages.indexOf(page))
        if alone and not self._alone:
            if self._window.isVisible():  # before that nothing has its size
                self._arrangement = self._window.saveState()
            for dock in self._docks:
                dock.hide()
        elif not alone and self._alone:
            self._come_back()
        self._alone = alone

    def shows(self, page: QWidget) -> bool:
        return self._pages.currentWidget() is page

    def move_panel(self, panel: object, place: Place) -> None:
        dock = self._dock_of(panel)
        dock.setFloating(False)
        self._put(dock, place)

    def place_of(self, panel: object) -> Place:
        return Place(self._area(self._dock_of(panel)))

    def fit(self, width: int) -> None:
        """Fold and unfold what does so by itself in a window of that width."""
        for dock, least in self._folding.items():
            if width < least and not dock.isHidden() and not dock.isFloating() and dock not in self._folded:
                self._folded.add(dock)
                dock.hide()
            elif width >= least and dock in self._folded:
                self._folded.discard(dock)
                dock.setVisible(not self._alone)

    def toggle(self, panel: QWidget) -> None:
        """Open or close a panel."""
        dock = self._dock_of(panel)
        dock.setVisible(dock.isHidden())

    def fill_menu(self, menu: QMenu) -> None:
        """One entry for each panel, to open and close it."""
        menu.clear()
        menu.addActions([dock.toggleViewAction() for dock in self._docks])

    def open_dialog(self, dialog: QDialog) -> None:
        """Above the window; it goes when it is closed."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def save(self) -> QByteArray | None:
        """Where all panels are, also while they are away or folded; None if they have never been shown."""
        if self._alone:
            return self._arrangement
        for dock in self._folded:
            dock.show()
        saved = self._window.saveState()
        for dock in self._folded:
            dock.hide()
        return saved

    def restore(self, arrangement: QByteArray) -> None:
        """Where `save` said they were."""
        self._arrangement = arrangement
        if not self._alone:
            self._come_back()

    def _put(self, dock: QDockWidget, place: Place) -> None:
        """On the inner side of what is there."""
        neighbours = [other for other in self._docks if other is not dock and self._area(other) == place.value]
        self._window.addDockWidget(place.value, dock)
        if neighbours:
            self._window.splitDockWidget(neighbours[-1], dock, Qt.Orientation.Horizontal)
        self._resize()
        if place in (Place.ABOVE, Place.BELOW):
            self._window.resizeDocks([dock], [self._window.height() * 2 // 5], Qt.Orientation.Vertical)

    def _unfold(self) -> None:
        """What comes back as it was is folded anew where the window is narrow."""
        self._folded.clear()
        self.fit(self._window.width())

    def _come_back(self) -> None:
        """As they were; at first as wide as they want to be."""
        if self._arrangement is None or not self._window.restoreState(self._arrangement):
            for dock in self._docks.keys() - self._closed_at_first:
                dock.show()
            self._resize()
        self._arrangement = None
        self._unfold()

    def _resize(self) -> None:
        self._window.resizeDocks(list(self._docks), list(self._docks.values()), Qt.Orientation.Horizontal)

    def _dock_of(self, panel: object) -> QDockWidget:
        return next(dock for dock in self._docks if dock.widget() is panel)

    def _area(self, dock: QDockWidget) -> Qt.DockWidgetArea:
        return self._window.dockWidgetArea(dock)
