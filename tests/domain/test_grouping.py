from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from shoal.domain.grouping import (
    OUT,
    UNSORTED,
    Cluster,
    ClusterId,
    Grouping,
    Patch,
    Places,
    Rejection,
    images_array,
)
from shoal.domain.images import ImageId
from shoal.domain.stacks import none_said
from shoal.domain.verdicts import unsaid


def five_images() -> Grouping:
    one = ClusterId(1)
    return Grouping({one: Cluster(one, "birds")}, np.array([0, 1, 1, 0, 1], np.int32), np.zeros(5, np.bool_))


def places(images, before, after, pinned_before=False, pinned_after=True) -> Places:
    n = len(images)
    return Places(
        np.array(images, np.int32),
        np.full(n, before, np.int32),
        np.full(n, after, np.int32),
        np.full(n, pinned_before),
        np.full(n, pinned_after),
    )


def test_a_patch_and_its_inverse_cancel_out():
    before = five_images()
    patch = Patch(places([1, 4], 1, 0), {ClusterId(2): (None, Cluster(ClusterId(2), "cats"))})
    after = before.patched(patch)
    assert after.home.tolist() == [0, 0, 1, 0, 0]
    assert after.pinned.tolist() == [False, True, False, False, True]
    assert after.patched(patch.inverse) == before


@pytest.mark.parametrize(
    "patch",
    [
        Patch(places([0], 1, 0)),
        Patch(places([9], 0, 1)),
        Patch(places([1], 1, 0, pinned_before=True)),
        Patch(clusters={ClusterId(1): (None, Cluster(ClusterId(1), "cats"))}),
        Patch(places([0], 0, 7)),
        Patch(clusters={ClusterId(1): (Cluster(ClusterId(1), "birds"), None)}),
    ],
)
def test_a_patch_for_another_grouping_is_refused(patch):
    with pytest.raises(ValueError, match=r"expect|among|not there"):
        five_images().patched(patch)


def test_columns_must_be_ascending():
    with pytest.raises(ValueError, match="ascending"):
        places([4, 1], 1, 0)


def test_growing_keeps_what_was_there():
    grown = five_images().grown_to(7)
    assert grown.home.tolist() == [0, 1, 1, 0, 1, 0, 0]
    assert grown.counts() == {ClusterId(0): 4, ClusterId(1): 3}
    assert grown.members(ClusterId(1)).tolist() == [1, 2, 4]


def test_ids_become_an_ascending_column():
    assert images_array([ImageId(4), ImageId(1), ImageId(4)]).tolist() == [1, 4]


def column(values: list[int]) -> np.ndarray:
    return np.array(values, np.int32)


@pytest.mark.parametrize("wrong", range(4))
def test_every_column_of_a_change_has_its_length(wrong):
    columns = [column([0, 0]), column([1, 1]), np.zeros(2, np.bool_), np.ones(2, np.bool_)]
    Places(column([3, 4]), *columns)
    columns[wrong] = columns[wrong][:1]
    with pytest.raises(ValueError, match="differ in length"):
        Places(column([3, 4]), *columns)
    with pytest.raises(ValueError, match="strictly ascending"):
        places([4, 4], 1, 0)


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"pinned": np.zeros(2, np.bool_)}, "3 homes but 2 pins"),
        ({"verdicts": unsaid(2)}, "3 homes but 2 verdicts"),
        ({"stacked": none_said(4)}, "3 homes but 4 stacks"),
    ],
)
def test_all_that_is_said_of_images_is_said_of_each(parts, what):
    whole: dict[str, Any] = {
        "home": column([0, 0, 0]),
        "pinned": np.zeros(3, np.bool_),
        "verdicts": unsaid(3),
        "stacked": none_said(3),
    }
    assert len(Grouping({}, **whole).homes) == 3
    with pytest.raises(ValueError, match=what):
        Grouping({}, **{**whole, **parts})


def test_groupings_are_equal_if_all_that_is_authored_is():
    assert five_images() == replace(five_images(), highest_id=99), "which ids were used takes no part"
    assert five_images() != "a grouping"
    others = [
        replace(five_images(), home=column([0, 1, 1, 0, 0])),
        replace(five_images(), pinned=np.array([True, False, False, False, False])),
        replace(five_images(), clusters={ClusterId(1): Cluster(ClusterId(1), "cats")}),
        replace(five_images(), rejections=frozenset({Rejection("merge", 1, 2)})),
        replace(five_images(), verdicts=np.ones((5, 3), np.int8)),
        replace(five_images(), stacked=np.ones((5, 2), np.int32)),
    ]
    assert all(other != five_images() for other in others)


def test_an_id_is_never_used_for_two_clusters():
    assert Grouping().fresh_id == 1
    assert five_images().fresh_id == 2
    gone = five_images().patched(Patch(clusters={ClusterId(9): (None, Cluster(ClusterId(9), "x"))}))
    gone = gone.patched(Patch(clusters={ClusterId(9): (Cluster(ClusterId(9), "x"), None)}))
    assert gone.fresh_id == 10
    assert list(gone.clusters) == [1]


def test_what_is_out_of_the_project_is_counted_nowhere():
    grouping = replace(five_images(), home=column([OUT, 1, 1, 0, OUT]))
    assert grouping.counts() == {UNSORTED: 1, ClusterId(1): 2}


def test_refusals_are_added_and_taken_back_once():
    first, second = Rejection("move", 0, 1), Rejection("merge", 1, 2)
    refused = five_images().patched(Patch(rejected=frozenset({first, second})))
    assert refused.rejections == {first, second}
    assert refused.patched(Patch(unrejected=frozenset({first}))).rejections == {second}
    for patch in (Patch(rejected=frozenset({first})), Patch(unrejected=frozenset({Rejection("move", 9, 1)}))):
        with pytest.raises(ValueError, match="the rejections are not as the patch expects"):
            refused.patched(patch)


def test_a_change_is_something_if_any_part_of_it_is():
    assert not Patch()
    cat, refused = Cluster(ClusterId(2), "cats"), frozenset({Rejection("move", 0, 1)})
    for patch in (
        Patch(places([1], 1, 0)),
        Patch(clusters={cat.id: (None, cat)}),
        Patch(rejected=refused),
        Patch(unrejected=refused),
    ):
        assert patch
        assert patch.inverse
    with pytest.raises(ValueError, match="cannot shrink to 4"):
        five_images().grown_to(4)
    assert five_images().grown_to(5) == five_images()
