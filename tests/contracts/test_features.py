"""Every capability of the window keeps the contract, and a new one needs nothing but its entry in the list."""

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDockWidget, QLabel, QMenu
from tests.support.whole_desk import desk

from shoal.desktop import main
from shoal.desktop.features import FEATURES, ROWS
from shoal.desktop.main import WindowController
from shoal.features.keys.shortcut_presets import keys_of
from shoal.setup.locations import user_locations
from shoal.setup.settings import SETTINGS
from shoal.setup.shortcuts import Shortcuts
from shoal.widgets.actions import VIEW, ActionRow, in_order
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.named import named
from shoal.widgets.places import Place

__all__ = ["desk"]


def test_names_and_places_of_menu_entries_are_given_once():
    assert len({feature.name for feature in FEATURES}) == len(FEATURES)
    assert len({row.name for row in ROWS}) == len(ROWS)
    assert len({(row.menu, row.place) for row in ROWS}) == len(ROWS)


def test_settings_of_features_stand_among_all_others():
    own = [row for feature in FEATURES for row in feature.settings]
    assert [row.key for row in own if SETTINGS.named(row.key) is not row] == []
    assert "language" in {row.key for row in own}


def test_every_menu_entry_does_something_or_opens_a_menu(desk: WindowController):
    handled = {name for feature in FEATURES for name in feature.build(desk.parts)}
    assert handled == {row.name for row in ROWS if not row.submenu}


@pytest.fixture
def greeting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A capability that nobody has heard of: a panel and a menu entry. What it did is noted."""
    done: list[str] = []

    def build(parts: Parts) -> Handlers:
        parts.places.add_panel(named(QLabel("Hello"), "greeting"), Place.RIGHT, "Greeting", 120)
        return {"actionGreet": lambda: done.append("greeted")}

    row = ActionRow(VIEW, 90, "actionGreet", "&Greet", shortcut="Ctrl+Alt+G")
    feature = Feature("greeting", build, (row,))
    monkeypatch.setattr(main, "FEATURES", (*FEATURES, feature))
    monkeypatch.setattr(main, "ROWS", in_order((*ROWS, row)))
    return done


def test_a_new_capability_is_found_by_menus_keys_and_panels(qtbot, tmp_path: Path, monkeypatch, greeting):
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    desk = WindowController(user_locations().create(), memory)
    qtbot.addWidget(desk.window)
    desk.window.show()
    (view,) = [cast("QMenu", action.menu()) for action in desk.window.menuBar().actions() if action.text() == VIEW]
    (entry,) = [action for action in view.actions() if action.objectName() == "actionGreet"]
    assert keys_of(Shortcuts(), desk.parts.actions.rows)["actionGreet"] == "Ctrl+Alt+G"
    entry.trigger()
    assert greeting == ["greeted"]
    desk.window.places.show_page(None)
    assert desk.window.findChild(QDockWidget, "greetingDock").isVisible()
    desk.window.close()
