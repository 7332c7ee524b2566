import numpy as np
import pytest
from tests.support.sorted_session import project, session, window

from shoal.widgets.map_presenter import MapPresenter, middles

__all__ = ["project", "session", "window"]


def test_a_name_stands_in_the_middle_of_its_cluster_and_strays_do_not_pull():
    random = np.random.default_rng(0)
    centres = np.array([[0, 0], [10, -4], [3, 8]], np.float32)
    home = np.repeat([1, 2, 3], 300).astype(np.int32)
    positions = (centres[home - 1] + random.normal(0, 0.5, (900, 2))).astype(np.float32)
    positions[:20] += 60
    x, y, counts = middles(home, positions)
    assert counts == [0, 300, 300, 300]
    for id_, centre in enumerate(centres, 1):
        assert (x[id_], y[id_]) == pytest.approx(centre, abs=0.3)


def test_one_point_is_its_own_middle():
    x, y, counts = middles(np.array([2], np.int32), np.array([[4, 5]], np.float32))
    assert (x[2], y[2], counts[2]) == (4, 5, 1)


def test_points_take_the_colours_of_the_clusters_as_soon_as_there_are_clusters(session, window, project):
    """The map may be there long before: the same positions, then somebody's clusters."""
    shown = session.snapshot
    MapPresenter(session, window.map_place)
    session.show_snapshot(shown, None)
    grey = window.map_place.view.canvas.grab().toImage()
    session.show_snapshot(shown, project)
    assert window.map_place.view.canvas.grab().toImage() != grey
