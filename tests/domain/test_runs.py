"""Results under names: what changed between two, whatever clusters are called, and the way back."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from shoal.domain.edits import move_images
from shoal.domain.grouping import OUT, UNSORTED, Cluster, ClusterId, Grouping
from shoal.domain.images import ImageId
from shoal.domain.run_comparison import compare_runs
from shoal.domain.run_flow import MOST_BARS, OTHERS, flow_picture
from shoal.domain.runs import Run, RunFacts, as_in_run, run_of


def grouping(*homes: int, pinned: tuple[int, ...] = ()) -> Grouping:
    clusters = {ClusterId(one): Cluster(ClusterId(one), f"C{one}") for one in sorted({one for one in homes if one > 0})}
    pins = np.isin(np.arange(len(homes)), pinned)
    return Grouping(clusters, np.array(homes, np.int32), pins)


def kept(*homes: int, name: str = "a run") -> Run:
    return run_of(grouping(*homes), RunFacts(name, "2026-11-28T21:00:00+00:00"))


def test_a_run_says_how_large_it_is_and_its_name_is_one_line():
    run = kept(1, 1, 2, UNSORTED, OUT, name="  with\nk-means ")
    assert (run.name, run.facts.clusters, run.facts.pictures) == ("with k-means", 2, 4)
    with pytest.raises(ValueError, match="name"):
        kept(1, name=" \n ")


def test_other_numbers_and_names_are_no_change():
    found = compare_runs(kept(1, 1, 2, 2, 3), kept(7, 7, 9, 9, 1))
    assert not found.changed.any()
    assert found.matched == {UNSORTED: UNSORTED, 1: 7, 2: 9, 3: 1}
    assert found.ari == 1.0
    assert all(flow.stays for flow in found.flows)


def test_what_is_in_another_cluster_is_found_with_from_where_to_where():
    found = compare_runs(kept(1, 1, 1, 2, 2, 2, UNSORTED), kept(5, 5, 6, 6, 6, 6, 6))
    assert found.images[found.changed].tolist() == [2, 6]
    assert [(one.before, one.after, one.count, one.stays) for one in found.flows] == [
        (2, 6, 3, True),
        (1, 5, 2, True),
        (0, 6, 1, False),
        (1, 6, 1, False),
    ]
    assert found.moved(1, 6).tolist() == [2]


def test_a_split_cluster_goes_on_in_its_largest_part_and_a_joined_one_from_its_largest():
    split = compare_runs(kept(*[1] * 10), kept(*[2] * 4, *[3] * 6))
    assert split.changed.sum() == 4
    joined = compare_runs(kept(*[2] * 4, *[3] * 6), kept(*[1] * 10))
    assert joined.changed.sum() == 4


def test_only_what_both_know_is_compared():
    found = compare_runs(kept(1, OUT, 2), kept(1, 1, OUT, 2, 2))
    assert found.images.tolist() == [0]
    assert (found.only_before, found.only_after) == (1, 3)


def test_runs_without_a_picture_in_common_are_told_apart_from_equal_ones_by_their_number():
    found = compare_runs(kept(), kept(1))
    assert (len(found.images), found.flows, found.only_after) == (0, (), 1)


@pytest.mark.parametrize("seed", range(5))
def test_the_adjusted_rand_index_is_that_of_scikit_learn(seed):
    random = np.random.default_rng(seed)
    first, second = random.integers(0, 6, 200), random.integers(0, 4, 200)
    found = compare_runs(kept(*first.tolist()), kept(*second.tolist()))
    assert found.ari == pytest.approx(adjusted_rand_score(first, second))


def test_going_back_restores_clusters_names_places_and_pins_and_can_be_taken_back():
    before = grouping(1, 1, 2, pinned=(2,))
    run = run_of(before, RunFacts("then", ""))
    now = before.patched(move_images(before, [ImageId(0)], ClusterId(2)))
    patch = as_in_run(now, run)
    again = now.patched(patch)
    assert again == before
    assert again.patched(patch.inverse) == now


def test_what_came_since_stays_in_its_cluster_if_the_run_has_it():
    run = kept(1, 2, 2)
    now = grouping(1, 2, OUT, 2, 3, UNSORTED, pinned=(4,))
    again = now.patched(as_in_run(now, run))
    assert again.home.tolist() == [1, 2, OUT, 2, UNSORTED, UNSORTED]
    assert not again.pinned.any()
    assert set(again.clusters) == {1, 2}


def test_the_flow_picture_fills_both_columns_and_its_ribbons_fit_their_bars():
    found = compare_runs(kept(1, 1, 1, 2, 2, 2, UNSORTED), kept(5, 5, 6, 6, 6, 6, 6))
    picture = flow_picture(found.flows, found.matched)
    assert [bar.cluster for bar in picture.left] == [1, 2, UNSORTED]
    assert [bar.cluster for bar in picture.right] == [5, 6]
    for bars, side in ((picture.left, "left"), (picture.right, "right")):
        assert max(bar.top + bar.height for bar in bars) <= 1 + 1e-9
        for bar in bars:
            cluster = "before" if side == "left" else "after"
            mine = [one for one in picture.ribbons if getattr(one, cluster) == bar.cluster]
            assert sum(one.height for one in mine) == pytest.approx(bar.height)
            assert min(getattr(one, side) for one in mine) == pytest.approx(bar.top)


def test_many_small_clusters_stand_together():
    many = [number for number in range(1, 101) for _ in range(101 - number)]
    found = compare_runs(kept(*many), kept(*many))
    picture = flow_picture(found.flows, found.matched)
    assert len(picture.left) == len(picture.right) == MOST_BARS + 1
    assert picture.left[-1].cluster == OTHERS
    assert sum(bar.count for bar in picture.left) == len(many)
