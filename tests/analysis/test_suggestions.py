import numpy as np
import pytest

from shoal.analysis.suggestions import suggest_moves
from shoal.domain.edits import accept_images, dissolve_cluster, move_images, reject_suggestions, unpin_images
from shoal.domain.geometry import NeighbourGraph, Rows, StageKey
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.images import ImageId


@pytest.fixture
def graph():
    """Two families of ten, with ids from 100: everyone's nearest are its own nine, then six of the others."""
    rows = np.arange(20)
    family = rows // 10
    others = [[*rows[(family == family[row]) & (rows != row)], *rows[family != family[row]][:6]] for row in rows]
    return NeighbourGraph(
        StageKey("g"), Rows(100 + rows), np.array(others, np.int32)[:, :12], np.full((20, 12), 0.1, np.float32)
    )


@pytest.fixture
def grouping():
    home = np.zeros(120, np.int32)
    home[100:110], home[110:] = 1, 2
    clusters = {ClusterId(n): Cluster(ClusterId(n), f"Cluster {n}") for n in (1, 2)}
    return Grouping(clusters, home, np.zeros(120, np.bool_), highest_id=2)


def strayed(grouping, image):
    """An image that a machine, not the user, has put into the wrong cluster."""
    moved = grouping.patched(move_images(grouping, [image], ClusterId(2)))
    return moved.patched(unpin_images(moved, [image]))


def test_an_image_among_strangers_is_suggested_to_go_where_its_like_are(graph, grouping):
    assert len(suggest_moves(graph, grouping).images) == 0
    found = suggest_moves(graph, strayed(grouping, 103))
    assert found.images.tolist() == [103]
    assert found.of(103) == 1
    assert found.of(104) is None


def test_what_is_unsorted_is_suggested_as_well_and_nothing_is_suggested_to_be_unsorted(graph, grouping):
    free = grouping.patched(dissolve_cluster(grouping, ClusterId(2)))
    assert len(suggest_moves(graph, free).images) == 0
    waiting = grouping.patched(move_images(grouping, [ImageId(115)], ClusterId(0)))
    waiting = waiting.patched(unpin_images(waiting, [ImageId(115)]))
    assert suggest_moves(graph, waiting).of(115) == 2


def test_pins_and_refusals_are_respected(graph, grouping):
    wrong = strayed(grouping, 103)
    assert len(suggest_moves(graph, wrong.patched(accept_images(wrong, [ImageId(103)]))).images) == 0
    assert (
        len(suggest_moves(graph, wrong.patched(reject_suggestions(wrong, np.array([103]), np.array([1])))).images) == 0
    )


def test_a_few_neighbours_say_nothing(grouping):
    few = NeighbourGraph(
        StageKey("g"), Rows(np.arange(100, 103)), np.array([[1, 2]] * 3, np.int32), np.zeros((3, 2), np.float32)
    )
    assert len(suggest_moves(few, strayed(grouping, 100)).images) == 0


def test_neighbours_that_are_not_there_have_no_vote(grouping):
    """Seven pictures have six neighbours each, and the other places of fifteen are empty."""
    rows = np.arange(7)
    indices = np.full((7, 15), -1, np.int32)
    indices[:, :6] = [[other for other in rows if other != row] for row in rows]
    graph = NeighbourGraph(StageKey("g"), Rows(100 + rows), indices, np.full((7, 15), 0.1, np.float32))
    assert suggest_moves(graph, strayed(grouping, 100)).images.tolist() == [100]
