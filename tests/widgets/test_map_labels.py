"""Labels on the map: beside the points, lit or faded, a picture where the name says nothing; clicked and edited."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from shoal.widgets.map_content import MapContent, MapName
from shoal.widgets.map_names import NamesOnMap

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CENTRES = np.array([(-6, -6), (6, -6), (-6, 6), (6, 6), (0, 0)], np.float32)


@pytest.fixture
def islands(map_view):
    """Five round islands of 200 points each, the last one in the middle; images are 0..999."""
    random = np.random.default_rng(1)
    positions = np.repeat(CENTRES, 200, axis=0) + random.normal(0, 0.6, (1000, 2)).astype(np.float32)
    x, y = np.ascontiguousarray(positions[:, 0]), np.ascontiguousarray(positions[:, 1])
    map_view.show_map(MapContent(np.arange(1000, dtype=np.int32), x, y, np.ones(1000, np.float32)))
    map_view.set_colours(np.full(1000, 0xFF2060C0, np.uint32))
    return map_view


def named(count=5, **more):
    return [
        MapName(f"Cluster of some length {n}", float(x), float(y), 200 - n, 1.0, n + 1, **more)
        for n, (x, y) in enumerate(CENTRES[:count])
    ]


def labels(view):
    """Where they stand once they have been painted."""
    view.canvas.grab()
    return {label.name.cluster: label for label in view._names._labels}


def points_in(view, box):
    x, y = view.canvas.plane.to_pixels(slice(None))
    return int(((x >= box.left()) & (x <= box.right()) & (y >= box.top()) & (y <= box.bottom())).sum())


def test_no_label_covers_a_point(islands):
    islands.show_names(named())
    found = labels(islands)
    assert len(found) == 5
    assert [points_in(islands, label.box) for label in found.values()] == [0] * 5


def test_a_label_that_has_to_stand_aside_leads_to_its_cluster_by_a_line(islands):
    """The islands close by leave no room between them."""
    islands.show_names([MapName(f"Crowded {n}", 0, 0, 90 - n, 1.0, n + 1) for n in range(9)])
    found = labels(islands)
    aside = [label for label in found.values() if label.end is not None]
    assert aside
    middle = islands.canvas.plane.to_view(0, 0)
    reach = islands.canvas.plane.to_view(1, 0).x() - middle.x()
    for label in aside:
        away = label.end - middle
        assert np.hypot(away.x(), away.y()) == pytest.approx(reach, abs=1)


def test_in_the_midst_of_points_a_label_gives_way_to_the_pointer(map_view):
    """The lattice fills the view; what is large has its name all the same, until one wants to see what is below."""
    map_view.show_map(MapContent(*_everywhere()))
    map_view.show_names([MapName("Everything", 0, 0, 90, 6, 1), MapName("Small", 3, 3, 9, 0.1, 2)])
    found = labels(map_view)
    assert list(found) == [1]
    assert found[1].over
    place = found[1].box.center()
    assert map_view._names.label_at(place) is not None
    before = map_view.canvas.grab().toImage()
    move = QMouseEvent(QEvent.Type.MouseMove, place, place, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, NONE)
    QApplication.sendEvent(map_view.canvas.viewport(), move)
    assert map_view._names.label_at(place) is None
    assert map_view.canvas.grab().toImage() != before
    QApplication.sendEvent(map_view.canvas.viewport(), QEvent(QEvent.Type.Leave))
    assert map_view._names.label_at(place) is not None


def _everywhere():
    x, y = np.random.default_rng(2).uniform(-10, 10, (2, 40_000)).astype(np.float32)
    return np.arange(40_000, dtype=np.int32), x, y, np.ones(40_000, np.float32)


def test_what_is_lit_is_labelled_first(islands):
    """Nine labels contend for the room around one island."""
    crowd = [MapName(f"Crowded {n}", 0, 0, 90 - n, 1.0, n + 1) for n in range(60)]
    islands.show_names(crowd)
    assert 60 not in labels(islands)
    islands.light([60], None)
    assert 60 in labels(islands)
    islands.light([], None)
    assert 60 not in labels(islands)


def test_a_picture_stands_for_a_name_that_says_nothing(qtbot, islands, thumbnails):
    islands.show_names(named(1))
    words = islands.canvas.grab().toImage()
    islands.show_names(named(1, image=7, argb=0xFF00FF00))
    labels(islands)
    qtbot.waitUntil(lambda: thumbnails.pixmap(7) is not None and not thumbnails.pixmap(7).isNull())
    (label,) = labels(islands).values()
    shot = islands.canvas.grab().toImage()
    assert shot != words
    ratio = shot.devicePixelRatio()
    frame = label.box.topLeft() + QPointF(1, 1)
    assert shot.pixelColor((frame * ratio).toPoint()).name() == "#00ff00"
    inside = shot.pixelColor((label.box.center() * ratio).toPoint())
    assert inside.hue() == pytest.approx(7 * 37 % 360, abs=3)


def test_no_second_picture_stands_for_a_cluster_of_which_one_is_shown(islands):
    middle = islands.canvas.plane.to_view(*map(float, CENTRES[0])).toPoint()
    shown = [QRect(middle.x() - 30, middle.y() - 30, 60, 60)]
    metrics = QFontMetrics(islands.font())
    for covered, expected in ((shown, [2, 3, 4, 5]), ([], [1, 2, 3, 4, 5])):
        names = NamesOnMap(islands.palette, lambda covered=covered: covered, None)
        names.show_names(named(image=7))
        assert sorted(label.name.cluster for label in names.placed(metrics, islands.canvas)) == expected


def test_pictures_on_the_map_fade_while_other_clusters_are_lit(qtbot, islands, thumbnails):
    islands.canvas.zoom_at(islands.canvas.plane.to_view(0, 0), 10)
    islands.canvas.grab()
    boxes = islands.pictures.boxes(islands.canvas)
    assert boxes
    qtbot.waitUntil(lambda: all(thumbnails.pixmap(int(point)) is not None for point, _box in boxes))
    bright = islands.canvas.grab().toImage()
    islands.light([1], np.arange(1000) < 200)
    faded = islands.canvas.grab().toImage()
    place = (QPointF(boxes[0][1].center()) * bright.devicePixelRatio()).toPoint()
    assert faded.pixelColor(place).saturation() < bright.pixelColor(place).saturation()
    islands.light([5], np.arange(1000) >= 800)
    assert islands.canvas.grab().toImage().pixelColor(place) == bright.pixelColor(place)


def test_a_click_on_a_label_asks_for_its_cluster_and_selects_nothing(qtbot, islands, selection):
    islands.show_names(named())
    place = labels(islands)[3].box.center().toPoint()
    with qtbot.waitSignal(islands.cluster_chosen) as chosen:
        QTest.mouseClick(islands.canvas.viewport(), LEFT, NONE, place)
    assert chosen.args == [3]
    assert len(selection) == 0


def editor_on(view, cluster) -> QLineEdit:
    place: QPoint = labels(view)[cluster].box.center().toPoint()
    QTest.mouseClick(view.canvas.viewport(), LEFT, NONE, place)
    QTest.mouseDClick(view.canvas.viewport(), LEFT, NONE, place)
    return view.findChild(QLineEdit, "mapLabelEditor")


def test_a_double_click_on_a_label_types_another_name_in_its_place(qtbot, islands):
    islands.show_names(named())
    editor = editor_on(islands, 2)
    assert editor.isVisible()
    assert editor.text() == "Cluster of some length 1"
    with qtbot.waitSignal(islands.cluster_renamed) as renamed:
        QTest.keyClicks(editor, "Harbour")
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert renamed.args == [2, "Harbour"]
    assert not editor.isVisible()


def test_escape_leaves_the_name_as_it_was(islands):
    islands.show_names(named())
    heard = []
    islands.cluster_renamed.connect(lambda *args: heard.append(args))
    editor = editor_on(islands, 2)
    QTest.keyClicks(editor, "Harbour")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    assert heard == []


def test_a_label_at_the_edge_is_edited_inside_the_view(islands):
    islands.show_names(named())
    for cluster in (1, 2, 3, 4):
        editor = editor_on(islands, cluster)
        assert islands.canvas.viewport().rect().contains(editor.geometry())
        QTest.keyClick(editor, Qt.Key.Key_Escape)


def test_names_cost_the_same_however_many_clusters_there_are(islands):
    """They are placed for each frame: of 3,000 clusters only the largest in view are tried."""
    names = NamesOnMap(islands.palette, lambda: (), None)
    random = np.random.default_rng(4)
    names.show_names(
        [MapName(f"N {n}", x, y, n, 0.3, n) for n, (x, y) in enumerate(random.uniform(-9, 9, (3000, 2)).tolist())]
    )
    tried = []
    measure = QFontMetrics(islands.font())
    size, names._size = names._size, lambda metrics, name: tried.append(name) or size(metrics, name)
    names.placed(measure, islands.canvas)
    assert len(tried) <= 120
