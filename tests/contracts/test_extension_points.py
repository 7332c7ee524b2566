"""A row that is added to a list is found by everybody who reads it: one fake of each kind.

Those that plugins may add (models, algorithms, documents) are tried in `test_plugins`.
"""

import pytest
from PIL import Image
from PIL.PpmImagePlugin import PpmImageFile
from PySide6.QtWidgets import QCheckBox, QWidget
from resources.docs import catalogue_tables

from shoal.domain.catalogue import Catalogue
from shoal.domain.geometry import InputGeometry
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.features.settings.settings_dialog import SettingsDialog
from shoal.imaging.decoding import decode_image
from shoal.imaging.folder_scan import scan_folders
from shoal.imaging.picture_kinds import PICTURE_KINDS, PictureKind, begins, image_suffixes
from shoal.setup.diagnosis import _codecs
from shoal.setup.settings import SETTINGS, Setting, Settings, load_settings, save_settings


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


def test_names_are_taken_once():
    rows = [Setting("a", 1, Sentence("A"), Sentence("")), Setting("b", 1, Sentence("B"), Sentence(""))]
    catalogue = Catalogue(*rows)
    with pytest.raises(ValueError, match="the name b is taken"):
        catalogue.extend([Setting("c", 1, Sentence("C"), Sentence("")), rows[1]])
    assert catalogue.names == ("a", "b")
