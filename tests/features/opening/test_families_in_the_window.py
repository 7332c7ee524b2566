"""Whole families, and what is left alone, in the window."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QListView, QPushButton, QTableWidget, QWidget
from tests.support.sample_folder import make_folder
from tests.support.untouched import as_it_is_now
from tests.support.whole_desk import open_dialog

from shoal.qt.cluster_model import PROBLEMS
from shoal.widgets import grid_gestures

MEMBERS = {"IMG_1.JPG", "IMG_1.dng", "IMG_1.xmp", "IMG_1.MOV", "IMG_1_01.JPG.xmp"}


@pytest.fixture
def shown(desk, wait, tmp_path: Path):
    """A folder with a family and a library in it, in the window."""
    folder = make_folder(tmp_path / "pictures", ("ball", "chair"), range(3))
    first = sorted(folder.rglob("*.jpg"))[0]
    for name in MEMBERS - {"IMG_1.JPG"}:
        (folder / name).write_text(name)
    (folder / "IMG_1.JPG").write_bytes(first.read_bytes())
    (folder / "X.photoslibrary").mkdir()
    (folder / "X.photoslibrary" / "inside.jpg").write_bytes(first.read_bytes())
    (folder / "retouched.psd").write_text("8BPS")
    desk.window.model_picker.choose("colour-layout")
    desk.opening.open_paths([as_it_is_now(folder)])
    wait(lambda: desk.window.actions_by_name["actionExport"].isEnabled() and not desk.jobs.busy)
    return desk


def select(desk, name: str) -> None:
    number = next(n for n, entry in enumerate(desk.session.images) if entry.path.name == name)
    desk.session.selection.select(np.array([number], np.int32))


def test_a_family_leaves_the_window_whole(shown, monkeypatch):
    dragged: list[str] = []
    monkeypatch.setattr(
        grid_gestures,
        "start_drag",
        lambda _source, data, _picture: dragged.extend(url.fileName() for url in data.urls()),
    )
    select(shown, "IMG_1.JPG")
    shown.window.grid.findChild(grid_gestures.GridGestures)._drag_selection()
    assert set(dragged) == MEMBERS
    assert len(dragged) == len(MEMBERS)


def test_what_was_left_alone_is_told_in_a_line(shown, wait):
    wait(shown.window.notice.isVisible)
    told = shown.window.notice.findChild(QLabel, "noticeText").text()
    assert "X.photoslibrary (a library of Apple Photos" in told
    assert "Add folder" in told
    assert "1 other file (1 PSD)" in shown.window.job_panel.findChild(QLabel, "jobStage").text()
    assert not any(entry.path.name == "inside.jpg" for entry in shown.session.images)


def test_what_was_left_alone_has_a_card_and_a_list(shown, wait):
    """No problem, but not sorted either: folders, and the number of files of each kind."""
    (card,) = [one for one in shown.window.findChild(QListView, "clusterList").model().cards if one.id == PROBLEMS]
    assert (card.name, card.count) == ("Not looked at", 2)
    shown.window.cluster_panel.choose(PROBLEMS)
    table = shown.window.findChild(QTableWidget, "problemsTable")
    wait(table.isVisible)
    rows = [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]
    assert rows[0][0] == "X.photoslibrary"
    assert "Add folder" in rows[0][1]
    assert Path(rows[0][2]).name == "pictures"
    assert rows[1] == ["1 PSD", "files of this kind are not looked at", ""]
    asked: list[Path] = []
    page = shown.window.findChild(QWidget, "problems")
    page.reveal_requested.disconnect()
    page.reveal_requested.connect(asked.append)
    reveal = shown.window.findChild(QPushButton, "problemsReveal")
    QTest.keyPress(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    for row in (1, 0):
        table.selectRow(row)
        assert {index.row() for index in table.selectedIndexes()} == {row}
        assert reveal.isEnabled() == (row == 0)
        reveal.click()
    assert [path.name for path in asked] == ["X.photoslibrary"]


@pytest.mark.changes_pictures("moves them")
@pytest.mark.parametrize("action", ["copy", "move"])
def test_the_window_exports_families_whole(shown, wait, tmp_path, action):
    shown.window.actions_by_name["actionExport"].trigger()
    wait(lambda: open_dialog("exportDialog"))
    dialog: QDialog = open_dialog("exportDialog")
    box = dialog.findChild(QComboBox, "exportAction")
    box.setCurrentIndex(box.findData(action))
    go, table = dialog.findChild(QPushButton, "exportGo"), dialog.findChild(QTableWidget, "exportPlan")
    wait(go.isEnabled)
    listed = {Path(table.item(row, 0).text()).name for row in range(table.rowCount())}
    assert listed >= MEMBERS
    words = dialog.findChild(QLabel, "exportSummary")
    assert "4 file(s) that belong to pictures go with them" in words.text().replace("4 files", "4 file(s)")
    box.setCurrentIndex(box.findData("hardlink"))
    wait(lambda: "exiv2" in words.text())
    box.setCurrentIndex(box.findData(action))
    wait(lambda: "exiv2" not in words.text() and go.isEnabled())
    go.click()
    out = tmp_path / "pictures sorted"
    wait(lambda: (out / "clusters.csv").exists() and not shown.jobs.busy)
    (lead,) = out.glob("*/IMG_1.JPG")
    assert {path.name for path in lead.parent.iterdir()} >= MEMBERS
    assert (tmp_path / "pictures" / "X.photoslibrary" / "inside.jpg").exists()
    assert (tmp_path / "pictures" / "IMG_1.MOV").exists() == (action == "copy")
