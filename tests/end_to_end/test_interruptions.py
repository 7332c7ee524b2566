"""What happens when somebody does not wait: closes, opens something else, tries again, opens the same once more.

Fewer pictures than UMAP wants, so that nobody waits for it.
"""

import threading
from pathlib import Path

import pytest
from tests.end_to_end.afternoon import cards
from tests.end_to_end.robot import Robot, Script, use_program
from tests.support.picture_folders import write_pictures

from shoal.qt.cluster_model import ALL, PROBLEMS

pytestmark = [pytest.mark.timeout(900), pytest.mark.usefixtures("home")]


@pytest.fixture
def few(tmp_path) -> Path:
    write_pictures(tmp_path / "few", 6)
    return tmp_path / "few"


@pytest.fixture
def large(tmp_path) -> Path:
    """Pictures that take a while to decode."""
    write_pictures(tmp_path / "large", 11, first_seed=100, side=3600)
    return tmp_path / "large"


def count(robot: Robot, card: int = ALL) -> int:
    """What a card of the list says."""
    found = [one.count for one in robot.find("clusterList").model().cards if one.id == card]
    return found[0] if found else 0


def sorted_out(robot: Robot, pictures: int) -> bool:
    return robot.idle() and sum(cards(robot).values()) == pictures == count(robot)


def at_work(robot: Robot) -> bool:
    return not robot.idle() and robot.find("imageGrid").page.layout.count > 0


def own_threads() -> list[str]:
    """Without the names that Python gives to threads of Qt it has met."""
    return sorted(thread.name for thread in threading.enumerate() if not thread.name.startswith("Dummy"))


def test_closing_the_window_during_work_stops_the_work_and_the_next_day_goes_on(qapp, large):
    closed_at_work = []

    def leave_early(robot: Robot) -> Script:
        yield lambda: at_work(robot)
        closed_at_work.append(not robot.idle())

    def stay(robot: Robot) -> Script:
        yield lambda: sorted_out(robot, 11)

    before = own_threads()
    use_program([large], leave_early)
    assert closed_at_work == [True]
    assert own_threads() == before
    use_program([large], stay)


def test_a_folder_that_is_dropped_during_work_takes_its_place(qapp, large, few):
    def change_of_mind(robot: Robot) -> Script:
        yield lambda: at_work(robot)
        robot.window.paths_dropped.emit([few])
        yield lambda: sorted_out(robot, 6)
        assert "few" in robot.window.windowTitle()
        yield 300
        assert count(robot) == robot.find("imageGrid").page.layout.count == 6

    def back(robot: Robot) -> Script:
        yield lambda: sorted_out(robot, 11)

    use_program([large], change_of_mind)
    use_program([large], back)


@pytest.mark.parametrize("again", ["dropped", "F5"])
def test_cancel_keeps_what_is_finished(qapp, large, again):
    def stop_and_go_on(robot: Robot) -> Script:
        yield lambda: at_work(robot)
        robot.click(robot.find("cancelButton"))
        yield robot.idle
        if again == "F5":
            robot.trigger("actionRefresh")
        else:
            robot.window.paths_dropped.emit([large])
        yield lambda: not robot.idle()
        yield lambda: sorted_out(robot, 11)

    use_program([large], stop_and_go_on)


@pytest.mark.changes_pictures("a file is mended while the window is open")
def test_a_mended_file_is_read_when_it_is_tried_again(qapp, few):
    spare = few / "00005.jpg"
    sound = spare.read_bytes()
    spare.write_bytes(b"cut off in the middle of everything")

    def mend(robot: Robot) -> Script:
        yield lambda: sorted_out(robot, 5)
        assert count(robot, PROBLEMS) == 1
        robot.find("clusterPanel").choose(PROBLEMS)
        yield lambda: robot.find("problemsTable").isVisible()
        spare.write_bytes(sound)
        robot.click(robot.find("problemsRetry"))
        yield lambda: sorted_out(robot, 6)
        assert count(robot, PROBLEMS) == 0
        yield lambda: robot.find("imageGrid").isVisible()

    use_program([few], mend)


def test_what_was_open_is_one_click_away_and_may_be_opened_twice(qapp, few):
    def first_day(robot: Robot) -> Script:
        yield lambda: sorted_out(robot, 6)

    def next_day(robot: Robot) -> Script:
        yield lambda: robot.is_there("recentProject")
        robot.click(robot.find("recentProject"))
        yield lambda: sorted_out(robot, 6)
        robot.window.paths_dropped.emit([few])
        yield 100
        yield lambda: sorted_out(robot, 6)
        assert robot.find("remark").text() == ""

    use_program([few], first_day)
    use_program([], next_day)
