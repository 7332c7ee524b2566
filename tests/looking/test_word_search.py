"""Pictures found by a word: in which order, and when there are none."""

import numpy as np
import pytest

from shoal.domain.errors import ModelUnavailable, UserFacingError
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.seen_classes import likeliest
from shoal.looking.word_search import find_by_word

BANANA, LEMON = 954, 951


def pictures(*of: dict[int, float]) -> EmbeddingMatrix:
    """By the probabilities of classes; their ids are 10, 11, 12 ..."""
    shares = np.zeros((len(of), 1000), np.float32)
    for row, classes in enumerate(of):
        shares[row, list(classes)] = list(classes.values())
    rows = Rows(np.arange(10, 10 + len(of)), StageKey("test"))
    return EmbeddingMatrix(rows, np.eye(len(of), dtype=np.float32), likeliest(shares))


def test_the_likeliest_come_first_and_the_unlikely_stay_behind_the_cut() -> None:
    seen = pictures({BANANA: 0.12}, {LEMON: 0.9}, {BANANA: 0.8}, {BANANA: 0.05})
    found = find_by_word("bananas", seen, "m")
    assert found.best.tolist() == [12, 10]
    assert found.images.tolist() == [12, 10, 13, 11]
    assert find_by_word("水果", seen, "m").best.tolist() == [11, 12, 10]


def test_what_is_like_the_likely_stands_before_what_is_taken_for_it_now_and_then() -> None:
    """A cap is none of the hats that the network was taught; a gown makes it think of a mortarboard."""
    seen = pictures({BANANA: 0.8}, {BANANA: 0.1, LEMON: 0.6}, {BANANA: 0.15})
    seen.vectors[1] = seen.vectors[0] * 0.8 + seen.vectors[1] * 0.6
    found = find_by_word("banana", seen, "m")
    assert found.best.tolist() == [10, 11, 12]
    assert 0 < found.scores.min() < found.scores.max() <= 1


def test_where_none_is_likely_nothing_looks_like_that() -> None:
    found = find_by_word("banana", pictures({BANANA: 0.25}, {BANANA: 0.2}), "m")
    assert (found.count, found.best.tolist()) == (0, [])
    assert find_by_word("banana", pictures(), "m").count == 0


def test_an_unknown_word_and_a_model_that_knows_none_are_refused() -> None:
    seen = pictures({BANANA: 0.9})
    with pytest.raises(UserFacingError, match="not among the words") as refused:
        find_by_word("bannana", seen, "m")
    assert "banana" in refused.value.remedy
    with pytest.raises(ModelUnavailable, match="knows no words"):
        find_by_word("banana", EmbeddingMatrix(seen.rows, seen.vectors), "m")
