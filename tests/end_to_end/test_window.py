"""A photographer's afternoon: open, look, lasso, drag, merge, undo, rename, export, leave, come back."""

import hashlib
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from tests.end_to_end.robot import Robot, Script, use_program

from shoal.domain.task import Task
from shoal.qt.cluster_model import ALL, PROBLEMS
from shoal.services.demo_pictures import sample_pictures, write_sample_pictures

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("shoot")
    write_sample_pictures(folder, sample_pictures(views=5), Task())
    (folder / "broken.jpg").write_bytes(b"not a picture at all")
    return folder


def state_of(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def cards(robot: Robot) -> dict[str, int]:
    model = robot.find("clusterList").model()
    return {card.name: card.count for card in model.cards if card.is_cluster}


def card_place(robot: Robot, name: str) -> QPoint:
    listing = robot.find("clusterList")
    model = listing.model()
    row = next(row for row, card in enumerate(model.cards) if card.name == name)
    listing.scrollTo(model.index(row))
    return listing.visualRect(model.index(row)).center()


class Afternoon:
    """What one person does, step by step; `start` and `end` are the clusters and their sizes."""

    def __init__(self, robot: Robot, picture_count: int, target: Path) -> None:
        self.robot, self.picture_count, self.target = robot, picture_count, target
        self.start: dict[str, int] = {}
        self.end: dict[str, int] = {}

    def steps(self) -> Script:
        yield lambda: self.robot.idle() and cards(self.robot)
        self.start = cards(self.robot)
        assert sum(self.start.values()) == self.picture_count
        for step in (self.lasso, self.drag, self.undo, self.rename, self.merge, self.problems, self.export):
            yield from step()
        self.end = cards(self.robot)

    @property
    def names(self) -> list[str]:
        return list(self.start)

    def choose(self, name: str, keys=Qt.KeyboardModifier.NoModifier) -> Script:
        self.robot.click(self.robot.find("clusterList").viewport(), card_place(self.robot, name), keys)
        yield 150

    def lasso(self) -> Script:
        """Around everything on the map: it fills the grid."""
        surface = self.robot.find("mapView").canvas.viewport()
        box = surface.rect().adjusted(3, 3, -3, -3)
        self.robot.draw(surface, [box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft(), box.topLeft()])
        yield lambda: str(self.picture_count) in self.robot.find("remark").text()
        assert self.robot.find("imageGrid").shown.count == self.picture_count

    def drag(self) -> Script:
        """One picture of the first cluster onto the second one's card."""
        yield from self.choose(self.names[0])
        grid, listing = self.robot.find("imageGrid"), self.robot.find("clusterList")
        self.robot.click(grid.viewport(), grid.rect_of(0).center())
        target = card_place(self.robot, self.names[1])
        yield from self.robot.drag(grid.viewport(), grid.rect_of(0).center(), listing.viewport(), target)
        yield self.has_moved
        assert cards(self.robot)[self.names[0]] == self.start[self.names[0]] - 1

    def has_moved(self) -> bool:
        return cards(self.robot)[self.names[1]] == self.start[self.names[1]] + 1

    def undo(self) -> Script:
        assert self.names[1] in self.robot.find("actionUndo").text()
        QTest.keyClick(self.robot.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        yield lambda: cards(self.robot) == self.start
        self.robot.trigger("actionRedo")
        yield self.has_moved

    def rename(self) -> Script:
        yield from self.choose(self.names[1])
        self.robot.trigger("actionRenameCluster")
        yield 100
        editor = self.robot.find("clusterList").findChild(QLineEdit)
        editor.selectAll()
        self.robot.type(editor, "The best ones")
        yield lambda: "The best ones" in cards(self.robot)

    def merge(self) -> Script:
        yield from self.choose(self.names[2])
        yield from self.choose(self.names[3], Qt.KeyboardModifier.ControlModifier)
        self.robot.trigger("actionMergeClusters")
        yield lambda: len(cards(self.robot)) == len(self.start) - 1

    def problems(self) -> Script:
        """The unreadable file is listed with a reason."""
        self.robot.find("clusterPanel").choose(PROBLEMS)
        yield 100
        table = self.robot.find("problemsTable")
        assert table.item(0, 0).text() == "broken.jpg"
        assert table.item(0, 1).text()
        self.robot.find("clusterPanel").choose(ALL)

    def export(self) -> Script:
        self.robot.trigger("actionExport")
        yield lambda: self.robot.find("exportDialog").isVisible()
        folder = self.robot.find("exportFolder")
        folder.selectAll()
        QTest.keyClicks(folder, str(self.target))
        yield lambda: self.robot.find("exportGo").isEnabled()
        self.robot.click(self.robot.find("exportGo"))
        yield lambda: self.robot.is_open("exportDone")


def test_an_afternoon_at_the_window(qapp, pictures, home, tmp_path):
    before, days = state_of(pictures), []

    def first_day(robot: Robot) -> Script:
        days.append(Afternoon(robot, len(before) - 1, tmp_path / "out"))
        yield from days[0].steps()

    def next_day(robot: Robot) -> Script:
        yield lambda: robot.idle() and cards(robot)
        assert cards(robot) == days[0].end
        QTest.keyClick(robot.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        yield lambda: len(cards(robot)) == len(days[0].end) + 1

    use_program([pictures], first_day)
    exported = list((tmp_path / "out").rglob("*.jpg"))
    readable = [digest for name, digest in before.items() if name != "broken.jpg"]
    assert sorted(state_of(tmp_path / "out")[str(p.relative_to(tmp_path / "out"))] for p in exported) == sorted(
        readable
    )
    assert {path.parent.name for path in exported} == set(days[0].end)
    assert state_of(pictures) == before
    use_program([pictures], next_day)
    assert state_of(pictures) == before
    (project,) = home.rglob("*.shoal")
    assert sqlite3.connect(project).execute("PRAGMA quick_check").fetchone() == ("ok",)
