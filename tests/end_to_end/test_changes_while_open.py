"""Files come and go while the window is open, and somebody drags, cancels and undoes in the middle of the work.

Fewer pictures than UMAP wants, so that nobody waits for it.
"""

import shutil
import threading
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QToolButton, QWidget
from tests.end_to_end.afternoon import card_place, cards
from tests.end_to_end.robot import Robot, Script, use_program
from tests.support.sample_folder import make_folder

from shoal.domain.task import Task
from shoal.looking.maths import MathsProcess
from shoal.widgets.grid_gestures import GridGestures

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.usefixtures("home"),
    pytest.mark.changes_pictures("they come and go while the window is open"),
]


@pytest.fixture
def pictures(tmp_path) -> Path:
    return make_folder(tmp_path / "pictures", ("ball", "chair"), range(5))


@pytest.fixture
def spare(tmp_path) -> Path:
    """One more of each kind, which sorts before the others."""
    return make_folder(tmp_path / "spare", ("ball", "chair"), range(5, 6))


class Gate:
    """Holds the maths process's caller at the last call of a look, until it is opened or the work is cancelled."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, function: str = "build_tree") -> None:
        self.reached, self._open = threading.Event(), threading.Event()
        self._original, self._function = MathsProcess.call, function
        monkeypatch.setattr(MathsProcess, "call", lambda *arguments, task: self._call(*arguments, task=task))

    def close(self) -> None:
        self._open.clear()
        self.reached.clear()
        self._shut = True

    _shut = False

    def open(self) -> None:
        self._shut = False
        self._open.set()

    def _call(self, maths: MathsProcess, function: Callable[..., object], *arguments: object, task: Task) -> object:
        if self._shut and function.__name__ == self._function:
            self.reached.set()
            while not self._open.wait(0.02):
                task.check()
        return self._original(maths, function, *arguments, task=task)


def come(spare: Path, pictures: Path) -> None:
    for file in sorted(spare.rglob("*.jpg")):
        shutil.copy(file, pictures / file.parent.name / f"a {file.name}")


class Appearing(QObject):
    """Notes that a widget was shown, however shortly."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen = False
        widget.installEventFilter(self)

    def eventFilter(self, _widget: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it so
        self.seen = self.seen or event.type() is QEvent.Type.Show
        return False


def look_again(robot: Robot) -> Script:
    began = Appearing(robot.find("cancelButton"))
    robot.press(Qt.Key.Key_F5)
    yield lambda: began.seen
    yield robot.idle


def cluster_again(robot: Robot) -> Script:
    robot.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    yield 100
    yield robot.idle


def sorted_out(robot: Robot, count: int) -> Callable[[], bool]:
    return lambda: robot.idle() and sum(cards(robot).values()) == count


def kinds_by_card(robot: Robot) -> Generator[Callable[[], object] | int, None, dict[str, set[str]]]:
    """Returns the kinds of the pictures of each card."""
    found = {}
    for name in cards(robot):
        robot.click(robot.find("clusterList").viewport(), card_place(robot, name))
        yield 80
        grid = robot.find("imageGrid")
        robot.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        files = grid.findChild(GridGestures)._files_of(grid._selection.images)
        found[name] = {file.parent.name for file in files if file.exists()}
    return found


def drag_one(robot: Robot, start: str, end: str) -> Script:
    """The first picture of one card onto another."""
    listing, grid = robot.find("clusterList"), robot.find("imageGrid")
    robot.click(listing.viewport(), card_place(robot, start))
    yield 80
    place = grid.rect_of(0).center()
    yield from robot.drag(grid.viewport(), place, listing.viewport(), card_place(robot, end))


def undo_everything(robot: Robot) -> Script:
    while robot.find("actionUndo").isEnabled():
        robot.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        yield 30


def test_clusters_stay_clean_when_files_go_and_come(qapp, pictures, spare):
    def use(robot: Robot) -> Script:
        yield sorted_out(robot, 10)
        for view in range(2):
            (pictures / "ball" / f"ball-{view}.jpg").unlink()
        yield from look_again(robot)
        yield from cluster_again(robot)
        assert all(len(kinds) <= 1 for kinds in (yield from kinds_by_card(robot)).values())
        come(spare, pictures)
        yield from look_again(robot)
        yield from every_new_picture_has_nearest(robot)
        yield from cluster_again(robot)
        assert all(len(kinds) <= 1 for kinds in (yield from kinds_by_card(robot)).values())
        yield from undo_everything(robot)
        assert cards(robot)

    use_program([pictures], use)


def every_new_picture_has_nearest(robot: Robot) -> Script:
    for image in (10, 11):
        robot.find("imageGrid")._selection.set_current(image)
        yield lambda: len([one for one in robot.find("inspector").findChildren(QToolButton) if one.isVisible()]) >= 3


def test_drags_in_the_last_stage_of_a_look_are_kept_and_what_is_cancelled_leaves_nothing(
    qapp, pictures, spare, monkeypatch
):
    look, cluster = Gate(monkeypatch), Gate(monkeypatch, "automatic_clusters")

    def use(robot: Robot) -> Script:
        yield sorted_out(robot, 10)
        first, second = list(cards(robot))[:2]
        come(spare, pictures)
        yield from drag_while_looking(robot, look, first, second)
        robot.click(robot.find("cancelButton"))
        yield robot.idle
        look.open()
        assert (cards(robot)[first], cards(robot)[second]) == (4, 6)
        yield from drag_while_looking(robot, look, first, second)
        look.open()
        yield sorted_out(robot, 12)
        assert cards(robot)[second] >= 7
        yield from cancelled_clustering(robot, cluster)
        yield from undo_everything(robot)
        assert cards(robot) == {first: 5, second: 5}

    use_program([pictures], use)


def drag_while_looking(robot: Robot, gate: Gate, start: str, end: str) -> Script:
    """F5, and a picture changes its cluster while the last computation runs; that goes on behind the gate."""
    before = cards(robot)
    gate.close()
    robot.press(Qt.Key.Key_F5)
    yield gate.reached.is_set
    yield from drag_one(robot, start, end)
    assert (cards(robot)[start], cards(robot)[end]) == (before[start] - 1, before[end] + 1)


def cancelled_clustering(robot: Robot, gate: Gate) -> Script:
    before = cards(robot)
    gate.close()
    robot.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    yield gate.reached.is_set
    robot.click(robot.find("cancelButton"))
    yield robot.idle
    gate.open()
    assert cards(robot) == before
