import numpy as np
import pytest

from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.naming_edits import cluster_called, name_cluster, set_apart

ONE, TWO = ClusterId(1), ClusterId(2)


@pytest.fixture
def grouping():
    clusters = {ONE: Cluster(ONE, "Cats", named=True), TWO: Cluster(TWO, "Cluster 02")}
    pinned = np.array([0, 0, 0, 1, 0, 0], np.bool_)
    return Grouping(clusters, np.array([1, 1, 1, 2, 2, 2], np.int32), pinned, highest_id=2)


def test_a_new_name_is_the_users_and_pins_nothing(grouping):
    after = grouping.patched(name_cluster(grouping, TWO, " Dogs "))
    assert after.clusters[TWO].name == "Dogs"
    assert after.clusters[TWO].named
    assert after.pinned.tolist() == grouping.pinned.tolist()
    assert not name_cluster(after, TWO, "Dogs")


def test_the_name_of_another_cluster_puts_both_together_with_the_pins_there_were(grouping):
    patch = name_cluster(grouping, TWO, "cats")
    after = grouping.patched(patch)
    assert after.home.tolist() == [1] * 6
    assert after.pinned.tolist() == grouping.pinned.tolist()
    assert TWO not in after.clusters
    assert after.patched(patch.inverse) == grouping


def test_a_machines_name_is_no_reason_to_put_clusters_together(grouping):
    assert cluster_called(grouping, "cluster 02") == TWO
    after = grouping.patched(name_cluster(grouping, ONE, "Cluster 02"))
    assert after.counts()[ONE] == 3
    assert cluster_called(after, "Cluster 02") == ONE
    assert cluster_called(after, "Birds") is None


def test_what_is_not_there_or_says_nothing_is_refused(grouping):
    with pytest.raises(ValueError, match="no cluster 9"):
        name_cluster(grouping, ClusterId(9), "Dogs")
    with pytest.raises(ValueError, match="needs a name"):
        name_cluster(grouping, ONE, "  ")


def test_parts_become_clusters_of_their_own_that_are_still_to_be_named(grouping):
    patch = set_apart(grouping, ONE, [np.array([0]), np.array([2], np.int32)])
    after = grouping.patched(patch)
    assert after.home.tolist() == [3, 1, 4, 2, 2, 2]
    assert [after.clusters[ClusterId(id_)].name for id_ in (3, 4)] == ["Cats 2", "Cats 3"]
    assert not after.clusters[ClusterId(3)].named
    assert after.patched(patch.inverse) == grouping
    assert not set_apart(grouping, ONE, [])
