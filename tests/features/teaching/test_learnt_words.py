"""What learning brings is said where corrections are judged, whether it is on or off."""

from PySide6.QtCore import Qt
from tests.features.teaching.test_teaching import open_doubtful

from shoal.analysis.held_back import Verdict
from shoal.projects.learnt_words import learnt_words
from shoal.widgets.translation import told


def said(metric: Verdict, evened: Verdict) -> str:
    return " ".join(told(sentence) for sentence in learnt_words(metric, evened))


def test_the_gain_is_said_where_it_is_on_and_the_loss_where_it_is_off():
    assert said(Verdict(True, 120, 8), Verdict(False, 120, -3)) == (
        "Learnt distances: on (+8 of 120 held-back corrections found again). Evened folder: off (-3 of 120)."
    )
    assert said(Verdict(False, 1500, -12), Verdict(True, 1500, 40)) == (
        "Learnt distances: off (-12 of 1,500 held-back corrections found again). Evened folder: on (+40 of 1,500)."
    )


def test_before_there_are_enough_it_says_how_many_are_wanting():
    assert said(Verdict(True, 5), Verdict(False, 5)).startswith("After 15 more corrections")


def test_the_doubtful_list_says_it_and_says_more_when_more_is_judged(hands, qtbot):
    open_doubtful(hands, qtbot)
    assert "more corrections Shoal finds out" in hands.widget("doubtfulLearnt").text()
    for _picture in range(30):
        hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hands.widget("doubtfulLearnt").text().startswith("Learnt distances: o"))
