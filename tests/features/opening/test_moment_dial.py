"""From looks to the moment: a slider above the panels, kept in the project, undone with the clusters."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QSlider
from tests.support.whole_desk import open_dialog


def made(opened) -> float:
    return opened.opening.project.project.made.moment


def test_the_slider_clusters_again_and_undo_puts_it_back(opened, wait):
    opened.window.resize(1500, 900)
    slider = opened.window.findChild(QSlider, "momentSlider")
    wait(slider.isVisible)
    assert slider.value() == 0
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    wait(lambda: made(opened) == 0.25 and not opened.jobs.busy)
    assert slider.value() == 250
    QTest.keyClick(slider, Qt.Key.Key_End)
    wait(lambda: made(opened) == 1.0 and not opened.jobs.busy)
    opened.window.actions_by_name["actionUndo"].trigger()
    assert made(opened) == 0.25
    wait(lambda: slider.value() == 250)
    opened.window.actions_by_name["actionRefresh"].trigger()
    wait(lambda: not opened.jobs.busy)
    assert made(opened) == 0.25


def test_a_narrow_window_has_it_in_the_menu(opened, wait):
    opened.window.resize(1000, 700)
    wait(lambda: not opened.window.findChild(QSlider, "momentSlider").isVisible())
    opened.window.actions_by_name["actionMoment"].trigger()
    dialog = open_dialog("momentDialog")
    assert isinstance(dialog, QInputDialog)
    dialog.setIntValue(40)
    dialog.accept()
    wait(lambda: made(opened) == 0.4 and not opened.jobs.busy)
