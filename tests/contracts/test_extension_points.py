"""A row that is added to a list is found by everybody who reads it: one fake of each kind.

Those that plugins may add (models, algorithms, documents) are tried in `test_plugins`.
"""

from functools import partial

import numpy as np
import pytest
from PIL import Image
from PIL.PpmImagePlugin import PpmImageFile
from PySide6.QtWidgets import QCheckBox, QDockWidget, QListWidget, QMenu, QWidget
from resources.docs import catalogue_tables
from tests.support.whole_desk import desk, opened, wait

from shoal.desktop import main
from shoal.desktop.features import FEATURES, ROWS
from shoal.domain import edits
from shoal.domain.catalogue import Catalogue
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.features.settings.settings_dialog import SettingsDialog
from shoal.imaging.decoding import decode_image
from shoal.imaging.folder_scan import scan_folders
from shoal.imaging.picture_kinds import PICTURE_KINDS, PictureKind, begins, image_suffixes
from shoal.setup.diagnosis import _codecs
from shoal.setup.settings import SETTINGS, Setting, Settings, load_settings, save_settings
from shoal.widgets.actions import EDIT, ActionRow, Needs, in_order
from shoal.widgets.feature import Feature
from shoal.widgets.named import named
from shoal.widgets.places import Place

__all__ = ["desk", "opened", "wait"]


@pytest.fixture
def _the_lists_are_as_they_were(monkeypatch):
    for catalogue in (PICTURE_KINDS, SETTINGS):
        monkeypatch.setattr(catalogue, "_rows", tuple(catalogue))
    yield
    image_suffixes.cache_clear()


@pytest.fixture
def setting(_the_lists_are_as_they_were):
    row = Setting("loud", False, Sentence("Be loud"), Sentence("Says what it does, aloud."))
    SETTINGS.extend([row])
    return row


@pytest.fixture
def kind(_the_lists_are_as_they_were):
    row = PictureKind("PPM", ("ppm",), begins(b"P6"), lambda: PpmImageFile)
    PICTURE_KINDS.extend([row])
    image_suffixes.cache_clear()
    return row


def test_a_setting_is_kept_and_stands_in_the_window_and_in_the_documentation(setting, qtbot, tmp_path):
    assert Settings({})["loud"] is False
    save_settings(tmp_path / "settings.json", Settings({}).with_value("loud", True))
    kept = load_settings(tmp_path / "settings.json")
    parent = QWidget()
    qtbot.addWidget(parent)
    choices = {row.choices: [("", "")] for row in SETTINGS if row.choices}
    dialog = SettingsDialog(kept, choices, parent)
    field = dialog.findChild(QCheckBox, "setting_loud")
    assert field.isChecked()
    assert field.toolTip() == "Says what it does, aloud."
    assert "| Be loud | Says what it does, aloud. |" in catalogue_tables.settings()


def test_a_kind_of_picture_is_found_decoded_and_checked(kind, tmp_path):
    Image.new("RGB", (40, 30), (9, 200, 9)).save(tmp_path / "a.ppm")
    (found,) = scan_folders([tmp_path], Task()).images
    decoded = decode_image(found.path.read_bytes(), ".ppm", InputGeometry(16, 16))
    assert (decoded.facts.format, decoded.facts.width) == ("PPM", 40)
    assert [finding.fact for finding in _codecs() if finding.topic == "PPM"] == ["can be read"]


def _fake_feature(parts):
    panel = named(QListWidget(), "fakePanel", "a fake")
    parts.places.add_panel(panel, Place.RIGHT, "A fake", 100)
    keep_all = partial(edits.accept_images, images=np.arange(10))
    return {"actionKeepAll": lambda: parts.editing.apply(Sentence("Keep {what}", what="all"), keep_all)}


@pytest.fixture
def feature(monkeypatch):
    row = ActionRow(EDIT, 99, "actionKeepAll", "Keep everything", "Ctrl+Alt+K", Needs.IMAGES, edits=True)
    fake = Feature("fake", _fake_feature, (row,))
    monkeypatch.setattr(main, "FEATURES", (*FEATURES, fake))
    monkeypatch.setattr(main, "ROWS", in_order((*ROWS, row)))
    return fake


def test_a_panel_and_an_edit_stand_in_the_window(feature, request):
    desk = request.getfixturevalue("opened")
    dock = desk.window.findChild(QDockWidget, "fakePanelDock")
    panels = desk.window.findChild(QMenu, "panelsMenu")
    panels.aboutToShow.emit()
    assert dock.toggleViewAction() in panels.actions()
    action = desk.window.actions_by_name["actionKeepAll"]
    assert action.shortcut().toString() == "Ctrl+Alt+K"
    action.trigger()
    assert desk.session.grouping.pinned.all()
    assert desk.window.actions_by_name["actionUndo"].text() == "Undo: Keep all"
    desk.window.actions_by_name["actionUndo"].trigger()
    assert not desk.session.grouping.pinned.any()


def test_names_are_taken_once():
    rows = [Setting("a", 1, Sentence("A"), Sentence("")), Setting("b", 1, Sentence("B"), Sentence(""))]
    catalogue = Catalogue(*rows)
    with pytest.raises(ValueError, match="the name b is taken"):
        catalogue.extend([Setting("c", 1, Sentence("C"), Sentence("")), rows[1]])
    assert catalogue.names == ("a", "b")
