"""How long the window takes from an act to what it shows: cards sorted and found, clusters lit, shapes of the map.

    python tests/benchmarks/bench_living.py [images ...]

The whole window with all its features over synthetic pictures, without a screen. An act is over when everything has
been painted: the window is rendered as a whole, and once more its map where the map's own thread has drawn its points
anew. Milliseconds on the clock, and of processor time on the window's thread, which other programs on the machine do
not lengthen; the median of five. A frame that is rendered as a whole although nothing has changed comes first.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

import numpy as np
from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox
from tests.support.synthetic_embeddings import clusters

from shoal.desktop.main import WindowController
from shoal.domain.geometry import MapLayout, StageKey
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.images import ContentHash, FileStamp, ImageFacts, ImageId, ImageRecord
from shoal.looking.snapshot import Snapshot
from shoal.projects.project import Project
from shoal.qt.cluster_order import ClusterSort
from shoal.qt.session import sort_clusters
from shoal.setup.locations import user_locations

PICTURES_PER_CLUSTER, DIMENSION, RUNS = 100, 64, 5
PATIENCE_SECONDS = 300


def record(number: int) -> ImageRecord:
    facts = ImageFacts(400, 300, "JPEG", f"2024-05-{1 + number % 28:02}T10:00:00", "Kodak", sharpness=number % 97 / 97)
    return ImageRecord(
        ImageId(number), Path(f"/p/{number % 50}/IMG_{number:06}.jpg"), f"trip {number % 50}", FileStamp(1000, 1),
        ContentHash(f"{number:032x}"), facts,
    )  # fmt: skip


def library(count: int) -> tuple[Snapshot, Project]:
    groups = count // PICTURES_PER_CLUSTER
    embeddings, labels = clusters(count, DIMENSION, groups)
    random = np.random.default_rng(1)
    centres = random.uniform(-(groups**0.5), groups**0.5, (groups, 2))
    positions = (centres[labels] + random.normal(0, 0.35, (count, 2))).astype(np.float32)
    layout = MapLayout(StageKey("m"), embeddings.rows, positions)
    named = {ClusterId(n + 1): Cluster(ClusterId(n + 1), f"Subject {n + 1}", n % 24) for n in range(groups)}
    project = Project(Grouping(named, (labels + 1).astype(np.int32), np.zeros(count, np.bool_)))
    return Snapshot([record(n) for n in range(count)], (), embeddings, None, layout), project


class Living:
    def __init__(self, desk: WindowController) -> None:
        self.desk, self.window = desk, desk.window
        view = desk.window.map_place.view
        assert view is not None
        self.view = view

    def settle(self) -> None:
        """Until the map has drawn what it was told last, and everything is on the screen."""
        end = time.monotonic() + PATIENCE_SECONDS
        self.window.grab()
        if self._is_drawn():
            return
        while not self._is_drawn() and time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.001)
        self.window.map_place.grab()

    def _is_drawn(self) -> bool:
        cloud = self.view.canvas.cloud
        return not cloud.isVisible() or (cloud._painting is not None and cloud._painting.look is cloud._look)

    def measure(self, name: str, *acts: Callable[[], object]) -> tuple[float, float]:
        """The acts in turn."""
        clock, processor = [], []
        for run in range(RUNS):
            began, used = time.perf_counter(), time.thread_time()
            acts[run % len(acts)]()
            self.settle()
            clock.append((time.perf_counter() - began) * 1000)
            processor.append((time.thread_time() - used) * 1000)
            QApplication.processEvents()
        figures = statistics.median(clock), statistics.median(processor)
        print(f"  {name:44}{figures[0]:8.1f} ms{figures[1]:8.1f} ms of the window's thread", flush=True)
        return figures

    def colour_by(self, key: str) -> None:
        box = self.view.findChild(QComboBox, "mapColouring")
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findData(key))


def opened(desk: WindowController, count: int) -> Living:
    desk.window.resize(1600, 1000)
    desk.window.show()
    desk.load_map()
    desk.window.places.show_page(None)
    snapshot, project = library(count)
    heard: list[bool] = []
    desk.session.portraits_changed.connect(lambda: heard.append(True))
    desk.session.show_snapshot(snapshot, project)
    end = time.monotonic() + PATIENCE_SECONDS
    while not heard and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)
    return Living(desk)


def measure(count: int) -> float:
    """The longest, in milliseconds of the window's thread."""
    memory = QSettings(str(Path(tempfile.mkdtemp()) / "window.ini"), QSettings.Format.IniFormat)
    desk = WindowController(user_locations().create(), memory)
    desk.session.thumbnails._load = lambda _image: QImage()
    living = opened(desk, count)
    panel, session, view = desk.window.cluster_panel, desk.session, living.view
    print(f"{count:,} pictures, {count // PICTURES_PER_CLUSTER:,} clusters")
    living.settle()
    living.measure("a frame of the window, for comparison", lambda: None)
    found = [
        living.measure("a letter in the field above the cards", *(lambda text=text: panel.filter.setText(text)
                                                                   for text in ("1", "12", "1", "", "subject 3"))),
        living.measure("the cards in another order", *(lambda by=by: sort_clusters(session, by) for by in ClusterSort)),
        living.measure("a card chosen: lit on the map", *(lambda n=n: panel.choose(n) for n in (3, 7, 11, 15, 19))),
        living.measure("all shown again, a card chosen", *(lambda n=n: panel.choose(n) for n in (-1, 4))),
        living.measure("coloured by figure and cluster", *(lambda key=key: living.colour_by(key)
                                                            for key in ("sharpness", "cluster", "folder"))),
        living.measure("outlines, points", *(lambda shape=shape: view.show_as(shape)
                                              for shape in ("outlines", "points"))),
        living.measure("density, points", *(lambda shape=shape: view.show_as(shape)
                                             for shape in ("density", "points"))),
    ]  # fmt: skip
    desk.window.close()
    return max(processor for _clock, processor in found)


def main(counts: list[int]) -> None:
    application = QApplication([])
    with tempfile.TemporaryDirectory() as home:
        os.environ["SHOAL_HOME"] = home
        for count in counts:
            print(f"  longest: {measure(count):.0f} ms of the window's thread")
    del application


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [10_000, 100_000])
