"""Stars, flags and labels: given, taken back, and joined with what files say."""

import numpy as np
import pytest

from shoal.domain.edits import mark_images, move_images
from shoal.domain.grouping import UNSORTED, Grouping
from shoal.domain.images import ImageId
from shoal.domain.label_colours import COLOURS
from shoal.domain.marks import MOST_STARS, PICK_ACCEPTED, Marks
from shoal.domain.verdict_marks import verdict_of
from shoal.domain.verdicts import (
    COLOUR,
    FLAG,
    LARGEST,
    NOTHING_SAID,
    STARS,
    UNSAID,
    VerdictChange,
    changed,
    in_effect,
    unsaid,
)


def grouping(count: int = 5) -> Grouping:
    return Grouping(home=np.zeros(count, np.int32), pinned=np.zeros(count, np.bool_))


def test_there_are_as_many_as_other_programs_have():
    assert (MOST_STARS, PICK_ACCEPTED, len(COLOURS)) == LARGEST


def test_stars_are_given_and_taken_back():
    before = grouping()
    patch = mark_images(before, [ImageId(1), ImageId(3)], STARS, 4)
    after = before.patched(patch)
    assert after.verdicts[:, STARS].tolist() == [UNSAID, 4, UNSAID, 4, UNSAID]
    assert after != before
    assert after.patched(patch.inverse) == before


def test_what_is_said_already_is_no_step():
    one = grouping()
    after = one.patched(mark_images(one, [ImageId(2)], FLAG, 1))
    assert not mark_images(after, [ImageId(2)], FLAG, 1)
    both = mark_images(after, [ImageId(2), ImageId(4)], FLAG, 1)
    assert both.verdicts.images.tolist() == [4]


def test_a_picture_that_moves_keeps_its_stars_and_new_ones_have_none():
    one = grouping()
    one = one.patched(mark_images(one, [ImageId(0)], COLOUR, 5))
    moved = one.patched(move_images(one, [ImageId(0)], UNSORTED)).grown_to(7)
    assert moved.verdicts[0].tolist() == [UNSAID, UNSAID, 5]
    assert (moved.verdicts[1:] == UNSAID).all()


@pytest.mark.parametrize(("column", "value"), [(STARS, 6), (FLAG, 4), (COLOUR, 10), (STARS, -2)])
def test_there_are_no_six_stars(column, value):
    with pytest.raises(ValueError, match="no such"):
        mark_images(grouping(), [ImageId(0)], column, value)


def test_a_change_fits_only_what_it_was_made_for():
    one = grouping()
    patch = mark_images(one, [ImageId(0)], STARS, 3)
    with pytest.raises(ValueError, match="not what the patch expects"):
        one.patched(patch).patched(patch)
    with pytest.raises(ValueError, match="not among"):
        changed(unsaid(0), patch.verdicts)
    with pytest.raises(ValueError, match="length"):
        VerdictChange(np.array([1], np.int32))
    with pytest.raises(ValueError, match="ascending"):
        VerdictChange(np.array([2, 1], np.int32), unsaid(2), unsaid(2))
    with pytest.raises(ValueError, match="verdicts"):
        Grouping(home=np.zeros(2, np.int32), pinned=np.zeros(2, np.bool_), verdicts=unsaid(3))


@pytest.mark.parametrize(
    ("marks", "verdict"),
    [
        (Marks(), NOTHING_SAID),
        (Marks(stars=3, label="Green", pick=3), (3, 3, 4)),
        (Marks(stars=-1), (UNSAID, 1, UNSAID)),
        (Marks(stars=-1, pick=3), (UNSAID, 1, UNSAID)),
        (Marks(stars=0, label="to print"), (0, UNSAID, UNSAID)),
        (Marks(label="red"), (UNSAID, UNSAID, 1)),
    ],
)
def test_what_other_programs_say(marks, verdict):
    assert verdict_of(marks) == verdict


def test_what_is_said_here_counts_before_what_files_say():
    said = np.array([[UNSAID, 0, UNSAID], [5, UNSAID, UNSAID], NOTHING_SAID], np.int8)
    files = np.array([[3, 1, 2], [1, UNSAID, UNSAID], NOTHING_SAID], np.int8)
    assert in_effect(said, files).tolist() == [[3, 0, 2], [5, 0, 0], [0, 0, 0]]
