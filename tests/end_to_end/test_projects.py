"""Project files: saved elsewhere, opened by double-click, looked at while the pictures are away, and found again."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from tests.end_to_end.robot import Robot, Script, use_program

from shoal.domain.task import Task
from shoal.samples.demo_pictures import sample_pictures, write_sample_pictures

pytestmark = pytest.mark.timeout(900)


@pytest.fixture
def pictures(tmp_path) -> Path:
    folder = tmp_path / "trip"
    folder.mkdir()
    write_sample_pictures(folder, sample_pictures(views=3), Task())
    return folder


def cards(robot: Robot) -> dict[str, int]:
    return {card.name: card.count for card in robot.find("clusterList").model().cards if card.is_cluster}


def sorted_out(robot: Robot) -> bool:
    return robot.idle() and bool(cards(robot))


def rename_first(robot: Robot, name: str) -> Script:
    first = next(card.id for card in robot.find("clusterList").model().cards if card.is_cluster)
    robot.find("clusterPanel").choose(first)
    robot.trigger("actionRenameCluster")
    yield 100
    editor = robot.find("clusterList").findChild(QLineEdit)
    editor.selectAll()
    robot.type(editor, name)
    yield lambda: name in cards(robot)


def choose_in_dialog(robot: Robot, dialog: str, path: Path) -> Script:
    yield lambda: robot.is_open(dialog)
    field = robot.find(dialog).findChild(QLineEdit, "fileNameEdit")
    field.setText(str(path))
    QTest.keyClick(field, Qt.Key.Key_Return)
    yield lambda: not robot.is_open(dialog)


@pytest.mark.changes_pictures("has the folder moved by its owner")
def test_a_project_file_goes_where_its_owner_goes(qapp, home, pictures, tmp_path):
    file, moved = tmp_path / "trip for Ann.shoal", tmp_path / "archive"

    def save_elsewhere(robot: Robot) -> Script:
        yield lambda: sorted_out(robot)
        robot.trigger("actionSaveProjectAs")
        yield from choose_in_dialog(robot, "saveProjectDialog", file)
        yield lambda: robot.idle() and file.exists()
        yield from rename_first(robot, "For Ann")

    def opened_by_its_folder(robot: Robot) -> Script:
        yield lambda: sorted_out(robot)
        assert "For Ann" in cards(robot)

    def opened_by_double_click_while_away(robot: Robot) -> Script:
        """All can be seen and edited; the pictures are found again in their new folder, under their clusters."""
        yield lambda: robot.is_open("relocateDialog")
        before = cards(robot)
        assert "For Ann" in before
        robot.click(robot.find("relocateShow"))
        yield from choose_in_dialog(robot, "relocateFolder", moved)
        yield lambda: robot.idle() and not robot.is_open("relocateDialog")
        assert cards(robot) == before
        assert "archive" in robot.window.windowTitle()
        yield from rename_first(robot, "Still for Ann")

    def opened_by_its_new_folder(robot: Robot) -> Script:
        yield lambda: sorted_out(robot)
        assert "Still for Ann" in cards(robot)

    use_program([pictures], save_elsewhere)
    use_program([pictures], opened_by_its_folder)
    pictures.rename(moved)
    use_program([file], opened_by_double_click_while_away)
    use_program([moved], opened_by_its_new_folder)


@pytest.mark.changes_pictures("has the folder moved by its owner")
def test_what_was_open_before_stands_on_the_first_page_also_while_it_is_offline(qapp, home, pictures):
    def first_day(robot: Robot) -> Script:
        yield lambda: sorted_out(robot)

    def next_day(robot: Robot) -> Script:
        yield lambda: "offline" in robot.find("recentProject").accessibleName()
        card = robot.find("recentProject")
        assert "trip" in card.accessibleName()
        robot.click(card)
        yield lambda: robot.is_open("relocateDialog")
        assert cards(robot)

    use_program([pictures], first_day)
    pictures.rename(pictures.with_name("somewhere else"))
    use_program([], next_day)


def test_a_project_that_looks_at_nothing_is_refused_in_a_sentence(qapp, home, tmp_path):
    empty = tmp_path / "empty.shoal"
    empty.touch()

    def try_it(robot: Robot) -> Script:
        yield lambda: robot.is_open("trouble")
        assert "empty.shoal" in robot.find("trouble").text()

    use_program([empty], try_it)
