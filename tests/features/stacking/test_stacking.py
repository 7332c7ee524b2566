"""How alike a stack is can be chosen, with the pictures following at once, and is kept."""

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QComboBox, QLabel, QSlider
from tests.support.whole_desk import open_dialog

from shoal.features.stacking.stacking import Stacking
from shoal.looking.stacking import USUAL, StackRule

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


def test_what_was_chosen_is_kept_and_holds_after_a_look(qtbot, session, stacking, tmp_path):
    memory = QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat)
    stacking.restore(memory)
    assert stacking.rule == USUAL
    stacking.use(StackRule(0.75))
    stacking.save(memory)
    qtbot.waitUntil(lambda: stacked(session) > 20, timeout=PATIENCE)
    loose, found = stacked(session), session.snapshot.stacks
    stacking.use(USUAL)
    stacking.restore(memory)
    assert stacking.rule == StackRule(0.75)
    session.restack(found)  # a look brings stacks of its own
    qtbot.waitUntil(lambda: stacked(session) == loose and session.snapshot.stacks is not found, timeout=PATIENCE)
