"""What was searched for, filtered or selected is rated, moved and exported as such, by real keys."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton
from tests.support.sorted_desk import CONTROL, SHIFT, Hands
from tests.support.whole_desk import open_dialog

from shoal.domain.marks import PICK_ACCEPTED
from shoal.domain.verdicts import FLAG, STARS

KEY = Qt.Key


@pytest.fixture
def hands(opened, qtbot) -> Hands:
    opened.window.actions_by_name["actionStacks"].trigger()
    opened.window.activateWindow()
    qtbot.waitActive(opened.window)
    opened.window.grid.setFocus()
    return Hands(opened)


@pytest.fixture
def export(hands, wait, tmp_path):
    """Exports what the box says and gives the names that came."""

    def export(which: str, count: int) -> list[str]:
        hands.press(KEY.Key_E, CONTROL)
        wait(lambda: hands.is_asked("exportDialog"))
        dialog = open_dialog("exportDialog")
        dialog.findChild(QLineEdit, "exportFolder").setText(str(tmp_path / "out"))
        box, go = dialog.findChild(QComboBox, "exportWhich"), dialog.findChild(QPushButton, "exportGo")
        box.setFocus()
        while box.currentData() != which:
            assert box.currentIndex() < box.count() - 1, f"{which} is not offered"
            QTest.keyClick(box, KEY.Key_Down)
        said = dialog.findChild(QLabel, "exportSummary")
        wait(lambda: f"{count} file" in said.text() and go.isEnabled())
        QTest.keyClick(go, KEY.Key_Space)
        wait(lambda: not hands.desk.jobs.busy and (tmp_path / "out" / "clusters.csv").exists())
        open_dialog("exportDone").close()
        return sorted(path.name for path in (tmp_path / "out").rglob("*.jpg"))

    return export


def names(hands: Hands, images) -> list[str]:
    return sorted(hands.session.images[image].path.name for image in images)


def found(hands: Hands, wait) -> list[int]:
    """The balls, by letters of their names."""
    hands.press(KEY.Key_F, CONTROL)
    hands.write("ball")
    wait(lambda: len(hands.shown) == 5)
    hands.grid.setFocus()
    return hands.shown


def test_a_search_result_is_exported(hands, wait, export):
    best = found(hands, wait)
    assert export("shown", len(best)) == names(hands, best)


def test_a_filter_is_exported(hands, export, wait):
    hands.desk.parts.editing.mark(np.array([1, 4, 6], np.int32), STARS, 4)
    hands.press(KEY.Key_F, CONTROL | SHIFT)
    hands.write("stars>=4")
    wait(lambda: len(hands.shown) == 3)
    hands.grid.setFocus()
    assert export("shown", 3) == names(hands, [1, 4, 6])


def test_the_selection_is_exported(hands, export):
    hands.press(KEY.Key_Home)
    hands.press(KEY.Key_Right, SHIFT)
    chosen = hands.selected
    assert len(chosen) == 2
    assert export("selected", 2) == names(hands, chosen)


def test_all_of_a_search_result_are_picked_and_only_picks_exported(hands, wait, export):
    best = found(hands, wait)
    hands.press(KEY.Key_Home)
    for _ in best[1:]:
        hands.press(KEY.Key_Right, SHIFT)
    assert sorted(hands.selected) == sorted(best)
    hands.press(KEY.Key_P)
    assert np.flatnonzero(hands.session.verdicts[:, FLAG] == PICK_ACCEPTED).tolist() == sorted(best)
    assert export("picks", len(best)) == names(hands, best)


def test_all_of_a_search_result_are_moved(hands, wait):
    best = found(hands, wait)
    hands.press(KEY.Key_Home)
    for _ in best[1:]:
        hands.press(KEY.Key_Right, SHIFT)
    hands.press(KEY.Key_M)
    hands.write("Keepers")
    hands.press(KEY.Key_Return)
    homes = {hands.home(image) for image in best}
    assert [hands.name(home) for home in homes] == ["Keepers"]
    hands.press(KEY.Key_Z, CONTROL)
    assert "Keepers" not in {hands.name(hands.home(image)) for image in best}


def test_without_a_search_all_is_shown_and_the_box_does_not_offer_it(hands):
    hands.press(KEY.Key_E, CONTROL)
    box = open_dialog("exportDialog").findChild(QComboBox, "exportWhich")
    assert box.findData("shown") < 0
    open_dialog("exportDialog").reject()
