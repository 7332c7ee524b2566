import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from shoal.qt.selection import Selection
from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.grid_gestures import GridGestures
from shoal.widgets.grid_keys import GridKeys
from shoal.widgets.grid_layout import Section
from shoal.widgets.grid_painter import CellLook
from shoal.widgets.grid_stacks import Tiles
from shoal.widgets.image_grid import GridContent, ImageGrid
from shoal.widgets.map_content import MapContent
from shoal.widgets.map_view import MapView


def picture(number: int) -> QImage:
    image = QImage(96, 64, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(number * 37 % 360, 140, 200))
    return image


@pytest.fixture
def selection(qapp):
    return Selection()


@pytest.fixture
def thumbnails(qapp):
    some = Thumbnails(picture)
    yield some
    some.shutdown()


@pytest.fixture
def grid(qtbot, selection, thumbnails):
    """Three sections of 20 images each, 600 x 500 pixels."""
    grid = ImageGrid(selection, thumbnails)
    GridGestures(grid, selection, thumbnails, lambda _images: [])
    GridKeys(grid, selection)
    qtbot.addWidget(grid)
    grid.resize(600, 500)
    parts = [Section(f"Cluster {n}", n + 1, np.arange(20 * n, 20 * n + 20, dtype=np.int32)) for n in range(3)]
    grid.show_content(GridContent(Tiles(parts), lambda image: CellLook(f"IMG_{image:04}.jpg")))
    grid.show()
    qtbot.waitExposed(grid)
    return grid


@pytest.fixture
def map_view(qtbot, selection, thumbnails):
    """A square lattice of 21 x 21 points from -10 to 10; image ids are 1000 + point."""
    view = MapView(selection, thumbnails, lambda images: [])
    qtbot.addWidget(view)
    view.resize(640, 560)
    x, y = (axis.ravel().astype(np.float32) for axis in np.meshgrid(np.arange(-10, 11), np.arange(-10, 11)))
    view.show()
    qtbot.waitExposed(view)
    view.show_map(MapContent(1000 + np.arange(441, dtype=np.int32), x, y, np.ones(441, np.float32)))
    view.set_colours(np.full(441, 0xFF2060C0, np.uint32))
    yield view
    view.shutdown()
