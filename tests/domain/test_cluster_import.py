import numpy as np
import pytest
from tests.support.planned_world import grouping_of

from shoal.domain.cluster_import import assign_clusters, let_go
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.images import ImageId


def imported(grouping: Grouping, **names: str) -> dict[str, list[int]]:
    """`i3="birds"`: what the table says of image 3. Returns the images of each cluster afterwards."""
    table = {ImageId(int(key[1:])): name for key, name in names.items()}
    after = grouping.patched(assign_clusters(grouping, table, "Unsorted", pin=True))
    assert after.pinned[list(table)].all()
    homes = {"Unsorted": np.flatnonzero(after.home == 0).tolist()}
    return homes | {cluster.name: after.members(id_).tolist() for id_, cluster in after.clusters.items()}


def test_images_go_where_the_table_says_and_the_others_stay():
    grouping = grouping_of(1, 1, 2, 0, c1="birds", c2="cats")
    assert imported(grouping, i0="cats", i2="CATS", i3="birds") == {"Unsorted": [], "birds": [1, 3], "cats": [0, 2]}


def test_new_names_become_clusters_of_the_user_once_without_case():
    grouping = grouping_of(1, 1, 1, c1="birds")
    patch = assign_clusters(grouping, {ImageId(2): "Owls", ImageId(0): "owls"}, "Unsorted")
    after = grouping.patched(patch)
    assert [(cluster.name, cluster.named) for cluster in after.clusters.values()] == [("birds", False), ("owls", True)]
    assert after.members(ClusterId(2)).tolist() == [0, 2]


def test_no_name_and_the_name_of_unsorted_mean_unsorted():
    grouping = grouping_of(1, 1, 1, 1, c1="birds")
    assert imported(grouping, i0="", i1="unsorted", i2=" \x00 ") == {"Unsorted": [0, 1, 2], "birds": [3]}


def test_a_cluster_that_is_emptied_goes_unless_the_user_named_it():
    grouping = grouping_of(1, 2, c1="birds", c2="cats")
    named = Cluster(ClusterId(2), "cats", named=True)
    grouping = Grouping({**grouping.clusters, named.id: named}, grouping.home, grouping.pinned)
    assert imported(grouping, i0="", i1="") == {"Unsorted": [0, 1], "cats": []}


def test_an_image_that_is_not_there_is_a_mistake():
    with pytest.raises(ValueError, match="not among"):
        assign_clusters(grouping_of(0), {ImageId(7): "birds"}, "Unsorted")


def test_an_empty_table_changes_nothing():
    assert not assign_clusters(grouping_of(0), {}, "Unsorted")


def test_nothing_is_pinned_unless_that_is_asked_for_and_what_was_pinned_stays_so():
    grouping = grouping_of(1, 1, 2, c1="birds", c2="cats")
    grouping = Grouping(grouping.clusters, grouping.home, np.array([True, False, False]))
    after = grouping.patched(assign_clusters(grouping, {ImageId(0): "cats", ImageId(1): "cats"}, "Unsorted"))
    assert after.home.tolist() == [2, 2, 2]
    assert after.pinned.tolist() == [True, False, False]


def test_letting_go_unpins_and_forgets_who_gave_the_names():
    table = {ImageId(0): "owls", ImageId(1): "owls"}
    grouping = grouping_of(1, 1, 2, c1="birds", c2="cats")
    grouping = grouping.patched(assign_clusters(grouping, table, "Unsorted", pin=True))
    patch = let_go(grouping)
    after = grouping.patched(patch)
    assert not after.pinned.any()
    assert [cluster.name for cluster in after.clusters.values() if cluster.named] == []
    assert after.home.tolist() == grouping.home.tolist()
    assert not let_go(after)
