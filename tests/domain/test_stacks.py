"""Stacks that count: what was found, and upon that what the user says; and what is left where only tops are wanted."""

import numpy as np
import pytest

from shoal.domain.edits import move_images
from shoal.domain.grouping import UNSORTED, Grouping
from shoal.domain.images import ImageId
from shoal.domain.stack_edits import join_stack, let_find, put_on_top, split_stack, take_apart
from shoal.domain.stacks import (
    ALONE,
    BRACKET,
    NEAR,
    Found,
    StackChange,
    Stacks,
    keeps_by_tops,
    none_said,
    stacks_in_effect,
)

FOUND = np.array([0, 0, 0, -1, 1, 1, -1, -1], np.int32)
NO_SERIES = np.zeros(8, np.int8)
BRACKETS = np.array([BRACKET] * 3 + [NEAR] * 5, np.int8)


def found(kinds: np.ndarray, numbers: np.ndarray = FOUND) -> Found:
    return Found(numbers, kinds, np.arange(8, dtype=np.int32))


def grouping() -> Grouping:
    return Grouping(home=np.zeros(8, np.int32), pinned=np.zeros(8, np.bool_))


def done(*edits) -> Grouping:
    one = grouping()
    for edit, *arguments in edits:
        patch = edit(
            one, *[np.array(a) if isinstance(a, list) and a and isinstance(a[0], int) else a for a in arguments]
        )
        after = one.patched(patch)
        assert after.patched(patch.inverse) == one
        one = after
    return one


def shown(one: Grouping, kinds: np.ndarray = NO_SERIES) -> list[list[int]]:
    numbers = stacks_in_effect(one.stacked, found(kinds)).numbers
    return [np.flatnonzero(numbers == number).tolist() for number in np.unique(numbers[numbers >= 0])]


def test_what_nobody_corrected_is_as_it_was_found():
    assert shown(grouping()) == [[0, 1, 2], [4, 5]]


def test_pictures_and_whole_stacks_are_joined_and_what_stays_behind_stays_together():
    assert shown(done((join_stack, np.array([3, 4, 5])))) == [[0, 1, 2], [3, 4, 5]]
    assert shown(done((join_stack, np.array([2, 6])))) == [[0, 1], [4, 5], [2, 6]]


def test_who_would_stand_alone_is_in_no_stack():
    assert shown(done((join_stack, np.array([4, 7])))) == [[0, 1, 2], [4, 7]]


def test_a_stack_is_taken_apart_and_found_again():
    one = done((take_apart, np.array([0, 1, 2])))
    assert shown(one) == [[4, 5]]
    assert shown(one.patched(let_find(one, np.array([0, 1, 2])))) == [[0, 1, 2], [4, 5]]


def test_a_stack_is_split_and_a_single_picture_is_alone():
    one = done((split_stack, [np.array([0]), np.array([1, 2])]))
    assert shown(one) == [[4, 5], [1, 2]]
    assert one.stacked[0].tolist() == [ALONE, 0]


def test_a_part_of_a_series_is_a_series_and_a_mixture_is_none():
    half = stacks_in_effect(done((split_stack, [np.array([0, 1]), np.array([2])])).stacked, found(BRACKETS))
    assert half.kinds.tolist() == [BRACKET, BRACKET, *[NEAR] * 6]
    assert half.kind_name(0) == "Bracket"
    assert half.kind_name(2) == ""
    mixed = stacks_in_effect(done((join_stack, np.array([0, 1, 2, 3]))).stacked, found(BRACKETS))
    assert mixed.kinds.tolist() == [NEAR] * 8


def test_of_a_stack_the_chosen_top_stays_else_the_sharpest_of_a_series_all():
    stacks = stacks_in_effect(none_said(8), found(NO_SERIES, np.array([0, 0, -1, 1, 1, 1, 0, 2], np.int32)))
    homes = np.array([1, 1, 1, 2, 2, 3, 2, 1], np.int32)
    sharpness = np.array([0.2, 0.9, np.inf, 0.5, 0.5, 0.1, np.inf, 0.1])
    assert np.flatnonzero(keeps_by_tops(stacks, homes, sharpness)).tolist() == [1, 2, 3, 5, 6, 7]
    chosen = stacks_in_effect(done((put_on_top, np.array([0, 1, 2]), 0)).stacked, found(NO_SERIES))
    here = np.ones(8, np.int32)
    assert np.flatnonzero(keeps_by_tops(chosen, here, sharpness)).tolist() == [0, 3, 4, 6, 7]
    series = stacks_in_effect(none_said(8), found(BRACKETS))
    assert np.flatnonzero(keeps_by_tops(series, here, sharpness)).tolist() == [0, 1, 2, 3, 4, 6, 7]


def test_one_is_on_top_at_a_time():
    one = done((put_on_top, np.array([0, 1, 2]), 0), (put_on_top, np.array([0, 1, 2]), 2))
    assert one.stacked[:, 1].tolist() == [0, 0, 1, 0, 0, 0, 0, 0]


def test_members_of_a_stack_and_who_is_alone():
    stacks = stacks_in_effect(none_said(8), found(NO_SERIES))
    assert isinstance(stacks, Stacks)
    assert stacks.members(1).tolist() == [0, 1, 2]
    assert stacks.members(3).tolist() == [3]


def test_what_is_said_of_stacks_stays_with_a_picture_that_moves_and_new_ones_have_none():
    one = done((join_stack, np.array([3, 6])))
    grown = one.patched(move_images(one, [ImageId(3)], UNSORTED)).grown_to(10)
    assert grown.stacked[:, 0].tolist() == [0, 0, 0, 1, 0, 0, 1, 0, 0, 0]


def test_a_change_that_was_made_for_another_grouping_is_refused():
    one = grouping()
    patch = join_stack(one, np.array([0, 1]))
    after = one.patched(patch)
    with pytest.raises(ValueError, match="not what the patch expects"):
        after.patched(patch)
    with pytest.raises(ValueError, match="not among"):
        join_stack(one, np.array([5, 8]))
    with pytest.raises(ValueError, match="not among"):
        Grouping(home=np.zeros(1, np.int32), pinned=np.zeros(1, np.bool_)).patched(patch)


@pytest.mark.parametrize("said", [[[-2, 0]], [[0, 2]], [[0, -1]]])
def test_there_are_no_such_stacks(said):
    with pytest.raises(ValueError, match="no such stacks"):
        StackChange(np.array([0], np.int32), none_said(1), np.array(said, np.int32))


def test_the_columns_of_a_change_fit_together():
    with pytest.raises(ValueError, match="length"):
        StackChange(np.array([0], np.int32), none_said(2), none_said(2))
    with pytest.raises(ValueError, match="ascending"):
        StackChange(np.array([1, 0], np.int32), none_said(2), none_said(2))
    with pytest.raises(ValueError, match="stacks"):
        Grouping(home=np.zeros(2, np.int32), pinned=np.zeros(2, np.bool_), stacked=none_said(3))
