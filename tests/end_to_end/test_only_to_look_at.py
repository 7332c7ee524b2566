"""A project that another window has open: everything can be looked at and exported, and every edit is refused."""

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from tests.end_to_end.afternoon import card_place, cards
from tests.end_to_end.robot import Robot, Script, use_program
from tests.support.sample_folder import make_folder

from shoal.desktop.features import ROWS
from shoal.store.project_store import ProjectStore

pytestmark = pytest.mark.timeout(900)

EDITING = {
    "actionSaveProjectAs", "actionImportClusters", "actionUndo", "actionRedo", "actionAccept", "actionUnpin",
    "actionMoveToUnsorted", "actionFollowSuggestion", "actionRefuseSuggestion", "actionRecluster", "actionNewCluster",
    "actionRenameCluster", "actionRecolourCluster", "actionMergeClusters", "actionMergeQueue", "actionSplitCluster",
    "actionDissolveCluster", "actionNameClusters", "actionTakeOutGone", "actionMoveTo", "actionPutUnder",
    "actionTakeFromUnder", "actionNamePass", "actionDoubtful", "actionMoreLikeThese", "actionUseBins",
    "actionStartFromFolders", "actionPick", "actionReject", "actionNoFlag", "actionStars0", "actionStars1",
    "actionStars2", "actionStars3", "actionStars4", "actionStars5", "actionLabelRed", "actionLabelYellow",
    "actionLabelGreen", "actionLabelBlue", "actionLabelPurple", "actionNoLabel", "actionJoinStack", "actionUnstack",
    "actionSplitStack", "actionStackTop", "actionStacksAsFound", "actionMoment", "actionClasses",
}  # fmt: skip

NEED_MORE = {
    "actionFollowSuggestion", "actionRefuseSuggestion", "actionRedo", "actionTakeOutGone", "actionTakeFromUnder",
}  # fmt: skip
"""Possible where there is a suggestion, an undone step, a picture that is gone, a parent."""


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """Where pictures are looked at in the quickest way."""
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "config").mkdir(parents=True)
    (tmp_path / "home" / "config" / "settings.json").write_text(json.dumps({"model": "colour-layout"}))
    return tmp_path / "home"


@pytest.fixture
def project(qapp, home, tmp_path) -> Path:
    """Sorted once; from what a user does there is something to undo."""
    folder = make_folder(tmp_path / "pictures", ("ball", "chair"), range(3))

    def first_window(robot: Robot) -> Script:
        yield lambda: robot.idle() and cards(robot)
        robot.find("imageGrid").choosing.select_all()
        robot.find("actionAccept").trigger()
        for name in EDITING - NEED_MORE:
            choose_cards(robot, 2 if name == "actionMergeClusters" else 1)
            assert robot.find(name).isEnabled(), name

    use_program([folder], first_window)
    (file,) = home.rglob("*.shoal")
    return file


def choose_cards(robot: Robot, count: int) -> None:
    listing = robot.find("clusterList")
    for number, name in enumerate(list(cards(robot))[:count]):
        keys = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
        robot.click(listing.viewport(), card_place(robot, name), keys)


def refused(robot: Robot, before: dict[str, int]) -> Script:
    """One clear sentence, and nothing has changed."""
    yield lambda: robot.is_open("trouble")
    assert "can only be looked at" in robot.find("trouble").text()
    assert cards(robot) == before
    robot.find("trouble").close()
    yield lambda: not robot.is_open("trouble")


def test_the_action_table_knows_what_edits():
    assert {row.name for row in ROWS if row.edits} == EDITING


def nothing_to_edit_with(robot: Robot) -> None:
    for count in (0, 1, 2):
        robot.find("imageGrid").choosing.select_all()
        choose_cards(robot, count)
        assert not [name for name in EDITING if robot.find(name).isEnabled()]
    assert not robot.find("detailSlider").isEnabled()
    for name in ("actionExport", "actionPastExports", "actionLoupe", "actionCompareModels", "actionRefresh"):
        assert robot.find(name).isEnabled(), name


def drops_are_refused(robot: Robot, before: dict[str, int]) -> Script:
    grid, listing, target = (robot.find(name) for name in ("imageGrid", "clusterList", "newClusterTarget"))
    first, second = list(before)[:2]
    choose_cards(robot, 1)
    yield 150
    picture, cards_below = grid.rect_of(0).center(), listing.viewport()
    robot.click(grid.viewport(), picture)
    yield from robot.drag(grid.viewport(), picture, cards_below, card_place(robot, second))
    yield from refused(robot, before)
    yield from robot.drag(grid.viewport(), picture, target, target.rect().center())
    yield from refused(robot, before)
    yield from robot.drag(cards_below, card_place(robot, first), cards_below, card_place(robot, second))
    yield from refused(robot, before)
    robot.window.map_place.images_dropped.emit(np.array([0], np.int32), 5)
    yield from refused(robot, before)
    robot.click(target)
    yield from refused(robot, before)


def keys_are_refused(robot: Robot, before: dict[str, int]) -> Script:
    listing = robot.find("clusterList")
    robot.window.activateWindow()
    yield robot.window.isActiveWindow
    choose_cards(robot, 1)
    robot.find("imageGrid").choosing.select_all()
    yield 150
    robot.press(Qt.Key.Key_2)
    yield from refused(robot, before)
    QTest.keyClick(listing, Qt.Key.Key_F2)
    yield 100
    assert listing.findChild(QLineEdit) is None
    robot.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    robot.press(Qt.Key.Key_K)
    yield 100
    assert not robot.is_open("trouble")
    assert cards(robot) == before


def test_every_edit_is_refused_and_looking_and_exporting_stay(project, tmp_path):
    def second_window(robot: Robot) -> Script:
        yield lambda: robot.idle() and len(cards(robot)) > 1 and robot.is_there("mapView")
        before = cards(robot)
        nothing_to_edit_with(robot)
        yield from drops_are_refused(robot, before)
        yield from keys_are_refused(robot, before)
        yield from exported(robot, tmp_path / "out")

    with ProjectStore(project) as first_window:
        kept = first_window.load_grouping()
        use_program([project], second_window)
        assert first_window.load_grouping() == kept


def exported(robot: Robot, folder: Path) -> Script:
    robot.trigger("actionExport")
    yield lambda: robot.is_open("exportDialog")
    robot.find("exportFolder").selectAll()
    robot.write(robot.find("exportFolder"), str(folder))
    yield lambda: robot.find("exportGo").isEnabled()
    robot.click(robot.find("exportGo"))
    yield lambda: robot.is_open("exportDone")
    assert len([path for path in folder.rglob("*") if path.suffix in {".png", ".jpg"}]) == 6
