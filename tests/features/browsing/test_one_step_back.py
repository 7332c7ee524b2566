"""Escape goes one step back everywhere; what was selected before can be had again."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.support.sorted_desk import CONTROL, SHIFT
from tests.support.sorted_session import CATS, DOGS

from shoal.qt.cluster_model import ALL

ALT = Qt.KeyboardModifier.AltModifier


def settle(hands) -> None:
    QTest.qWait(1)


def test_escape_goes_out_of_the_large_view_the_selection_and_the_card(hands):
    hands.click_card(CATS)
    hands.click_image(4)
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Escape)
    assert not hands.widget("loupe").isVisible()
    assert hands.selected == [4]
    hands.press(Qt.Key.Key_Escape)
    assert hands.selected == []
    assert hands.panel.chosen_ids == [CATS]
    hands.press(Qt.Key.Key_Escape)
    assert hands.panel.chosen_ids == [ALL]


def test_ctrl_f_and_escape_empty_the_search_and_leave_it(hands):
    hands.window.tools.search_mode.setCurrentIndex(0)
    hands.press(Qt.Key.Key_F, CONTROL)
    assert hands.window.search.hasFocus()
    hands.write("IMG_3")
    assert len(hands.shown) == 10
    hands.press(Qt.Key.Key_Escape)
    assert hands.window.search.text() == ""
    assert len(hands.shown) == 40
    hands.press(Qt.Key.Key_Escape)
    assert hands.grid.hasFocus()


def test_escape_lets_go_of_what_was_gathered_on_the_map(hands):
    hands.click_card(CATS)
    hands.session.selection.select([1, 2, 25], initiator=hands.window.map_place.view)
    chip = hands.widget("otherPictures")
    assert chip.text() == "3 pictures from the map  ✕"
    assert hands.panel.chosen_ids == []
    hands.press(Qt.Key.Key_Escape)
    assert hands.panel.chosen_ids == [CATS]
    assert not chip.isVisible()


def test_a_click_on_what_it_says_lets_go_of_it_too(hands):
    hands.click_card(DOGS)
    hands.session.selection.select(np.arange(12), initiator=hands.window.map_place.view)
    hands.session.selection.select([1, 2], initiator=hands.grid)
    assert len(hands.shown) == 12
    hands.click("otherPictures")
    assert hands.panel.chosen_ids == [DOGS]


def test_escape_in_a_name_leaves_the_name_and_nothing_else(hands):
    hands.click_card(CATS)
    hands.press(Qt.Key.Key_F2)
    hands.write("Tigers")
    hands.press(Qt.Key.Key_Escape)
    settle(hands)
    assert hands.name(CATS) == "Cats"
    assert hands.panel.chosen_ids == [CATS]


def test_selections_have_an_undo_of_their_own(hands):
    hands.click_image(4)
    settle(hands)
    hands.click_image(8, SHIFT)
    settle(hands)
    hands.click_image(25)
    settle(hands)
    hands.press(Qt.Key.Key_Left, ALT)
    assert hands.selected == [4, 5, 6, 7, 8]
    hands.press(Qt.Key.Key_Left, ALT)
    assert hands.selected == [4]
    hands.press(Qt.Key.Key_Right, ALT)
    hands.press(Qt.Key.Key_Right, ALT)
    assert hands.selected == [25]
    assert hands.project.undo_label == "unpin"


def test_a_selection_lost_by_a_click_comes_back_also_where_another_card_is_shown(hands):
    hands.click_card(CATS)
    hands.click_image(4)
    hands.click_image(8, SHIFT)
    settle(hands)
    hands.click_card(DOGS)
    assert hands.selected == []
    settle(hands)
    hands.press(Qt.Key.Key_Left, ALT)
    assert hands.selected == [4, 5, 6, 7, 8]
    assert hands.shown == [4, 5, 6, 7, 8]


def test_what_is_only_offered_is_no_selection_of_ones_own(hands):
    hands.click_image(4)
    settle(hands)
    hands.press(Qt.Key.Key_1)
    settle(hands)
    hands.press(Qt.Key.Key_Left, ALT)
    assert hands.selected == [4]
