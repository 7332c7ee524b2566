"""Fault 13: what somebody named was emptied by the slider and by another model. With real keys and clicks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.features.models.test_choosing_another import choose, press
from tests.support.sorted_desk import CONTROL, Hands

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def named(opened, wait) -> Hands:
    """The largest cluster is called Toys."""
    opened.window.resize(1400, 900)
    opened.window.activateWindow()
    wait(opened.window.isActiveWindow)
    hands = Hands(opened)
    wait(lambda: hands.session.portraits.clusters)
    largest = max(hands.project.grouping.clusters, key=lambda id_: len(hands.session.members(id_)))
    hands.click_card(largest)
    hands.press(Qt.Key.Key_F2)
    hands.write("Toys")
    hands.press(Qt.Key.Key_Return)
    wait(lambda: hands.name(largest) == "Toys")
    return hands


def toys(hands: Hands) -> int:
    """How many pictures are in it."""
    found = [id_ for id_, cluster in hands.project.grouping.clusters.items() if cluster.name == "Toys"]
    assert len(found) == 1, "it is there, and once"
    return len(hands.session.members(found[0]))


def test_the_slider_leaves_the_named_cluster_its_pictures_at_every_step(named):
    hands = named
    slider = hands.window.detail_slider
    slider.setFocus()
    assert slider.isEnabled()
    counts = set()
    for key in (Qt.Key.Key_Home, *[Qt.Key.Key_PageUp] * 10, Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(slider, key)
        counts.add(len(hands.project.grouping.clusters))
        assert toys(hands) > 0
    assert len(counts) > 1, "the slider did something"
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert toys(hands) > 0


def test_another_model_and_clustering_again_leave_it_its_pictures(named, wait):
    hands = named
    core = [image for image in range(10) if hands.project.grouping.pinned[image]]
    assert core, "naming keeps the most typical ones"
    choose(hands.desk, "builtin")
    press("modelYes")
    wait(lambda: not hands.desk.jobs.busy)
    assert toys(hands) >= len(core)
    hands.window.activateWindow()
    hands.press(Qt.Key.Key_R, CONTROL)
    wait(lambda: not hands.desk.jobs.busy)
    assert toys(hands) >= len(core)
