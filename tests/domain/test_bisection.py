"""Where a ranking stops being right is found in a few looks, wherever it stops, and nothing is skipped."""

import pytest

from shoal.domain.bisection import Bisection

PAGE = 35


def looked(count: int, right: int, page: int = PAGE) -> tuple[Bisection, int]:
    """By somebody who sees of each page how many are right, where all before `right` are."""
    state, looks = Bisection.of(count, page), 0
    while not state.is_found:
        shown = state.shown
        assert 0 < shown.stop - shown.start <= page
        assert state.right <= shown.start < shown.stop <= state.wrong
        assert looks < 20
        left = state.most_left
        state = state.down_to(min(max(right - shown.start, 0), shown.stop - shown.start))
        assert state.is_found or state.most_left < left
        looks += 1
    return state, looks


@pytest.mark.parametrize("count", [1, 34, 35, 36, 70, 71, 1000, 5000])
def test_every_place_is_found_exactly(count: int) -> None:
    for right in range(0, count + 1, max(1, count // 97)):
        state, looks = looked(count, right)
        assert state.right == right
        assert looks <= Bisection.of(count, PAGE).most_left


def test_thousands_take_eight_looks_at_the_most() -> None:
    assert max(looked(5000, right)[1] for right in range(0, 5001, 13)) == 8
