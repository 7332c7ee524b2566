import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from tests.support.sorted_session import CATS

from shoal.features.splitting.split_dialog import SplitDialog
from shoal.features.splitting.splitting import Splitting
from shoal.qt.chosen_cards import ChosenCards


@pytest.fixture
def splitting(session, window, jobs, workplace):
    return Splitting(window, session, ChosenCards(session), jobs, workplace)


def dialog():
    return next(
        (top for top in QApplication.topLevelWidgets() if isinstance(top, SplitDialog) and top.isVisible()), None
    )


def press(name):
    QTest.mouseClick(dialog().findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_what_is_selected_on_the_map_can_be_split_off_its_cluster(qtbot, session, project, splitting):
    session.selection.select([0, 1, 2, 4])
    splitting.ask()
    qtbot.waitUntil(lambda: dialog() is not None, timeout=120_000)
    assert {"splitSelection", "splitIn2"} <= {button.objectName() for button in dialog().findChildren(QPushButton)}
    press("splitSelection")
    (fresh,) = set(project.grouping.home[[0, 1, 2, 4]].tolist())
    assert fresh not in (CATS, 0)
    assert project.grouping.home[5] == CATS
    assert project.undo_label == "Split off 4 pictures of Cats"


def test_a_selection_in_two_clusters_has_nothing_to_be_split_from(session, splitting):
    session.selection.select([0, 30])
    splitting.ask()
    assert dialog() is None
