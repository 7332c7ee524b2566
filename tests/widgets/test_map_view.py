from itertools import combinations, pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from shoal.widgets.dragging import images_mime
from shoal.widgets.map_content import MapContent, MapName
from shoal.widgets.map_names import NamesOnMap
from shoal.widgets.map_overlays import PICTURE, without_overlap

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def at(view, x, y) -> QPoint:
    return view.canvas.plane.to_view(x, y).toPoint()


def draw(view, corners, modifiers=NONE, button=LEFT):
    """Drag the mouse along the corners, given in data units."""
    surface, places = view.canvas.viewport(), [at(view, *corner) for corner in corners]
    QTest.mousePress(surface, button, modifiers, places[0])
    for start, end in pairwise(places):
        for step in range(1, 11):
            QTest.mouseMove(surface, start + (end - start) * step / 10)
    QTest.mouseRelease(surface, button, modifiers, places[-1])


def inside(low, high):
    """The ids of the lattice points with both coordinates strictly between two numbers."""
    axis = np.arange(-10, 11)
    x, y = (a.ravel() for a in np.meshgrid(axis, axis))
    return (1000 + np.flatnonzero((x > low) & (x < high) & (y > low) & (y < high))).tolist()


SQUARE = [(-2.5, -2.5), (2.5, -2.5), (2.5, 2.5), (-2.5, 2.5), (-2.4, -2.4)]


def test_a_lasso_selects_exactly_what_it_encloses(map_view, selection):
    draw(map_view, SQUARE)
    assert selection.images.tolist() == inside(-2.5, 2.5)


def test_shift_adds_and_alt_takes_away(map_view, selection):
    draw(map_view, SQUARE)
    draw(map_view, [(x * 1.8, y * 1.8) for x, y in SQUARE], SHIFT)
    assert selection.images.tolist() == inside(-4.5, 4.5)
    draw(map_view, SQUARE, ALT)
    assert selection.images.tolist() == sorted(set(inside(-4.5, 4.5)) - set(inside(-2.5, 2.5)))


def test_a_rectangle_needs_two_corners(qtbot, map_view, selection):
    buttons = {button.text(): button for button in map_view.findChildren(QToolButton)}
    qtbot.mouseClick(buttons["Rectangle"], LEFT)
    draw(map_view, [(-3.5, -3.5), (3.5, 3.5)])
    assert selection.images.tolist() == inside(-3.5, 3.5)


def test_a_click_selects_the_point_and_beside_it_nothing(map_view, selection):
    QTest.mouseClick(map_view.canvas.viewport(), LEFT, NONE, at(map_view, 3, 4))
    assert selection.images.tolist() == [1000 + 14 * 21 + 13]
    QTest.mouseClick(map_view.canvas.viewport(), LEFT, NONE, at(map_view, 3.5, 4.5))
    assert len(selection) == 0


def test_the_middle_button_pans_and_selects_nothing(map_view, selection):
    before = map_view.canvas.plane.to_data(QPointF(100, 100))
    draw(map_view, [(0, 0), (3, 1)], button=MIDDLE)
    after = map_view.canvas.plane.to_data(QPointF(100, 100))
    assert after.x() - before.x() == pytest.approx(-3, abs=0.1)
    assert after.y() - before.y() == pytest.approx(-1, abs=0.1)
    assert len(selection) == 0


def test_zooming_keeps_what_is_under_the_pointer(map_view):
    place = QPointF(at(map_view, 5, 5))
    for _ in range(4):
        map_view.canvas.zoom_at(place, 1.5)
    assert map_view.canvas.plane.to_data(place).x() == pytest.approx(5, abs=0.05)
    map_view.canvas.reset()
    assert len(map_view.canvas.plane.visible_points()) == 441


def test_zoom_to_selection_and_back(map_view, selection):
    selection.select(inside(-2.5, 2.5))
    map_view.zoom_to_selection()
    assert 25 <= len(map_view.canvas.plane.visible_points()) < 60


def test_points_are_painted_in_their_colours_and_the_rest_goes_grey(qtbot, map_view, selection):
    def colour(x, y):
        return map_view.canvas.grab().toImage().pixelColor(at(map_view, x, y))

    qtbot.waitUntil(lambda: colour(0, 0) == QColor(0x20, 0x60, 0xC0))
    selection.select(inside(-2.5, 2.5))
    qtbot.waitUntil(lambda: colour(5, 5) != QColor(0x20, 0x60, 0xC0))
    assert colour(0, 0) == QColor(0x20, 0x60, 0xC0)


def test_zoomed_in_points_become_pictures_that_do_not_overlap(qtbot, map_view, thumbnails):
    for _ in range(6):
        map_view.canvas.zoom_at(QPointF(at(map_view, 0, 0)), 1.4)
    boxes = [box for _point, box in map_view.pictures.boxes(map_view.canvas)]
    assert len(boxes) > 4
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])
    qtbot.waitUntil(lambda: thumbnails.pixmap(1000 + 220) is not None)
    shown = map_view.canvas.grab().toImage()
    wanted = thumbnails.pixmap(1000 + 220).toImage().pixelColor(5, 5)
    assert shown.pixelColor(at(map_view, 0, 0)) == wanted


def test_resting_on_a_point_shows_its_picture(qtbot, map_view):
    QTest.mouseMove(map_view.canvas.viewport(), at(map_view, 1, 1))
    hover = map_view.findChild(QWidget, "hoverPicture")
    qtbot.waitUntil(hover.isVisible, timeout=2000)
    QTest.mouseMove(map_view.canvas.viewport(), at(map_view, 1.5, 1.5))
    qtbot.waitUntil(hover.isHidden)


def test_squares_are_placed_in_order_and_never_overlap():
    rng = np.random.default_rng(0)
    x, y = (rng.uniform(0, 500, 400).astype(np.float32) for _ in range(2))
    chosen = without_overlap(x, y, 40, 1000)
    assert chosen[0] == 0
    for i, a in enumerate(chosen):
        for b in chosen[i + 1 :]:
            assert abs(x[a] - x[b]) >= 40 or abs(y[a] - y[b]) >= 40
    assert len(chosen) > 40


def one_heap(map_view):
    """All points in one place, in the middle of an empty map."""
    x, y = np.random.default_rng(0).normal(0, 0.2, (2, 50)).astype(np.float32)
    x[:2], y[:2] = (-10, 10), (-10, 10)
    map_view.show_map(MapContent(np.arange(50, dtype=np.int32), x, y, np.zeros(50, np.float32)))


def test_names_that_would_cover_larger_ones_move_aside(map_view):
    one_heap(map_view)
    names = NamesOnMap(map_view.palette, lambda: (), None)
    names.show_names([MapName("same place", 0, 0, 90 - n, 0.5) for n in range(20)])
    boxes = [label.box for label in names.placed(QFontMetrics(map_view.font()), map_view.canvas)]
    assert len(boxes) >= 9
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))


def test_a_name_stands_where_it_covers_fewest_points(map_view):
    """Points fill a disc and what is above it: the name goes below."""
    random = np.random.default_rng(0)
    x, y = random.uniform(-10, 10, (2, 8000)).astype(np.float32)
    there = (np.hypot(x, y) < 3) | (y > 0)
    x, y = x[there], y[there]
    nothing = np.zeros(len(x), np.float32)
    map_view.show_map(MapContent(np.arange(len(x), dtype=np.int32), x, y, nothing))
    names = NamesOnMap(map_view.palette, lambda: (), None)
    names.show_names([MapName("below it", 0, 0, 90, 3)])
    (label,) = names.placed(QFontMetrics(map_view.font()), map_view.canvas)
    assert label.box.top() > map_view.canvas.plane.to_view(0, -2.5).y()


def test_a_name_stands_beside_the_picture_that_its_points_have_become(map_view):
    one_heap(map_view)
    middle = map_view.canvas.plane.to_view(0, 0).toPoint()
    picture = QRect(middle.x() - PICTURE // 2 + 4, middle.y() - PICTURE // 2 + 4, PICTURE - 8, PICTURE - 8)
    names = NamesOnMap(map_view.palette, lambda: [picture], None)
    names.show_names([MapName("all in one place", 0, 0, 90, 0)])
    (label,) = names.placed(QFontMetrics(map_view.font()), map_view.canvas)
    assert not label.box.intersects(QRectF(picture))
    assert abs(label.box.center().y() - middle.y()) < PICTURE


def test_a_picture_at_the_edge_of_the_whole_map_is_seen_whole(map_view):
    map_view.canvas.reset()
    plane, half = map_view.canvas.plane, PICTURE / 2 - 4
    x, y = plane.to_pixels(slice(None))
    assert x.min() >= half
    assert y.min() >= half
    assert x.max() <= map_view.canvas.viewport().width() - half
    assert y.max() <= map_view.canvas.viewport().height() - half


def test_what_the_library_would_offer_on_the_map_is_not_there(map_view):
    assert [action.text() for action in map_view.canvas.scene().contextMenu] == []


def test_an_empty_map_says_why(map_view):
    nothing = np.empty(0, np.float32)
    map_view.show_map(MapContent(np.empty(0, np.int32), nothing, nothing, nothing))
    map_view.show_message("Nothing yet")
    QTest.mouseClick(map_view.canvas.viewport(), LEFT, NONE, QPoint(50, 50))
    assert not map_view.grab().isNull()


def test_a_drag_over_the_map_says_whose_cluster_it_would_go_to(map_view):
    map_view.drops.name_of = lambda image: f"cluster of {image}"
    surface, data = map_view.canvas.viewport(), images_mime(np.array([1000], np.int32), [])
    bare = map_view.canvas.grab().toImage()
    over = map_view.canvas.plane.to_view(0, 0).toPoint()
    QApplication.sendEvent(surface, QDragEnterEvent(over, Qt.DropAction.CopyAction, data, LEFT, NONE))
    aimed = map_view.canvas.grab().toImage()
    assert aimed != bare
    QApplication.sendEvent(surface, QDragLeaveEvent())
    assert map_view.canvas.grab().toImage() == bare
