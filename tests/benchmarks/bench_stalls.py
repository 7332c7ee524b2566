"""The longest moment in which the window stands still, while somebody opens 10,000 pictures and works with them.

    python tests/benchmarks/bench_stalls.py [--pictures N] [--model MODEL] [--folder DIR] [--watch]

The real program in a temporary home, on a screen that is not there, driven with mouse and keys. The pictures are
rendered, 160 x 120; --folder keeps them for the next run. --watch adds who was at work during the longest stalls, and
disturbs the figures a little.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from tests.benchmarks.heartbeat import Heartbeat, Phase
from tests.end_to_end.robot import Robot, Script, use_program
from tests.support.picture_folders import draw

LIMIT_MILLISECONDS = 50
KINDS = 40
STEP_MILLISECONDS = 16
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def write_pictures(folder: Path, count: int) -> None:
    """Forty kinds of pictures, each one shifted and shaded a little differently from the others of its kind."""
    random = np.random.default_rng(0)
    kinds = [draw(seed, 160, 120).astype(np.int16) for seed in range(KINDS)]
    for number in range(count):
        kind = number % KINDS
        moved = np.roll(kinds[kind], random.integers(-20, 20, 2), axis=(0, 1)) + random.integers(-25, 25, 3)
        path = folder / f"kind {kind:02}" / f"IMG_{number:05}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.clip(moved, 0, 255).astype(np.uint8)).save(path, quality=80)


class Session:
    """One person's work; every method is a phase or several."""

    def __init__(self, robot: Robot, heart: Heartbeat, folder: Path, model: str) -> None:
        self.robot, self.heart, self.folder, self.model = robot, heart, folder, model

    def steps(self) -> Script:
        self.robot.window.resize(1360, 860)
        picker = self.robot.find("modelPicker")
        picker.setCurrentIndex(picker.findData(self.model))
        self.heart.phase("starting: the map is loaded")
        yield lambda: self.robot.is_there("mapView")
        yield 300
        steps = (
            self.open, self.choose_clusters, self.pan, self.zoom, self.lasso, self.scroll, self.drag, self.undo,
            self.slide, self.search, self.leave_alone,
        )  # fmt: skip
        for step in steps:
            yield from step()
        self.heart.stop()

    def open(self) -> Script:
        """From the dropped folder to clusters, with a hand on the grid and the map all the while."""
        grid, canvas = self.robot.find("imageGrid"), self.robot.find("mapView").canvas
        self.heart.phase("opening: names")
        self.robot.window.paths_dropped.emit([self.folder])
        yield lambda: grid.page.layout.count > 0
        self.heart.phase("looking at pictures")
        yield from self.fidget(lambda: len(canvas.plane.x) > 0)
        first = canvas.plane.x
        self.heart.phase("first map (PCA), until UMAP")
        yield from self.fidget(lambda: not np.array_equal(canvas.plane.x, first))
        self.heart.phase("UMAP shown, clusters")
        yield from self.fidget(self.robot.idle)
        self.heart.phase("after that")
        yield 1500

    def fidget(self, until: Callable[[], object]) -> Script:
        """Scroll a little while waiting."""
        bar, forward = self.robot.find("imageGrid").verticalScrollBar(), True
        while not until():
            bar.setValue(bar.value() + (40 if forward else -40))
            forward = forward if 0 < bar.value() < bar.maximum() else bar.value() == 0
            yield 40

    def choose_clusters(self) -> Script:
        listing = self.robot.find("clusterList")
        self.heart.phase("switching cluster")
        for row in (2, 3, 4, 5, 6, 0):
            index = listing.model().index(row)
            listing.scrollTo(index)
            self.robot.click(listing.viewport(), listing.visualRect(index).center())
            yield 250

    def pan(self) -> Script:
        self.heart.phase("panning")
        surface = self.robot.find("mapView").canvas.viewport()
        middle = surface.rect().center()
        path = [middle + QPoint(round(90 * np.cos(a)), round(60 * np.sin(a))) for a in np.linspace(0, 12, 90)]
        yield from stroke(surface, path, MIDDLE)

    def zoom(self) -> Script:
        """In until points are pictures, about among them, and out again."""
        canvas = self.robot.find("mapView").canvas
        surface = canvas.viewport()
        place = canvas.plane.to_view(float(np.median(canvas.plane.x)), float(np.median(canvas.plane.y)))
        self.heart.phase("zooming in")
        for _ in range(16):
            turn_wheel(surface, place, 120)
            yield 60
        yield 500
        self.heart.phase("panning among pictures")
        middle = surface.rect().center()
        path = [middle + QPoint(round(120 * np.cos(a)), round(90 * np.sin(a))) for a in np.linspace(0, 12, 90)]
        yield from stroke(surface, path, MIDDLE)
        self.heart.phase("zooming out")
        for _ in range(16):
            turn_wheel(surface, place, -120)
            yield 60
        self.robot.trigger("actionZoomAll")
        yield 300

    def lasso(self) -> Script:
        surface = self.robot.find("mapView").canvas.viewport()
        middle, reach = surface.rect().center(), min(surface.width(), surface.height()) / 3
        turns = np.linspace(0, 2 * np.pi, 80)
        self.heart.phase("lassoing")
        for keys, size in ((NONE, reach), (SHIFT, reach * 1.3)):
            path = [middle + QPoint(round(size * np.cos(a)), round(size * np.sin(a))) for a in turns]
            yield from stroke(surface, path, LEFT, keys)
            yield 500
        self.robot.trigger("actionSelectNone")
        yield 300

    def scroll(self) -> Script:
        self.heart.phase("scrolling the grid")
        self.robot.find("clusterPanel").choose(-1)
        grid = self.robot.find("imageGrid")
        bar = grid.verticalScrollBar()
        for _ in range(50):
            turn_wheel(grid.viewport(), QPointF(grid.viewport().rect().center()), -120)
            yield STEP_MILLISECONDS
        for place in np.linspace(0, bar.maximum(), 30):
            bar.setValue(int(place))
            yield STEP_MILLISECONDS
        yield 300

    def drag(self) -> Script:
        """All pictures of the first cluster onto the second one's card."""
        grid, listing = self.robot.find("imageGrid"), self.robot.find("clusterList")
        model = listing.model()
        first, second = [row for row, card in enumerate(model.cards) if card.is_cluster][:2]
        self.heart.phase("dragging a cluster's pictures")
        self.robot.find("clusterPanel").choose(model.cards[first].id)
        yield 300
        self.robot.click(grid.viewport(), grid.rect_of(0).center())
        yield 200
        self.robot.trigger("actionSelectAll")
        yield 200
        listing.scrollTo(model.index(first))
        card = listing.visualRect(model.index(second)).center()
        yield from self.robot.drag(grid.viewport(), grid.rect_of(0).center(), listing.viewport(), card)
        yield 500

    def undo(self) -> Script:
        self.heart.phase("undo and redo")
        for action in ("actionUndo", "actionRedo", "actionUndo"):
            self.robot.trigger(action)
            yield 400

    def slide(self) -> Script:
        slider = self.robot.find("detailSlider")
        self.heart.phase("coarse-fine slider, moving")
        slider.setSliderDown(True)
        for value in np.linspace(slider.value(), 900, 40):
            slider.setSliderPosition(int(value))
            yield STEP_MILLISECONDS
        self.heart.phase("coarse-fine slider, let go")
        slider.setSliderDown(False)
        yield 800
        self.robot.trigger("actionUndo")
        yield 500

    def search(self) -> Script:
        field = self.robot.find("searchField")
        self.heart.phase("typing in the search field")
        for letter in "img 12":
            QTest.keyClicks(field, letter)
            yield 90
        field.clear()
        yield 400

    def leave_alone(self) -> Script:
        self.heart.phase("nothing")
        yield 500


def stroke(surface: QWidget, path: list[QPoint], button: Qt.MouseButton, keys=NONE) -> Script:
    """One mouse event at a time, as a hand would."""
    QTest.mousePress(surface, button, keys, path[0])
    yield STEP_MILLISECONDS
    for _before, place in pairwise(path):
        QTest.mouseMove(surface, place)
        yield STEP_MILLISECONDS
    QTest.mouseRelease(surface, button, keys, path[-1])
    yield STEP_MILLISECONDS


def turn_wheel(surface: QWidget, place: QPointF, angle: int) -> None:
    position = QPointF(surface.mapToGlobal(place.toPoint()))
    phase, turn = Qt.ScrollPhase.NoScrollPhase, QPoint(0, angle)
    event = QWheelEvent(place, position, QPoint(), turn, Qt.MouseButton.NoButton, NONE, phase, False)
    QApplication.sendEvent(surface, event)


def table(heart: Heartbeat) -> Iterator[str]:
    yield f"{'phase':32} {'on the clock':>13} {'on a free core':>15} {'own processor':>14} {'> 50 ms':>8}   (ms)"
    for name, phase in heart.phases.items():
        late = f"{phase.share_longer_than(LIMIT_MILLISECONDS):.2%}"
        yield f"{name:32} {phase.wall:13.0f} {phase.longest:15.0f} {phase.processor:14.0f} {late:>8}"
        for place, count in phase.culprits.most_common(6):
            yield f"      {count:4} x {place}"


def figures(phase: Phase) -> dict[str, float]:
    return {
        "wall_ms": phase.wall,
        "stall_ms": phase.longest,
        "processor_ms": phase.processor,
        "share_late": phase.share_longer_than(LIMIT_MILLISECONDS),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pictures", type=int, default=10_000)
    parser.add_argument("--model", default="efficientnet-lite")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--watch", action="store_true")
    arguments = parser.parse_args()
    application = QApplication([])
    hearts: list[Heartbeat] = []
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["SHOAL_HOME"] = f"{temporary}/home"
        folder = arguments.folder or Path(temporary, "pictures")
        if not folder.exists():
            write_pictures(folder, arguments.pictures)

        def script(robot: Robot) -> Script:
            hearts.append(Heartbeat(watch=arguments.watch))
            yield from Session(robot, hearts[0], folder, arguments.model).steps()

        use_program([], script)
    print(*table(hearts[0]), sep="\n")
    phases = hearts[0].phases
    longest = max(phase.longest for phase in phases.values())
    print(f"longest stall {longest:.0f} ms ({arguments.model}, {arguments.pictures:,} pictures); target < 50 ms")
    print(json.dumps({"longest_stall_ms": longest, "phases": {name: figures(one) for name, one in phases.items()}}))
    del application


if __name__ == "__main__":
    main()
