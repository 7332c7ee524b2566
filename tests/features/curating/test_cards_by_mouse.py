"""Cards put on one another leave you on the result."""

from PySide6.QtCore import Qt
from tests.support.sorted_desk import CONTROL
from tests.support.sorted_session import CATS, DOGS


def test_a_card_on_a_card_leaves_you_on_the_result(hands):
    hands.click_card(CATS)
    hands.panel.merge_dropped.emit([CATS], DOGS)
    assert hands.panel.chosen_ids == [DOGS]
    assert hands.notice == "Cats merged into Dogs"
    assert len(hands.shown) == 40


def test_ctrl_m_leaves_you_on_the_result_and_on_it_alone(hands):
    hands.click_card(CATS)
    hands.click_card(DOGS, CONTROL)
    hands.press(Qt.Key.Key_M, CONTROL)
    assert hands.panel.chosen_ids == [DOGS]


def test_ctrl_n_leaves_only_the_new_card_chosen_and_takes_exactly_what_is_typed(hands, qtbot):
    hands.click_card(CATS)
    hands.click_image(4)
    hands.click_image(5, CONTROL)
    with qtbot.waitSignal(hands.session.portraits_changed):
        hands.press(Qt.Key.Key_N, CONTROL)
        new = hands.home(4)
        assert hands.panel.chosen_ids == [new]
        hands.write("Fa")
    hands.write("ces")
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hands.name(new) == "Faces")
    assert hands.panel.chosen_ids == [new]
    assert hands.shown == [4, 5]
