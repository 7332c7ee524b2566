"""Rows, image ids and by-image arrays: what belongs together is joined, everything else is refused."""

import numpy as np
import pytest

from shoal.domain.geometry import ByImage, EmbeddingMatrix, Rows, StageKey
from shoal.domain.rows import rows_by_label

ROWS = Rows(np.array([2, 3, 7]), StageKey("made of these"))


@pytest.mark.parametrize("ids", [[3, 2], [1, 1], [-1, 4]])
def test_ids_ascend_from_0_on(ids):
    with pytest.raises(ValueError, match="ascend"):
        Rows(np.array(ids))


def test_the_row_of_an_image():
    assert ROWS.rows_of(np.array([7, 5, 2, 99])).tolist() == [2, -1, 0, -1]
    assert (ROWS.row_of(3), ROWS.row_of(4)) == (1, None)
    assert Rows(np.array([], np.int64)).rows_of(np.array([1])).tolist() == [-1]


def test_by_image_and_back():
    clusters = ROWS.spread(np.array([5, 6, 7], np.int32), 9, -1)
    assert clusters.values.tolist() == [-1, -1, 5, 6, -1, -1, -1, 7, -1]
    assert clusters.of(ROWS).tolist() == [5, 6, 7]


def test_rows_of_images_that_nobody_knows_are_refused():
    with pytest.raises(ValueError, match="image 7, and only 5 images"):
        ByImage(np.zeros(5)).of(ROWS)


@pytest.mark.parametrize("other", [Rows(np.array([2, 3, 8]), ROWS.key), Rows(ROWS.ids, StageKey("another model"))])
def test_what_is_about_other_images_cannot_be_joined(other):
    with pytest.raises(ValueError, match="cannot be joined"):
        ROWS.require(other, "a graph")


def test_the_same_rows_can_be_joined_also_after_a_journey_to_another_process():
    ROWS.require(Rows(ROWS.ids.copy(), StageKey(str(ROWS.key))), "a graph")


def test_a_part_is_not_the_whole_nor_another_part():
    whole = EmbeddingMatrix(ROWS, np.eye(3, dtype=np.float32))
    parts = [whole.part(np.array(rows)) for rows in ([0, 1], [1, 2])]
    assert [part.rows.ids.tolist() for part in parts] == [[2, 3], [3, 7]]
    assert len({whole.key, *(part.key for part in parts)}) == 3


def test_rows_come_by_label_ascending_in_both() -> None:
    found = rows_by_label(np.array([3, -1, 3, 0, -1, 3], np.int32))
    assert [(label, rows.tolist()) for label, rows in found.items()] == [(-1, [1, 4]), (0, [3]), (3, [0, 2, 5])]
    assert rows_by_label(np.empty(0, np.int32)) == {}
