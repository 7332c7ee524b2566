"""Labels of clusters on the map: names, or a picture where the name says nothing, beside the points and not on them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPalette, QPen, QPixmap

from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.fitting import ScaledPictures, middle_of
from shoal.widgets.map_canvas import MapCanvas
from shoal.widgets.map_content import MapName
from shoal.widgets.map_label_places import FARTHEST, MOST_LABELS, Crowd, Room, Taken, as_rect, places_for
from shoal.widgets.map_overlays import PICTURE, UNLIT

LONGEST_NAME, NAME_MARGIN = 180, 6
"""Logical pixels; a longer name is cut short."""

FACE = 32
"""Logical pixels of a picture that stands for a name."""

HALO = 4.0
ASIDE = 18.0
"""Logical pixels from the edge of its cluster: farther off, a line leads from a label to its cluster."""

OVER = 0.8
NEAR_POINTER = 28
MOST_PAINTED = 1000


@dataclass(frozen=True, slots=True)
class Label:
    """`end`: where its line ends in its cluster, None where it stands close by. `over`: there was no room beside."""

    name: MapName
    text: str
    box: QRectF
    end: QPointF | None = None
    over: bool = False


class NamesOnMap:
    """The lit clusters first, then the largest; each where it covers no point, no picture and no other label.

    A cluster that reaches farther than its label is long has it in its middle where nothing else is left; such a label
    gives way to the pointer. Others are left out.

    What a frame costs does not grow with the number of clusters or points: texts are measured and painted once, of the
    names in view only those of the largest are tried, and of many points a sample is counted.
    """

    def __init__(
        self, palette: Callable[[], QPalette], covered: Callable[[], Sequence[QRect]], thumbnails: Thumbnails | None
    ) -> None:
        """`covered`: where pictures are painted."""
        self._palette, self._covered, self._thumbnails = palette, covered, thumbnails
        self._names: Sequence[MapName] = ()
        self._all: Sequence[MapName] = ()
        self._lit: Collection[int] = ()
        self._x = self._y = self._reach = np.empty(0, np.float64)
        self._measured: dict[str, tuple[str, int]] = {}
        self._painted: dict[str, QPixmap] = {}
        self._faces = ScaledPictures()
        self._font, self._inks = QFont(), (QColor(), QColor(), 1.0)
        self._labels: Sequence[Label] = ()
        self._made: tuple[object, ...] = ()
        self._layer, self._layer_of, self._sorted = QPixmap(), tuple[object, ...](), 0
        self._pointer: QPointF | None = None

    def show_names(self, names: Sequence[MapName]) -> None:
        self._all = names
        self._sort()

    def light(self, clusters: Collection[int]) -> None:
        """These stand in front, the others fade; all are alike where there are none."""
        self._lit = clusters
        self._sort()

    def label_at(self, place: QPointF) -> Label | None:
        return next((label for label in self._labels if label.box.contains(place) and not self._gives_way(label)), None)

    def follow(self, pointer: QPointF | None) -> bool:
        """Whether labels have to be painted anew: those that lie on points give way to the pointer."""
        before = [self._gives_way(label) for label in self._labels]
        self._pointer = pointer
        return before != [self._gives_way(label) for label in self._labels]

    def paint(self, painter: QPainter, canvas: MapCanvas) -> None:
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        palette = self._palette()
        ink, ground = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
        inks = ink, ground, painter.device().devicePixelRatioF()
        if font != self._font or inks != self._inks or len(self._painted) > MOST_PAINTED:
            self._font, self._inks, self._measured, self._painted = font, inks, {}, {}
        made = self._place_of_everything(canvas)
        if made != self._made:
            self._labels, self._made = self.placed(painter.fontMetrics(), canvas), made
        shown = [label for label in self._labels if not self._gives_way(label)]
        faces, over = tuple(map(self._face_of, shown)), tuple(map(self._gives_way, self._labels))
        state = self._made, over, faces, inks, frozenset(self._lit)
        if state != self._layer_of:
            self._layer, self._layer_of = self._painted_layer(shown, canvas, font), state
        painter.drawPixmap(0, 0, self._layer)

    def _face_of(self, label: Label) -> int:
        """Which picture stands for a name; another one once it has been loaded."""
        picture = self._thumbnails.pixmap(label.name.image) if self._thumbnails and label.name.image >= 0 else None
        return 0 if picture is None else picture.cacheKey()

    def _painted_layer(self, labels: Sequence[Label], canvas: MapCanvas, font: QFont) -> QPixmap:
        ratio = self._inks[2]
        layer = QPixmap(canvas.viewport().size() * ratio)
        layer.setDevicePixelRatio(ratio)
        layer.fill(Qt.GlobalColor.transparent)
        painter = QPainter(layer)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(font)
        for label in labels:
            self._paint_label(painter, label)
        painter.end()
        return layer

    def _place_of_everything(self, canvas: MapCanvas) -> tuple[object, ...]:
        """While it is the same, labels stay where they are."""
        covered = tuple(box.getRect() for box in self._covered())
        view, size = canvas.plane.shown.getRect(), canvas.viewport().size().toTuple()
        return self._sorted, id(canvas.plane.x), view, size, covered, self._font.key(), self._inks[2]

    def placed(self, metrics: QFontMetrics, canvas: MapCanvas) -> list[Label]:
        """What is written where, in logical pixels of the view."""
        x, y = canvas.plane.view_places(self._x, self._y)
        view, height = canvas.viewport().rect(), max(metrics.height() + 4, FACE)
        margin = LONGEST_NAME / 2 + NAME_MARGIN
        near = (x > -margin) & (x < view.width() + margin) & (y > -height) & (y < view.height() + height)
        across = canvas.plane.view_places(np.array([0.0, 1.0]), np.zeros(2))[0]
        covered = self._covered()
        least = PICTURE / 2 if covered else 4.0  # above or below the picture that stands for its points
        reach = self._reach * (across[1] - across[0])
        rows = np.flatnonzero(near)[:MOST_LABELS].tolist()
        middles = np.stack([x[rows], y[rows]], axis=1)
        radii = np.clip(reach[rows], least, FARTHEST)
        texts = [self._size(metrics, self._names[row]) for row in rows]
        sizes = np.array([size.toTuple() for _text, size in texts], np.float64).reshape(-1, 2)
        room = Room(places_for(middles, radii, sizes, view), Crowd(canvas))
        taken, placed = Taken(covered), list[Label]()
        for place, row in enumerate(rows):
            middle, radius = (float(middles[place, 0]), float(middles[place, 1])), float(radii[place])
            if self._names[row].image >= 0 and _is_covered(middle, radius, covered):
                continue  # one of its pictures stands there already
            best, over = room.best_of(place, taken, fits_within=2 * reach[row] > sizes[place, 0])
            if best is not None:
                taken.take(best)
                placed.append(
                    Label(self._names[row], texts[place][0], as_rect(best), _end_of(best, middle, radius), over)
                )
        return placed

    def _sort(self) -> None:
        lit, self._made = self._lit, ()
        self._names = sorted(self._all, key=lambda name: (name.cluster not in lit, -name.count))
        self._x = np.array([name.x for name in self._names], np.float64)
        self._y = np.array([name.y for name in self._names], np.float64)
        self._reach = np.array([name.reach for name in self._names], np.float64)

    def _gives_way(self, label: Label) -> bool:
        near = label.box.adjusted(-NEAR_POINTER, -NEAR_POINTER, NEAR_POINTER, NEAR_POINTER)
        return label.over and self._pointer is not None and near.contains(self._pointer)

    def _paint_label(self, painter: QPainter, label: Label) -> None:
        unlit = bool(self._lit) and label.name.cluster not in self._lit
        painter.setOpacity(UNLIT if unlit else OVER if label.over else 1.0)
        if label.end is not None:
            painter.setPen(QPen(self._palette().color(QPalette.ColorRole.PlaceholderText), 1))
            painter.drawLine(_nearest_on(label.box, label.end), label.end)
        if label.name.image >= 0:
            self._paint_face(painter, label)
        else:
            picture = self._picture(label.text, label.box.size().toSize(), painter.fontMetrics())
            painter.drawPixmap(label.box.topLeft(), picture)

    def _paint_face(self, painter: QPainter, label: Label) -> None:
        painter.fillRect(label.box, QColor.fromRgba(label.name.argb))
        picture = self._thumbnails.pixmap(label.name.image) if self._thumbnails else None
        if picture is not None and not picture.isNull():
            place = label.box.adjusted(2, 2, -2, -2).toRect()
            self._faces.paint(painter, place, picture, middle_of(picture, place.size()))

    def _size(self, metrics: QFontMetrics, name: MapName) -> tuple[str, QSize]:
        """The text as it is written, and how much room it takes."""
        if name.image >= 0:
            return "", QSize(FACE, FACE)
        if name.text not in self._measured:
            text = metrics.elidedText(name.text, Qt.TextElideMode.ElideRight, LONGEST_NAME)
            self._measured[name.text] = (text, metrics.horizontalAdvance(text) + 2 * NAME_MARGIN)
        text, width = self._measured[name.text]
        return text, QSize(width, metrics.height() + 4)

    def _picture(self, text: str, size: QSize, metrics: QFontMetrics) -> QPixmap:
        """The text in a halo of the ground's colour, transparent around it."""
        if text not in self._painted:
            ink, ground, ratio = self._inks
            picture = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            letters = QPainterPath()
            letters.addText(QPointF(NAME_MARGIN, 2 + metrics.ascent()), self._font, text)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            line, join = Qt.PenStyle.SolidLine, Qt.PenJoinStyle.RoundJoin
            painter.strokePath(letters, QPen(ground, HALO, line, Qt.PenCapStyle.RoundCap, join))
            painter.fillPath(letters, ink)
            painter.end()
            self._painted[text] = picture
        return self._painted[text]


def _is_covered(middle: tuple[float, float], reach: float, covered: Sequence[QRect]) -> bool:
    around = QRectF(middle[0] - reach, middle[1] - reach, 2 * reach, 2 * reach).toRect()
    return any(box.intersects(around) for box in covered)


def _end_of(box: NDArray[np.float64], middle: tuple[float, float], reach: float) -> QPointF | None:
    """Where a line from a label that stands aside meets its cluster."""
    near = np.clip(middle, box[:2], box[2:])
    away = near - np.array(middle)
    distance = float(np.hypot(*away))
    if distance <= reach + ASIDE:
        return None
    x, y = np.array(middle) + away * (reach / distance)
    return QPointF(x, y)


def _nearest_on(box: QRectF, place: QPointF) -> QPointF:
    return QPointF(min(max(place.x(), box.left()), box.right()), min(max(place.y(), box.top()), box.bottom()))
