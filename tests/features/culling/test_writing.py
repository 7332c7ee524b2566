"""Marks are written into sidecars when asked: the plan is seen first, the name asked once, and all taken back."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton
from tests.support.whole_desk import open_dialog

from shoal.domain.verdicts import COLOUR, STARS
from shoal.exports.xmp_marks import read_marks


def click(box: QMessageBox, name: str) -> None:
    QTest.mouseClick(box.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def found(name: str):
    try:
        return open_dialog(name)
    except LookupError:
        return None


@pytest.mark.changes_pictures("sidecars are written beside them")
def test_marks_are_written_and_taken_back(opened, wait):
    actions, editing = opened.window.actions_by_name, opened.parts.editing
    editing.mark(np.array([0, 3], np.int32), STARS, 4)
    editing.mark(np.array([3], np.int32), COLOUR, 5)
    actions["actionWriteMarks"].trigger()
    wait(lambda: found("sidecarNames"))
    click(open_dialog("sidecarNames"), "sidecars_stem")
    wait(lambda: found("marksPlan"))
    plan = open_dialog("marksPlan")
    assert "2 sidecars" in plan.text() or "2 sidecar(s)" in plan.text()
    first, other = (opened.session.images[number].path.with_suffix(".xmp") for number in (0, 3))
    assert str(first) in plan.detailedText()
    assert not first.exists()
    click(plan, "marksWrite")
    wait(lambda: first.exists() and other.exists() and not opened.jobs.busy)
    assert (read_marks(first.read_bytes()).stars, read_marks(other.read_bytes()).label) == (4, "Blue")
    bar = opened.window.notice_bar
    wait(lambda: "written" in bar.text)

    actions["actionWriteMarks"].trigger()  # asked again it finds nothing to do, and does not ask for the name
    wait(lambda: "all of it already" in bar.text)
    actions["actionTakeMarksBack"].trigger()
    wait(lambda: not first.exists() and not other.exists())
    wait(lambda: "as they were" in bar.text)
    actions["actionTakeMarksBack"].trigger()
    wait(lambda: "Nothing was written" in bar.text)
