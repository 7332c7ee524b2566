"""Duplicates in the window: by their key, group by group, what may go selected, and what becomes of it."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.support.sorted_desk import CONTROL, SHIFT, Hands
from tests.support.sorted_session import BURST

from shoal.delivering import moving_aside, trashing_aside
from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.marks import PICK_REJECTED
from shoal.domain.verdicts import FLAG
from shoal.exports.throwing_away import Thrown
from shoal.features.duplicates import duplicates
from shoal.looking.copies import Compared
from shoal.projects.duplicates import DuplicateSearch

SURE = [0.99, 1.0, 0.999, 0.01, 0.999, -5.5, -4.5, 0.99, 0.99]
DOUBTFUL = [0.8, 0.6, 0.7, 0.1, 0.92, -2.6, -1.0, 0.7, 0.9]
NEVER = [0.5, 0.55, 0.4, 0.2, 0.5, -0.8, 0.2, 0.1, 0.3]


class NoPictures:
    def preview(self, _record: object, _side: int) -> None:
        return None


@pytest.fixture
def compared(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> Hands:
    """The burst is one group without a doubt, pictures 25 and 30 may be copies, and twenty more pairs hardly are."""

    def search(embeddings, _graph, records, _workshop, _rule, _task) -> DuplicateSearch:
        pairs = np.array([[10, 11], [10, 12], [11, 12], [25, 30], *([0, other] for other in range(13, 35))])
        signs = np.array([SURE, SURE, SURE, DOUBTFUL, *([NEVER] * 22)], np.float32)
        none = Compared(embeddings.rows, pairs, signs, lambda some: np.full((len(some), 9), np.nan, np.float32))
        return DuplicateSearch(none, records, NoPictures())

    monkeypatch.setattr(duplicates, "search_duplicates", search)
    monkeypatch.setattr(type(hands.window.model_picker), "model_name", USUAL_MODEL)
    return hands


def show(qtbot, hands: Hands) -> None:
    hands.press(Qt.Key.Key_D, SHIFT)
    qtbot.waitUntil(hands.widget("duplicatesBar").isVisible)


def groups(hands: Hands) -> list[list[int]]:
    return [one.images.tolist() for one in hands.grid.page.layout.sections]


def test_groups_stand_one_below_the_other_and_what_may_go_is_selected(qtbot, compared: Hands):
    hands = compared
    show(qtbot, hands)
    assert groups(hands)[0] == [12, 10, 11], "the sharpest stays and comes first"
    assert hands.grid.page.layout.sections[0].title == "Copies  ·  3  ·  IMG_12.jpg stays"
    assert set(hands.selected) >= {10, 11}
    assert 12 not in hands.selected
    assert "may go, and are selected" in hands.widget("duplicatesSummary").text()


def test_strict_and_loose_change_the_groups_at_once(qtbot, compared: Hands):
    hands = compared
    show(qtbot, hands)
    slider = hands.widget("strictnessSlider")
    slider.setValue(slider.maximum())
    qtbot.waitUntil(lambda: groups(hands) == [[12, 10, 11]])
    slider.setValue(slider.minimum())
    qtbot.waitUntil(lambda: [30, 25] in groups(hands))


def test_another_rule_keeps_another_picture(qtbot, compared: Hands):
    hands = compared
    show(qtbot, hands)
    picker = hands.widget("keepRule")
    picker.setCurrentIndex(picker.findData("oldest"))
    qtbot.waitUntil(lambda: groups(hands)[0] == [10, 11, 12])
    assert set(BURST) & set(hands.selected) == {11, 12}


def test_what_may_go_is_rejected_as_one_step_and_nothing_is_removed(qtbot, compared: Hands):
    hands = compared
    show(qtbot, hands)
    slider = hands.widget("strictnessSlider")
    slider.setValue(slider.maximum())
    qtbot.waitUntil(lambda: groups(hands) == [[12, 10, 11]])
    hands.click("rejectSpare")
    flags = hands.project.grouping.verdicts[:, FLAG]
    assert np.flatnonzero(flags == PICK_REJECTED).tolist() == [10, 11]
    assert hands.notice == "Reject 2 duplicates"
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert not (hands.project.grouping.verdicts[:, FLAG] == PICK_REJECTED).any()


def test_answers_teach_the_rule_for_this_folder(qtbot, compared: Hands):
    hands = compared
    show(qtbot, hands)
    slider = hands.widget("strictnessSlider")
    slider.setValue(slider.minimum())
    qtbot.waitUntil(lambda: [30, 25] in groups(hands))
    hands.click("questions")
    dialog = hands.widget("questionDialog")
    qtbot.waitUntil(dialog.isVisible)
    for _question in range(20):
        QTest.keyClick(dialog, Qt.Key.Key_N)
    slider.setValue(5)
    qtbot.waitUntil(lambda: groups(hands) == [[12, 10, 11]])


def test_what_may_go_can_be_moved_into_a_folder(qtbot, compared: Hands, tmp_path: Path, monkeypatch):
    hands = compared
    moved: list[tuple[list[int], Path]] = []

    def move(records, folder: Path, _journals, _task) -> int:
        moved.append(([record.id for record in records], folder))
        return len(records)

    monkeypatch.setattr(moving_aside, "move_aside", move)
    show(qtbot, hands)
    hands.widget("duplicatesBar").move_asked.emit(tmp_path)
    qtbot.waitUntil(lambda: "Past exports" in hands.window.job_panel.message)
    ((ids, folder),) = moved
    assert set(ids) >= {10, 11}
    assert folder == tmp_path


@pytest.fixture
def trash(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[int]]]:
    """What was moved to it, with what stays of its group, and what was called back."""
    done: list[tuple[str, list[int]]] = []

    def throw(leaving, _folder: Path, _journals: Path, _move, _task) -> Thrown:
        done.append(("to", [one.record.id for one in leaving]))
        done.append(("stays", sorted({kept.id for one in leaving for kept in one.stays})))
        return Thrown(tuple(one.record.path for one in leaving), (), "that-time")

    def back(id_: str, _journals: Path, _task) -> Thrown:
        done.append((id_, []))
        return Thrown((Path("/p/IMG_10.jpg"), Path("/p/IMG_11.jpg")))

    monkeypatch.setattr(trashing_aside, "to_trash_aside", throw)
    monkeypatch.setattr(trashing_aside, "bring_back_that", back)
    return done


def only_the_burst(qtbot, hands: Hands) -> None:
    show(qtbot, hands)
    slider = hands.widget("strictnessSlider")
    slider.setValue(slider.maximum())
    qtbot.waitUntil(lambda: groups(hands) == [[12, 10, 11]])


def test_what_may_go_goes_to_the_trash_once_it_is_said_and_comes_back_by_undo(qtbot, compared: Hands, trash):
    hands = compared
    only_the_burst(qtbot, hands)
    hands.click("trashSpare")
    qtbot.waitUntil(lambda: hands.is_asked("trashDuplicates"))
    assert hands.widget("trashDuplicates").text() == "Move 2 picture(s) to the trash?"
    hands.click("trashGo")
    qtbot.waitUntil(lambda: hands.notice == "2 files moved to the trash")
    assert trash == [("to", [10, 11]), ("stays", [12])]
    hands.click("noticeUndo")
    qtbot.waitUntil(lambda: "brought back" in hands.window.job_panel.message)
    assert trash[-1] == ("that-time", [])


def test_nothing_goes_to_the_trash_where_nobody_agrees(qtbot, compared: Hands, trash):
    hands = compared
    only_the_burst(qtbot, hands)
    hands.click("trashSpare")
    qtbot.waitUntil(lambda: hands.is_asked("trashDuplicates"))
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not hands.is_asked("trashDuplicates"))
    assert trash == []


def test_with_another_model_its_vectors_are_not_counted(qtbot, compared: Hands, monkeypatch):
    hands = compared
    monkeypatch.setattr(type(hands.window.model_picker), "model_name", "another")
    show(qtbot, hands)
    assert groups(hands)[0] == [12, 10, 11]
    assert "told by looks alone" in hands.widget("duplicatesSummary").text()


def test_done_leads_back_to_all_pictures(qtbot, compared: Hands):
    hands = compared
    show(qtbot, hands)
    hands.click("closeDuplicates")
    assert hands.widget("duplicatesBar").isHidden()
    assert len(hands.shown) == 40
