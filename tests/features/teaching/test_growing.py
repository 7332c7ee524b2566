"""More than can be looked at one by one: a few looks into the ranking, by real keys, say down to where it is right."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from tests.support.sorted_session import CATS, DOGS

from shoal.domain.edits import move_images, unpin_images
from shoal.domain.sentence import Sentence
from shoal.features.teaching import growing, more_like_these
from shoal.features.teaching.grow_dialog import RankingBar

PAGE = 3


@pytest.fixture
def many(hands, qtbot, monkeypatch):
    """Seventeen cats were taken for dogs, five of them were put right, and three are a page."""
    monkeypatch.setattr(growing, "SHOWN", PAGE)
    monkeypatch.setattr(more_like_these, "GROWS_ABOVE", 2 * PAGE)
    images = np.array([image for image in range(18) if image != 3])
    hands.project.apply(Sentence("stray"), move_images(hands.project.grouping, images, DOGS))
    hands.project.apply(Sentence("unpin"), unpin_images(hands.project.grouping, images))
    move_five_of(hands, qtbot)
    return hands


def move_five_of(hands, qtbot):
    for image in (0, 1, 2, 4, 5):
        hands.click_image(image)
        hands.press(Qt.Key.Key_M)
        hands.write("ca")
        hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hands.widget("moreLikeThese").isVisible())


def shown(hands) -> list[int]:
    dialog = hands.widget("growDialog")
    return [tile.image for row in dialog._rows for tile in row.tiles]


def offered(hands) -> int:
    return int(hands.widget("moreLikeThese").text().split()[0])


def ranking(hands) -> RankingBar:
    return hands.widget("growBar")


def test_enter_goes_on_until_it_stops_and_takes_all_before_with_one_undo(many, qtbot):
    hands, count = many, offered(many)
    assert count > 2 * PAGE
    hands.click("moreLikeThese")
    before, looks = hands.project.grouping, 0
    while not ranking(hands)._state.is_found:
        assert "Are these right" in hands.widget("moreTitle").text()
        assert len(shown(hands)) <= PAGE
        hands.press(Qt.Key.Key_Return)
        looks += 1
    assert looks <= 3
    assert hands.widget("moreTitle").text().startswith(f"{count} to Cats, 0 stay where they are")
    assert hands.project.grouping is before, "nothing moves before the last Enter"
    hands.press(Qt.Key.Key_Return)
    assert int((hands.project.grouping.home == CATS).sum()) == int((before.home == CATS).sum()) + count
    assert hands.project.undo_label == f"Move {count} pictures like these to Cats"
    hands.window.activateWindow()
    qtbot.waitUntil(hands.window.isActiveWindow)
    hands.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hands.project.grouping == before


def test_arrows_say_where_it_stops_and_what_was_seen_behind_that_never_comes_back(many):
    hands = many
    hands.click("moreLikeThese")
    state, page = ranking(hands)._state, shown(hands)
    ranked = hands.desk.window.findChild(growing.Growing)._images
    hands.press(Qt.Key.Key_Left)
    hands.press(Qt.Key.Key_Return)
    stop = state.shown.start + PAGE - 1
    assert hands.widget("moreTitle").text().startswith(f"{stop} to Cats")
    hands.press(Qt.Key.Key_Return)
    taken = {image for image in range(18) if hands.home(image) == CATS}
    assert {int(one) for one in ranked[:stop]} <= taken
    assert not taken & {int(one) for one in ranked[stop:]}
    assert {(one.first, one.second) for one in hands.project.grouping.rejections} == {(page[-1], CATS)}


def test_none_asks_farther_up_and_backspace_takes_an_answer_back(many):
    hands = many
    hands.click("moreLikeThese")
    first = shown(hands)
    hands.press(Qt.Key.Key_N)
    assert shown(hands) != first
    hands.press(Qt.Key.Key_Backspace)
    assert shown(hands) == first
    hands.press(Qt.Key.Key_Backspace)
    assert shown(hands) == first
    while hands.is_asked("growDialog"):
        hands.press(Qt.Key.Key_N)
    assert not any(hands.home(image) == CATS for image in first)
    assert len(hands.project.grouping.rejections) >= PAGE
    assert hands.project.undo_label.startswith("Refuse")


def test_escape_leaves_everything_as_it_was(many):
    hands, before = many, many.project.grouping
    hands.click("moreLikeThese")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Escape)
    assert not hands.is_asked("growDialog")
    assert hands.project.grouping is before
