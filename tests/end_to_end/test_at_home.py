"""The program at home: another language at once, help, a look at the computer, one's own keys, a place to stand."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QKeySequenceEdit,
    QLineEdit,
    QTextEdit,
)
from tests.end_to_end.robot import Robot, Script, use_program

from shoal.domain.task import Task
from shoal.samples.demo_pictures import sample_pictures, write_sample_pictures

pytestmark = pytest.mark.timeout(900)


@pytest.fixture
def pictures(tmp_path) -> Path:
    folder = tmp_path / "trip"
    folder.mkdir()
    write_sample_pictures(folder, sample_pictures(views=1), Task())
    return folder


def press(dialog, button: QDialogButtonBox.StandardButton) -> None:
    dialog.findChild(QDialogButtonBox).button(button).click()


def cards(robot: Robot) -> dict[str, int]:
    return {card.name: card.count for card in robot.find("clusterList").model().cards if card.is_cluster}


def choose_language(robot: Robot, language: str) -> None:
    robot.trigger("actionSettings")
    picker = robot.find("setting_language")
    picker.setCurrentIndex(picker.findData(language))
    press(robot.find("settingsDialog"), QDialogButtonBox.StandardButton.Ok)


def test_another_language_is_spoken_at_once_and_everything_is_still_there(qapp, home, pictures):
    def switch(robot: Robot) -> Script:
        yield lambda: robot.idle() and cards(robot)
        before = cards(robot)
        choose_language(robot, "zh_CN")
        yield lambda: "打开" in robot.find("actionOpenFolder").text() and robot.idle() and cards(robot)
        assert cards(robot) == before
        assert "trip" in robot.window.windowTitle()
        assert robot.find("jobStage").text() == "10 张图片"
        assert "重新聚类" in [action.iconText() for action in robot.find("toolBar").actions()]
        choose_language(robot, "en")
        yield lambda: "Open" in robot.find("actionOpenFolder").text() and robot.idle() and cards(robot)
        assert robot.find("jobStage").text() == "10 pictures"

    use_program([pictures], switch)


def test_help_is_at_hand(qapp, home):
    def look(robot: Robot) -> Script:
        yield 50
        QTest.keyClick(robot.window, Qt.Key.Key_F1)
        page, contents = robot.find("helpPage"), robot.find("helpContents")
        assert contents.count() > 5
        contents.setCurrentRow(contents.count() - 1)
        assert page.verticalScrollBar().value() > 0
        QTest.keyClicks(robot.find("helpSearch"), "drag them")
        assert page.textCursor().selectedText() == "drag them"
        robot.find("helpDialog").close()
        yield 50
        robot.trigger("actionAbout")
        assert "Shoal" in robot.find("aboutVersion").text()
        robot.find("aboutDialog").close()

    use_program([], look)


def test_the_computer_is_looked_at_from_the_window(qapp, home):
    def check(robot: Robot) -> Script:
        yield 50
        robot.trigger("actionCheckComputer")
        yield lambda: robot.is_open("findingsDialog")
        table = robot.find("findingsTable")
        found = {table.item(row, 0).text(): table.item(row, 1).text() for row in range(table.rowCount())}
        assert found["JPEG"] == "can be read"
        assert str(home) in found["Folder for data"]
        robot.click(robot.find("findingsCopy"))
        assert "JPEG: can be read" in QGuiApplication.clipboard().text()

    use_program([], check)


def test_keys_of_ones_own_work_and_are_there_the_next_day(qapp, home):
    def choose(robot: Robot) -> Script:
        yield 50
        QTest.keyClicks(robot.window, "?")
        robot.click(robot.find("keysChange"))
        yield lambda: robot.is_open("shortcutsDialog")
        robot.find("keys_actionAbout").setKeySequence(QKeySequence("F9"))
        press(robot.find("shortcutsDialog"), QDialogButtonBox.StandardButton.Ok)
        robot.window.activateWindow()
        yield robot.window.isActiveWindow
        QTest.keyClick(robot.window, Qt.Key.Key_F9)
        assert robot.is_open("aboutDialog")
        robot.find("aboutDialog").close()

    def next_day(robot: Robot) -> Script:
        yield 50
        QTest.keyClick(robot.window, Qt.Key.Key_F9)
        assert robot.is_open("aboutDialog")
        robot.find("aboutDialog").close()

    use_program([], choose)
    use_program([], next_day)


def test_a_window_left_on_a_screen_that_is_gone_comes_back_on_one_that_is_there(qapp, home):
    def leave(robot: Robot) -> Script:
        robot.window.resize(500, 400)
        robot.window.move(QPoint(5000, 3000))
        yield 100

    def next_day(robot: Robot) -> Script:
        yield 100
        there = QGuiApplication.primaryScreen().availableGeometry()
        assert there.contains(robot.window.frameGeometry().center())

    use_program([], leave)
    use_program([], next_day)


def nameless(top) -> list[str]:
    """Controls that can be reached by keyboard and of which an assistive tool would hear nothing."""
    kinds = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QAbstractItemView, QComboBox, QLineEdit, QTextEdit)
    controls = [one for kind in kinds for one in top.findChildren(kind) if one.isVisibleTo(top)]
    reached = [one for one in controls if one.focusPolicy() & Qt.FocusPolicy.TabFocus and not is_part(one)]
    return [f"{type(one).__name__} {one.objectName()}" for one in reached if not heard(one)]


def heard(control) -> str:
    return QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)


def is_part(control) -> bool:
    """The field inside a spin box, the list behind a combo box: these are named by what they are in."""
    return isinstance(control.parent(), QAbstractSpinBox | QComboBox | QKeySequenceEdit)


def test_every_control_says_what_it_is(qapp, home, pictures):
    def listen(robot: Robot) -> Script:
        yield lambda: robot.idle() and cards(robot)
        assert nameless(robot.window) == []
        for action in ("actionSettings", "actionGuide", "actionShortcuts", "actionExport", "actionMergeQueue"):
            robot.trigger(action)
            yield 300
            dialog = QApplication.activeModalWidget()
            assert nameless(dialog) == []
            dialog.close()
            yield 50

    use_program([pictures], listen)


def test_the_tab_key_reaches_every_panel_and_comes_round(qapp, home, pictures):
    def walk(robot: Robot) -> Script:
        yield lambda: robot.idle() and cards(robot)
        robot.find("searchField").setFocus()
        reached: list[str] = []
        while "searchField" not in reached and len(reached) < 60:
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            reached.append(QApplication.focusWidget().objectName())
            yield 1
        wanted = {
            "modelPicker",
            "detailSlider",
            "clusterList",
            "mapColouring",
            "imageGrid",
            "orderPicker",
            "sizeSlider",
        }
        assert wanted - set(reached) == set()
        assert reached[-1] == "searchField"

    use_program([pictures], walk)
