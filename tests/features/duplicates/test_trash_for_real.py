"""Duplicates into the system's trash with the whole program behind the window, and back, at once and days later."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QTableWidget
from tests.support.sample_folder import make_folder
from tests.support.sorted_desk import SHIFT, Hands
from tests.support.whole_desk import KINDS, open_dialog

from shoal.desktop.main import WindowController

pytestmark = pytest.mark.changes_pictures("duplicates go to the trash")


def files(folder: Path) -> set[str]:
    return {file.name for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five pictures each of two kinds, and deeper down copies of two of them, one with a sidecar."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = make_folder(tmp_path / "pictures", KINDS, range(5))
    below = folder / "from" / "elsewhere"
    below.mkdir(parents=True)
    for number, picture in enumerate(sorted(folder.rglob("*.jpg"))[:2]):
        shutil.copy(picture, below / f"again{number}.jpg")
    (below / "again0.xmp").write_text("<x/>")
    return folder


@pytest.fixture
def hands(desk: WindowController, folder: Path, wait, qtbot) -> Hands:
    desk.window.model_picker.choose("colour-layout")
    desk.opening.open_paths([folder])
    wait(lambda: desk.window.actions_by_name["actionExport"].isEnabled() and not desk.jobs.busy)
    desk.window.activateWindow()
    desk.window.grid.setFocus()
    qtbot.waitUntil(desk.window.isActiveWindow)
    return Hands(desk)


@pytest.fixture
def thrown(hands: Hands, folder: Path, wait, tmp_path: Path) -> Path:
    """The copies went; returns where they are now."""
    hands.press(Qt.Key.Key_D, SHIFT)
    wait(hands.widget("duplicatesBar").isVisible)
    picker = hands.widget("duplicateKind")
    picker.setCurrentIndex(picker.findData("exact"))
    wait(lambda: "2 group" in hands.widget("duplicatesSummary").text())
    hands.click("trashSpare")
    wait(lambda: hands.is_asked("trashDuplicates"))
    assert "3 file(s)" in hands.widget("trashDuplicates").informativeText()
    hands.click("trashGo")
    wait(lambda: not hands.desk.jobs.busy and "again0.xmp" not in files(folder))
    return tmp_path / "data" / "Trash" / "files"


def test_undo_brings_them_back_with_what_belongs_to_them(hands: Hands, folder: Path, thrown: Path, wait):
    assert files(thrown) == {"again0.jpg", "again0.xmp", "again1.jpg"}
    assert len(list(folder.rglob("*.jpg"))) == 10
    assert hands.notice == "3 files moved to the trash"
    hands.click("noticeUndo")
    wait(lambda: not hands.desk.jobs.busy and "again1.jpg" in files(folder))
    assert len(list(folder.rglob("*.jpg"))) == 12
    assert "again0.xmp" in files(folder)
    assert files(thrown) == set()


def test_past_exports_lists_them_and_takes_them_back(hands: Hands, folder: Path, thrown: Path, wait):
    hands.window.actions_by_name["actionPastExports"].trigger()
    wait(lambda: hands.window.findChild(QTableWidget, "pastExportsTable"))
    dialog = open_dialog("pastExports")
    table = dialog.findChild(QTableWidget, "pastExportsTable")
    assert [table.item(0, column).text() for column in (1, 2)] == [str(folder), "Duplicates, to the trash"]
    QTest.mouseClick(dialog.findChild(QPushButton, "pastUndo"), Qt.MouseButton.LeftButton)
    wait(lambda: not hands.desk.jobs.busy and "again1.jpg" in files(folder))
    assert files(thrown) == set()
