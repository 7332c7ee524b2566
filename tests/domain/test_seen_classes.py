import numpy as np
import pytest

from shoal.domain.seen_classes import CLASS_COUNT, KEPT_CLASSES, SeenClasses, joined, likeliest, nothing_seen


def test_the_likeliest_classes_are_kept_the_earlier_of_equal_ones_first():
    probabilities = np.zeros((2, CLASS_COUNT))
    probabilities[0, [7, 3, 900]] = 0.2, 0.5, 0.2
    probabilities[1] = np.arange(CLASS_COUNT) / CLASS_COUNT
    seen = likeliest(probabilities)
    assert seen.classes.shape == seen.probabilities.shape == (2, 12)
    assert seen.classes[0, :4].tolist() == [3, 7, 900, 0]
    assert seen.probabilities[0, :4].tolist() == pytest.approx([0.5, 0.2, 0.2, 0])
    assert seen.classes[1].tolist() == list(range(999, 987, -1))
    assert seen.classes.dtype == np.uint16
    assert seen.probabilities.dtype == np.float32


def test_of_a_network_with_few_classes_all_are_kept():
    assert likeliest(np.array([[0.1, 0.9]])).classes.tolist() == [[1, 0]]


def test_how_likely_some_classes_are_together():
    seen = SeenClasses(np.array([[3, 7], [9, 3]], np.uint16), np.array([[0.5, 0.2], [0.6, 0.1]], np.float32))
    marked = np.zeros(CLASS_COUNT, np.bool_)
    marked[[3, 7]] = True
    assert seen.probability_of(marked).tolist() == pytest.approx([0.7, 0.1])
    assert nothing_seen(3).probability_of(marked).tolist() == [0, 0, 0]


def test_parts_and_joined_rows_stay_what_they_are():
    first = SeenClasses(np.array([[3], [4]], np.uint16), np.array([[0.5], [0.4]], np.float32))
    both = joined([first.part(np.array([1])), first])
    assert both.classes.tolist() == [[4], [3], [4]]
    assert both.probabilities.tolist() == pytest.approx(np.array([[0.4], [0.5], [0.4]]))
    assert (len(both), len(nothing_seen(2))) == (3, 2)
    assert nothing_seen(2).classes.shape == (2, KEPT_CLASSES)
    with pytest.raises(ValueError, match=r"classes \(2, 1\) but probabilities \(1, 1\)"):
        SeenClasses(first.classes, first.probabilities[:1])
