"""Where a picture lies on the screen: fitted, or so many times its size around one of its points."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

STEPS = (0.25, 1 / 3, 0.5, 2 / 3, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
"""Screen pixels for a pixel of the picture."""

WHEEL = 1.25
SMALLEST, LARGEST = STEPS[0], STEPS[-1]


@dataclass(frozen=True, slots=True)
class Zoom:
    """`scale` None: fitted. `x`, `y`: the point in the middle of the room, in shares of the picture's width and height.

    A value that goes from picture to picture: all are seen at the same place.
    """

    scale: float | None = None
    x: float = 0.5
    y: float = 0.5


def fit_scale(size: QSizeF, room: QRectF) -> float:
    """At which the whole picture is seen."""
    return min(room.width() / max(size.width(), 1), room.height() / max(size.height(), 1))


def scale_of(zoom: Zoom, size: QSizeF, room: QRectF) -> float:
    return zoom.scale if zoom.scale is not None else fit_scale(size, room)


def place_of(zoom: Zoom, size: QSizeF, room: QRectF) -> QRectF:
    """The whole picture, which may reach beyond the room; no side of it leaves a gap that need not be."""
    scale = scale_of(zoom, size, room)
    width, height = size.width() * scale, size.height() * scale
    x = _kept_within(room.center().x() - zoom.x * width, width, room.left(), room.width())
    y = _kept_within(room.center().y() - zoom.y * height, height, room.top(), room.height())
    return QRectF(x, y, width, height)


def _kept_within(start: float, length: float, room_start: float, room_length: float) -> float:
    if length <= room_length:
        return room_start + (room_length - length) / 2
    return min(room_start, max(start, room_start + room_length - length))


def zoomed(zoom: Zoom, scale: float, at: QPointF, size: QSizeF, room: QRectF, into: QRectF | None = None) -> Zoom:
    """What lies under `at` stays there. `into`: the room from now on, if that is another."""
    scale, room_now = min(max(scale, SMALLEST), LARGEST), into or room
    place = place_of(zoom, size, room)
    share_x = min(max((at.x() - place.left()) / max(place.width(), 1e-9), 0.0), 1.0)
    share_y = min(max((at.y() - place.top()) / max(place.height(), 1e-9), 0.0), 1.0)
    off = at - room_now.center()
    x, y = share_x - off.x() / (size.width() * scale), share_y - off.y() / (size.height() * scale)
    return settled(Zoom(scale, x, y), size, room_now)


def next_scale(zoom: Zoom, by: int, size: QSizeF, room: QRectF) -> float | None:
    """The next larger or smaller step; None: below the smallest that shows less than all it is fitted."""
    now, fitting = scale_of(zoom, size, room), fit_scale(size, room)
    if by > 0:
        return next((step for step in STEPS if step > now * 1.01), LARGEST)
    smaller = [step for step in STEPS if step < now * 0.99]
    return None if not smaller or smaller[-1] <= fitting <= now * 1.01 else smaller[-1]


def panned(zoom: Zoom, by: QPointF, size: QSizeF, room: QRectF) -> Zoom:
    """The picture follows the hand."""
    scale = scale_of(zoom, size, room)
    width, height = size.width() * scale, size.height() * scale
    return settled(Zoom(zoom.scale, zoom.x - by.x() / width, zoom.y - by.y() / height), size, room)


def settled(zoom: Zoom, size: QSizeF, room: QRectF) -> Zoom:
    """With the point that really is in the middle, where the edge of the picture holds it back."""
    if zoom.scale is None:
        return zoom
    place, middle = place_of(zoom, size, room), room.center()
    return replace(zoom, x=(middle.x() - place.left()) / place.width(), y=(middle.y() - place.top()) / place.height())
