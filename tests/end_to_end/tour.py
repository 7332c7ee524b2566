"""Drive the window over a folder of pictures and write a PNG of each state: python tests/end_to_end/tour.py FOLDER OUT

Uses a new home, or the one that SHOAL_HOME names; works without a screen.
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.end_to_end.robot import Robot, Script, use_program

from shoal.qt.cluster_model import ClusterCard
from shoal.widgets.theme import DARK, palette_of


class Tour:
    def __init__(self, folder: Path, out: Path) -> None:
        self.folder, self.out, self.count = folder, out, 0

    def picture(self, robot: Robot, name: str) -> None:
        self.count += 1
        path = self.out / f"{self.count:02}-{name}.png"
        robot.window.grab().save(str(path))
        sys.stdout.write(f"{path}\n")

    def empty(self, robot: Robot) -> Script:
        robot.window.resize(1360, 860)
        yield 300
        self.picture(robot, "empty")
        robot.window.paths_dropped.emit([self.folder])
        yield lambda: robot.find("jobProgress").maximum() > 0 and robot.find("imageGrid").shown.count > 0
        yield 1500
        self.picture(robot, "working")
        yield lambda: robot.idle() and self.cards(robot)
        yield 2500
        self.picture(robot, "sorted")
        for step in (self.lasso, self.zoom, self.dragging, self.loupe, self.merge_queue, self.dark):
            yield from step(robot)

    def cards(self, robot: Robot) -> list[ClusterCard]:
        return [card for card in robot.find("clusterList").model().cards if card.is_cluster]

    def lasso(self, robot: Robot) -> Script:
        surface = robot.find("mapView").canvas.viewport()
        centre, reach = surface.rect().center(), min(surface.width(), surface.height()) // 4
        ring = [QPointF(1, 0), QPointF(0.7, 0.7), QPointF(0, 1), QPointF(-0.7, 0.6), QPointF(-1, 0), QPointF(0, -0.9)]
        robot.draw(surface, [centre + (corner * reach).toPoint() for corner in ring])
        yield 1200
        self.picture(robot, "lassoed")

    def zoom(self, robot: Robot) -> Script:
        canvas = robot.find("mapView").canvas
        for _ in range(5):
            canvas.zoom_at(QPointF(canvas.rect().center()), 1.5)
        yield 1500
        self.picture(robot, "zoomed-in")
        robot.trigger("actionZoomAll")
        robot.trigger("actionSelectNone")
        yield 300

    def dragging(self, robot: Robot) -> Script:
        grid, listing = robot.find("imageGrid"), robot.find("clusterList")
        robot.find("clusterPanel").choose(self.cards(robot)[0].id)
        yield 400
        robot.trigger("actionSelectAll")
        row = listing.model().row_of(self.cards(robot)[2].id)
        target = listing.visualRect(listing.model().index(row)).center()
        start = grid.rect_of(0).center()
        yield from robot.drag(
            grid.viewport(), start, listing.viewport(), target, before_drop=lambda: self.picture(robot, "dragging")
        )
        yield 500
        robot.trigger("actionUndo")
        yield 300

    def loupe(self, robot: Robot) -> Script:
        grid = robot.find("imageGrid")
        robot.click(grid.viewport(), grid.rect_of(1).center())
        yield 800
        self.picture(robot, "inspector")
        grid.loupe_requested.emit(grid.shown.image_at(1))
        yield 1200
        self.picture(robot, "loupe")
        robot.click(robot.find("loupe"), QPoint(5, 5))
        yield 200

    def merge_queue(self, robot: Robot) -> Script:
        robot.trigger("actionMergeQueue")
        yield 800
        dialog = robot.find("mergeQueue")
        self.count += 1
        dialog.grab().save(str(self.out / f"{self.count:02}-merge-queue.png"))
        dialog.close()
        yield 200
        robot.trigger("actionExport")
        yield lambda: robot.find("exportGo").isEnabled()
        self.count += 1
        robot.find("exportDialog").grab().save(str(self.out / f"{self.count:02}-export.png"))
        robot.find("exportDialog").close()
        yield 200

    def dark(self, robot: Robot) -> Script:
        robot.find("clusterPanel").choose(-1)
        QApplication.setPalette(palette_of(DARK))
        yield 800
        QTest.mouseMove(robot.window)
        self.picture(robot, "dark")


def main(folder: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    with tempfile.TemporaryDirectory() as home:
        os.environ.setdefault("SHOAL_HOME", home)
        use_program([], Tour(folder, out).empty)
    del application


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute())
