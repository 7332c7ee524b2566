"""What the colours of the map mean, and what shapes it may have."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget
from tests.support.sorted_session import project, session, window

from shoal.widgets.figures import FIGURES
from shoal.widgets.map_content import MapContent
from shoal.widgets.map_hover import beside
from shoal.widgets.map_presenter import MapPresenter
from shoal.widgets.map_regions import DENSITY_CELL, corners_of, density_of, regions_of
from shoal.widgets.theme import NO_COLOUR

__all__ = ["project", "session", "window"]


@pytest.fixture
def view(session, window):
    presenter = MapPresenter(session, window.map_place)
    window.map_place.view.kept = presenter
    return window.map_place.view


def coloured_by(view, key):
    box = view.findChild(QComboBox, "mapColouring")
    box.setCurrentIndex(box.findData(key))
    return view.legend


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.key)
def test_every_figure_has_a_scale_or_says_that_nobody_knows(view, figure):
    legend = coloured_by(view, figure.key)
    assert legend.isVisible()
    assert legend.legend.title == figure.label
    assert len(legend.legend.ticks) == 3 or legend.lines == [(NO_COLOUR, "Nobody knows")]


def test_the_ends_of_a_scale_are_figures_that_occur(view):
    legend = coloured_by(view, "date").legend
    assert [tick[-2:] for tick in legend.ticks] == ["24", "24", "24"]
    assert coloured_by(view, "sharpness").legend.ticks == ("2%", "49%", "96%")
    assert coloured_by(view, "width").legend.ticks == ("400", "400", "400")


def test_folders_have_their_names_beside_their_colours(view):
    legend = coloured_by(view, "folder")
    assert [text for _argb, text in legend.lines] == ["trip"]
    argb = legend.lines[0][0]
    assert int(view._colours[0]) == argb


def test_clusters_need_no_legend_for_the_map_names_them(view):
    coloured_by(view, "date")
    assert not coloured_by(view, "cluster").isVisible()


def test_the_legend_stays_in_its_corner_inside_the_map(view):
    legend = coloured_by(view, "date")
    view.canvas.resize(300, 260)
    assert view.canvas.rect().contains(legend.geometry())
    assert legend.geometry().left() < 20


def choose_shape(view, shape):
    entries = view.findChild(QToolButton, "mapShape").menu().actions()
    next(entry for entry in entries if entry.data() == shape).trigger()
    return view.canvas.grab().toImage()


def test_the_map_is_points_or_outlines_or_a_density_as_one_likes(qtbot, view):
    qtbot.waitUntil(lambda: view.canvas.cloud._painting is not None or not view.canvas.grab().isNull())
    seen = {shape: choose_shape(view, shape) for shape in ("outlines", "density", "points")}
    assert view.shape == "points"
    assert view.canvas.cloud.isVisible()
    assert seen["outlines"] != seen["density"] != seen["points"] != seen["outlines"]


def test_an_outline_encloses_its_points_but_no_strays():
    random = np.random.default_rng(5)
    x, y = random.normal(0, 1, (2, 500)).astype(np.float32)
    x[:3] = 30
    labels = np.ones(500, np.int32)
    middle_x, middle_y, supports = regions_of(labels, x, y, [0.0, 4.0])[1]
    corners = corners_of(supports) + np.array([middle_x, middle_y])
    assert corners[:, 0].max() < 6
    near = np.hypot(x - middle_x, y - middle_y) <= 4
    angles = np.arange(24) * (2 * np.pi / 24)
    along = np.outer(x[near] - middle_x, np.cos(angles)) + np.outer(y[near] - middle_y, np.sin(angles))
    assert (along <= supports + 1e-6).all()
    assert corners[:, 1].max() <= y[near].max() + 0.2


def test_a_cluster_of_two_points_has_no_outline():
    assert regions_of(np.array([1, 1], np.int32), np.zeros(2, np.float32), np.ones(2, np.float32), [0, 9]) == {}


def test_a_density_is_clear_where_nothing_is_and_has_the_colours_of_its_points():
    x = np.full(50, 5 * DENSITY_CELL, np.float32)
    colours = np.where(np.arange(50) < 25, np.uint32(0xFFFF0000), np.uint32(0xFF0000FF)).astype(np.uint32)
    made = density_of(x, x, colours, 40, 30)
    assert made.shape == (30, 40)
    assert made[29, 39] == 0
    middle = int(made[5, 5])
    assert middle >> 24 > 200
    assert (middle >> 16 & 0xFF, middle & 0xFF) == pytest.approx((127, 127), abs=2)


def test_a_density_of_nothing_is_clear():
    nothing = np.empty(0, np.float32)
    assert not density_of(nothing, nothing, np.empty(0, np.uint32), 4, 3).any()


@pytest.mark.parametrize("place", [(10, 10), (790, 10), (10, 590), (799, 599), (400, 300), (0, 599)])
def test_what_hovers_stays_on_the_screen(place):
    """Fault 16: at the lower edge it went under."""
    screen, size = QRect(0, 0, 800, 600), QSize(170, 220)
    corner = beside(QPoint(*place), size, screen)
    assert screen.contains(QRect(corner, size))
    assert not QRect(corner, size).contains(QPoint(*place))


def test_the_outlines_of_an_empty_map_are_none(map_view):
    nothing = np.empty(0, np.float32)
    map_view.show_as("outlines")
    map_view.show_map(MapContent(np.empty(0, np.int32), nothing, nothing, nothing))
    assert not map_view.canvas.grab().isNull()
    map_view.show_as("density")
    assert not map_view.canvas.grab().isNull()
    assert isinstance(map_view.legend, QWidget)
