"""Choosing another model asks first and says what it costs; going back to one that has looked takes no look."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from tests.support.whole_desk import open_dialog

from shoal.desktop.main import WindowController

pytestmark = pytest.mark.timeout(600)
LEFT = Qt.MouseButton.LeftButton


def choose(desk: WindowController, model: str) -> None:
    """As by the list that drops down."""
    picker = desk.window.model_picker
    picker.choose(model)
    picker.activated.emit(picker.currentIndex())


def press(name: str) -> None:
    QTest.mouseClick(open_dialog("modelQuestion").findChild(QPushButton, name), LEFT)


def homes(desk: WindowController) -> list[int]:
    assert desk.session.grouping is not None
    return desk.session.grouping.home.tolist()


def test_another_model_is_asked_about_and_the_way_back_is_short(opened: WindowController, wait) -> None:
    before, layout = homes(opened), opened.session.snapshot.layout
    choose(opened, "builtin")
    assert "Look at 10 pictures again" in open_dialog("modelQuestion").text()
    assert "go on meanwhile" in open_dialog("modelQuestion").informativeText()
    press("modelNo")
    assert opened.window.model_picker.model_name == "colour-layout"
    assert not opened.jobs.busy
    choose(opened, "builtin")
    press("modelYes")
    wait(lambda: not opened.jobs.busy)
    assert opened.session.snapshot.layout is not layout
    other = opened.session.snapshot.layout
    choose(opened, "colour-layout")
    wait(lambda: not opened.jobs.busy)
    assert opened.session.snapshot.layout is layout
    assert len(set(homes(opened))) == len(set(before))
    choose(opened, "builtin")
    wait(lambda: not opened.jobs.busy)
    assert opened.session.snapshot.layout is other
    assert opened.session.project.made.model == "builtin"
    opened.window.actions_by_name["actionUndo"].trigger()
    assert opened.window.model_picker.model_name == "colour-layout"
    assert opened.session.snapshot.layout is layout


@pytest.mark.parametrize("name", ["modelPicker", "detailSlider", "orderPicker", "sizeSlider", "searchMode"])
def test_the_wheel_changes_nothing_that_it_rolls_over(desk: WindowController, name: str) -> None:
    desk.window.places.show_page(None)
    widget: Any = desk.window.findChild(QWidget, name)
    widget.setFocus()
    before = widget.value() if hasattr(widget, "value") else widget.currentIndex()
    if hasattr(widget, "setValue"):
        widget.setValue(before + 10)
        before = widget.value()
    for turn in (-120, 120, -360):
        place = QPointF(widget.rect().center())
        event = QWheelEvent(
            place, place, QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)
    assert (widget.value() if hasattr(widget, "value") else widget.currentIndex()) == before
