"""Names are typed on cards; whatever comes right behind Enter, what was typed stands, and Qt does not complain."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from tests.support.sorted_desk import CONTROL, Hands
from tests.support.sorted_session import CATS, DOGS

RIGHT_BEHIND: dict[str, Callable[[Hands, QLineEdit], object]] = {
    "nothing": lambda _hands, _editor: None,
    "Enter": lambda _hands, editor: QTest.keyClick(editor, Qt.Key.Key_Return),
    "Escape": lambda _hands, editor: QTest.keyClick(editor, Qt.Key.Key_Escape),
    "Tab": lambda _hands, editor: QTest.keyClick(editor, Qt.Key.Key_Tab),
    "click on a card": lambda hands, _editor: hands.click_card(CATS),
    "click on a picture": lambda hands, _editor: hands.click_image(4),
    "undo": lambda hands, _editor: hands.desk.parts.editing.undo(),
    "portraits": lambda hands, _editor: hands.session.portraits_changed.emit(),
}


def editor_of(hands: Hands) -> QLineEdit:
    editor = hands.panel.list.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    return editor


def complaints(qtlog) -> list[str]:
    return [record.message for record in qtlog.records if "editor" in record.message]


@pytest.mark.parametrize("behind", RIGHT_BEHIND)
def test_a_new_cluster_is_called_what_was_typed_whatever_comes_right_behind_enter(hands, qtlog, behind):
    hands.click_image(4)
    hands.press(Qt.Key.Key_N, CONTROL)
    new, editor = hands.home(4), editor_of(hands)
    QTest.keyClicks(editor, "Faces")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert hands.name(new) == "Faces"
    RIGHT_BEHIND[behind](hands, editor)
    QApplication.processEvents()
    assert hands.name(new) == ("New cluster" if behind == "undo" else "Faces")
    assert hands.panel.list.state() == hands.panel.list.State.NoState
    assert complaints(qtlog) == []


@pytest.mark.parametrize("way", ["F2", "double click", "Ctrl+N", "parent", "left by a click", "Escape"])
def test_every_way_to_type_a_name_is_quiet(hands, qtbot, qtlog, way):
    WAYS[way](hands, qtbot)
    QApplication.processEvents()
    assert complaints(qtlog) == []


def _by_key(hands: Hands, qtbot) -> None:
    hands.click_card(DOGS)
    hands.press(Qt.Key.Key_F2)
    hands.write("Wolves")
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hands.name(DOGS) == "Wolves")


def _by_mouse(hands: Hands, qtbot) -> None:
    view, place = hands.panel.list.viewport(), hands.card_place(CATS)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=place)
    hands.write("Tigers")
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hands.name(CATS) == "Tigers")


def _anew(hands: Hands, qtbot) -> None:
    with qtbot.waitSignal(hands.session.portraits_changed):
        hands.click_image(5)
        hands.press(Qt.Key.Key_N, CONTROL)
    hands.write("Lions")
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hands.name(hands.home(5)) == "Lions")


def _parent(hands: Hands, qtbot) -> None:
    hands.click_card(CATS)
    hands.click_card(DOGS, CONTROL)
    hands.press(Qt.Key.Key_G, CONTROL)
    hands.write("Animals")
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hands.project.grouping.clusters[CATS].parent == "Animals")
    hands.press(Qt.Key.Key_Z, CONTROL)


def _left_by_a_click(hands: Hands, qtbot) -> None:
    hands.click_card(DOGS)
    hands.press(Qt.Key.Key_F2)
    hands.write("Foxes")
    hands.click_image(25)
    qtbot.waitUntil(lambda: hands.name(DOGS) == "Foxes")


def _left_by_escape(hands: Hands, _qtbot) -> None:
    hands.click_card(DOGS)
    hands.press(Qt.Key.Key_F2)
    hands.write("Foxes")
    hands.press(Qt.Key.Key_Escape)
    assert hands.name(DOGS) == "Dogs"


WAYS: dict[str, Callable[..., None]] = {
    "F2": _by_key,
    "double click": _by_mouse,
    "Ctrl+N": _anew,
    "parent": _parent,
    "left by a click": _left_by_a_click,
    "Escape": _left_by_escape,
}
