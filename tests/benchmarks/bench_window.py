"""Map and grid against what Qt and pyqtgraph offer: frames while panning, redraws, lasso, resize. Needs no screen.

Whole frames are rendered into an image of the view, so that both sides pay for everything they draw.
"""

import json
import os
import statistics
import time
from collections.abc import Callable
from itertools import cycle

from PySide6.QtCore import QPersistentModelIndex, SignalInstance

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QAbstractListModel, QEventLoop, QModelIndex, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QListView

from shoal.qt.selection import Selection
from shoal.qt.thumbnails import KEPT_BYTES, Thumbnails
from shoal.widgets.grid_layout import Section
from shoal.widgets.grid_painter import CellLook
from shoal.widgets.grid_stacks import Tiles
from shoal.widgets.image_grid import GridContent, ImageGrid
from shoal.widgets.lasso import points_inside
from shoal.widgets.map_canvas import MapCanvas

SIZE = (1000, 800)
RUNS = 7


def median_ms(action: Callable[[], object], runs: int = RUNS) -> float:
    """Processor time of this thread: other programs on the machine do not count."""
    times = []
    for _ in range(runs):
        began = time.thread_time()
        action()
        times.append((time.thread_time() - began) * 1000)
    return statistics.median(times)


def wait_for(signal: SignalInstance, ask: Callable[[], object]) -> None:
    loop = QEventLoop()
    signal.connect(loop.quit)
    QTimer.singleShot(20_000, loop.quit)
    ask()
    loop.exec()


def points(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 30, count)
    centres = rng.normal(0, 8, (30, 2))
    xy = (centres[labels] + rng.normal(0, 1, (count, 2))).astype(np.float32)
    colours = (rng.integers(0, 2**24, 30).astype(np.uint32) | np.uint32(0xFF000000))[labels]
    return xy[:, 0].copy(), xy[:, 1].copy(), colours


def bench_map(count: int) -> dict[str, float]:
    x, y, colours = points(count)
    canvas = MapCanvas()
    canvas.resize(*SIZE)
    canvas.show()
    wait_for(canvas.cloud.redrawn, lambda: (canvas.show_points(x, y, colours), canvas.reset(), canvas.grab()))

    def pan_ours() -> None:
        canvas.pan(QPointF(2, 1))
        canvas.grab()

    ours = median_ms(pan_ours, 15)
    from shoal.widgets.point_cloud import _Look, paint_points
    from shoal.widgets.point_raster import diameter_for

    view = canvas.cloud.getViewBox().viewRect()
    area = view.adjusted(-view.width() / 2, -view.height() / 2, view.width() / 2, view.height() / 2)
    look = _Look(x, y, colours, None, diameter_for(count))
    redraw = median_ms(lambda: paint_points(look, area, SIZE[0] / view.width(), 1.0), 5)
    canvas.cloud.shutdown()
    theirs = pg.GraphicsView()
    box = pg.ViewBox(lockAspect=True)
    theirs.setCentralItem(box)
    theirs.resize(*SIZE)
    theirs.show()
    brushes = np.array([pg.mkBrush(QColor.fromRgba(int(colour))) for colour in np.unique(colours)])
    item = pg.ScatterPlotItem(
        x=x, y=y, size=5, pen=None, brush=brushes[np.unique(colours, return_inverse=True)[1]], pxMode=True
    )
    box.addItem(item)
    theirs.grab()

    def pan_theirs() -> None:
        box.translateBy(x=0.02, y=0.01)
        theirs.grab()

    scatter = median_ms(pan_theirs, 3 if count > 10**5 else 7)
    return {"pan_ms": ours, "redraw_ms": redraw, "scatter_ms": scatter}


def bench_lasso(count: int) -> float:
    x, y, _ = points(count)
    angle = np.linspace(0, 2 * np.pi, 300, endpoint=False)
    radius = 8 + 3 * np.sin(5 * angle)
    polygon = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return median_ms(lambda: points_inside(polygon, x, y))


class _List(QAbstractListModel):
    def __init__(self, count: int, icon: QImage) -> None:
        super().__init__()
        self._count, self._icon = count, icon

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802
        return self._count

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        shown: dict[int, object] = {
            Qt.ItemDataRole.DecorationRole: self._icon,
            Qt.ItemDataRole.DisplayRole: str(index.row()),
        }
        return shown.get(role)


def bench_grid(count: int) -> dict[str, float]:
    icon, large = (QImage(*size, QImage.Format.Format_RGB32) for size in ((128, 96), (256, 192)))
    for picture in (icon, large):
        picture.fill(QColor("grey"))
    thumbnails = Thumbnails(lambda _image: large)
    grid = ImageGrid(Selection(), thumbnails)
    grid.resize(*SIZE)
    grid.show()
    ids = np.arange(count, dtype=np.int32)
    parts = [Section(f"Cluster {n}", n, part) for n, part in enumerate(np.array_split(ids, 40))]
    grid.show_content(GridContent(Tiles(parts), lambda image: CellLook(f"IMG_{image}.jpg")))
    bar, widths = grid.verticalScrollBar(), cycle(range(700, 1000, 7))
    places = cycle(np.linspace(0, bar.maximum(), 60).astype(int).tolist())
    frame = median_ms(lambda: (bar.setValue(next(places)), grid.viewport().grab()), 60)
    ours = median_ms(lambda: (grid.resize(next(widths), SIZE[1]), QApplication.processEvents()))
    listing = icon_list(count, icon)
    theirs = median_ms(lambda: (listing.resize(next(widths), SIZE[1]), QApplication.processEvents()), 5)
    held = most_held(grid, thumbnails)
    thumbnails.shutdown()
    return {"scroll_frame_ms": frame, "resize_ms": ours, "list_view_resize_ms": theirs, "thumbnail_mib": held}


def most_held(grid: ImageGrid, thumbnails: Thumbnails) -> float:
    """The most that the thumbnail cache ever holds, in MiB, while every place of a long grid is looked at."""
    bar, most = grid.verticalScrollBar(), 0
    for place in range(0, bar.maximum(), max(bar.maximum() // 1500, 1)):
        bar.setValue(place)
        grid.viewport().grab()
        QApplication.processEvents()
        most = max(most, thumbnails.bytes_held)
    return most / 2**20


def icon_list(count: int, icon: QImage) -> QListView:
    """Qt's own grid of as many items, one size for all, as quick as it can be had."""
    listing = QListView()
    listing.setViewMode(QListView.ViewMode.IconMode)
    listing.setResizeMode(QListView.ResizeMode.Adjust)
    listing.setUniformItemSizes(True)
    listing.setGridSize(QSize(150, 170))
    model = _List(count, icon)
    model.setParent(listing)
    listing.setModel(model)
    listing.resize(*SIZE)
    listing.show()
    QApplication.processEvents()
    return listing


def tell(what: str, ours: float, theirs: float | None, target: str) -> None:
    other, ratio = ("", "") if theirs is None else (f"{theirs:.1f} ms", f"{theirs / ours:.1f}x")
    print(f"{what:34} {ours:9.2f} ms {other:>12} {ratio:>8}  {target}")


def main() -> None:
    application = QApplication([])
    result: dict[str, object] = {}
    print(f"{'what':34} {'ours':>12} {'theirs':>12} {'ratio':>8}  target")
    for count, target in ((10_000, ""), (100_000, ">= 4x"), (1_000_000, ">= 30x")):
        row = result[f"map_{count}"] = bench_map(count)
        tell(f"pan frame, {count:,} points", row["pan_ms"], row["scatter_ms"], target)
        tell(f"full redraw, {count:,} points", row["redraw_ms"], row["scatter_ms"], ">= 3x" if target else "")
    lasso = result["lasso_1000000_ms"] = bench_lasso(1_000_000)
    tell("lasso, 1,000,000 points", lasso, None, "< 100 ms")
    grid = result["grid_100000"] = bench_grid(100_000)
    tell("scroll frame, 100,000 images", grid["scroll_frame_ms"], None, "< 16.7 ms")
    tell("resize, 100,000 images", grid["resize_ms"], grid["list_view_resize_ms"], ">= 10x")
    limit = f"<= {KEPT_BYTES / 2**20:.0f} MiB"
    print(f"{'thumbnails held, 100,000 images':34} {grid['thumbnail_mib']:8.1f} MiB {'':21}  {limit}")
    print(json.dumps(result))
    del application


if __name__ == "__main__":
    main()
