"""Panels of the window: undocked, closed, put back, away while the first page is shown, and remembered."""

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDockWidget, QLabel, QMenu
from tests.support.sorted_session import project, session, window

from shoal.desktop.features import ROWS
from shoal.widgets.main_window import MainWindow
from shoal.widgets.named import named
from shoal.widgets.places import Place

__all__ = ["project", "session", "window"]
PANELS = ("clusterPanelDock", "mapPlaceDock")


def dock(window: MainWindow, name: str) -> QDockWidget:
    return window.findChild(QDockWidget, name)


@pytest.fixture
def memory(tmp_path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def next_day(qtbot, session, window, memory):
    """The window of another day, as the one before left it."""
    made = []

    def open_again() -> MainWindow:
        window.save_state(memory)
        again = MainWindow(session)
        qtbot.addWidget(again)
        again.restore_state(memory)
        again.show()
        qtbot.waitExposed(again)
        made.append(again)
        return again

    return open_again


def test_a_panel_can_stand_outside_the_window_also_the_next_day_and_goes_back(window, next_day):
    dock(window, "mapPlaceDock").setFloating(True)
    again = next_day()
    assert dock(again, "mapPlaceDock").isFloating()
    again.places.move_panel(again.map_place, Place.LEFT)
    assert not dock(again, "mapPlaceDock").isFloating()
    assert again.places.place_of(again.map_place) is Place.LEFT


def test_the_map_can_stand_above_the_pictures_also_the_next_day(window, next_day):
    assert window.places.place_of(window.map_place) is Place.LEFT
    assert window.map_place.width() < window.grid_side.width() * 2
    window.places.move_panel(window.map_place, Place.ABOVE)
    again = next_day()
    assert again.places.place_of(again.map_place) is Place.ABOVE
    assert again.map_place.height() > again.height() / 5
    again.places.move_panel(again.map_place, Place.LEFT)
    assert again.places.place_of(again.map_place) is Place.LEFT
    assert dock(again, "clusterPanelDock").x() < dock(again, "mapPlaceDock").x()


def test_a_closed_panel_stays_closed_and_the_view_menu_opens_it_again(window, next_day):
    dock(window, "clusterPanelDock").close()
    again = next_day()
    assert not again.cluster_panel.isVisible()
    again.install(ROWS)
    menu = again.findChild(QMenu, "panelsMenu")
    menu.aboutToShow.emit()
    (entry,) = [action for action in menu.actions() if action.text() == "Clusters"]
    assert not entry.isChecked()
    entry.trigger()
    assert again.cluster_panel.isVisible()


def test_panels_are_away_while_the_first_page_is_there_and_come_back_as_they_were(window, next_day):
    page = named(QLabel("first page"), "firstPage")
    window.places.add_page(page)
    dock(window, "mapPlaceDock").close()
    window.places.show_page(page, alone=True)
    assert page.isVisible()
    assert not any(dock(window, name).isVisible() for name in PANELS)
    again = next_day()
    assert [dock(again, name).isVisible() for name in PANELS] == [True, False]
    window.places.show_page(None)
    assert [dock(window, name).isVisible() for name in PANELS] == [True, False]
    assert window.grid.isVisible()


def test_the_window_fits_on_a_small_screen(window):
    assert window.minimumSizeHint().width() < 900
