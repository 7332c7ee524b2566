"""What a second clustering calls its clusters."""

from collections.abc import Sequence

import numpy as np

from shoal.domain.adoption import ProposedClusters, adopt_proposal
from shoal.domain.edits import rename_cluster
from shoal.domain.grouping import ClusterId, Grouping


def _adopted(grouping: Grouping, labels: Sequence[int]) -> Grouping:
    proposed = ProposedClusters(np.arange(len(labels)), np.array(labels, np.int32), [""] * (max(labels) + 1))
    return grouping.patched(adopt_proposal(grouping, proposed))


def test_numbers_and_colours_of_clusters_that_go_are_free_again() -> None:
    two = _adopted(Grouping().grown_to(6), [0, 0, 0, 1, 1, 1])
    three = _adopted(two, [0, 1, 2, 0, 1, 2])
    assert [cluster.name for cluster in three.clusters.values()] == ["Cluster 1", "Cluster 2", "Cluster 3"]
    assert [cluster.colour for cluster in three.clusters.values()] == [0, 1, 2]
    assert not two.clusters.keys() & three.clusters.keys()


def test_a_cluster_with_a_name_from_the_user_stays_and_keeps_it() -> None:
    two = _adopted(Grouping().grown_to(6), [0, 0, 0, 1, 1, 1])
    named = two.patched(rename_cluster(two, ClusterId(1), "Cluster 2 of mine"))
    three = _adopted(named, [0, 1, 2, 0, 1, 2])
    assert [cluster.name for cluster in three.clusters.values()] == [
        "Cluster 2 of mine", "Cluster 1", "Cluster 2", "Cluster 3",
    ]  # fmt: skip
