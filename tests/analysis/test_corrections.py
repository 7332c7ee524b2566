import numpy as np
import pytest
from scipy.stats import binomtest
from tests.support.labelled_vectors import noisy_folders

from shoal.analysis.corrections import (
    agreement_with_corrections,
    chance_of_difference,
    interval,
    usable_corrections,
)
from shoal.domain.geometry import ByImage, EmbeddingMatrix, Rows, StageKey
from shoal.domain.task import Task


def test_only_pins_with_company_in_their_cluster_count():
    home = np.array([1, 1, 1, 2, 2, 3, 0, 0], np.int32)
    pinned = np.array([True, True, False, True, True, True, True, True])
    assert usable_corrections(home, pinned).tolist() == [0, 1, 3, 4]


@pytest.mark.parametrize("pinned", [[], [0, 1], [0, 3]], ids=["none", "one cluster", "one each"])
def test_where_nothing_can_be_told_apart_none_count(pinned):
    home = np.array([1, 1, 1, 2, 2], np.int32)
    assert len(usable_corrections(home, np.isin(np.arange(5), pinned))) == 0


def test_the_model_that_parts_what_the_user_parted_agrees_more():
    good, home = noisy_folders(4, 20, 0.3)
    poor, _ = noisy_folders(4, 20, 6.0, seed=1)
    home += 1
    ids = np.arange(len(home))
    corrections = usable_corrections(home, np.arange(len(home)) % 2 == 0)
    judged = [
        agreement_with_corrections(
            EmbeddingMatrix(Rows(ids, StageKey("test")), some[ids]), ByImage(home), corrections, Task()
        )
        for some in (good, poor)
    ]
    assert judged[0].share == 1.0
    assert judged[0].nmi > 0.95 > judged[1].nmi
    nearest = (poor[corrections] @ poor[corrections].T - 2 * np.eye(len(corrections))).argmax(axis=1)
    np.testing.assert_array_equal(judged[1].right, home[corrections[nearest]] == home[corrections])
    assert chance_of_difference(judged[0].right, judged[1].right) < 0.001


@pytest.mark.parametrize(("right", "count"), [(0, 5), (7, 10), (40, 40), (1, 1)])
def test_the_interval_is_wilson_s(right, count):
    expected = binomtest(right, count).proportion_ci(method="wilson")
    assert interval(right, count) == pytest.approx((expected.low, expected.high), abs=1e-6)


def test_nothing_known_is_any_share():
    assert interval(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("wins", "losses", "same"), [(9, 1, 4), (3, 3, 0), (0, 0, 5), (6, 0, 10)])
def test_the_chance_is_that_of_an_exact_sign_test(wins, losses, same):
    one = np.array([True] * wins + [False] * losses + [True] * same)
    other = np.array([False] * wins + [True] * losses + [True] * same)
    expected = binomtest(wins, wins + losses).pvalue if wins + losses else 1.0
    assert chance_of_difference(one, other) == pytest.approx(expected)
