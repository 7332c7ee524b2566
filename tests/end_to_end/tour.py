"""Drive the window over a folder of pictures and write a PNG of each state: python tests/end_to_end/tour.py FOLDER OUT

Works on a copy, to which it adds shots of two bursts and a broken file. Uses a new home, or the one that SHOAL_HOME
names; works without a screen. Some states are taken at several sizes and in all themes; QT_SCALE_FACTOR=2 takes all
of them as on a screen of twice as many pixels.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image, ImageEnhance
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget
from tests.end_to_end.robot import Robot, Script, use_program

from shoal.qt.cluster_model import PROBLEMS, SUGGESTIONS, ClusterCard
from shoal.setup.locations import user_locations
from shoal.setup.settings import Settings, save_settings
from shoal.widgets.dragging import drag_picture
from shoal.widgets.theme import DARK, DARKER, LIGHT
from shoal.widgets.tool_bar import SEARCH_NAMES

SIZE = (1360, 860)
PICTURE_SUFFIXES = {".jpg", ".jpeg", ".png"}


class Tour:
    def __init__(self, folder: Path, out: Path) -> None:
        self.folder, self.out, self.count = folder, out, 0

    def picture(self, widget: QWidget, name: str) -> QPixmap:
        self.count += 1
        shot = widget.grab()
        self.keep(shot, f"{self.count:02}-{name}.png")
        return shot

    def keep(self, shot: QPixmap, name: str) -> None:
        shot.save(str(self.out / name))
        sys.stdout.write(f"{self.out / name}\n")

    def first_day(self, robot: Robot) -> Script:
        robot.window.resize(*SIZE)
        yield 300
        self.picture(robot.window, "empty")
        robot.window.paths_dropped.emit([self.folder])
        yield lambda: robot.find("jobProgress").maximum() > 0 and robot.find("imageGrid").page.layout.count > 0
        yield 1500
        self.picture(robot.window, "working")
        yield lambda: robot.idle() and self.cards(robot)
        yield 2500
        self.picture(robot.window, "sorted")
        for step in (
            self.sharpness, self.lasso, self.zoom, self.dragging, self.inspect, self.stacks, self.suggestions,
            self.merge_queue, self.split, self.export, self.problems, self.settings, self.map_shapes, self.parents,
            self.sizes, self.themes,
        ):  # fmt: skip
            yield from step(robot)

    def second_day(self, robot: Robot) -> Script:
        """The same in Chinese, as it opens again."""
        robot.window.resize(*SIZE)
        yield lambda: robot.idle() and self.cards(robot)
        yield 2500
        self.choose(robot, 0)
        yield 600
        robot.click(robot.find("imageGrid").viewport(), robot.find("imageGrid").rect_of(0).center())
        yield 900
        self.picture(robot.window, "chinese")
        robot.window.resize(1050, 700)
        yield 300
        robot.window.resize(800, 600)
        yield 700
        self.picture(robot.window, "chinese-small")

    def cards(self, robot: Robot) -> list[ClusterCard]:
        return [card for card in robot.find("clusterList").model().cards if card.is_cluster]

    def choose(self, robot: Robot, number: int) -> None:
        robot.find("clusterPanel").choose(self.cards(robot)[number].id)

    def all(self, robot: Robot) -> Script:
        robot.find("clusterPanel").choose(-1)
        if robot.find("actionSelectNone").isEnabled():
            robot.trigger("actionSelectNone")
        yield 400

    def sharpness(self, robot: Robot) -> Script:
        colouring = robot.find("mapColouring")
        colouring.setCurrentIndex(colouring.findData("sharpness"))
        yield 700
        self.picture(robot.window, "by-sharpness")
        colouring.setCurrentIndex(0)
        yield 200

    def lasso(self, robot: Robot) -> Script:
        surface = robot.find("mapView").canvas.viewport()
        centre, reach = surface.rect().center(), min(surface.width(), surface.height()) // 4
        ring = [QPointF(1, 0), QPointF(0.7, 0.7), QPointF(0, 1), QPointF(-0.7, 0.6), QPointF(-1, 0), QPointF(0, -0.9)]
        robot.draw(surface, [centre + (corner * reach).toPoint() for corner in ring])
        yield 1200
        self.picture(robot.window, "lassoed")

    def zoom(self, robot: Robot) -> Script:
        yield from self.all(robot)
        self.choose(robot, 0)
        yield 400
        robot.trigger("actionSelectAll")
        robot.trigger("actionZoomSelection")
        robot.trigger("actionSelectNone")
        canvas = robot.find("mapView").canvas
        for _ in range(2):
            canvas.zoom_at(QPointF(canvas.rect().center()), 1.5)
        yield 1500
        self.picture(robot.window, "zoomed-in")
        robot.trigger("actionZoomAll")
        yield 300

    def dragging(self, robot: Robot) -> Script:
        """Half a cluster on its way to another's card, and over the map."""
        grid, listing = robot.find("imageGrid"), robot.find("clusterList")
        robot.click(grid.viewport(), grid.rect_of(0).center())
        grid.choosing.select_range_to(4, add=False)
        yield 400
        row = listing.model().row_of(self.cards(robot)[2].id)
        target = listing.visualRect(listing.model().index(row)).center()
        yield from self.drag_to(robot, listing.viewport(), target, "dragging")
        surface = robot.find("mapView").canvas.viewport()
        yield from self.drag_to(robot, surface, surface.rect().center(), "dragging-on-map")

    def drag_to(self, robot: Robot, target: QWidget, place: QPoint, name: str) -> Script:
        grid = robot.find("imageGrid")

        def shoot() -> None:
            shot, four = robot.window.grab(), [grid.grab(grid.rect_of(n).adjusted(1, 1, 1, -18)) for n in range(4)]
            carried = drag_picture(four, 5, grid.palette().highlight().color())
            painter = QPainter(shot)
            painter.drawPixmap(target.mapTo(robot.window, place), carried)
            painter.end()
            self.count += 1
            self.keep(shot, f"{self.count:02}-{name}.png")

        yield from robot.drag(grid.viewport(), grid.rect_of(0).center(), target, place, before_drop=shoot)
        yield 500
        if robot.find("actionUndo").isEnabled():
            robot.trigger("actionUndo")
        yield 300

    def inspect(self, robot: Robot) -> Script:
        yield from self.all(robot)
        self.choose(robot, 1)
        yield 400
        grid = robot.find("imageGrid")
        robot.click(grid.viewport(), grid.rect_of(1).center())
        yield 1200
        self.picture(robot.window, "inspector")
        QTest.keyClick(grid, Qt.Key.Key_Escape)
        robot.find("clusterPanel").choose(-1)
        yield 700
        self.picture(robot.window, "looking")
        self.choose(robot, 1)
        yield 300
        grid.loupe_requested.emit(grid.page.layout.image_at(1))
        yield 1200
        self.picture(robot.window, "loupe")
        robot.click(robot.find("loupe"), QPoint(5, 5))
        yield 200

    def stacks(self, robot: Robot) -> Script:
        """The bursts, closed and spread out."""
        yield from self.all(robot)
        mode = robot.find("searchMode")
        mode.setCurrentIndex(mode.findData(SEARCH_NAMES))
        robot.find("searchField").setText("burst")
        yield 600
        grid = robot.find("imageGrid")
        self.picture(robot.window, "stacks")
        robot.click(grid.viewport(), grid.rect_of(0).topLeft() + QPoint(5, 5))
        yield 600
        self.picture(robot.window, "stack-opened")
        robot.find("searchField").clear()
        yield 300

    def suggestions(self, robot: Robot) -> Script:
        panel = robot.find("clusterPanel")
        if robot.find("clusterList").model().row_of(SUGGESTIONS) is not None:
            panel.choose(SUGGESTIONS)
            yield 500
            grid = robot.find("imageGrid")
            robot.click(grid.viewport(), grid.rect_of(0).center())
            yield 1000
            self.picture(robot.window, "suggestions")
        yield from self.all(robot)

    def merge_queue(self, robot: Robot) -> Script:
        robot.trigger("actionMergeQueue")
        yield 900
        self.picture(robot.find("mergeQueue"), "merge-queue")
        robot.find("mergeQueue").close()
        yield 200

    def split(self, robot: Robot) -> Script:
        self.choose(robot, 0)
        yield 300
        grid = robot.find("imageGrid")
        robot.click(grid.viewport(), grid.rect_of(0).center())
        grid.choosing.select_range_to(3, add=False)
        robot.trigger("actionSplitCluster")
        yield lambda: robot.is_open("splitDialog")
        yield 900
        self.picture(robot.find("splitDialog"), "split")
        robot.find("splitDialog").close()
        yield 200

    def export(self, robot: Robot) -> Script:
        """The plan, carried out, told, and listed among the past ones."""
        robot.trigger("actionExport")
        yield lambda: robot.find("exportGo").isEnabled()
        self.picture(robot.find("exportDialog"), "export")
        robot.click(robot.find("exportGo"))
        yield lambda: robot.is_open("exportDone")
        yield 200
        self.picture(robot.find("exportDone"), "exported")
        robot.find("exportDone").close()
        robot.trigger("actionPastExports")
        yield 300
        self.picture(robot.find("pastExports"), "past-exports")
        robot.find("pastExports").close()
        yield 200

    def problems(self, robot: Robot) -> Script:
        robot.find("clusterPanel").choose(PROBLEMS)
        yield 500
        self.picture(robot.window, "problems")
        yield from self.all(robot)

    def settings(self, robot: Robot) -> Script:
        robot.trigger("actionSettings")
        yield 400
        self.picture(robot.find("settingsDialog"), "settings")
        robot.find("settingsDialog").close()
        yield 200

    def map_shapes(self, robot: Robot) -> Script:
        """A cluster lit, outlines, a density."""
        self.choose(robot, 2)
        yield 500
        self.picture(robot.window, "lit")
        yield from self.all(robot)
        for shape in ("outlines", "density", "points"):
            robot.find("mapView").show_as(shape)
            yield 500
            if shape != "points":
                self.picture(robot.window, shape)

    def parents(self, robot: Robot) -> Script:
        panel = robot.find("clusterPanel")
        panel.mark([card.id for card in self.cards(robot)[1:4]])
        panel.chosen.emit(panel.chosen_ids)
        robot.trigger("actionPutUnder")
        yield 400
        self.picture(robot.window, "parent")
        QTest.keyClick(robot.window.focusWidget(), Qt.Key.Key_Escape)
        robot.trigger("actionUndo")
        yield from self.all(robot)

    def sizes(self, robot: Robot) -> Script:
        """A picture chosen, at the sizes of small and large screens; as the mouse makes them, step by step."""
        self.choose(robot, 0)
        yield 300
        robot.click(robot.find("imageGrid").viewport(), robot.find("imageGrid").rect_of(0).center())
        for width, height in ((1600, 1000), (1250, 800), (1050, 700), (800, 600)):
            robot.window.resize(width, height)
            yield 700
            if width != 1050:
                self.picture(robot.window, f"at-{width}x{height}")
        robot.window.resize(*SIZE)
        yield 300

    def themes(self, robot: Robot) -> Script:
        """As chosen in the settings."""
        for theme in (DARK, DARKER, LIGHT):
            robot.trigger("actionSettings")
            yield lambda: robot.is_open("settingsDialog")
            picker = robot.find("setting_appearance")
            picker.setCurrentIndex(picker.findData(theme.name))
            robot.find("settingsDialog").findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
            yield 800
            if theme is not LIGHT:
                self.picture(robot.window, theme.name)


def copied(folder: Path, into: Path) -> Path:
    """The folder with three more shots of its first two pictures, and a file that is no picture."""
    copy = into / folder.name
    shutil.copytree(folder, copy)
    for number, path in enumerate(sorted(some_pictures(copy))[:2]):
        for shot in range(3):
            burst(path, shot).save(path.with_name(f"burst-{number}-{shot}.jpg"), quality=85)
    (copy / "not a picture.jpg").write_bytes(b"GIF89a, or so it says")
    return copy


def some_pictures(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.suffix.lower() in PICTURE_SUFFIXES)


def burst(path: Path, shot: int) -> Image.Image:
    """The same scene a moment later: the camera has moved a little, a cloud has passed."""
    with Image.open(path) as opened:
        image = opened.convert("RGB")
    width, height = image.size
    box = (shot * width / 80, shot * height / 100, width * (1 - shot / 100), height * (1 - shot / 90))
    return ImageEnhance.Brightness(image.transform(image.size, Image.Transform.EXTENT, box)).enhance(1 - shot / 30)


def main(folder: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    with tempfile.TemporaryDirectory() as work:
        os.environ.setdefault("SHOAL_HOME", f"{work}/home")
        tour = Tour(copied(folder, Path(work)), out)
        use_program([], tour.first_day)
        locations = user_locations().create()
        save_settings(locations.settings_file, Settings({"language": "zh_CN"}))
        use_program([tour.folder], tour.second_day)
    del application


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute())
