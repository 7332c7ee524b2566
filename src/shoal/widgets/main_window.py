"""Places the panels and connects them. Knows where things sit, not what they do."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QSlider,
    QSplitter,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from shoal.domain.images import SkippedImage
from shoal.qt.cluster_model import ClusterModel
from shoal.qt.session import Session
from shoal.widgets.actions import FILE, MENUS, Needs, build_actions, enable, fill_menus, put_keys, tip_of
from shoal.widgets.cluster_panel import ClusterPanel
from shoal.widgets.dragging import dropped_paths, take_as_copy
from shoal.widgets.grid_gestures import GridGestures
from shoal.widgets.grid_presenter import ORDERS
from shoal.widgets.image_grid import LARGEST, SMALLEST, ImageGrid
from shoal.widgets.inspector import Inspector
from shoal.widgets.job_panel import JobPanel
from shoal.widgets.loupe import Loupe
from shoal.widgets.map_place import MapPlace
from shoal.widgets.named import named
from shoal.widgets.notice import Notice
from shoal.widgets.problems import Problems
from shoal.widgets.tool_bar import ToolBar, spring
from shoal.widgets.translation import translated
from shoal.widgets.welcome import Welcome


class MainWindow(QMainWindow):
    paths_dropped = Signal(object)
    number_pressed = Signal(int)
    about_to_close = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Shoal")
        self.setAcceptDrops(True)
        self.resize(1360, 860)
        selection, thumbnails = session.selection, session.thumbnails
        self.clusters = ClusterModel(self)
        self.cluster_panel = ClusterPanel(self.clusters, thumbnails)
        self.map_place = MapPlace()
        self.grid = ImageGrid(selection, thumbnails, session.files_of)
        GridGestures(self.grid, selection)
        self.cluster_panel.entered_card.connect(self.grid.setFocus)
        self.inspector = Inspector(thumbnails)
        self.job_panel = JobPanel()
        self.welcome = Welcome()
        self.notice = Notice()
        self.recent_menu = named(QMenu(self.tr("Open &recent"), self), "recentMenu")
        self.loupe = Loupe(self)
        self.actions_by_name: dict[str, QAction] = {}
        self.may_close: Callable[[], bool] = lambda: True
        self.tools = ToolBar(self)
        self.model_picker, self.detail_slider = self.tools.model_picker, self.tools.detail_slider
        self.search = self.tools.search
        self._arrange()
        for number in range(1, 10):
            shortcut = QShortcut(QKeySequence(str(number)), self)
            shortcut.activated.connect(lambda number=number: self.number_pressed.emit(number))

    def install(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Build menus and tool bar; `handlers` has one entry per row of the action table."""
        self.actions_by_name = build_actions(self, handlers)
        menus = {menu: self.menuBar().addMenu(translated("actions", menu)) for menu in MENUS}
        fill_menus(menus, self.actions_by_name)
        menus[FILE].insertMenu(self.actions_by_name["actionAddFolder"], self.recent_menu)
        self.tools.fill(self.actions_by_name)
        self.addToolBar(self.tools)

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Action -> keys that trigger it, empty for none."""
        put_keys(self.actions_by_name, keys)

    def show_progress(self, part: float | None) -> None:
        """In the title, where every task bar shows it: from 0 to 1, None where nothing is going on."""
        title = self.windowTitle().rpartition("% ")[2]
        self.setWindowTitle(title if part is None else f"{part:.0%} {title}")

    def enable_for(self, present: list[Needs], undo_label: str | None, redo_label: str | None) -> None:
        if not self.actions_by_name:
            return
        enable(self.actions_by_name, present)
        for name, verb, label in (
            ("actionUndo", self.tr("Undo"), undo_label),
            ("actionRedo", self.tr("Redo"), redo_label),
        ):
            action = self.actions_by_name[name]
            action.setText(f"{verb}: {translated('sentences', label)}" if label else verb)
            action.setIconText(verb)
            action.setToolTip(tip_of(action))

    def show_welcome(self, wanted: bool) -> None:
        """The first page instead of the panels, while nothing is open."""
        self.welcome.setVisible(wanted)
        self.outer.setVisible(not wanted)

    def show_problems(self, skipped: Sequence[SkippedImage] | None) -> None:
        """The list of unreadable files instead of map and grid; None brings these back."""
        self.problems.setVisible(skipped is not None)
        self.middle.setVisible(skipped is None)
        if skipped is not None:
            self.problems.show_skipped(skipped)

    def set_stacked(self, stacked: bool) -> None:
        """Map above the grid instead of beside it."""
        self.middle.setOrientation(Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal)

    @property
    def is_stacked(self) -> bool:
        return self.middle.orientation() is Qt.Orientation.Vertical

    def save_state(self, memory: QSettings) -> None:
        memory.setValue("geometry", self.saveGeometry())
        memory.setValue("outer", self.outer.saveState())
        memory.setValue("middle", self.middle.saveState())
        memory.setValue("picture_size", self.grid.picture_size)
        memory.setValue("stacks", "on" if self.actions_by_name["actionStacks"].isChecked() else "off")

    def restore_state(self, memory: QSettings) -> None:
        for key, restore in (
            ("geometry", self.restoreGeometry),
            ("outer", self.outer.restoreState),
            ("middle", self.middle.restoreState),
        ):
            state = memory.value(key)
            if isinstance(state, QByteArray):
                restore(state)
        if memory.value("stacks") == "off":
            self.actions_by_name["actionStacks"].trigger()
        size = memory.value("picture_size")
        if isinstance(size, int | str) and str(size).isdigit():
            self.grid.set_picture_size(int(size))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if dropped_paths(event.mimeData()):
            self.welcome.light_up(True)
            take_as_copy(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.welcome.light_up(False)

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_paths(event.mimeData())
        self.welcome.light_up(False)
        if paths:
            take_as_copy(event)
            self.paths_dropped.emit(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        self.about_to_close.emit()
        super().closeEvent(event)

    def _arrange(self) -> None:
        self.middle = QSplitter(Qt.Orientation.Horizontal)
        self.middle.addWidget(self.map_place)
        self.middle.addWidget(self._grid_side())
        self.problems = Problems()
        self.problems.hide()
        self.outer = QSplitter(Qt.Orientation.Horizontal)
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.middle)
        row.addWidget(self.problems)
        for panel in (self.cluster_panel, centre, self.inspector):
            self.outer.addWidget(panel)
        self.outer.setStretchFactor(1, 1)
        self.outer.setSizes([250, 850, 260])
        self.middle.setSizes([470, 380])
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.outer, 1)
        column.addWidget(self.welcome, 1)
        column.addWidget(self.job_panel)
        self.setCentralWidget(central)

    def _grid_side(self) -> QWidget:
        self.order_picker = named(QComboBox(), "orderPicker", self.tr("Order of the pictures"))
        for order, label in ORDERS:
            self.order_picker.addItem(translated("orders", label), order.value)
        self.size_slider = named(QSlider(Qt.Orientation.Horizontal), "sizeSlider", self.tr("Size of the pictures"))
        self.size_slider.setRange(SMALLEST, LARGEST)
        self.size_slider.setValue(self.grid.picture_size)
        self.size_slider.setMaximumWidth(130)
        self.size_slider.valueChanged.connect(self.grid.set_picture_size)
        self.grid.picture_size_changed.connect(self.size_slider.setValue)
        bar = QToolBar()
        bar.addWidget(self.order_picker)
        bar.addWidget(spring())
        bar.addWidget(self.size_slider)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.grid, 1)
        return side
