import numpy as np
import pytest

from shoal.domain.grouping import Cluster, ClusterId, Grouping, Patch, Places, images_array
from shoal.domain.images import ImageId


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
