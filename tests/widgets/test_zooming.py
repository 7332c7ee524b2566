"""Where a zoomed picture lies: what is under the pointer stays, and no edge leaves a gap."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from shoal.widgets.zooming import LARGEST, SMALLEST, STEPS, Zoom, next_scale, panned, place_of, scale_of, zoomed

SIZE, ROOM = QSizeF(6000, 4000), QRectF(0, 0, 1200, 900)
MIDDLE = ROOM.center()


def under(zoom: Zoom, point: QPointF) -> tuple[float, float]:
    """Which point of the picture lies there, in pixels."""
    place, scale = place_of(zoom, SIZE, ROOM), scale_of(zoom, SIZE, ROOM)
    return (point.x() - place.left()) / scale, (point.y() - place.top()) / scale


def test_fitted_it_is_seen_whole_in_the_middle():
    assert place_of(Zoom(), SIZE, ROOM) == QRectF(0, 50, 1200, 800)


@settings(max_examples=200, deadline=None)
@given(
    st.floats(0, 1200), st.floats(50, 850), st.lists(st.sampled_from([0.3, 0.5, 1.0, 2.0, 8.0]), min_size=1, max_size=4)
)
def test_what_is_under_the_pointer_stays_there_unless_an_edge_holds_it(x, y, scales):
    point, zoom = QPointF(x, y), Zoom()
    for scale in scales:
        before, zoom = under(zoom, point), zoomed(zoom, scale, point, SIZE, ROOM)
        place = place_of(zoom, SIZE, ROOM)
        assert place.left() <= 1e-6
        assert place.right() >= 1200 - 1e-6
        free = place.left() < -1 and place.right() > 1201 and place.top() < -1 and place.bottom() > 901
        if free:
            assert under(zoom, point) == pytest.approx(before, abs=0.01)


def test_the_picture_follows_the_hand_and_stops_at_its_edge():
    zoom = zoomed(Zoom(), 1.0, MIDDLE, SIZE, ROOM)
    assert under(panned(zoom, QPointF(-100, 30), SIZE, ROOM), MIDDLE) == pytest.approx((3100, 1970))
    edge = panned(zoom, QPointF(1e6, 1e6), SIZE, ROOM)
    assert place_of(edge, SIZE, ROOM).topLeft() == QPointF(0, 0)
    assert panned(edge, QPointF(-10, 0), SIZE, ROOM).x > edge.x  # it comes back at once


def test_steps_lead_from_all_of_it_to_eightfold_and_back():
    zoom, seen = Zoom(), []
    for _ in range(12):
        zoom = Zoom(next_scale(zoom, 1, SIZE, ROOM))
        seen.append(zoom.scale)
    assert seen[:9] == [step for step in STEPS if step > 0.2][:9]
    assert seen[-1] == LARGEST
    for _ in range(12):
        zoom = Zoom(next_scale(zoom, -1, SIZE, ROOM))
    assert zoom.scale is None


def test_the_same_place_of_a_picture_of_another_shape_is_in_the_middle():
    zoom = zoomed(Zoom(), 1.0, QPointF(900, 600), SIZE, ROOM)
    other = QSizeF(4000, 6000)
    place = place_of(zoom, other, ROOM)
    assert (MIDDLE.x() - place.left()) / place.width() == pytest.approx(zoom.x)


def test_there_are_limits():
    assert zoomed(Zoom(), 100, MIDDLE, SIZE, ROOM).scale == LARGEST
    assert zoomed(Zoom(), 0.001, MIDDLE, SIZE, ROOM).scale == SMALLEST
