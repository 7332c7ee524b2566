"""What was sorted by hand before the pictures were read comes back, whatever numbers they have by then."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.domain import random_edits

from shoal.domain.grouping import Cluster, ClusterId, Grouping, Patch, Rejection
from shoal.domain.sorted_ahead import GONE, numbers_now, put_back, renumbered, taken_down

FILES = [Path(f"/p/{number}.jpg") for number in range(120)]
EDITS = (
    random_edits.move, random_edits.accept, random_edits.mark, random_edits.join, random_edits.split_stack,
    random_edits.take_apart, random_edits.put_on_top,
)  # fmt: skip


def sorted_by_hand(seed: int) -> Grouping:
    grouping, rng = random_edits.some_grouping(seed), random.Random(seed)
    for _ in range(25):
        grouping = grouping.patched(rng.choice(EDITS)(grouping, rng))
    return grouping


def nothing_sorted(count: int) -> Grouping:
    return Grouping({}, np.zeros(count, np.int32), np.zeros(count, np.bool_))


@pytest.mark.parametrize("seed", range(8))
def test_all_that_was_sorted_is_written_down_and_comes_back(seed):
    grouping = sorted_by_hand(seed)
    back = nothing_sorted(120).patched(put_back(taken_down(grouping, FILES), FILES))
    assert back == replace(grouping, rejections=frozenset())


@pytest.mark.parametrize("seed", range(8))
def test_files_that_turn_out_to_be_no_pictures_move_nobody_else(seed):
    grouping, rng = sorted_by_hand(seed), np.random.default_rng(seed)
    stay = np.sort(rng.choice(120, 90, replace=False))
    now = [FILES[image] for image in stay] + [Path("/p/new.jpg")]
    back = nothing_sorted(91).patched(put_back(taken_down(grouping, FILES), now))
    np.testing.assert_array_equal(back.home, [*grouping.home[stay], 0])
    np.testing.assert_array_equal(back.pinned, [*grouping.pinned[stay], False])
    np.testing.assert_array_equal(back.verdicts[:90], grouping.verdicts[stay])
    np.testing.assert_array_equal(back.stacked[:90], grouping.stacked[stay])
    assert (back.verdicts[90] == -1).all()


def test_what_is_simply_unsorted_is_not_written_down():
    grouping = Grouping(
        {ClusterId(1): Cluster(ClusterId(1), "a")}, np.array([0, 1, 0], np.int32), np.zeros(3, np.bool_)
    )
    grouping.pinned[2] = True
    ahead = taken_down(grouping, FILES[:3])
    assert ahead.places == {FILES[1]: (1, False), FILES[2]: (0, True)}
    assert (ahead.verdicts, ahead.stacks) == ({}, {})
    lost = replace(ahead, clusters=())
    assert put_back(lost, FILES[:3]).places.images.tolist() == [2], "nothing goes into a cluster that is not known"


def test_files_find_their_numbers_of_now():
    assert numbers_now(FILES[:4], [FILES[2], FILES[0]]).tolist() == [1, GONE, 0, GONE]


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("seed", range(4))
def test_a_step_means_the_same_pictures_under_their_new_numbers(edit, seed):
    before, rng = sorted_by_hand(seed), random.Random(seed)
    patch = edit(before, rng)
    after = before.patched(patch)
    order = np.random.default_rng(seed).permutation(120)[:100]
    now = np.full(120, GONE, np.int32)
    now[order] = np.arange(100)
    moved = renumbered(patch, now)
    for part in (moved.places.images, moved.verdicts.images, moved.stacks.images):
        assert (np.diff(part) > 0).all()
        assert (part >= 0).all()
    small = Grouping(before.clusters, before.home[order], before.pinned[order], before.rejections, before.highest_id,
                     before.verdicts[order], before.stacked[order])  # fmt: skip
    applied = small.patched(moved)
    np.testing.assert_array_equal(applied.home, after.home[order])
    np.testing.assert_array_equal(applied.pinned, after.pinned[order])
    np.testing.assert_array_equal(applied.verdicts, after.verdicts[order])
    np.testing.assert_array_equal(applied.stacked, after.stacked[order])


def test_refusals_follow_their_pictures_and_clusters_keep_their_numbers():
    now = np.array([5, GONE], np.int32)
    refused = {Rejection("move", 0, 3), Rejection("move", 1, 3), Rejection("merge", 0, 1)}
    moved = renumbered(Patch(rejected=frozenset(refused), unrejected=frozenset(refused)), now)
    assert moved.rejected == moved.unrejected == {Rejection("move", 5, 3), Rejection("merge", 0, 1)}
