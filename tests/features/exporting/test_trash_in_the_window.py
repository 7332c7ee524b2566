"""What stays when an export is taken back in the window is listed with reasons, and goes to the trash on a click."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableWidget
from tests.support.whole_desk import open_dialog


@pytest.fixture
def taken_back(opened, wait, tmp_path, monkeypatch):
    """Ten pictures copied, one of the copies edited, and the export taken back."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    out = tmp_path / "out"
    opened.window.actions_by_name["actionExport"].trigger()
    dialog = open_dialog("exportDialog")
    dialog.findChild(QLineEdit, "exportFolder").setText(str(out))
    go = dialog.findChild(QPushButton, "exportGo")
    wait(go.isEnabled)
    QTest.mouseClick(go, Qt.MouseButton.LeftButton)
    wait(lambda: not opened.jobs.busy and (out / "clusters.csv").exists())
    open_dialog("exportDone").close()
    (edited,) = out.rglob("ball-1.jpg")
    edited.write_bytes(b"edited")
    opened.window.actions_by_name["actionPastExports"].trigger()
    wait(lambda: opened.window.findChild(QTableWidget, "pastExportsTable"))
    QTest.mouseClick(open_dialog("pastExports").findChild(QPushButton, "pastUndo"), Qt.MouseButton.LeftButton)
    wait(lambda: not opened.jobs.busy and opened.window.findChild(QTableWidget, "keptTable"))
    return opened, edited


def said(desk) -> str:
    return desk.window.job_panel.findChild(QLabel, "jobStage").text()


def answer(button: str) -> None:
    QTest.mouseClick(open_dialog("keptFiles").findChild(QPushButton, button), Qt.MouseButton.LeftButton)


def test_what_stays_is_listed_and_goes_to_the_trash_on_a_click(taken_back, wait, tmp_path):
    desk, edited = taken_back
    table = open_dialog("keptFiles").findChild(QTableWidget, "keptTable")
    assert [table.item(0, column).text() for column in (0, 1)] == [
        str(edited.relative_to(tmp_path / "out")),
        "it has changed since it was exported",
    ]
    assert table.rowCount() == 1
    answer("keptTrash")
    wait(lambda: not desk.jobs.busy and "trash" in said(desk))
    assert said(desk) == "1 file(s) moved to the trash."
    assert (tmp_path / "data" / "Trash" / "files" / "ball-1.jpg").read_bytes() == b"edited"
    assert not (tmp_path / "out").exists()


def test_it_stays_where_nobody_agrees(taken_back, wait, tmp_path):
    _desk, edited = taken_back
    answer("keptLeave")
    assert edited.read_bytes() == b"edited"
    assert not (tmp_path / "data" / "Trash").exists()


def test_a_trash_that_does_not_work_is_told_and_the_file_stays(taken_back, wait, tmp_path):
    desk, edited = taken_back
    (tmp_path / "data").rmdir() if (tmp_path / "data").is_dir() else None
    (tmp_path / "data").write_text("no folder")
    answer("keptTrash")
    wait(lambda: not desk.jobs.busy and "0 file(s)" in said(desk))
    assert "could not be moved to the trash" in open_dialog("trouble").informativeText()
    open_dialog("trouble").close()
    assert edited.read_bytes() == b"edited"
