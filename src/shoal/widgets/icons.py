"""The program's own icons: lines on a square of 24 units, drawn in the colour of the text beside them."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPainterPath, QPalette, QPen, QPixmap

UNITS, SIDE, LINE = 24, 20, 1.7
SCALES = (1, 2, 3)

ICONS: Mapping[str, str] = {
    "folder": "M 3 8 L 3 18 C 3 19.5 3.5 20 5 20 L 19 20 C 20.5 20 21 19.5 21 18 L 21 9 C 21 7.5 20.5 7 19 7 L 12 7"
    " L 9.5 4 L 5 4 C 3.5 4 3 4.5 3 6 Z",
    "undo": "M 9 5 L 4 10 L 9 15 M 4 10 L 14 10 C 18.5 10 20.5 12 20.5 15 C 20.5 18 18.5 20 15 20 L 11 20",
    "redo": "M 15 5 L 20 10 L 15 15 M 20 10 L 10 10 C 5.5 10 3.5 12 3.5 15 C 3.5 18 5.5 20 9 20 L 13 20",
    "clusters": "O 7 7.5 3.4 O 17 7.5 3.4 O 12 17 3.4",
    "export": "M 4 14 L 4 18.5 C 4 19.5 4.5 20 5.5 20 L 18.5 20 C 19.5 20 20 19.5 20 18.5 L 20 14"
    " M 12 15 L 12 3.5 M 7.5 8 L 12 3.5 L 16.5 8",
    "lasso": "M 12 3.5 C 18 3.5 21 6.5 21 9.8 C 21 13.5 17 16 12 16 C 6.5 16 3 13.5 3 9.8 C 3 6.5 6.5 3.5 12 3.5 Z"
    " M 7.5 15.2 C 5.8 16.8 6.8 18.8 8.6 18.4 C 10.4 18 10.6 16.4 9.4 15.7 M 8.2 18.4 C 8.2 20 7.4 21 5.8 21",
    "rectangle": "M 4 8 L 4 5 L 7 5 M 10.5 5 L 13.5 5 M 17 5 L 20 5 L 20 8 M 20 10.5 L 20 13.5 M 20 16 L 20 19 L 17 19"
    " M 13.5 19 L 10.5 19 M 7 19 L 4 19 L 4 16 M 4 13.5 L 4 10.5",
    "move": "M 12 3 L 12 21 M 3 12 L 21 12 M 9.5 5.5 L 12 3 L 14.5 5.5 M 9.5 18.5 L 12 21 L 14.5 18.5"
    " M 5.5 9.5 L 3 12 L 5.5 14.5 M 18.5 9.5 L 21 12 L 18.5 14.5",
    "zoom selection": "O 10.5 10.5 6.5 M 15.5 15.5 L 20.5 20.5 M 7.5 10.5 L 13.5 10.5 M 10.5 7.5 L 10.5 13.5",
    "zoom all": "M 4 9 L 4 4 L 9 4 M 15 4 L 20 4 L 20 9 M 20 15 L 20 20 L 15 20 M 9 20 L 4 20 L 4 15",
    "search": "O 10.5 10.5 6.5 M 15.5 15.5 L 20.5 20.5",
    "sort": "M 4 7 L 13 7 M 4 12 L 11 12 M 4 17 L 9 17 M 17.5 5 L 17.5 19 M 14.5 16 L 17.5 19 L 20.5 16",
    "regions": "M 4 13 C 3 8 7 4 12 4 C 18 4 21 8 20 12 C 19 16 16 15 13 17 C 9 20 5 18 4 13 Z O 9 11 1.2"
    " O 14 9 1.2 O 12 13 1.2",
    "plus": "O 12 12 8.5 M 12 8 L 12 16 M 8 12 L 16 12",
}
"""Name -> strokes: M move, L line, C cubic curve, Z close, O circle (middle, radius)."""

ACTION_ICONS: Mapping[str, str] = {
    "actionOpenFolder": "folder", "actionUndo": "undo", "actionRedo": "redo", "actionRecluster": "clusters",
    "actionExport": "export", "actionZoomSelection": "zoom selection", "actionZoomAll": "zoom all",
    "actionNewCluster": "plus",
}  # fmt: skip


def icon(name: str, palette: QPalette) -> QIcon:
    """In the palette's text colours, crisp on screens of up to three pixels per unit. To be made anew for another."""
    made = QIcon()
    groups = ((QIcon.Mode.Normal, QPalette.ColorGroup.Active), (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled))
    for mode, group in groups:
        colour = palette.color(group, QPalette.ColorRole.ButtonText)
        for scale in SCALES:
            made.addPixmap(_drawn(name, colour, scale), mode)
    return made


def colours_of(palette: QPalette) -> tuple[int, int]:
    """What icons for this palette are drawn in: for others with the same they need not be made anew."""
    active, disabled = QPalette.ColorGroup.Active, QPalette.ColorGroup.Disabled
    role = QPalette.ColorRole.ButtonText
    return palette.color(active, role).rgba(), palette.color(disabled, role).rgba()


def dress(actions: Mapping[str, QAction], palette: QPalette) -> None:
    """Give every action that has an icon the one for this palette."""
    for action, name in ACTION_ICONS.items():
        if action in actions:
            actions[action].setIcon(icon(name, palette))


def _drawn(name: str, colour: QColor, scale: int) -> QPixmap:
    pixmap = QPixmap(QSize(SIDE, SIDE) * scale)
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(SIDE / UNITS, SIDE / UNITS)
    painter.setPen(QPen(colour, LINE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(path_of(ICONS[name]))
    painter.end()
    return pixmap


@lru_cache(maxsize=64)
def path_of(strokes: str) -> QPainterPath:
    path = QPainterPath()
    for command, numbers in _commands(strokes):
        points = [QPointF(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=False)]
        if command == "M":
            path.moveTo(points[0])
        elif command == "L":
            path.lineTo(points[0])
        elif command == "C":
            path.cubicTo(*points)
        elif command == "O":
            path.addEllipse(points[0], numbers[2], numbers[2])
        else:
            path.closeSubpath()
    return path


def _commands(strokes: str) -> Iterator[tuple[str, list[float]]]:
    command, numbers = "", list[float]()
    for word in [*strokes.split(), "end"]:
        if word.isalpha():
            if command:
                yield command, numbers
            command, numbers = word, []
        else:
            numbers.append(float(word))
