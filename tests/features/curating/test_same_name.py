"""Two clusters of one name: it is asked whether they are the same."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from tests.support.sorted_desk import CONTROL
from tests.support.sorted_session import CATS, DOGS

from shoal.qt.cluster_model import ALL


def rename_to(hands, qtbot, name: str) -> None:
    hands.click_card(DOGS)
    hands.press(Qt.Key.Key_F2)
    hands.write(name)
    hands.press(Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("answer", "clusters"),
    [("sameNameMerge", {"Cats"}), ("sameNameKeep", {"cats", "Cats"}), ("sameNameCancel", {"Cats", "Dogs"})],
)
def test_a_name_that_is_there_already_is_asked_about(hands, qtbot, answer, clusters):
    rename_to(hands, qtbot, "cats")
    qtbot.waitUntil(lambda: hands.is_asked("sameName"))
    hands.click(answer)
    assert {cluster.name for cluster in hands.project.grouping.clusters.values()} == clusters
    if answer == "sameNameMerge":
        assert hands.panel.chosen_ids == [CATS]
        hands.click("noticeUndo")
        assert len(hands.project.grouping.clusters) == 2


def test_pictures_in_a_new_cluster_of_a_known_name_go_there(hands, qtbot):
    hands.click_image(25)
    hands.press(Qt.Key.Key_N, CONTROL)
    hands.write("Cats")
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hands.is_asked("sameName"))
    hands.press(Qt.Key.Key_Return)
    assert hands.home(25) == CATS


def test_a_card_that_has_no_name_of_its_own_is_left_alone_without_a_word(hands, capfd):
    hands.panel.edit_name(ALL)
    assert hands.panel.list.findChild(QLineEdit) is None
    assert "editing failed" not in capfd.readouterr().err
