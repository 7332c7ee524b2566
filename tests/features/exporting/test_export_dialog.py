from dataclasses import replace
from functools import partial
from threading import Semaphore
from time import monotonic, sleep

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QTableWidget, QWidget
from tests.support.export_world import make_world

from shoal.delivering.documents import DOCUMENTS
from shoal.delivering.exporting import PlanSetting, past_exports, plan_clusters
from shoal.domain.errors import Cancelled
from shoal.domain.export_journal import ExportHeader
from shoal.features.exporting.export_dialog import MILLISECONDS_AFTER_TYPING, ExportDialog
from shoal.features.exporting.past_exports_dialog import PastExports
from shoal.qt.pool import wait_for_leaving


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path)


@pytest.fixture
def dialog(qtbot, world):
    parent = QWidget()
    qtbot.addWidget(parent)
    make_plan = partial(
        lambda folder, options, _task: plan_clusters(world.images, folder, options, PlanSetting([world.pictures]))
    )
    dialog = ExportDialog(make_plan, world.out, parent)
    dialog.open()
    yield dialog
    dialog.reject()


def ready(dialog):
    return dialog.findChild(QPushButton, "exportGo").isEnabled()


def names(dialog):
    table = dialog.findChild(QTableWidget, "exportPlan")
    return [table.item(row, 1).text() for row in range(table.rowCount())]


def write_template(qtbot, dialog, text):
    line = dialog.findChild(QLineEdit, "exportTemplate")
    line.selectAll()
    QTest.keyClicks(line, text)


def test_the_names_follow_the_template_while_it_is_typed(qtbot, dialog):
    qtbot.waitUntil(lambda: ready(dialog))
    assert any(name.startswith("cluster 1/IMG_") for name in names(dialog))
    write_template(qtbot, dialog, "{cluster}_{seq}")
    qtbot.waitUntil(lambda: ready(dialog))
    assert any(name.startswith("cluster 1_0001") for name in names(dialog))
    assert "_0001" in dialog.findChild(QLabel, "exportExample").text()


def test_a_plan_that_comes_after_something_else_was_chosen_cannot_be_carried_out(qtbot, world):
    """On a slow drive a plan takes its time; what it says must be what is ticked."""
    parent, started, go_on = QWidget(), [], Semaphore(0)
    qtbot.addWidget(parent)

    def make_plan(folder, options, _task):
        started.append(options)
        go_on.acquire()
        return plan_clusters(world.images, folder, options, PlanSetting([world.pictures]))

    dialog = ExportDialog(make_plan, world.out, parent)
    dialog.open()
    qtbot.waitUntil(lambda: len(started) == 1)
    dialog.findChild(QCheckBox, "exportDocument_clusters.csv").click()
    qtbot.wait(4 * MILLISECONDS_AFTER_TYPING)  # the second plan is asked for, and waits for the first
    go_on.release()
    qtbot.waitUntil(lambda: len(started) == 2)
    offered = ready(dialog), names(dialog)
    go_on.release()
    assert offered == (False, [])
    qtbot.waitUntil(lambda: ready(dialog))
    with qtbot.waitSignal(dialog.export_chosen) as chosen:
        QTest.mouseClick(dialog.findChild(QPushButton, "exportGo"), Qt.MouseButton.LeftButton)
    assert chosen.args[0].options.documents == ("clusters.json", "recipe.toml")


def test_cancel_closes_at_once_and_stops_a_plan_that_takes_long(qtbot, world):
    parent, stopped = QWidget(), []
    qtbot.addWidget(parent)

    def make_plan(_folder, _options, task):
        try:
            while True:
                task.check()
                sleep(0.01)
        except Cancelled:
            stopped.append(True)
            raise

    dialog = ExportDialog(make_plan, world.out, parent)
    dialog.open()
    began = monotonic()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert monotonic() - began < 0.5
    assert not dialog.isVisible()
    assert wait_for_leaving(5000)
    assert stopped == [True]


def test_a_second_export_shows_what_changes_there_and_what_stays(qtbot, world):
    world.export()
    homes = world.grouping.home.copy()
    homes[3] = homes[3] % 3 + 1
    world.grouping = replace(world.grouping, home=homes)
    (thrown,) = world.out.glob("*/IMG_0004.jpg")
    thrown.unlink()
    setting, parent = PlanSetting([world.pictures], world.journals), QWidget()
    qtbot.addWidget(parent)
    dialog = ExportDialog(
        lambda folder, options, _task: plan_clusters(world.images, folder, options, setting), world.out, parent
    )
    dialog.open()
    qtbot.waitUntil(lambda: ready(dialog))
    said, rows = dialog.findChild(QLabel, "exportSummary").text(), names(dialog)
    for sentence in (
        "0 file(s) to write.",
        "1 file(s) there already get another place.",
        "1 file(s) there stay as you",
    ):
        assert sentence in said
    assert "stays out" in rows[0]
    assert f"cluster {homes[3]}/IMG_0003.jpg (until now " in rows[1]
    dialog.findChild(QCheckBox, "exportBringBack").click()
    qtbot.waitUntil(lambda: ready(dialog))
    assert "1 file(s) to write." in dialog.findChild(QLabel, "exportSummary").text()
    dialog.reject()


def test_a_field_can_be_put_in_from_the_menu(qtbot, dialog):
    qtbot.waitUntil(lambda: ready(dialog))
    menu = dialog.findChild(QPushButton, "exportTemplateMenu").menu()
    next(action for action in menu.actions() if action.text().startswith("{label}")).trigger()
    assert dialog.findChild(QLineEdit, "exportTemplate").text() == "{cluster}/{name}{label}"
    example = dialog.findChild(QLabel, "exportExample")
    qtbot.waitUntil(lambda: "the sub-folder it came from is {folder}" in example.text())
    next(action for action in menu.actions() if action.text() == "{cluster}_{name}").trigger()
    qtbot.waitUntil(lambda: ready(dialog))
    assert any(name.startswith("cluster 1_IMG_") for name in names(dialog))


def test_a_template_with_a_mistake_says_so_beside_it_and_nothing_can_be_exported(qtbot, dialog):
    write_template(qtbot, dialog, "{cluser}/{name}")
    said = dialog.findChild(QLabel, "exportExample")
    qtbot.waitUntil(lambda: "{cluser}" in said.text() and "For example" not in said.text())
    assert not ready(dialog)


def test_a_name_that_is_taken_is_marked(qtbot, dialog):
    write_template(qtbot, dialog, "all/same")
    qtbot.waitUntil(lambda: ready(dialog))
    assert sum("the name was taken" in name for name in names(dialog)) > 10


@pytest.mark.parametrize("spec", DOCUMENTS, ids=lambda spec: spec.name)
def test_every_document_can_be_chosen(qtbot, dialog, spec):
    qtbot.waitUntil(lambda: ready(dialog))
    box = dialog.findChild(QCheckBox, f"exportDocument_{spec.name}")
    assert box.text() == spec.label
    box.setChecked(True)
    qtbot.waitUntil(lambda: ready(dialog))
    with qtbot.waitSignal(dialog.export_chosen) as chosen:
        QTest.mouseClick(dialog.findChild(QPushButton, "exportGo"), Qt.MouseButton.LeftButton)
    assert spec.name in chosen.args[0].documents


def test_objects_can_be_cut_out_where_there_are_some_and_are_then_always_written(qtbot, world, dialog):
    assert not dialog.findChild(QCheckBox, "exportCrops").isVisible()
    asked = []

    def make_plan(folder, options, _task):
        asked.append(options)
        return plan_clusters(world.images, folder, replace(options, crops=False), PlanSetting([world.pictures]))

    with_objects = ExportDialog(make_plan, world.out, dialog.parentWidget(), has_objects=True)
    with_objects.open()
    action = with_objects.findChild(QComboBox, "exportAction")
    action.setCurrentIndex(action.findData("move"))
    with_objects.findChild(QCheckBox, "exportCrops").click()
    assert not action.isEnabled()
    assert not with_objects.findChild(QCheckBox, "exportCompanions").isEnabled()
    qtbot.waitUntil(lambda: ready(with_objects))
    assert (asked[-1].crops, asked[-1].action) == (True, "copy")
    with_objects.reject()


def test_past_exports_of_objects_are_told_apart(qtbot, world, tmp_path):
    parent = QWidget()
    qtbot.addWidget(parent)
    header = ExportHeader("1", tmp_path, "copy", "2026-01-02T03:04:05+00:00", crops=True)
    dialog = PastExports([(header, True)], parent)
    assert dialog.findChild(QTableWidget, "pastExportsTable").item(0, 2).text() == "Objects, cut out"


def test_past_exports_are_listed_by_folder_and_can_be_taken_back(qtbot, world):
    assert past_exports(world.journals) == []
    world.export()
    (header,) = past_exports(world.journals)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PastExports([(header, False)], parent)
    dialog.open()
    table = dialog.findChild(QTableWidget, "pastExportsTable")
    assert [table.item(0, column).text() for column in (1, 2, 3)] == [str(world.out), "Copied", "complete"]
    assert not dialog.findChild(QPushButton, "pastResume").isEnabled()
    with qtbot.waitSignal(dialog.undo_chosen) as undone:
        QTest.mouseClick(dialog.findChild(QPushButton, "pastUndo"), Qt.MouseButton.LeftButton)
    assert undone.args[0].root == world.out
    assert not dialog.isVisible()
