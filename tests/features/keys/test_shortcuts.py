"""Keys can be chosen, taken from a preset, seen to clash, and put back."""

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialogButtonBox, QKeySequenceEdit, QWidget

from shoal.desktop.features import ROWS
from shoal.features.keys.keys_dialog import KeysDialog
from shoal.features.keys.shortcut_presets import PRESETS, TAKEN, conflicts, keys_of
from shoal.features.keys.shortcuts_dialog import ShortcutsDialog
from shoal.setup.shortcuts import Shortcuts, load_shortcuts, save_shortcuts

NAMES = {row.name for row in ROWS if row.name}


@pytest.fixture
def parent(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def dialog(parent):
    return ShortcutsDialog(Shortcuts(), ROWS, parent)


def field(dialog: ShortcutsDialog, action: str) -> QKeySequenceEdit:
    return dialog.findChild(QKeySequenceEdit, f"keys_{action}")


def ok(dialog: ShortcutsDialog):
    return dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.label)
def test_every_preset_knows_its_entries_and_wants_no_key_twice(preset):
    assert preset.keys.keys() <= NAMES
    keys = keys_of(Shortcuts(preset.name), ROWS)
    assert keys.keys() == NAMES
    assert conflicts(keys) == []
    assert all(keys.values()) or {name for name, one in keys.items() if not one}.isdisjoint({"actionUndo"})


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.label)
def test_every_key_is_a_key(preset):
    wanted = {**{row.name: row.shortcut for row in ROWS if row.name}, **preset.keys}
    assert [name for name, keys in wanted.items() if keys and not QKeySequence(keys).toString()] == []


def test_what_is_chosen_is_kept_and_found_again(dialog, tmp_path):
    chosen = []
    dialog.shortcuts_chosen.connect(chosen.append)
    field(dialog, "actionRecluster").setKeySequence(QKeySequence("Ctrl+J"))
    field(dialog, "actionStacked").clear()
    ok(dialog).click()
    assert chosen == [Shortcuts("", {"actionRecluster": "Ctrl+J", "actionStacked": ""})]
    save_shortcuts(tmp_path / "shortcuts.json", chosen[0])
    found = keys_of(load_shortcuts(tmp_path / "shortcuts.json"), ROWS)
    assert (found["actionRecluster"], found["actionStacked"], found["actionUndo"]) == ("Ctrl+J", "", "Ctrl+Z")


@pytest.mark.parametrize("keys", ["Ctrl+Z", *list(TAKEN)[-1:]])
def test_a_key_that_is_taken_is_named_and_cannot_be_chosen(dialog, keys):
    field(dialog, "actionExport").setKeySequence(QKeySequence(keys))
    warning = dialog.findChild(QWidget, "shortcutConflicts")
    assert keys in warning.text()
    assert not ok(dialog).isEnabled()
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.RestoreDefaults).click()
    assert ok(dialog).isEnabled()
    assert warning.text() == ""


def test_a_preset_fills_in_its_keys(dialog):
    picker = dialog.findChild(QWidget, "shortcutPreset")
    picker.setCurrentIndex(picker.findData("lightroom"))
    picker.activated.emit(picker.currentIndex())
    assert field(dialog, "actionLoupe").keySequence().toString() == "E"
    chosen = []
    dialog.shortcuts_chosen.connect(chosen.append)
    ok(dialog).click()
    assert chosen == [Shortcuts("lightroom", {})]


@pytest.mark.parametrize("damaged", [b"", b"[]", b'{"own": []}', b'{"own": {}}', b"\xff"])
def test_a_damaged_file_leaves_all_keys_as_they_come(tmp_path, damaged, caplog):
    (tmp_path / "shortcuts.json").write_bytes(damaged)
    assert keys_of(load_shortcuts(tmp_path / "shortcuts.json"), ROWS) == keys_of(Shortcuts(), ROWS)
    assert "as they come" in caplog.text


def test_an_entry_of_another_version_harms_nothing():
    assert keys_of(Shortcuts("gone", {"actionGone": "F9"}), ROWS) == keys_of(Shortcuts(), ROWS)


def test_the_overview_shows_the_keys_as_they_are(parent):
    page = KeysDialog(keys_of(Shortcuts("", {"actionExport": "Ctrl+Alt+E"}), ROWS), ROWS, parent)
    shown = [label.text() for label in page.findChildren(QWidget) if hasattr(label, "text") and label.text()]
    assert "Ctrl+Alt+E" in shown
    assert "Ctrl+E" not in shown
