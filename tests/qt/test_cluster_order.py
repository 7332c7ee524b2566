"""The order of the cards: five to choose from, and none in which an edit moves a card, but one that is meant to."""

import numpy as np
import pytest

from shoal.domain.edits import create_cluster, dissolve_cluster, move_images, rename_cluster
from shoal.domain.geometry import ByImage, Proposal, Rows, StageKey
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.images import ImageId
from shoal.looking.snapshot import Snapshot
from shoal.projects.portraits import NOBODY, Portrait, Portraits
from shoal.qt.cluster_order import ClusterOrder, ClusterSort

SIZES = {1: 2, 2: 4, 3: 3, 4: 1}
NAMES = {1: "img 10", 2: "img 9", 3: "Ant", 4: "bee"}
TIGHT = {1: 0.9, 2: 0.3, 3: 0.5}
"""Nobody knows the fourth yet."""


@pytest.fixture
def grouping():
    home = np.repeat(list(SIZES), list(SIZES.values())).astype(np.int32)
    clusters = {ClusterId(id_): Cluster(ClusterId(id_), name) for id_, name in NAMES.items()}
    return Grouping(clusters, home, np.zeros(10, np.bool_))


@pytest.fixture
def order(grouping):
    order = ClusterOrder()
    order.begin(grouping)
    return order


def sorted_by(order, by, grouping):
    rows = Rows(np.arange(10), StageKey("r"))
    silhouette = np.array([0.9, 0.1, 0.4, 0.4, 0.4, 0.4, 0.1, 0.2, 0.3, -0.5], np.float32)
    labels = np.repeat([0, 1, 2, 3], list(SIZES.values())).astype(np.int32)
    four = np.zeros(4, np.float32)
    proposal = Proposal(StageKey("c"), rows, labels, np.zeros(4, np.int32), four, silhouette, "k-means")
    portraits = {ClusterId(id_): Portrait(np.zeros(3, np.float32), value, ()) for id_, value in TIGHT.items()}
    known = Portraits(portraits, ByImage(np.empty(0, np.float32)), ByImage(np.empty(0, np.int32)))
    order.sort(by, grouping, Snapshot(proposal=proposal), known)
    return order.of(grouping)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (ClusterSort.SIZE, [2, 3, 1, 4]),
        (ClusterSort.NAME, [3, 4, 2, 1]),
        (ClusterSort.MIXED, [2, 3, 1, 4]),
        (ClusterSort.UNSURE, [4, 3, 2, 1]),
        (ClusterSort.RECENT, [2, 3, 1, 4]),
    ],
)
def test_each_order_is_what_it_says(order, grouping, by, expected):
    assert sorted_by(order, by, grouping) == expected


@pytest.mark.parametrize("by", [by for by in ClusterSort if by is not ClusterSort.RECENT])
def test_an_edit_moves_no_card_and_what_it_makes_comes_last(order, grouping, by):
    before = sorted_by(order, by, grouping)
    for edit in (
        lambda now: move_images(now, np.arange(2, 6), ClusterId(4)),
        lambda now: rename_cluster(now, ClusterId(2), "zebra"),
        lambda now: create_cluster(now, "new", np.array([9])),
    ):
        patch = edit(grouping)
        grouping = grouping.patched(patch)
        order.follow(patch, grouping)
    assert order.of(grouping) == [*before, 5]
    patch = dissolve_cluster(grouping, ClusterId(3))
    order.follow(patch, grouping.patched(patch))
    order.follow(patch.inverse, grouping)
    assert order.of(grouping) == [*before, 5]


def test_what_was_worked_on_comes_first_where_that_is_wanted(order, grouping):
    sorted_by(order, ClusterSort.RECENT, grouping)
    for patch in (move_images(grouping, [ImageId(0)], ClusterId(4)), rename_cluster(grouping, ClusterId(1), "x")):
        order.follow(patch, grouping)
    assert order.of(grouping) == [1, 4, 2, 3]


def test_what_was_worked_on_is_known_before_it_is_asked_for(order, grouping):
    order.follow(move_images(grouping, [ImageId(0)], ClusterId(4)), grouping)
    assert order.of(grouping) == [2, 3, 1, 4]
    order.sort(ClusterSort.RECENT, grouping, Snapshot(), NOBODY)
    assert order.of(grouping) == [4, 2, 3, 1]
