"""A photographer's afternoon at the window, and the next morning: what is done, and what must have become of it."""

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from tests.end_to_end.robot import Robot, Script, use_program

from shoal.domain.task import Task
from shoal.qt.cluster_model import ALL, PROBLEMS
from shoal.samples.demo_pictures import sample_pictures, write_sample_pictures

BROKEN = "broken.jpg"


def take_pictures(folder: Path) -> None:
    """Sample pictures, and one file that is none."""
    folder.mkdir()
    write_sample_pictures(folder, sample_pictures(views=5), Task())
    (folder / BROKEN).write_bytes(b"not a picture at all")


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
        self.places = np.empty(0)

    def steps(self) -> Script:
        yield from self.first_map()
        yield lambda: self.robot.idle() and cards(self.robot)
        assert not np.array_equal(self.places, self.robot.find("mapView").canvas.plane.x)
        self.start = cards(self.robot)
        assert sum(self.start.values()) == self.picture_count
        for step in (self.lasso, self.drag, self.undo, self.rename, self.merge, self.problems, self.export):
            yield from step()
        self.end = cards(self.robot)

    def first_map(self) -> Script:
        """All points are on the map while the real one, and the clusters, are still to come."""
        yield lambda: self.robot.is_there("mapView") and len(self.robot.find("mapView").canvas.plane.x)
        self.places = self.robot.find("mapView").canvas.plane.x.copy()
        assert len(self.places) == self.picture_count
        assert not self.robot.idle()
        assert not cards(self.robot)

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
        tiles = self.robot.find("imageGrid").page.layout.count
        assert 0.9 * self.picture_count <= tiles <= self.picture_count  # near-identical pictures lie on one tile

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
        self.robot.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
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
        self.robot.write(folder, str(self.target))
        yield lambda: self.robot.find("exportGo").isEnabled()
        self.robot.click(self.robot.find("exportGo"))
        yield lambda: self.robot.is_open("exportDone")


def two_days(pictures: Path, home: Path, target: Path, make_robot: Callable[[], Robot] = Robot) -> None:
    """Open, look, lasso, drag, merge, undo, rename, export and leave; come back and find everything as it was."""
    before, days = state_of(pictures), []

    def first_day(robot: Robot) -> Script:
        days.append(Afternoon(robot, len(before) - 1, target))
        yield from days[0].steps()

    def next_day(robot: Robot) -> Script:
        yield lambda: robot.idle() and cards(robot)
        assert cards(robot) == days[0].end
        robot.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        yield lambda: len(cards(robot)) == len(days[0].end) + 1

    use_program([pictures], first_day, make_robot)
    exported = state_of(target)
    pictures_out = [digest for name, digest in exported.items() if name.endswith(".jpg")]
    assert sorted(pictures_out) == sorted(digest for name, digest in before.items() if name != BROKEN)
    assert {Path(name).parent.name for name in exported if name.endswith(".jpg")} == set(days[0].end)
    assert state_of(pictures) == before
    use_program([pictures], next_day, make_robot)
    assert state_of(pictures) == before
    (project,) = home.rglob("*.shoal")
    assert sqlite3.connect(project).execute("PRAGMA quick_check").fetchone() == ("ok",)
