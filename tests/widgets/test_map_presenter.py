import numpy as np
import pytest
from tests.support.sorted_session import project, session, window

from shoal.domain.edits import take_out_images
from shoal.domain.geometry import MapLayout
from shoal.looking.snapshot import Snapshot
from shoal.widgets.map_presenter import MapPresenter, middles
from shoal.widgets.theme import GONE_COLOUR

__all__ = ["project", "session", "window"]


def test_a_name_stands_in_the_middle_of_its_cluster_and_strays_do_not_pull():
    random = np.random.default_rng(0)
    centres = np.array([[0, 0], [10, -4], [3, 8]], np.float32)
    home = np.repeat([1, 2, 3], 300).astype(np.int32)
    positions = (centres[home - 1] + random.normal(0, 0.5, (900, 2))).astype(np.float32)
    positions[:20] += 60
    x, y, counts, reach = middles(home, positions)
    assert counts == [0, 300, 300, 300]
    for id_, centre in enumerate(centres, 1):
        assert (x[id_], y[id_]) == pytest.approx(centre, abs=0.3)
        assert 0.2 < reach[id_] < 1


def test_one_point_is_its_own_middle():
    x, y, counts, reach = middles(np.array([2], np.int32), np.array([[4, 5]], np.float32))
    assert (x[2], y[2], counts[2], reach[2]) == (4, 5, 1, 0)


def test_points_take_the_colours_of_the_clusters_as_soon_as_there_are_clusters(qtbot, session, window, project):
    """The map may be there long before: the same positions, then somebody's clusters."""
    shown = session.snapshot
    MapPresenter(session, window.map_place)
    session.show_snapshot(shown, None)
    grey = window.map_place.view.canvas.grab().toImage()
    session.show_snapshot(shown, project)
    qtbot.waitUntil(lambda: window.map_place.view.canvas.grab().toImage() != grey)


def test_pictures_that_are_gone_stay_grey_on_the_map_until_they_are_taken_out(session, window, project, monkeypatch):
    shown = session.snapshot
    assert shown.layout is not None
    first, rest = shown.layout.rows.part(np.arange(2)), np.arange(2, len(shown.layout.rows))
    places = MapLayout(shown.layout.key, first, shown.layout.positions[:2])
    left = MapLayout(shown.layout.key, shown.layout.rows.part(rest), shown.layout.positions[rest])
    MapPresenter(session, window.map_place)
    view = window.map_place.view
    whole = view.canvas.plane.x.tolist()
    now = Snapshot(shown.images, layout=left, gone=first.ids, gone_places=places)
    set_colours, given = view.set_colours, []
    monkeypatch.setattr(view, "set_colours", lambda colours: (given.append(colours), set_colours(colours)))
    session.show_snapshot(now, project)
    assert sorted(view.canvas.plane.x.tolist()) == sorted(whole)
    assert (given[-1] == GONE_COLOUR).tolist() == [False] * len(rest) + [True] * 2
    project.apply("Take out", take_out_images(project.grouping, first.ids.tolist()))
    assert len(view.canvas.plane.x) == len(whole) - 2
    project.undo()
    assert len(view.canvas.plane.x) == len(whole)
