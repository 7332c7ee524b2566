"""From letting go of the mouse to the first thumbnails of what was lassoed, in the real window.

    python tests/benchmarks/bench_lasso.py [--images N] [--rounds N]

The images are points in sixty heaps; their thumbnails, 256 x 192, lie in the cache on disk and in nobody's memory. The
lasso is drawn with mouse events around a heap with some of its neighbours. Told are the first painting of the grid that
shows a picture, and the first in which no place is empty any more.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.benchmarks.painted_grid import Stopwatch
from tests.support.picture_folders import draw

from shoal.desktop.main import WindowController
from shoal.domain.geometry import EmbeddingMatrix, MapLayout, Rows, StageKey
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.images import ContentHash, FileStamp, ImageFacts, ImageId, ImageRecord
from shoal.imaging.sizes import encode_thumbnail
from shoal.looking.snapshot import Snapshot
from shoal.projects.project import Project
from shoal.setup.locations import user_locations
from shoal.store.thumbnail_cache import ThumbnailCache

HEAPS = 60
KINDS = 200
DIMENSION = 64


def records(count: int) -> list[ImageRecord]:
    facts = ImageFacts(4000, 3000)
    return [
        ImageRecord(
            ImageId(n), Path(f"/pictures/{n % 300:03}/IMG_{n:06}.jpg"), f"{n % 300:03}", FileStamp(10**6, n),
            ContentHash(f"{n:064x}"), facts,
        )
        for n in range(count)
    ]  # fmt: skip


def fill_cache(path: Path, images: list[ImageRecord]) -> None:
    kinds = [encode_thumbnail(draw(seed, 256, 192)) for seed in range(KINDS)]
    with ThumbnailCache(path) as cache:
        for start in range(0, len(images), 5000):
            some = images[start : start + 5000]
            cache.put({image.content_hash: kinds[image.id % KINDS] for image in some})


def heaps(images: list[ImageRecord]) -> tuple[Snapshot, Project]:
    random = np.random.default_rng(0)
    ids, heap = np.arange(len(images)), random.integers(0, HEAPS, len(images))
    places = random.uniform(-10, 10, (HEAPS, 2))[heap] + random.normal(0, 0.6, (len(images), 2))
    vectors = random.standard_normal((HEAPS, DIMENSION))[heap] + random.standard_normal((len(images), DIMENSION))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    clusters = {ClusterId(n): Cluster(ClusterId(n), f"Cluster {n}", n % 24) for n in range(1, HEAPS + 1)}
    grouping = Grouping(clusters, (heap + 1).astype(np.int32), np.zeros(len(images), np.bool_))
    embeddings = EmbeddingMatrix(Rows(ids), vectors.astype(np.float32))
    layout = MapLayout(StageKey("map"), Rows(ids), places.astype(np.float32))
    return Snapshot(images, embeddings=embeddings, layout=layout), Project(grouping)


def lasso(desk: WindowController, watch: Stopwatch, heap: int) -> tuple[float, float]:
    """Around a heap of points; the clock starts with the release of the button."""
    canvas = desk.window.map_place.view.canvas
    members = np.flatnonzero(desk.session.grouping.home == heap)
    middle = canvas.plane.to_view(
        float(np.median(canvas.plane.x[members])), float(np.median(canvas.plane.y[members]))
    ).toPoint()
    turns = np.linspace(0, 2 * np.pi, 60)
    path = [middle + QPoint(round(45 * np.cos(turn)), round(40 * np.sin(turn))) for turn in turns]
    surface, button = canvas.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(surface, button, Qt.KeyboardModifier.ShiftModifier, path[0])
    for place in path[1:]:
        QTest.mouseMove(surface, place)
    rest(50)
    desk.session.selection.clear()
    rest(200)
    watch.start()
    QTest.mouseRelease(surface, button, Qt.KeyboardModifier.ShiftModifier, path[-1])
    watch.wait()
    return watch.first, watch.full


def rest(milliseconds: int) -> None:
    QTest.qWait(milliseconds)


def measure(count: int, rounds: int) -> list[dict[str, float]]:
    images, locations = records(count), user_locations().create()
    fill_cache(locations.thumbnail_cache, images)
    desk = WindowController(locations, QSettings(str(locations.config / "window.ini"), QSettings.Format.IniFormat))
    desk.window.resize(1360, 860)
    desk.window.places.show_page(None)
    desk.window.show()
    desk.load_map()
    desk.session.show_snapshot(*heaps(images))
    rest(3000)
    watch, rows = Stopwatch(desk), []
    for heap in range(1, rounds + 2):
        first, full = lasso(desk, watch, heap)
        rows.append({"selected": len(desk.session.selection), "first_ms": first, "full_ms": full})
    desk.window.close()
    return rows[1:]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    application = QApplication([])
    with tempfile.TemporaryDirectory() as home:
        os.environ["SHOAL_HOME"] = home
        rows = measure(arguments.images, arguments.rounds)
    print(f"{'selected':>9} {'first thumbnail':>16} {'all in view':>12}   (ms)")
    for row in rows:
        print(f"{row['selected']:9,} {row['first_ms']:16.0f} {row['full_ms']:12.0f}")
    medians = {name: statistics.median(row[name] for row in rows) for name in ("selected", "first_ms", "full_ms")}
    worst = max(row["first_ms"] for row in rows)
    print(f"median {medians['first_ms']:.0f} ms, longest {worst:.0f} ms to the first thumbnail; target < 100 ms")
    print(json.dumps({"images": arguments.images, "median": medians, "longest_first_ms": worst, "rounds": rows}))
    del application


if __name__ == "__main__":
    main()
