"""Every step says what it did, with the way back in the same line."""

import numpy as np
from PySide6.QtCore import Qt
from tests.support.sorted_desk import CONTROL, SHIFT
from tests.support.sorted_session import CATS, DOGS

from shoal.domain.edits import move_images
from shoal.domain.sentence import Sentence


def test_a_key_says_what_it_did_and_a_click_takes_it_back(hands):
    hands.click_image(4)
    hands.click_image(5, CONTROL)
    hands.press(Qt.Key.Key_1)
    assert hands.notice == "2 to Dogs"
    assert hands.home(4) == hands.home(5) == DOGS
    hands.click("noticeUndo")
    assert hands.home(4) == hands.home(5) == CATS
    assert hands.notice == "Undone: Move 2 pictures to Dogs"
    hands.click("noticeUndo")
    assert hands.notice == "2 to Dogs"
    assert hands.home(4) == DOGS


def test_undo_and_redo_by_key_say_so(hands):
    hands.click_image(4)
    hands.press(Qt.Key.Key_Backspace)
    assert hands.notice == "1 to Unsorted"
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert hands.notice == "Undone: Move 1 picture to Unsorted"
    hands.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert hands.notice == "1 to Unsorted"


def test_the_notice_lies_over_the_pictures_and_leaves_the_focus_where_it_is(hands, qtbot):
    hands.click_image(4)
    hands.press(Qt.Key.Key_Backspace)
    bar = hands.widget("noticeBar")
    lowest = hands.grid.mapTo(hands.window, hands.grid.rect().bottomLeft()).y()
    assert lowest - 60 < bar.geometry().bottom() <= lowest
    hands.click("noticeUndo")
    assert hands.grid.hasFocus()
    hands.window.resize(1000, 700)
    qtbot.waitUntil(lambda: bar.geometry().right() < 1000 and bar.geometry().bottom() < 700)


def test_another_project_has_nothing_to_take_back(hands):
    hands.click_image(4)
    hands.press(Qt.Key.Key_Backspace)
    hands.session.show_snapshot(hands.session.snapshot, None)
    assert hands.notice == "1 to Unsorted"
    hands.session.images_changed.emit(False)
    assert hands.notice == ""


def test_steps_of_the_program_itself_are_told_as_well(hands):
    hands.project.apply(Sentence("Sort into %n cluster(s)", n=2), _moved(hands))
    assert hands.notice == "Sort into 2 clusters"


def _moved(hands):
    return move_images(hands.project.grouping, np.array([4]), DOGS)
