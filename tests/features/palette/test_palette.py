"""Every command by a few letters."""

from PySide6.QtCore import Qt
from tests.support.sorted_desk import CONTROL
from tests.support.sorted_session import CATS, DOGS

from shoal.desktop.features import ROWS


def listed(hands) -> list[str]:
    names = hands.widget("namePickerList")
    return [names.item(row).text() for row in range(names.count())]


def test_all_commands_are_there_with_their_keys(hands):
    hands.press(Qt.Key.Key_K, CONTROL)
    found = listed(hands)
    assert len(found) == min(len([row for row in ROWS if not row.submenu]) - 1, 60)
    hands.write("rename")
    assert listed(hands)[0] == "Rename  ·  F2"
    hands.press(Qt.Key.Key_Escape)


def test_a_command_is_done_and_stands_first_the_next_time(hands):
    hands.click_card(CATS)
    hands.click_card(DOGS, CONTROL)
    hands.press(Qt.Key.Key_K, CONTROL)
    hands.write("merge")
    assert listed(hands)[0] == "Merge  ·  Ctrl+M"
    hands.press(Qt.Key.Key_Return)
    assert list(hands.project.grouping.clusters) == [DOGS]
    hands.press(Qt.Key.Key_K, CONTROL)
    assert listed(hands)[0] == "Merge  ·  Ctrl+M"
    names = hands.widget("namePickerList")
    assert not names.item(0).flags() & Qt.ItemFlag.ItemIsEnabled
    assert names.currentRow() > 0


def test_a_menu_finds_its_commands(hands):
    hands.press(Qt.Key.Key_K, CONTROL)
    hands.write("Clusters")
    assert any(text.startswith("Split") for text in listed(hands))
