"""Stacks put right with real keys: joined, taken apart, split, another top; undone, and seen large and side by side."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from tests.support.sorted_session import BURST, CATS, DOGS

KEY, SHIFT, CONTROL = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
FIRST, SECOND, TOP = BURST


@pytest.fixture
def stacks(hands):
    """The cats, with stacks on: BURST is one of them."""
    hands.press(KEY.Key_S)
    hands.click_card(CATS)
    hands.grid.setFocus()
    return hands


def of(hands, image: int) -> list[int]:
    return hands.session.stacks.members(image).tolist()


def test_selected_pictures_and_a_stack_become_one_and_undo_parts_them(stacks):
    stacks.click_image(5)
    stacks.click_image(TOP, CONTROL)
    stacks.press(KEY.Key_G)
    assert of(stacks, 5) == [5, *BURST]
    assert [image for image in stacks.shown if image in (5, *BURST)] == [TOP]
    assert "One stack of 4" in stacks.notice
    stacks.press(KEY.Key_Z, CONTROL)
    assert of(stacks, TOP) == BURST
    assert of(stacks, 5) == [5]
    stacks.press(KEY.Key_Z, CONTROL | SHIFT)
    assert of(stacks, 5) == [5, *BURST]


def test_a_closed_stack_falls_apart_and_of_an_open_one_what_is_selected(stacks):
    stacks.click_image(TOP)
    stacks.press(KEY.Key_G, SHIFT)
    assert of(stacks, TOP) == [TOP]
    assert set(BURST) <= set(stacks.shown)
    stacks.press(KEY.Key_Z, CONTROL)
    stacks.click_image(TOP)
    stacks.press(KEY.Key_Return)
    stacks.click_image(SECOND)
    stacks.press(KEY.Key_G, SHIFT)
    assert of(stacks, SECOND) == [SECOND]
    assert of(stacks, TOP) == [FIRST, TOP]


def test_a_stack_is_split_where_the_picture_at_hand_is(stacks):
    stacks.click_image(5)
    stacks.click_image(TOP, CONTROL)
    stacks.press(KEY.Key_G)
    stacks.click_image(TOP)
    stacks.press(KEY.Key_T, SHIFT)
    assert set(BURST) <= set(stacks.shown), "it is spread out, so that one sees where"
    assert "Choose the first picture" in stacks.notice
    stacks.click_image(SECOND)
    stacks.press(KEY.Key_T, SHIFT)
    assert of(stacks, 5) == [5, FIRST]
    assert of(stacks, TOP) == [SECOND, TOP]
    assert "2 and 2" in stacks.notice
    stacks.click_image(5)
    stacks.press(KEY.Key_T, SHIFT)
    assert "This is the first one" in stacks.notice
    assert of(stacks, 5) == [5, FIRST]


def test_another_picture_is_put_on_top_in_the_grid_and_side_by_side(stacks):
    stacks.click_image(TOP)
    stacks.press(KEY.Key_Return)
    stacks.click_image(FIRST)
    stacks.press(KEY.Key_S, SHIFT)
    QTest.mouseClick(
        stacks.grid.viewport(),
        Qt.MouseButton.LeftButton,
        pos=stacks.grid.rect_of(stacks.grid.page.position_of(FIRST)).topLeft() + QPoint(4, 4),
    )
    assert [image for image in stacks.shown if image in BURST] == [FIRST]
    stacks.click_image(FIRST)
    stacks.press(KEY.Key_C)
    view = stacks.window.findChild(QWidget, "compareView")
    assert view.images == BURST
    assert view._panes[0].caption.endswith("on top of its stack")
    stacks.press(KEY.Key_Right)
    stacks.press(KEY.Key_S, SHIFT)
    assert [pane.caption.endswith("on top of its stack") for pane in view._panes] == [False, True, False]
    stacks.press(KEY.Key_Escape)
    assert [image for image in stacks.shown if image in BURST] == [SECOND]


def test_seen_large_a_picture_says_that_it_is_on_top(stacks):
    stacks.click_image(TOP)
    stacks.press(KEY.Key_Space)
    loupe = stacks.window.findChild(QWidget, "loupe")
    assert "one of 3 pictures in a stack" in loupe._caption
    stacks.press(KEY.Key_S, SHIFT)
    assert loupe._caption.endswith("on top of its stack")
    stacks.press(KEY.Key_Escape)


def test_marks_mean_the_stack_that_was_made(stacks):
    stacks.click_image(5)
    stacks.click_image(6, SHIFT)
    stacks.press(KEY.Key_G)
    stacks.click_image(stacks.grid.page.tiles.tile_of(5))
    stacks.press(KEY.Key_X)
    assert stacks.session.verdicts[[5, 6], 1].tolist() == [1, 1]


def test_what_was_said_is_forgotten_and_the_menu_of_the_right_button_has_it(stacks):
    stacks.click_image(5)
    stacks.click_image(TOP, CONTROL)
    stacks.press(KEY.Key_G)
    stacks.click_image(TOP)
    stacks.desk.parts.actions["actionStacksAsFound"].trigger()
    assert of(stacks, TOP) == BURST
    assert of(stacks, 5) == [5]
    names = [action.objectName() for action in stacks.desk.parts.actions.on_picture()]
    assert names[-4:] == ["actionJoinStack", "actionUnstack", "actionSplitStack", "actionStackTop"]
    assert stacks.window.findChild(QMenu) is not None


def test_pictures_of_two_clusters_are_a_stack_in_each(stacks):
    stacks.desk.parts.editing.move(stacks.session.stacks.members(TOP)[:1], DOGS)
    stacks.session.selection.select(stacks.session.stacks.members(TOP))
    stacks.press(KEY.Key_G)
    assert "in each cluster for itself" in stacks.notice
    assert of(stacks, TOP) == BURST
