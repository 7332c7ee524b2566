"""The frame: menus and tools, the views that several features paint with, and places for what each brings along."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QByteArray, QSettings, QSize, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from shoal.domain.sentence import Sentence
from shoal.qt.cluster_model import ClusterModel
from shoal.qt.session import Session
from shoal.qt.session_reading import files_of
from shoal.widgets.actions import DIGIT_KEY, MENUS, VIEW, ActionRow, Actions
from shoal.widgets.cluster_panel import ClusterPanel
from shoal.widgets.dragging import dropped_far_away, dropped_paths, take_as_copy
from shoal.widgets.grid_gestures import GridGestures
from shoal.widgets.grid_keys import GridKeys
from shoal.widgets.grid_side import GridSide
from shoal.widgets.image_grid import ImageGrid
from shoal.widgets.job_panel import JobPanel
from shoal.widgets.map_place import MapPlace
from shoal.widgets.named import named
from shoal.widgets.notice import Notice
from shoal.widgets.notice_bar import NoticeBar
from shoal.widgets.places import Place, Places
from shoal.widgets.tool_bar import ToolBar
from shoal.widgets.translation import translated

CARDS_WIDTH, MAP_WIDTH = 248, 400


class MainWindow(QMainWindow):
    paths_dropped = Signal(object)
    paths_hover = Signal(bool)
    """Something that can be opened is carried over the window, or no longer."""

    number_pressed = Signal(int)
    number_given = Signal(int)
    """Pressed with Ctrl: the key is to belong to the chosen cluster."""

    painted = Signal()
    """Once, when there is something to be seen for the first time."""

    about_to_close = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Shoal")
        self.setAcceptDrops(True)
        self.resize(1360, 860)
        self.clusters = ClusterModel(self)
        self.cluster_panel = ClusterPanel(self.clusters, session.thumbnails)
        self.map_place = named(MapPlace(), "mapPlace")
        self.grid = ImageGrid(session.selection, session.thumbnails)
        GridGestures(self.grid, session.selection, session.thumbnails, partial(files_of, session))
        GridKeys(self.grid, session.selection)
        self.cluster_panel.entered_card.connect(self.grid.setFocus)
        self.grid_side = GridSide(self.grid)
        self.job_panel = JobPanel()
        self.notice = Notice()
        self.tools = ToolBar(self)
        self.model_picker, self.detail_slider = self.tools.model_picker, self.tools.detail_slider
        self.search = self.tools.search
        self._was_painted = False
        self.close_guards: list[Callable[[], bool]] = []
        pages = self._arrange()
        self.places = Places(self, pages, self.grid_side.bars, self.grid)
        self.notice_bar = NoticeBar(self, pages)
        self.places.add_panel(self.cluster_panel, Place.LEFT, self.tr("Clusters"), CARDS_WIDTH)
        self.places.add_panel(self.map_place, Place.LEFT, self.tr("Map"), MAP_WIDTH)
        for number in range(1, 10):
            for keys, told in ((f"{number}", self.number_pressed), (f"Ctrl+{number}", self.number_given)):
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.setObjectName(DIGIT_KEY)
                shortcut.activated.connect(partial(told.emit, number))

    def install(self, rows: Iterable[ActionRow]) -> Actions:
        """Build menus and tool bar."""
        actions = Actions(self, rows)
        self.actions_by_name = actions.by_name
        menus = {menu: self.menuBar().addMenu(translated("actions", menu)) for menu in MENUS}
        actions.fill(menus)
        panels = named(QMenu(self.tr("&Panels"), self), "panelsMenu")
        panels.aboutToShow.connect(lambda: self.places.fill_menu(panels))
        menus[VIEW].addSeparator()
        menus[VIEW].addMenu(panels)
        self.tools.fill(actions.by_name)
        self.addToolBar(self.tools)
        return actions

    def save_state(self, memory: QSettings) -> None:
        memory.setValue("geometry", self.saveGeometry())
        memory.setValue("picture_size", self.grid.picture_size)
        panels = self.places.save()
        if panels is not None:
            memory.setValue("panels", panels)

    def restore_state(self, memory: QSettings) -> None:
        for key, restore in (("geometry", self.restoreGeometry), ("panels", self.places.restore)):
            state = memory.value(key)
            if isinstance(state, QByteArray):
                restore(state)
        size = memory.value("picture_size")
        if isinstance(size, int | str) and str(size).isdigit():
            self.grid.set_picture_size(int(size))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if dropped_paths(event.mimeData()) or dropped_far_away(event.mimeData()):
            self.paths_hover.emit(True)
            take_as_copy(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.paths_hover.emit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        paths, far_away = dropped_paths(event.mimeData()), dropped_far_away(event.mimeData())
        self.paths_hover.emit(False)
        if paths or far_away:
            take_as_copy(event)
        if far_away:
            self.notice.said.emit(
                Sentence(
                    "{url} lies on another computer. Connect to it as a folder of this computer, then open that.",
                    url=far_away[0],
                )
            )
        if paths:
            self.paths_dropped.emit(paths)

    def fit(self, screen: QSize) -> None:
        """No larger than that."""
        self.places.fit(min(self.width(), screen.width()))
        layout = self.layout()
        assert layout is not None
        layout.activate()  # what is folded asks for no room any more
        self.resize(self.size().boundedTo(screen))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.places.fit(event.size().width())
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not all(may_close() for may_close in self.close_guards):
            event.ignore()
            return
        self.about_to_close.emit()
        super().closeEvent(event)

    def _arrange(self) -> QStackedWidget:
        """The notice above the pages of the middle, the jobs below everything. Returns the pages."""
        pages = QStackedWidget()
        pages.addWidget(self.grid_side)
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(pages, 1)
        self.setCentralWidget(central)
        self.setDockNestingEnabled(True)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addPermanentWidget(self.job_panel, 1)
        return pages
