"""Two to four pictures side by side: linked zoom, and the weaker ones out by key until one is left."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from shoal.domain.verdicts import FLAG
from shoal.imaging import sizes

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def compared(opened, qtbot):
    """The first four pictures of the grid side by side."""
    opened.window.actions_by_name["actionStacks"].trigger()
    opened.window.activateWindow()
    qtbot.waitActive(opened.window)
    grid = opened.window.grid
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.rect_of(0).center())
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, SHIFT, grid.rect_of(3).center())
    QTest.keyClick(grid, KEY.Key_C)
    view = opened.window.findChild(QWidget, "compareView")
    assert view.isVisible()
    assert len(view.images) == 4
    return opened, view


def test_the_weaker_ones_go_out_until_one_is_left(compared):
    desk, view = compared
    first, other, third, last = view.images
    QTest.keyClick(view, KEY.Key_X)
    assert view.images == [other, third, last]
    assert desk.session.verdicts[first, FLAG] == 1
    QTest.keyClick(view, KEY.Key_Right)
    assert view.at_hand == third
    QTest.keyClick(view, KEY.Key_Backspace)
    assert view.images == [other, last]
    assert desk.session.verdicts[third, FLAG] == 0
    QTest.keyClick(view, KEY.Key_Delete)
    assert view.images == [other]
    QTest.keyClick(view, KEY.Key_Delete)
    assert view.images == [other]
    QTest.keyClick(view, KEY.Key_P)
    assert desk.session.verdicts[other, FLAG] == 3
    QTest.keyClick(view, KEY.Key_Escape)
    assert not view.isVisible()
    assert desk.session.selection.images.tolist() == [other]
    assert np.count_nonzero(desk.session.verdicts[:, FLAG]) == 2


def test_zoom_and_place_are_the_same_in_all(compared):
    _desk, view = compared
    room = view._rooms()[1]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=room.center().toPoint())
    assert view.at_hand == view.images[1]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=room.center().toPoint())
    assert view.zoom.scale is not None
    QTest.keyClick(view, KEY.Key_Plus)
    QTest.keyClick(view, KEY.Key_Plus)
    before = view.zoom
    start = room.center().toPoint()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, start + QPoint(20, 5))
    QTest.mouseMove(view, start + QPoint(40, 10))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 10))
    assert view.zoom.scale == before.scale
    QTest.keyClick(view, KEY.Key_Z)
    assert view.zoom.scale is None


def test_large_pictures_arrive_in_all(compared, wait):
    _desk, view = compared
    wait(lambda: all(pane.shown.large is not None for pane in view._panes))
    assert view.grab().toImage().width() > 0


def test_one_picture_is_compared_with_the_next(opened, qtbot):
    opened.window.actions_by_name["actionStacks"].trigger()
    opened.window.activateWindow()
    qtbot.waitActive(opened.window)
    grid = opened.window.grid
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.rect_of(2).center())
    QTest.keyClick(grid, KEY.Key_C)
    view = opened.window.findChild(QWidget, "compareView")
    assert view.images == [grid.page.layout.image_at(2), grid.page.layout.image_at(3)]


def test_of_very_large_pictures_the_same_part_is_seen_in_all(compared, wait, monkeypatch):
    """Those of the samples are taken for such."""
    monkeypatch.setattr(sizes, "MOST_AT_ONCE", 3_000)
    _desk, view = compared
    QTest.keyClick(view, KEY.Key_Z)
    for _ in range(3):
        QTest.keyClick(view, KEY.Key_Plus)
    wait(lambda: all(pane.shown.part is not None for pane in view._panes))
    assert len({(pane.shown.part.box.x(), pane.shown.part.box.y()) for pane in view._panes}) == 1
