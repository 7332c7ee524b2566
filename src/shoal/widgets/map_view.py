"""The map: every image a point, coloured, named, and tied to the shared selection."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QColor,
    QMouseEvent,
    QPalette,
)
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from shoal.qt.selection import Selection
from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.dragging import FilesOf, drag_picture, images_mime, start_drag
from shoal.widgets.icons import SIDE, icon
from shoal.widgets.map_canvas import MapCanvas, around
from shoal.widgets.map_content import Described, MapContent, MapName
from shoal.widgets.map_drops import DropTargetOnMap, MapDrops
from shoal.widgets.map_gestures import MapGestures, Tool
from shoal.widgets.map_hover import HoverPicture
from shoal.widgets.map_label_editor import LabelEditor
from shoal.widgets.map_legend import MapLegend
from shoal.widgets.map_names import NamesOnMap
from shoal.widgets.map_overlays import OutlineOnMap, PicturesOnMap
from shoal.widgets.map_regions import DensityOnMap, OutlinesOnMap
from shoal.widgets.theme import HALF, NO_COLOUR

POINTS, OUTLINES, DENSITY = "points", "outlines", "density"


class MapView(QWidget):
    """The canvas with its tools. Colours come from outside: the map does not know what a cluster is."""

    image_activated = Signal(int)
    context_requested = Signal(QPoint)
    images_dropped = Signal(object, int)
    """Image ids, and the image nearest to where they were dropped."""

    colouring_chosen = Signal(str)
    shape_chosen = Signal(str)
    cluster_chosen = Signal(int)
    """Somebody has clicked on the label of a cluster."""

    cluster_renamed = Signal(int, str)
    """What was typed in the place of a label."""

    def __init__(
        self, selection: Selection, thumbnails: Thumbnails, files_of: FilesOf, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("mapView")
        self.setAccessibleName(self.tr("Map of the pictures"))
        self._selection, self._thumbnails, self._files_of = selection, thumbnails, files_of
        nothing = np.empty(0, np.float32)
        self._content = MapContent(np.empty(0, np.int32), nothing, nothing, nothing)
        self._colours = np.empty(0, np.uint32)
        self.canvas = MapCanvas(self)
        for surface in (self.canvas, self.canvas.viewport()):
            surface.setAccessibleName(self.accessibleName())
        self.canvas.viewport().installEventFilter(self)
        self.pictures = PicturesOnMap(thumbnails, selection)
        self._names = NamesOnMap(self.palette, lambda: self.pictures.covered, thumbnails)
        self.outlines, self.density = OutlinesOnMap(), DensityOnMap()
        self._lit: NDArray[np.bool_] | None = None
        self.describe: Callable[[int], Described] = lambda _image: Described()
        outline = OutlineOnMap(self.palette)
        self._gestures = MapGestures(self.canvas, selection, outline, self.pictures, self._images_at)
        target = DropTargetOnMap(self.palette)
        self.drops = MapDrops(self.canvas, target, self._images_at)
        self.drops.images_dropped.connect(self.images_dropped)
        layers = (self.density, self.outlines, self.pictures, self._names, outline, target)
        self.canvas.equip(layers, self._gestures)
        self._hover = HoverPicture(thumbnails, self)
        self._drawings: dict[QAction, str] = {}
        self.legend = MapLegend(self.canvas)
        self._label_editor = LabelEditor(self.canvas.viewport())
        self._message = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, parent=self.canvas)
        self._build()
        self._connect()

    def show_map(self, content: MapContent, *, keep_view: bool = False) -> None:
        """Show these points; their colours stay as they were set for the same images, or faint until they come."""
        self._content = content
        if len(self._colours) != len(content.images):
            self._colours = np.full(len(content.images), NO_COLOUR, np.uint32)
        self.pictures.show_images(content.images, content.importance)
        self.canvas.show_points(content.x, content.y, self._colours)
        if not keep_view:
            self.canvas.reset()
        self._recolour()

    def set_importance(self, importance: NDArray[np.float32]) -> None:
        """Which points become pictures first: a number per point, larger ones first."""
        self._content = replace(self._content, importance=importance)
        self.pictures.show_images(self._content.images, importance)
        self.canvas.viewport().update()

    def set_colours(self, colours: NDArray[np.uint32]) -> None:
        """0xAARRGGBB, one per point."""
        self._colours = colours
        self._recolour()

    def show_names(self, names: Sequence[MapName]) -> None:
        self._names.show_names(names)
        self.canvas.viewport().update()

    def light(self, clusters: Collection[int], points: NDArray[np.bool_] | None) -> None:
        """These clusters, whose points are given, are seen; the rest fades. No points: all are seen alike."""
        self._lit = points
        self._names.light(frozenset(clusters))
        self.outlines.light(frozenset(clusters))
        self.pictures.light(points)
        self._recolour()

    def show_as(self, shape: str) -> None:
        """POINTS, OUTLINES around them as well, or their DENSITY instead."""
        self.outlines.on, self.density.on = shape == OUTLINES, shape == DENSITY
        self.canvas.cloud.setVisible(shape != DENSITY)
        for action in self._shapes.actions():
            action.setChecked(action.data() == shape)
        self.shape_chosen.emit(shape)
        self.canvas.viewport().update()

    @property
    def shape(self) -> str:
        return DENSITY if self.density.on else OUTLINES if self.outlines.on else POINTS

    def hide_colouring(self) -> None:
        """What the colours are is not to be chosen here."""
        self._colouring.hide()
        self._shape_icon.hide()

    def show_message(self, text: str) -> None:
        """A sentence in the middle while there is nothing to show; empty for none."""
        self._message.setText(text)
        self._message.setVisible(bool(text))

    def set_colourings(self, names: Sequence[tuple[str, str]]) -> None:
        """What the points can be coloured by: (key, label)."""
        chosen = self._colouring.currentData()
        self._colouring.blockSignals(True)
        self._colouring.clear()
        for key, label in names:
            self._colouring.addItem(label, key)
        self._colouring.setCurrentIndex(max(self._colouring.findData(chosen), 0))
        self._colouring.blockSignals(False)

    def zoom_to_selection(self) -> None:
        chosen = self._selected_points()
        if chosen.any():
            self.canvas.zoom_to(around(self._content.x[chosen], self._content.y[chosen]))

    def shutdown(self) -> None:
        self.canvas.cloud.shutdown()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover.leave()
        pointer = event.position() if isinstance(event, QMouseEvent) else None
        gone = event.type() == QEvent.Type.Leave
        if (gone or event.type() == QEvent.Type.MouseMove) and self._names.follow(pointer):
            self.canvas.viewport().update()
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for action, drawing in self._drawings.items():
                action.setIcon(icon(drawing, self.palette()))
            self._shape_icon.setIcon(icon("regions", self.palette()))
            self._recolour()

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(HALF, HALF, HALF, HALF)
        bar.setSpacing(2)
        group = QActionGroup(self)
        for tool, drawing, label, tip in (
            (Tool.LASSO, "lasso", self.tr("Lasso"), self.tr("Draw around points. Shift adds, Alt takes away.")),
            (Tool.RECTANGLE, "rectangle", self.tr("Rectangle"),
             self.tr("Draw a rectangle. Shift adds, Alt takes away.")),
            (Tool.PAN, "move", self.tr("Move"), self.tr("Drag the map. The middle mouse button always does.")),
        ):  # fmt: skip
            action = QAction(label, self, checkable=True, checked=tool is Tool.LASSO, toolTip=tip)
            action.setObjectName(f"mapTool{tool.value.title()}")
            action.triggered.connect(lambda _on, tool=tool: setattr(self._gestures, "tool", tool))
            group.addAction(action)
            bar.addWidget(self._button(action, drawing))
        bar.addStretch()
        self._colouring = self._colour_box()
        bar.addWidget(self._colouring)
        bar.addWidget(self._shape_button())
        for name, drawing, label, slot in (
            ("mapZoomSelection", "zoom selection", self.tr("Zoom to the selection"), self.zoom_to_selection),
            ("mapReset", "zoom all", self.tr("Show the whole map"), self.canvas.reset),
        ):
            action = QAction(label, self)
            action.setObjectName(name)
            action.triggered.connect(slot)
            bar.addWidget(self._button(action, drawing))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.canvas, 1)
        self._message.setWordWrap(True)
        self._message.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _colour_box(self) -> QComboBox:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)  # its list is as wide as it needs to be, all the same
        box.setObjectName("mapColouring")
        box.setAccessibleName(self.tr("Colour the map by"))
        box.setToolTip(self.tr("Colour the map by"))
        return box

    def _shape_button(self) -> QToolButton:
        button = QToolButton(self, autoRaise=True, popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setObjectName("mapShape")
        button.setAccessibleName(self.tr("Show the map as"))
        button.setToolTip(self.tr("Show the map as points, with outlines of clusters, or as a density"))
        button.setIconSize(QSize(SIDE, SIDE))
        self._shapes = QActionGroup(self)
        for shape, label in (
            (POINTS, self.tr("Points")), (OUTLINES, self.tr("Points and outlines")), (DENSITY, self.tr("Density")),
        ):  # fmt: skip
            action = QAction(label, self._shapes, checkable=True, checked=shape == POINTS)
            action.setData(shape)
            action.triggered.connect(lambda _on=False, shape=shape: self.show_as(shape))
        menu = QMenu(button)
        menu.addActions(self._shapes.actions())
        button.setMenu(menu)
        self._shape_icon = button
        button.setIcon(icon("regions", self.palette()))
        return button

    def _button(self, action: QAction, drawing: str) -> QToolButton:
        button = QToolButton(self, autoRaise=True)
        button.setDefaultAction(action)
        button.setAccessibleName(action.text())
        button.setIconSize(QSize(SIDE, SIDE))
        self._drawings[action] = drawing
        action.setIcon(icon(drawing, self.palette()))
        return button

    def _connect(self) -> None:
        self._selection.changed.connect(lambda _initiator: self._recolour())
        self._thumbnails.arrived.connect(self.canvas.viewport().update)
        self._gestures.drag_wanted.connect(self._drag_selection)
        self._gestures.image_activated.connect(self.image_activated)
        self._gestures.context_requested.connect(self.context_requested)
        self._gestures.hovered.connect(self._on_hovered)
        self._gestures.label_at = self._names.label_at
        self._gestures.label_clicked.connect(self.cluster_chosen)
        self._gestures.label_double_clicked.connect(self._label_editor.open)
        self._label_editor.written.connect(self.cluster_renamed)
        self._colouring.currentIndexChanged.connect(
            lambda _index: self.colouring_chosen.emit(self._colouring.currentData())
        )
        self.canvas.view_changed.connect(self._on_view)

    def _on_view(self) -> None:
        self._message.setGeometry(self.canvas.rect().adjusted(24, 24, -24, -24))
        self.legend.settle()
        self._label_editor.leave()

    def _images_at(self, points: NDArray[np.intp]) -> NDArray[np.int32]:
        return self._content.images[points]

    def _selected_points(self) -> NDArray[np.bool_]:
        images = self._content.images
        return self._selection.mask(int(images.max()) + 1)[images] if len(images) else np.empty(0, np.bool_)

    def _recolour(self) -> None:
        """What is selected keeps its colours, above the rest; else what is lit does. The rest fades but stays."""
        colours, raised = self._colours, None
        lit = self._lit if self._lit is not None and len(self._lit) == len(colours) else None
        if len(self._selection) and len(colours):
            raised = self._selected_points()
        elif lit is not None:
            raised = lit
        if raised is not None:
            kept = raised if lit is None else raised | lit
            colours = np.where(kept, colours, np.uint32(_faded(self.palette())))
        self.canvas.cloud.set_colours(colours, raised)
        self.density.set_colours(colours)
        self.pictures.set_frames(self._colours)
        self.canvas.viewport().update()

    def _on_hovered(self, point: int, place: QPoint) -> None:
        if point < 0:
            self._hover.leave()
        else:
            image = int(self._content.images[point])
            self._hover.show_image(image, place, self.describe(image))

    def _drag_selection(self) -> None:
        images = self._selection.images
        pictures = [self._thumbnails.pixmap(int(image)) for image in images[:8]]
        accent: QColor = self.palette().color(QPalette.ColorRole.Highlight)
        picture = drag_picture([p for p in pictures if p is not None], len(images), accent)
        start_drag(self, images_mime(images, self._files_of(images)), picture)


def _faded(palette: QPalette) -> int:
    """What is not selected: seen at a glance to be there, on light and on dark."""
    border, ink = palette.color(QPalette.ColorRole.Mid), palette.color(QPalette.ColorRole.PlaceholderText)
    red, green, blue = (
        (2 * a + b) // 3
        for a, b in ((border.red(), ink.red()), (border.green(), ink.green()), (border.blue(), ink.blue()))
    )
    return QColor(red, green, blue).rgba()
