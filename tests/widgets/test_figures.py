import numpy as np
import pytest
from tests.support.sorted_session import STRAY, project, session, window

from shoal.widgets.figures import FIGURES
from shoal.widgets.grid_presenter import GridPresenter, Order
from shoal.widgets.map_presenter import MapPresenter

__all__ = ["project", "session", "window"]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.key)
def test_every_figure_has_a_number_for_every_picture_or_says_that_nobody_knows(session, figure):
    values = figure.of(session)
    assert values.shape == (40,)
    assert not np.isnan(values).any()
    assert np.isfinite(values).any() or figure.key in {"silhouette", "isolation"}  # nothing was clustered or compared


def test_the_picture_in_the_wrong_cluster_is_the_least_typical_and_the_first_of_the_odd_ones(session, window):
    presenter = GridPresenter(session, window.grid)
    presenter.set_order(Order.ODD)
    presenter.show_cards([2])
    assert window.grid.page.layout.image_at(0) == STRAY
    presenter.set_order(Order.TYPICAL)
    assert window.grid.page.layout.image_at(window.grid.page.layout.count - 1) == STRAY


def test_the_sharpest_come_first_or_the_blurred_ones(session, window):
    presenter = GridPresenter(session, window.grid)
    presenter.show_cards([1])
    presenter.set_order(Order.SHARP)
    sharpest = window.grid.page.layout.images(0, window.grid.page.layout.count - 1).tolist()
    assert sharpest == sorted(sharpest, reverse=True)
    presenter.set_order(Order.BLURRED)
    assert window.grid.page.layout.images(0, window.grid.page.layout.count - 1).tolist() == sharpest[::-1]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.key)
def test_the_map_can_be_coloured_by_every_figure(session, window, figure):
    presenter = MapPresenter(session, window.map_place)
    by_cluster = window.map_place.view.canvas.grab().toImage()
    window.map_place.view.colouring_chosen.emit(figure.key)
    assert window.map_place.view.canvas.grab().toImage() != by_cluster
    assert presenter.parent() is window.map_place
