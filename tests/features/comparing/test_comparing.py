"""Somebody who has put pictures right asks which model agrees best, and goes on with one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QTableWidget, QWidget
from tests.support.whole_desk import KINDS, is_open, open_dialog

from shoal.desktop.main import WindowController
from shoal.qt.cluster_model import ALL

pytestmark = pytest.mark.timeout(600)


def click(dialog: QWidget, name: str) -> None:
    QTest.mouseClick(dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def make_cluster_of(desk: WindowController, kind: str, wait) -> None:
    """Find them by their folder, select all that is shown, make a cluster of it."""
    actions = desk.window.actions_by_name
    desk.window.search.setText(kind)
    wait(lambda: desk.window.grid.page.layout.count == 5)
    actions["actionSelectAll"].trigger()
    wait(actions["actionNewCluster"].isEnabled)
    actions["actionNewCluster"].trigger()
    desk.window.search.clear()
    desk.window.cluster_panel.choose(ALL)
    assert desk.window.grid.page.layout.count == 10


def test_the_model_that_agrees_best_is_one_click_away(opened: WindowController, wait) -> None:
    for kind in KINDS:
        make_cluster_of(opened, kind, wait)
    opened.window.actions_by_name["actionCompareModels"].trigger()
    asking = open_dialog("compareModelsDialog")
    assert "10" in asking.findChild(QLabel, "compareAbout").text()
    ticked = asking.findChild(QListWidget, "comparedModels")
    assert [ticked.item(row).checkState() for row in range(2)] == [Qt.CheckState.Checked] * 2
    click(asking, "compareGo")
    wait(lambda: is_open("modelRankingDialog"))
    ranking = open_dialog("modelRankingDialog")
    table = ranking.findChild(QTableWidget, "rankingTable")
    assert all(table.item(row, 1).text().endswith("/ 10)") for row in range(2))
    assert "10 correction" in ranking.findChild(QLabel, "rankingVerdict").text()
    table.selectRow(next(row for row in range(2) if table.item(row, 0).text() == "Quick (built-in)"))
    click(ranking, "useModel")
    wait(lambda: not opened.jobs.busy)
    assert opened.window.model_picker.currentData() == "builtin"
    assert opened.session.grouping is not None
    assert opened.session.grouping.pinned.all()


def test_a_folder_without_clusters_has_nothing_to_compare(desk: WindowController) -> None:
    assert not desk.window.actions_by_name["actionCompareModels"].isEnabled()
