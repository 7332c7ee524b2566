"""While an export is written, whatever else is chosen waits for it or says why not; only the user stops it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QPushButton
from tests.support.sample_folder import make_folder
from tests.support.whole_desk import open_dialog

from shoal.delivering import exporting
from shoal.desktop.features import ROWS
from shoal.desktop.main import WindowController
from shoal.domain.errors import Cancelled
from shoal.domain.task import Task
from shoal.features.exporting import writing_out

LEAVES_THE_WINDOW = {"actionQuit", "actionReveal", "actionLog"}


class Gate:
    """Lets an export begin, and go on to its end when it is opened. Notes whether somebody stopped it."""

    def __init__(self) -> None:
        self.opened, self.cancelled = Event(), False

    def export(self, *arguments: object) -> exporting.ExportResult:
        task = next(argument for argument in arguments if isinstance(argument, Task))
        try:
            while not self.opened.wait(0.005):
                task.check()
        except Cancelled:
            self.cancelled = True
            raise
        return exporting.export_clusters(*arguments)  # type: ignore[arg-type]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    gate = Gate()
    monkeypatch.setattr(writing_out, "export_clusters", gate.export)
    return gate


@pytest.fixture
def exporting_desk(opened: WindowController, gate: Gate, wait, tmp_path: Path) -> Iterator[WindowController]:
    """An export to `out` is under way."""
    opened.window.actions_by_name["actionExport"].trigger()
    dialog = open_dialog("exportDialog")
    dialog.findChild(QLineEdit, "exportFolder").setText(str(tmp_path / "out"))
    go = dialog.findChild(QPushButton, "exportGo")
    wait(go.isEnabled)
    QTest.mouseClick(go, Qt.MouseButton.LeftButton)
    wait(lambda: opened.jobs.busy)
    yield opened
    gate.opened.set()
    wait(lambda: not opened.jobs.busy)


def close_dialogs() -> None:
    for top in QApplication.topLevelWidgets():
        if isinstance(top, QDialog) and top.isVisible():
            top.reject()


def waiting(desk: WindowController) -> str:
    return desk.window.job_panel.findChild(QLabel, "jobsWaiting").text()


def exported(tmp_path: Path) -> int:
    return len(list((tmp_path / "out").rglob("*.jpg"))) + len(list((tmp_path / "out").rglob("*.png")))


def finish(desk: WindowController, gate: Gate, wait: Callable[[Callable[[], object]], None]) -> None:
    gate.opened.set()
    wait(lambda: not desk.jobs.busy)


def test_every_menu_entry_leaves_an_export_under_way_alone(
    exporting_desk: WindowController, gate, wait, tmp_path, monkeypatch
):
    desk = exporting_desk
    other = make_folder(tmp_path / "other", ("chair",), range(3))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(other))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "no.csv"), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    desk.session.selection.select([0, 1])
    for row in ROWS:
        if row.name and row.name not in LEAVES_THE_WINDOW:
            desk.window.actions_by_name[row.name].trigger()
            QApplication.processEvents()
            close_dialogs()
            assert desk.jobs.writing == "Exporting", row.name
    assert not gate.cancelled
    assert waiting(desk).startswith("Afterwards: ")
    finish(desk, gate, wait)
    assert not gate.cancelled
    assert exported(tmp_path) == 10
    close_dialogs()


def test_a_check_of_the_computer_comes_after_the_export(exporting_desk: WindowController, gate, wait, tmp_path):
    desk = exporting_desk
    desk.window.actions_by_name["actionCheckComputer"].trigger()
    assert waiting(desk) == "Afterwards: Checking this computer"
    gate.opened.set()
    wait(lambda: any(top.objectName() == "findingsDialog" for top in QApplication.topLevelWidgets()))
    assert waiting(desk) == ""
    assert exported(tmp_path) == 10
    close_dialogs()


def test_a_dropped_folder_is_opened_after_the_export(exporting_desk: WindowController, gate, wait, tmp_path):
    desk = exporting_desk
    desk.window.paths_dropped.emit([make_folder(tmp_path / "other", ("chair",), range(3))])
    QTest.mouseClick(open_dialog("addOrOpen").findChild(QPushButton, "openInstead"), Qt.MouseButton.LeftButton)
    QTest.qWait(100)
    assert len(desk.session.images) == 10
    gate.opened.set()
    wait(lambda: len(desk.session.images) == 3 and not desk.jobs.busy)
    assert exported(tmp_path) == 10
    close_dialogs()


def test_cancel_stops_the_export_and_says_so(exporting_desk: WindowController, gate, wait):
    QTest.mouseClick(exporting_desk.window.job_panel.findChild(QPushButton, "cancelButton"), Qt.MouseButton.LeftButton)
    wait(lambda: not exporting_desk.jobs.busy)
    assert gate.cancelled
    assert exporting_desk.window.job_panel.message.startswith("Stopped.")


def close_and_press(desk: WindowController, name: str) -> None:
    desk.window.close()
    assert desk.window.isVisible()
    box = open_dialog("closingBox")
    QTest.mouseClick(box.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_closing_asks_and_can_wait_for_the_export(exporting_desk: WindowController, gate, wait, tmp_path):
    close_and_press(exporting_desk, "closeNot")
    assert exporting_desk.window.isVisible()
    close_and_press(exporting_desk, "closeLater")
    assert exporting_desk.window.isVisible()
    gate.opened.set()
    wait(lambda: not exporting_desk.window.isVisible())
    assert not gate.cancelled
    assert exported(tmp_path) == 10


def test_closing_at_once_stops_the_export(exporting_desk: WindowController, gate):
    close_and_press(exporting_desk, "closeNow")
    assert not exporting_desk.window.isVisible()
    assert gate.cancelled
