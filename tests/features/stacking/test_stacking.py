"""How alike a stack is can be chosen, with the pictures following at once, and is kept."""

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QSlider
from tests.support.sorted_session import BURST
from tests.support.whole_desk import open_dialog

from shoal.domain.stacks import USUAL_STACKS, StackRule
from shoal.features.stacking.stacking import Stacking
from shoal.qt.session import restack

PATIENCE = 60_000


@pytest.fixture
def stacking(window, session):
    stacking = Stacking(window, session)
    yield stacking
    stacking.shutdown()


def stacked(session) -> int:
    return int((session.snapshot.stacks.values >= 0).sum())


def test_the_stacks_follow_what_is_chosen(qtbot, session, stacking):
    assert stacked(session) == 3  # as the look left them
    stacking.ask()
    dialog = open_dialog("stackDialog")
    slider, gap = dialog.findChild(QSlider, "stackLikeness"), dialog.findChild(QComboBox, "stackGap")
    slider.setValue(75)
    qtbot.waitUntil(lambda: stacked(session) > 20, timeout=PATIENCE)
    loose = stacked(session)
    qtbot.waitUntil(lambda: f"{loose} picture" in dialog.findChild(QLabel, "stackSaid").text(), timeout=PATIENCE)
    slider.setValue(99)
    qtbot.waitUntil(lambda: stacked(session) < loose, timeout=PATIENCE)
    slider.setValue(75)
    qtbot.waitUntil(lambda: stacked(session) == loose, timeout=PATIENCE)
    gap.setCurrentIndex(gap.findData(60))  # each was taken on another day
    qtbot.waitUntil(lambda: stacked(session) < 3, timeout=PATIENCE)
    dialog.close()


def test_what_was_chosen_is_the_projects_and_holds_after_a_look(qtbot, session, stacking):
    assert stacking.rule == USUAL_STACKS
    stacking.use(StackRule(0.75))
    qtbot.waitUntil(lambda: stacked(session) > 20, timeout=PATIENCE)
    loose, found = stacked(session), session.snapshot.stacks
    assert session.project.stack_rule.now == StackRule(0.75)
    restack(session, found, USUAL_STACKS)  # a look that began before brings stacks of its own
    qtbot.waitUntil(lambda: stacked(session) == loose and session.snapshot.stacks is not found, timeout=PATIENCE)


def test_the_moment_alone_parts_pictures_of_several_days(qtbot, session, stacking):
    stacking.ask()
    dialog = open_dialog("stackDialog")
    dialog.findChild(QSlider, "stackMoment").setValue(100)
    qtbot.waitUntil(lambda: session.snapshot.stacked_by.moment == 1.0, timeout=PATIENCE)
    assert len(set(session.stacks.numbers[BURST].tolist())) == len(BURST)
    assert session.stacks.members(0).tolist() == [0, 28]  # to the second
    dialog.close()
