"""Dialogs on a screen of 800 x 600: nothing of them lies outside, and nothing in them is cut off."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QScrollArea, QToolButton

from shoal.desktop.features import ROWS
from shoal.domain.export_plan import ExportPlan
from shoal.features.exporting.export_dialog import ExportDialog
from shoal.features.inspecting.inspector import Inspector, InspectorContent
from shoal.features.keys.keys_dialog import KeysDialog
from shoal.features.merging.merge_dialog import MergeDialog
from shoal.features.teaching import doubtful_dialog
from shoal.features.teaching.doubtful_dialog import DoubtfulDialog
from shoal.widgets.fitting import FRAME

ROOM = QSize(800, 600 - FRAME)

DIALOGS = {
    "export": lambda window, session, folder: ExportDialog(
        lambda root, options, _task: ExportPlan(root, options), folder, window
    ),
    "merge queue": lambda window, session, _folder: MergeDialog(session.thumbnails, window),
    "doubtful": lambda window, session, _folder: DoubtfulDialog(session.thumbnails, window),
    "keys": lambda window, _session, _folder: KeysDialog({row.name: row.shortcut for row in ROWS}, ROWS, window),
}


@pytest.fixture(autouse=True)
def low_screen(monkeypatch):
    """The screen of these tests is 800 x 800."""
    monkeypatch.setattr(doubtful_dialog, "LOW", 900)


@pytest.mark.parametrize("name", DIALOGS)
def test_it_can_be_as_small_as_the_screen(window, session, tmp_path, name):
    dialog = DIALOGS[name](window, session, tmp_path)
    least = dialog.minimumSizeHint()
    assert (least.width() <= ROOM.width(), least.height() <= ROOM.height()) == (True, True), least
    dialog.close()


def test_no_key_is_cut_off_in_the_overview(qtbot, window, session, tmp_path):
    dialog = DIALOGS["keys"](window, session, tmp_path)
    dialog.resize(ROOM)
    dialog.show()
    qtbot.waitExposed(dialog)
    area = dialog.findChild(QScrollArea)
    for label in area.widget().findChildren(QLabel):
        assert label.mapTo(area.widget(), label.rect().bottomRight()).x() < area.viewport().width(), label.text()
        assert label.heightForWidth(label.width()) <= label.height() or not label.wordWrap(), label.text()
    dialog.close()


def test_a_long_name_is_shortened_in_the_inspector_and_told_by_a_tip(qtbot, window, session):
    inspector = Inspector(session.thumbnails)
    qtbot.addWidget(inspector)
    inspector.resize(240, 500)
    inspector.show()
    name = "a_very_long_name_that_somebody_gave_" + "x" * 60 + ".jpg"
    inspector.show_content(InspectorContent(3, name, [("Folder", "trip")]))
    title = inspector.findChild(QLabel, "inspectorTitle")
    assert title.toolTip() == name
    assert "…" in title.text()
    assert title.text().endswith(".jpg")
    inspector.show_content(InspectorContent(4, "short.jpg", [("Folder", "trip"), ("Size", "4 x 3")]))
    assert (title.text(), title.toolTip()) == ("short.jpg", "")
    inspector.show_content(InspectorContent(5, "short.jpg", [("Size", "4 x 3")]))
    shown = [label.text() for label in inspector.findChildren(QLabel) if label.isVisible()]
    assert "trip" not in shown


def test_a_sentence_above_the_pictures_makes_the_window_no_wider(window):
    least = window.minimumSizeHint().width()
    window.grid_side.show_others("No picture stands out; those least like the others come first. " * 3)
    assert window.grid_side.findChild(QToolButton, "otherPictures").text().endswith("…  ✕")
    assert window.minimumSizeHint().width() <= max(least, ROOM.width())
