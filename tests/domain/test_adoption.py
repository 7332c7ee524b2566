"""What a second clustering calls its clusters."""

from collections.abc import Sequence

import numpy as np
import pytest

from shoal.domain.adoption import ProposedClusters, adopt_proposal
from shoal.domain.edits import rename_cluster, take_out_images
from shoal.domain.grouping import ClusterId, Grouping
from shoal.domain.images import ImageId


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
    assert _names(_adopted(mine, [0, 0, 0, 1, 1, 1], ["cats", "Dog days"])) == ["dog days", "Dog days 2"]
    assert _names(_adopted(mine, [0, 0, 0, 1, 1, 1])) == ["dog days", "Cluster 02"]


def test_numbers_have_as_many_digits_as_it_takes_to_sort_them() -> None:
    many = _adopted(Grouping().grown_to(120), list(range(120)))
    assert _names(many)[::119] == ["Cluster 001", "Cluster 120"]
    assert sorted(_names(many)) == _names(many)


def test_nothing_changes_where_the_proposal_says_what_is_there() -> None:
    two = _adopted(Grouping().grown_to(6), [0, 0, 0, 1, 1, 1], ["dogs", ""])
    proposed = ProposedClusters(np.arange(6), np.array([0, 0, 0, 1, 1, 1], np.int32), ["dogs", ""])
    assert not adopt_proposal(two, proposed)


def _named(core: Sequence[int]) -> Grouping:
    """Two clusters of four, the second named after those of its images that are in `core`."""
    two = _adopted(Grouping().grown_to(8), [0, 0, 0, 0, 1, 1, 1, 1])
    return two.patched(rename_cluster(two, ClusterId(2), "Strings", [ImageId(image) for image in core]))


@pytest.mark.parametrize("core", [(), (4, 5)])
@pytest.mark.parametrize("labels", [[0] * 8, [0, 1, 2, 3, 0, 1, 2, 3], [-1] * 8, [1, 0, 0, 0, 1, 1, 1, 0]])
def test_what_the_user_named_is_never_emptied_and_keeps_its_core(core: Sequence[int], labels: Sequence[int]) -> None:
    after = _adopted(_named(core), labels, ["x"] * 4)
    assert after.clusters[ClusterId(2)].name == "Strings"
    assert (after.home == 2).any()
    assert (after.home[list(core)] == 2).all()


def test_the_core_decides_which_proposed_cluster_goes_on_with_the_name() -> None:
    coarse = _adopted(_named([4, 5]), [1, 1, 1, 0, 0, 0, 0, 0])
    assert coarse.home.tolist() == [1, 1, 1, 2, 2, 2, 2, 2]
    fine = _adopted(coarse, [1, 1, 1, 0, 2, 2, 0, 0])  # most of its images are elsewhere, its core is not
    assert fine.home[[4, 5]].tolist() == [2, 2]
    assert (fine.home[[3, 6, 7]] != 2).all()


def test_a_name_without_a_core_keeps_all_that_it_has_where_nothing_goes_on_with_it() -> None:
    assert _adopted(_named(()), [0] * 8).home.tolist() == [1, 1, 1, 1, 2, 2, 2, 2]


def test_images_that_were_taken_out_and_are_back_are_proposed_like_new_ones() -> None:
    out = _named(())
    out = out.patched(take_out_images(out, [ImageId(0), ImageId(7)]))
    assert out.counts() == {0: 0, 1: 3, 2: 3}
    assert _adopted(out, [0, 0, 0, 0, 1, 1, 1, 1]).counts() == {0: 0, 1: 4, 2: 4}
