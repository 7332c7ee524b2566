"""Only some clusters, only picks, only the tops of stacks are exported, and the plan shows it before."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QListWidget, QPushButton
from tests.support.whole_desk import is_open, open_dialog

from shoal.domain.stacks import keeps_by_tops
from shoal.domain.verdicts import FLAG


@pytest.fixture
def dialog(opened, wait, tmp_path):
    """Of ten pictures the second is picked and the third rejected."""
    opened.parts.editing.mark(np.array([1], np.int32), FLAG, 3)
    opened.parts.editing.mark(np.array([2], np.int32), FLAG, 1)
    opened.window.actions_by_name["actionExport"].trigger()
    dialog = open_dialog("exportDialog")
    dialog.findChild(QLineEdit, "exportFolder").setText(str(tmp_path / "out"))
    wait(lambda: "10 file" in summary(dialog))
    return dialog


def summary(dialog) -> str:
    return dialog.findChild(QLabel, "exportSummary").text()


def choose(dialog, which: str) -> None:
    box = dialog.findChild(QComboBox, "exportWhich")
    box.setCurrentIndex(box.findData(which))


def test_rejected_ones_stay_behind_and_picks_alone_go(opened, dialog, wait, tmp_path):
    choose(dialog, "not rejected")
    wait(lambda: "9 file" in summary(dialog))
    choose(dialog, "picks")
    go = dialog.findChild(QPushButton, "exportGo")
    wait(lambda: "1 file" in summary(dialog) and go.isEnabled())
    QTest.mouseClick(go, Qt.MouseButton.LeftButton)
    wait(lambda: not opened.jobs.busy and (tmp_path / "out" / "clusters.csv").exists())
    picked = opened.session.images[1].path.name
    assert [path.name for path in (tmp_path / "out").rglob("*.jpg")] == [picked]
    open_dialog("exportDone").close()


def test_a_cluster_without_its_tick_is_left_out(dialog, wait):
    clusters = dialog.findChild(QListWidget, "exportClusters")
    assert clusters.count() >= 2
    count = int(clusters.item(0).text().split("·")[1])
    clusters.item(0).setCheckState(Qt.CheckState.Unchecked)
    wait(lambda: f"{10 - count} file" in summary(dialog))
    dialog.reject()


def test_only_the_tops_of_stacks(opened, dialog, wait):
    session = opened.session
    left = int(np.count_nonzero(keeps_by_tops(session.stacks, session.grouping.home, session.columns.sharpness)))
    dialog.findChild(QCheckBox, "exportTops").setChecked(True)
    wait(lambda: f"{left} file" in summary(dialog))
    dialog.reject()


def test_what_was_written_and_what_has_another_place_are_told_apart(opened, dialog, wait, tmp_path):
    said = export(opened, dialog, wait)
    assert said == f"10 file(s) written to {tmp_path / 'out'}. 3 table(s) and sidecar(s) written."
    home = opened.session.grouping.home
    other = next(cluster for cluster in opened.session.grouping.clusters if cluster != home[1])
    opened.parts.editing.move(np.array([1], np.int32), other)
    opened.window.actions_by_name["actionExport"].trigger()
    again = open_dialog("exportDialog")
    again.findChild(QLineEdit, "exportFolder").setText(str(tmp_path / "out"))
    wait(lambda: "1 file(s) there already get another place." in summary(again))
    said = export(opened, again, wait)
    assert said == f"1 file(s) in {tmp_path / 'out'} have another place. 2 table(s) and sidecar(s) written."


def export(opened, dialog, wait) -> str:
    """What the program says when it is done."""
    go = dialog.findChild(QPushButton, "exportGo")
    wait(go.isEnabled)
    QTest.mouseClick(go, Qt.MouseButton.LeftButton)
    wait(lambda: is_open("exportDone"))
    done = open_dialog("exportDone")
    done.close()
    return done.text()
