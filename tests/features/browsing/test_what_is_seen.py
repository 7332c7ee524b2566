"""Nothing moves that is not on the screen: what is selected is cut to what is shown, at each change of it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from tests.support.sorted_desk import CONTROL, SHIFT
from tests.support.sorted_session import BURST, CATS, DOGS, STRAY

from shoal.domain.edits import move_images
from shoal.domain.grouping import UNSORTED
from shoal.qt.cluster_model import ALL


def map_place(hands, image: int) -> QPoint:
    x, y = hands.window.map_place.view.canvas.plane.to_pixels(np.array([image]))
    return QPoint(round(float(x[0])), round(float(y[0])))


def only_one_cat(hands):
    return move_images(hands.project.grouping, np.arange(1, 20), DOGS)


def test_after_a_key_only_what_is_chosen_next_moves(hands):
    """Seven were put aside; a Ctrl-click means one, although the next picture is at hand."""
    hands.click_card(CATS)
    hands.click_image(4)
    hands.click_image(10, SHIFT)
    hands.press(Qt.Key.Key_Backspace)
    assert [hands.home(image) for image in range(4, 11)] == [UNSORTED] * 7
    hands.click_image(15, CONTROL)
    assert hands.selected == [15]
    hands.press(Qt.Key.Key_1)
    assert hands.notice == "1 to Dogs"
    assert [image for image in range(20) if hands.home(image) == DOGS] == [STRAY, 15]


def test_another_card_lets_go_of_what_it_does_not_show(hands):
    hands.click_card(DOGS)
    hands.click_image(25)
    hands.click_card(CATS)
    assert hands.selected == []
    assert hands.current == -1
    hands.press(Qt.Key.Key_1)
    assert hands.home(25) == DOGS
    assert not hands.project.grouping.pinned[25]


def test_a_card_that_shows_it_too_keeps_the_selection(hands):
    hands.click_card(DOGS)
    hands.click_image(25)
    hands.click_card(ALL)
    assert hands.selected == [25]


def test_the_filter_cuts_the_selection(hands):
    hands.click_image(4)
    hands.click_image(25, CONTROL)
    hands.window.tools.search_mode.setCurrentIndex(0)
    hands.window.search.setFocus()
    hands.write("IMG_2")
    assert hands.selected == [25]
    hands.window.search.clear()
    assert hands.selected == [25]


def test_a_picture_chosen_elsewhere_is_brought_into_the_grid(hands):
    """As by a click on the map, or on one of the pictures like it in the inspector."""
    hands.click_card(CATS)
    hands.session.selection.set_current(25)
    hands.session.selection.select(25, initiator=hands.window.map_place.view)
    assert hands.panel.chosen_ids == [DOGS]
    assert 25 in hands.shown
    assert hands.selected == [25]
    assert hands.current == 25


def test_a_picture_that_the_letters_hide_takes_them_away(hands):
    hands.window.tools.search_mode.setCurrentIndex(0)
    hands.window.search.setFocus()
    hands.write("IMG_3")
    hands.session.selection.select(25, initiator=hands.window.map_place.view)
    assert hands.window.search.text() == ""
    assert 25 in hands.shown
    assert hands.selected == [25]


def test_what_comes_back_is_selected(hands):
    hands.click_card(CATS)
    hands.click_image(4)
    hands.click_image(5, CONTROL)
    hands.press(Qt.Key.Key_1)
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert hands.selected == [4, 5]
    assert hands.current == 4
    assert {4, 5} <= set(hands.shown)


def test_what_comes_back_elsewhere_is_shown_there(hands):
    hands.click_card(CATS)
    hands.click_image(4)
    hands.press(Qt.Key.Key_1)
    hands.click_card(DOGS)
    hands.click("noticeUndo")
    assert hands.panel.chosen_ids == [CATS]
    assert hands.selected == [4]


def test_a_cluster_that_comes_back_is_chosen(hands):
    hands.click_card(CATS)
    hands.click_card(DOGS, CONTROL)
    hands.press(Qt.Key.Key_M, CONTROL)
    assert len(hands.project.grouping.clusters) == 1
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert hands.panel.chosen_ids == [CATS]


@pytest.mark.parametrize("way", ["key", "drag"])
def test_the_picture_that_took_the_place_is_at_hand(hands, way):
    hands.click_card(CATS)
    hands.click_image(6)
    if way == "key":
        hands.press(Qt.Key.Key_1)
    else:
        hands.panel.images_dropped.emit(hands.session.selection.images, DOGS)
    assert hands.home(6) == DOGS
    assert hands.current == 7
    assert hands.selected == [7]
    hands.press(Qt.Key.Key_1)
    assert hands.home(7) == DOGS
    assert hands.current == 8
    hands.press(Qt.Key.Key_Right)
    assert hands.current == 9


def test_after_the_last_one_the_one_before_is_at_hand_and_after_all_none(hands):
    hands.click_card(CATS)
    hands.click_image(19)
    hands.press(Qt.Key.Key_1)
    assert hands.current == 18
    hands.press(Qt.Key.Key_A, CONTROL)
    hands.press(Qt.Key.Key_1)
    assert hands.shown == []
    assert hands.selected == []
    assert hands.current == -1


def test_several_give_way_to_the_one_behind_the_first(hands):
    hands.click_image(4)
    hands.click_image(6, CONTROL)
    hands.click_image(8, CONTROL)
    hands.session.selection.set_current(4)
    hands.press(Qt.Key.Key_Backspace)
    assert hands.selected == [5]


def test_the_large_view_goes_on_as_well(hands):
    hands.click_card(CATS)
    hands.click_image(6)
    hands.press(Qt.Key.Key_Space)
    loupe = hands.widget("loupe")
    hands.press(Qt.Key.Key_1)
    assert hands.home(6) == DOGS
    assert loupe.image == 7
    assert hands.notice == "1 to Dogs"
    hands.press(Qt.Key.Key_Backspace)
    assert loupe.image == 8
    hands.press(Qt.Key.Key_Right)
    assert loupe.image == 9
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert loupe.image == 7
    hands.press(Qt.Key.Key_Escape)
    assert not loupe.isVisible()
    assert hands.grid.hasFocus()


def test_in_the_large_view_only_what_is_seen_moves(hands):
    hands.click_card(CATS)
    hands.click_image(4)
    hands.click_image(8, SHIFT)
    hands.press(Qt.Key.Key_Space)
    assert hands.widget("loupe").image == 8
    hands.press(Qt.Key.Key_Escape)
    assert hands.selected == [4, 5, 6, 7, 8]
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_1)
    assert hands.notice == "1 to Dogs"
    hands.press(Qt.Key.Key_Escape)
    assert hands.selected == [9]


def test_a_stack_moves_as_the_tile_that_it_is(hands):
    hands.desk.parts.actions["actionStacks"].trigger()
    hands.click_card(CATS)
    hands.click_image(BURST[-1])
    hands.press(Qt.Key.Key_1)
    assert hands.notice == "3 to Dogs"
    assert hands.current == 13


def test_the_large_view_closes_with_the_last_picture(hands):
    hands.project.apply("one", only_one_cat(hands))
    hands.click_card(CATS)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Space)
    loupe = hands.widget("loupe")
    assert loupe.isVisible()
    hands.press(Qt.Key.Key_1)
    assert not loupe.isVisible()


def test_a_click_on_the_map_shows_the_picture_in_the_grid(hands):
    hands.click_card(CATS)
    canvas = hands.window.map_place.view.canvas
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=map_place(hands, 25))
    (image,) = hands.selected
    assert hands.home(image) == DOGS
    assert image in hands.shown
    assert hands.panel.chosen_ids == [DOGS]
    hands.press(Qt.Key.Key_2)
    assert hands.notice == "1 to Cats"
