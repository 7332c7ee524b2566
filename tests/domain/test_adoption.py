"""What a second clustering calls its clusters."""

from collections.abc import Sequence

import numpy as np

from shoal.domain.adoption import ProposedClusters, adopt_proposal
from shoal.domain.edits import rename_cluster
from shoal.domain.grouping import ClusterId, Grouping


def _adopted(grouping: Grouping, labels: Sequence[int], names: Sequence[str] = ()) -> Grouping:
    given = names or [""] * (max(labels) + 1)
    proposed = ProposedClusters(
        np.arange(len(labels)), np.array(labels, np.int32), given, outlived=lambda name: name.startswith("dog")
    )
    return grouping.patched(adopt_proposal(grouping, proposed))


def test_numbers_and_colours_of_clusters_that_go_are_free_again() -> None:
    two = _adopted(Grouping().grown_to(6), [0, 0, 0, 1, 1, 1])
    three = _adopted(two, [0, 1, 2, 0, 1, 2])
    assert [cluster.name for cluster in three.clusters.values()] == ["Cluster 01", "Cluster 02", "Cluster 03"]
    assert [cluster.colour for cluster in three.clusters.values()] == [0, 1, 2]
    assert not two.clusters.keys() & three.clusters.keys()


def test_a_cluster_with_a_name_from_the_user_stays_and_keeps_it() -> None:
    two = _adopted(Grouping().grown_to(6), [0, 0, 0, 1, 1, 1])
    named = two.patched(rename_cluster(two, ClusterId(1), "Cluster 2 of mine"))
    three = _adopted(named, [0, 1, 2, 0, 1, 2])
    assert [cluster.name for cluster in three.clusters.values()] == [
        "Cluster 2 of mine", "Cluster 01", "Cluster 02", "Cluster 03",
    ]  # fmt: skip


def _names(grouping: Grouping) -> list[str]:
    return [cluster.name for cluster in grouping.clusters.values()]


def test_a_cluster_that_is_found_again_takes_the_better_name_and_stays_what_it_is() -> None:
    two = _adopted(Grouping().grown_to(6), [0, 0, 0, 1, 1, 1])
    again = _adopted(two, [0, 0, 0, 1, 1, 1], ["dogs", ""])
    assert _names(again) == ["dogs", "Cluster 02"]
    assert [(one.id, one.colour) for one in again.clusters.values()] == [
        (one.id, one.colour) for one in two.clusters.values()
    ]


def test_two_that_are_found_again_may_exchange_their_names() -> None:
    two = _adopted(Grouping().grown_to(6), [0, 0, 0, 1, 1, 1], ["dogs", "cats"])
    assert _names(_adopted(two, [0, 0, 0, 1, 1, 1], ["cats", "dogs"])) == ["cats", "dogs"]


def test_a_name_that_was_seen_in_other_pictures_does_not_outlive_them() -> None:
    two = _adopted(Grouping().grown_to(6), [0, 0, 0, 1, 1, 1], ["dogs", "2024-05-01"])
    assert _names(_adopted(two, [0, 0, 0, 1, 1, 1])) == ["Cluster 01", "2024-05-01"]


def test_what_the_user_named_is_never_called_otherwise() -> None:
    two = _adopted(Grouping().grown_to(6), [0, 0, 0, 1, 1, 1])
    mine = two.patched(rename_cluster(two, ClusterId(1), "dog days"))
    assert _names(_adopted(mine, [0, 0, 0, 1, 1, 1], ["cats", "Dog days"])) == ["dog days", "Dog days (2)"]
    assert _names(_adopted(mine, [0, 0, 0, 1, 1, 1])) == ["dog days", "Cluster 02"]


def test_numbers_have_as_many_digits_as_it_takes_to_sort_them() -> None:
    many = _adopted(Grouping().grown_to(120), list(range(120)))
    assert _names(many)[::119] == ["Cluster 001", "Cluster 120"]
    assert sorted(_names(many)) == _names(many)


def test_nothing_changes_where_the_proposal_says_what_is_there() -> None:
    two = _adopted(Grouping().grown_to(6), [0, 0, 0, 1, 1, 1], ["dogs", ""])
    proposed = ProposedClusters(np.arange(6), np.array([0, 0, 0, 1, 1, 1], np.int32), ["dogs", ""])
    assert not adopt_proposal(two, proposed)
