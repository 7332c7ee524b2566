"""From a key or a click to the window that shows what it did, for everything that hands do while sorting.

    python tests/benchmarks/bench_acts.py [--pictures 10000 100000] [--repeat N] [--json FILE]

The whole window on a screen that is not there, over a project on the disk with made-up vectors as hard as real ones.
An act is timed from before the key until the window has been painted with what it did; what is worked out beside the
GUI thread (portraits, suggestions, the map's points in other colours) follows, and is waited for before the next act.
Medians and worst of the repeats, in milliseconds of the GUI thread's own processor time, which a busy machine leaves
alone, and medians by the clock. Allowed are 50 ms at 10,000 pictures and 100 ms at 100,000 of the GUI thread's time;
where an act is over, the exit code is 1.
"""

import argparse
import cProfile
import json
import os
import pstats
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.support.fabricated_vectors import Fabric
from tests.support.sorted_desk import CONTROL, SHIFT, Hands, drawn

from shoal.desktop.main import WindowController
from shoal.domain.adoption import ProposedClusters, adopt_proposal
from shoal.domain.geometry import ByImage, EmbeddingMatrix, MapLayout, NeighbourGraph, Rows, StageKey
from shoal.domain.images import ContentHash, FileStamp, ImageFacts, ImageId, ImageRecord
from shoal.domain.sentence import Sentence
from shoal.looking.snapshot import Snapshot
from shoal.projects.project import Project
from shoal.qt.cluster_model import ALL
from shoal.setup.locations import user_locations
from shoal.store.image_rows import as_rows
from shoal.store.project_store import ProjectStore

ALT = Qt.KeyboardModifier.AltModifier
DIMENSION = 128
NEIGHBOURS = 15
ALLOWED = {10_000: 50.0, 100_000: 100.0}
LONGEST_WAIT = 120.0
SORTED = Sentence("Sort into clusters")


def record(number: int) -> ImageRecord:
    facts = ImageFacts(4000, 3000, "JPEG", None, "Kodak", sharpness=number % 97 / 97)
    path, content = Path(f"/p/{number // 1000:03}/IMG_{number:06}.jpg"), ContentHash(f"{number:032x}")
    return ImageRecord(ImageId(number), path, f"{number // 1000:03}", FileStamp(number, 1), content, facts)


def made_up(count: int) -> tuple[Snapshot, np.ndarray]:
    """Pictures, and the kind of each, -1 for none. Neighbours are of the same kind; nobody has to find them."""
    fabric = Fabric(count, DIMENSION).all()
    random, rows = np.random.default_rng(1), Rows(np.arange(count), StageKey("e"))
    order = np.argsort(fabric.kinds, kind="stable")
    place = np.empty(count, np.int64)
    place[order] = np.arange(count)
    nearest = order[(place[:, None] + np.arange(1, NEIGHBOURS + 1)) % count].astype(np.int32)
    distances = np.sort(random.random((count, NEIGHBOURS), np.float32), axis=1)
    graph = NeighbourGraph(StageKey("g"), rows, nearest, distances)
    middles = random.normal(0, 10, (fabric.kinds.max() + 2, 2))
    layout = MapLayout(
        StageKey("m"), rows, (middles[fabric.kinds] + random.normal(0, 0.5, (count, 2))).astype(np.float32)
    )
    stacks = np.where(fabric.copy_of >= 0, fabric.copy_of, -1).astype(np.int32)
    stacks[fabric.copy_of[fabric.copy_of >= 0]] = fabric.copy_of[fabric.copy_of >= 0]
    images = [record(number) for number in range(count)]
    return Snapshot(
        images, (), EmbeddingMatrix(rows, fabric.vectors), graph, layout, None, ByImage(stacks)
    ), fabric.kinds


def kept_project(file: Path, snapshot: Snapshot, kinds: np.ndarray) -> tuple[ProjectStore, Project]:
    store = ProjectStore(file)
    store.add_images(as_rows([one for one in snapshot.images if isinstance(one, ImageRecord)]))
    project = Project(store.load_grouping().grown_to(len(kinds)), store.journal)
    names = ["" for _ in range(kinds.max() + 1)]
    proposed = ProposedClusters(np.arange(len(kinds)), kinds, names)
    project.apply(SORTED, adopt_proposal(project.grouping, proposed))
    return store, project


class Acts:
    def __init__(self, hands: Hands, repeat: int, profile: str | None = None) -> None:
        self.hands, self.repeat = hands, repeat
        self.seconds: dict[str, list[tuple[float, float]]] = {}
        self.profile, self.profiler = profile, cProfile.Profile()
        self._portrayed = 0
        hands.session.portraits_changed.connect(self._on_portraits)

    def _on_portraits(self) -> None:
        self._portrayed += 1

    def time(self, name: str, act: Callable[[], object]) -> None:
        begin, clock = time.thread_time(), time.perf_counter()
        if name == self.profile:
            self.profiler.enable()
        act()
        QApplication.sendPostedEvents()
        self.profiler.disable()
        self.seconds.setdefault(name, []).append((time.thread_time() - begin, time.perf_counter() - clock))
        self.settle()

    def settle(self) -> None:
        """What goes on beside the GUI thread is done and shown."""
        if QApplication.activeModalWidget() is None:
            self.hands.window.activateWindow()
        until, quiet = time.monotonic() + LONGEST_WAIT, 0
        while quiet < 8 and time.monotonic() < until:
            before = self._portrayed
            QTest.qWait(15)
            busy = self.hands.session._painter._running or before != self._portrayed
            quiet = 0 if busy else quiet + 1

    def take_back(self) -> None:
        """Everything that was done since the beginning."""
        while self.hands.project.undo_label not in (None, SORTED):
            self.hands.desk.parts.editing.undo()
            self.settle()

    def all(self) -> None:
        """Each act as often as asked for; what changes something is taken back with an act of its own."""
        for number in range(self.repeat):
            self.look_around(number)
            self.sort_by_keys(number)
            self.move_to(number)
            self.whole_clusters(number)

    def card(self, number: int) -> int:
        cards = [card.id for card in self.hands.window.clusters.cards if card.is_cluster]
        return cards[number % len(cards)]

    def look_around(self, number: int) -> None:
        hands = self.hands
        self.time("choose a card", lambda: hands.click_card(self.card(3 + number)))
        self.time("next cluster", lambda: hands.press(Qt.Key.Key_Down, CONTROL))
        self.time("the card All", lambda: hands.panel.choose(ALL))
        hands.grid.setFocus()
        self.time("arrow", lambda: hands.press(Qt.Key.Key_Right))
        self.time("arrow with Shift", lambda: hands.press(Qt.Key.Key_Down, SHIFT))
        self.time("select all shown", lambda: hands.press(Qt.Key.Key_A, CONTROL))
        self.time("Escape: selection", lambda: hands.press(Qt.Key.Key_Escape))
        self.time("selection before", lambda: hands.press(Qt.Key.Key_Left, ALT))
        hands.press(Qt.Key.Key_Escape)
        self.time("click on the map", self.click_map)
        hands.panel.choose(ALL)
        hands.window.tools.search_mode.setCurrentIndex(0)
        hands.window.search.setFocus()
        self.time("a letter of the search", lambda: hands.write("7"))
        self.time("Escape: search", lambda: hands.press(Qt.Key.Key_Escape))
        hands.grid.setFocus()
        self.time("palette", lambda: hands.press(Qt.Key.Key_K, CONTROL))
        self.time("a letter of a command", lambda: hands.write("e"))
        hands.press(Qt.Key.Key_Escape)
        self.settle()

    def click_map(self) -> None:
        canvas = self.hands.window.map_place.view.canvas
        x, y = canvas.plane.to_pixels(np.array([len(canvas.plane.x) // 2]))
        place = QPoint(round(float(x[0])), round(float(y[0])))
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def sort_by_keys(self, number: int) -> None:
        hands = self.hands
        for where, card in (("a card", self.card(4)), ("All", ALL)):
            hands.panel.choose(card)
            hands.grid.setFocus()
            self.settle()
            hands.press(Qt.Key.Key_Home)
            hands.press(Qt.Key.Key_Right)
            self.time(f"digit, in {where}", lambda: hands.press(Qt.Key.Key_1))
            self.time(f"Backspace, in {where}", lambda: hands.press(Qt.Key.Key_Backspace))
            self.time(f"undo, in {where}", lambda: hands.press(Qt.Key.Key_Z, CONTROL))
            self.time(f"redo, in {where}", lambda: hands.press(Qt.Key.Key_Z, CONTROL | SHIFT))
            self.take_back()
            self.time(f"large view, in {where}", lambda: hands.press(Qt.Key.Key_Space))
            self.time(f"digit in the large view, in {where}", lambda: hands.press(Qt.Key.Key_2))
            hands.press(Qt.Key.Key_Escape)
            self.take_back()
        self.time("give a key", lambda: hands.desk.parts.number_given.emit(1 + number % 9))

    def move_to(self, number: int) -> None:
        hands = self.hands
        hands.panel.choose(self.card(5))
        hands.grid.setFocus()
        self.settle()
        hands.press(Qt.Key.Key_End)
        self.time("Move to: open", lambda: hands.press(Qt.Key.Key_M))
        self.time("Move to: a letter", lambda: hands.write("C"))
        self.time("Move to: Enter", lambda: hands.press(Qt.Key.Key_Return))
        hands.press(Qt.Key.Key_M)
        hands.write(f"New name {number}")
        self.time("Move to: a new name", lambda: hands.press(Qt.Key.Key_Return))
        self.settle()
        self.time("new cluster", lambda: hands.press(Qt.Key.Key_N, CONTROL))
        hands.press(Qt.Key.Key_Escape)
        QTest.qWait(30)
        self.take_back()

    def whole_clusters(self, number: int) -> None:
        hands = self.hands
        hands.panel.choose(self.card(6 + number))
        self.settle()
        hands.panel.choose_all([self.card(6), self.card(7)])
        self.time("merge two", lambda: hands.press(Qt.Key.Key_M, CONTROL))
        assert len(hands.panel.chosen_ids) == 1, "the two were not merged"
        self.time("undo of a merge", hands.desk.parts.editing.undo)
        cluster = self.card(6)
        self.time("rename", lambda: hands.window.clusters.renamed.emit(cluster, f"Named {number}"))
        self.take_back()


def run(count: int, repeat: int, folder: Path, profile: str | None = None) -> dict[str, dict[str, float]]:
    os.environ["SHOAL_HOME"] = str(folder / "home")
    snapshot, kinds = made_up(count)
    store, project = kept_project(folder / f"{count}.shoal", snapshot, kinds)
    desk = WindowController(user_locations().create(), QSettings(str(folder / "w.ini"), QSettings.Format.IniFormat))
    desk.session.thumbnails._load = drawn
    desk.window.resize(1600, 1000)
    desk.window.show()
    desk.load_map()
    desk.window.places.show_page(None)
    desk.window.activateWindow()
    acts = Acts(Hands(desk), repeat, profile)
    desk.session.show_snapshot(snapshot, project)
    acts.settle()
    acts.all()
    desk.window.close()
    store.close()
    if profile:
        pstats.Stats(acts.profiler).sort_stats("cumulative").print_stats(45)
    return {name: figures(np.array(seconds) * 1000) for name, seconds in acts.seconds.items()}


def figures(milliseconds: np.ndarray) -> dict[str, float]:
    worked, passed = milliseconds[:, 0], milliseconds[:, 1]
    said = {"median": np.median(worked), "worst": worked.max(), "clock": np.median(passed)}
    return {name: round(float(value), 1) for name, value in said.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pictures", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--profile", help="the act whose calls are to be counted up")
    order = parser.parse_args()
    application = QApplication(sys.argv[:1])
    found = {}
    for count in order.pictures:
        with tempfile.TemporaryDirectory() as folder:
            found[count] = run(count, order.repeat, Path(folder), order.profile)
    del application
    over = 0
    for count, acts in found.items():
        allowed = ALLOWED.get(count, ALLOWED[100_000])
        print(f"{count:,} pictures, allowed {allowed:.0f} ms\n{'':40}{'median':>9}{'worst':>9}{'clock':>9}")
        for name, ms in acts.items():
            late = ms["median"] > allowed
            over += late
            print(f"{name:40}{ms['median']:9.1f}{ms['worst']:9.1f}{ms['clock']:9.1f}{'  over' if late else ''}")
    said = json.dumps({"pictures": found, "over": over})
    if order.json:
        order.json.write_text(said)
    print(said)
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main())
