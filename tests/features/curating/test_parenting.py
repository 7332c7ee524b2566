"""Clusters under a parent, by real keys and clicks: put there, named, folded, seen on the map, taken out, exported."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from tests.support.sorted_desk import CONTROL, NONE, SHIFT, hands
from tests.support.sorted_session import CATS, DOGS, project

from shoal.domain.edits import create_cluster
from shoal.domain.images import ImageId
from shoal.qt.parents import parent_card
from shoal.widgets.dragging import clusters_mime

__all__ = ["hands", "project"]

ANIMALS, MICE = parent_card(CATS), 3


@pytest.fixture
def three(hands):
    """Mice as well."""
    hands.project.apply("mice", create_cluster(hands.project.grouping, "Mice", [ImageId(38), ImageId(39)]))
    return hands


def cards(hands) -> list[tuple[str, int]]:
    return [(card.name, card.count) for card in hands.window.clusters.cards if card.is_cluster or card.is_parent]


def put_together(hands, name="Animals"):
    hands.click_card(CATS)
    hands.click_card(DOGS, CONTROL)
    hands.press(Qt.Key.Key_G, CONTROL)
    type_name(hands, name)


def type_name(hands, name):
    """The list takes what was typed when it comes to its events."""
    hands.write(name)
    hands.press(Qt.Key.Key_Return)
    QApplication.processEvents()


def test_chosen_clusters_are_put_under_a_parent_whose_name_is_typed(three):
    assert cards(three) == [("Dogs", 19), ("Cats", 19), ("Mice", 2)]
    put_together(three)
    assert cards(three) == [("Animals", 38), ("Dogs", 19), ("Cats", 19), ("Mice", 2)]
    three.press(Qt.Key.Key_Z, CONTROL)
    three.press(Qt.Key.Key_Z, CONTROL)
    assert cards(three) == [("Dogs", 19), ("Cats", 19), ("Mice", 2)]


def test_the_card_of_a_parent_shows_the_pictures_of_all_that_stands_under_it(three):
    put_together(three)
    three.click_card(ANIMALS)
    assert len(three.shown) == 38
    assert not {38, 39} & set(three.shown)
    assert [section.title.split()[0] for section in three.grid.page.layout.sections] == ["Dogs", "Cats"]


def test_a_parent_is_folded_by_its_triangle_and_by_the_arrow_keys(three):
    put_together(three)
    row = three.window.clusters.row_of(ANIMALS)
    box = three.panel.list.visualRect(three.window.clusters.index(row))
    QTest.mouseClick(three.panel.list.viewport(), Qt.MouseButton.LeftButton, NONE, box.topLeft() + QPoint(8, 8))
    assert cards(three) == [("Animals", 38), ("Mice", 2)]
    three.click_card(ANIMALS)
    assert len(three.shown) == 38
    three.press(Qt.Key.Key_Right)
    assert cards(three) == [("Animals", 38), ("Dogs", 19), ("Cats", 19), ("Mice", 2)]
    three.press(Qt.Key.Key_Left)
    assert cards(three) == [("Animals", 38), ("Mice", 2)]


def test_a_parent_is_renamed_in_place(three):
    put_together(three)
    three.click_card(ANIMALS)
    place = three.card_place(ANIMALS)
    QTest.mouseDClick(three.panel.list.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    type_name(three, "Pets")
    assert cards(three)[0] == ("Pets", 38)
    assert {cluster.parent for cluster in three.project.grouping.clusters.values()} == {"Pets", ""}


def test_a_cluster_is_taken_from_its_parent_which_goes_with_the_last(three):
    put_together(three)
    three.click_card(CATS)
    three.press(Qt.Key.Key_G, CONTROL | SHIFT)
    assert cards(three) == [("Animals", 19), ("Dogs", 19), ("Cats", 19), ("Mice", 2)]
    three.click_card(DOGS)
    three.press(Qt.Key.Key_G, CONTROL | SHIFT)
    assert cards(three) == [("Dogs", 19), ("Cats", 19), ("Mice", 2)]
    assert not three.window.actions_by_name["actionTakeFromUnder"].isEnabled()


def test_the_map_shows_parents_one_level_coarser(three):
    put_together(three)
    view = three.window.map_place.view
    box = view.findChild(QComboBox, "mapColouring")
    box.setCurrentIndex(box.findData("parent"))
    colours = view._colours.tolist()
    assert len(set(colours)) == 2
    assert colours[0] == colours[25] != colours[39]
    assert [text for _argb, text in view.legend.lines] == ["Animals"]
    view.canvas.grab()
    assert {label.text for label in view._names._labels} <= {"Animals", "Mice"}


def test_typing_the_name_of_a_parent_finds_what_stands_under_it(three):
    put_together(three)
    three.panel.filter.setFocus()
    three.write("anim")
    assert [name for name, _count in cards(three)] == ["Animals", "Dogs", "Cats"]


def test_a_card_dropped_on_a_parent_goes_under_it(three):
    put_together(three)
    data, place = clusters_mime([MICE]), three.card_place(ANIMALS)
    surface, left, copy = three.panel.list.viewport(), Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    QApplication.sendEvent(surface, QDragEnterEvent(place, copy, data, left, NONE))
    QApplication.sendEvent(surface, QDragMoveEvent(place, copy, data, left, NONE))
    assert three.panel.list._delegate.drop_words == "Put Mice under Animals"
    QApplication.sendEvent(surface, QDropEvent(QPointF(place), copy, data, left, NONE))
    assert cards(three) == [("Animals", 40), ("Dogs", 19), ("Cats", 19), ("Mice", 2)]
    assert three.notice == "Put 1 cluster under Animals"
