"""Curves of scores as CLIP gives them: somewhere around 0.2, some more for what is meant."""

import numpy as np
import pytest

from shoal.analysis.score_drop import rank_of_drop


def scores(meant: int, others: int, lift: float, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    return np.concatenate([random.normal(0.2 + lift, 0.02, meant), random.normal(0.2, 0.018, others)])


@pytest.mark.parametrize(("meant", "others"), [(12, 500), (40, 10_000), (250, 250), (400, 100), (8, 60)])
def test_what_stands_out_is_found_whatever_its_share(meant, others):
    found = [rank_of_drop(scores(meant, others, 0.12, seed)) for seed in range(20)]
    assert all(abs(count - meant) <= max(1, 0.05 * meant) for count in found)


def test_where_the_two_heaps_overlap_the_cut_is_near():
    found = [rank_of_drop(scores(100, 400, 0.07, seed)) for seed in range(20)]
    assert all(75 <= count <= 115 for count in found)


@pytest.mark.parametrize("count", [30, 500, 5000])
def test_where_nothing_or_everything_is_meant_there_is_no_drop(count):
    found = [rank_of_drop(scores(0, count, 0.0, seed)) for seed in range(20)]
    assert found.count(None) >= 19


@pytest.mark.parametrize("few", [[], [0.3], [0.3, 0.1], [0.25] * 40])
def test_too_few_or_equal_scores_have_no_drop(few):
    assert rank_of_drop(np.array(few)) is None


def test_the_order_the_unit_and_the_level_do_not_matter():
    some = scores(30, 300, 0.1)
    shuffled = np.random.default_rng(1).permutation(some)
    assert rank_of_drop(some) == rank_of_drop(shuffled) == rank_of_drop(100 * some - 7)


def test_one_picture_far_above_the_rest_is_found_alone():
    some = np.append(scores(0, 200, 0.0), 0.4)
    assert rank_of_drop(some) == 1
