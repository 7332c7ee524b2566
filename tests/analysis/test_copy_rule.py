"""The rule that says how likely a pair is a copy: as shipped, corrected by answers; and the groups that follow."""

import numpy as np
import pytest

from shoal.analysis.copy_groups import groups_of
from shoal.analysis.copy_rule import CopyRule, features, fitted, most_telling, probability, shipped_rule

SURELY = [0.99, 1.0, 0.999, 0.01, 0.999]
"""Cosine, waves, correlation, colours, aligned."""
HARDLY = [0.5, 0.55, 0.4, 0.2, 0.5]
CROPPED = [0.88, 0.7, 0.8, 0.12, 0.98]
"""Cut out: the closer look decides."""


def signs(*rows: list[float]) -> np.ndarray:
    return np.array(rows, np.float32)


def test_the_shipped_rule_knows_the_plain_cases():
    rule = shipped_rule()
    sure, hardly, cropped = rule.closely(signs(SURELY, HARDLY, CROPPED))
    assert sure > 0.99
    assert hardly < 0.01
    assert cropped > 0.5
    assert rule.undecided(signs(SURELY, HARDLY, CROPPED)).tolist() == [False, False, True]


def test_where_nobody_looked_closely_the_cheap_signs_decide():
    rule = shipped_rule()
    unknown = signs([*SURELY[:4], np.nan], HARDLY)
    assert rule.closely(unknown)[0] == rule.cheaply(unknown)[0] > 0.99


def test_answers_move_the_rule_where_they_contradict_it():
    rule = shipped_rule()
    doubtful = np.repeat(signs(CROPPED), 10, axis=0)
    before = rule.closely(doubtful)[0]
    after = rule.corrected(doubtful, np.zeros(10, np.bool_)).closely(signs(CROPPED, SURELY, HARDLY))
    assert after[0] < before
    assert after[0] < 0.5
    assert after[2] < 0.1
    nobody = signs([*CROPPED[:4], np.nan])
    assert rule.corrected(nobody, np.array([False])) is rule


def test_the_fit_finds_the_weights_that_made_the_answers():
    random = np.random.default_rng(3)
    columns = np.column_stack([np.ones(4000), random.normal(size=(4000, 2))])
    truth = np.array([-0.5, 2.0, -1.0])
    answers = random.random(4000) < probability(columns @ truth)
    np.testing.assert_allclose(fitted(columns, answers, np.zeros(3), 1e-6), truth, atol=0.2)
    held = fitted(columns[:3], answers[:3], truth, 100.0)
    np.testing.assert_allclose(held, truth, atol=0.1)


def test_the_most_telling_pair_is_the_least_certain_one_not_asked_yet():
    likely, asked = np.array([0.9, 0.45, 0.6, 0.01]), np.zeros(4, np.bool_)
    assert most_telling(likely, asked) == 1
    asked[1] = True
    assert most_telling(likely, asked) == 2
    assert most_telling(likely, np.ones(4, np.bool_)) is None


def test_features_are_finite_at_the_ends():
    assert np.isfinite(features(signs([1, 1, 1, 0, 1], [-1, 0, -1, 1, -1]))).all()


def test_in_a_group_all_match_all_and_a_chain_is_no_group():
    pairs = np.array([[0, 1], [1, 2], [3, 4]])
    chain = groups_of(6, pairs, np.array([0.9, 0.8, 0.3]), 0.5, lambda asked: np.zeros(len(asked), np.bool_))
    assert chain == [[0, 1]]
    whole = groups_of(6, pairs, np.array([0.9, 0.8, 0.6]), 0.5, lambda asked: np.ones(len(asked), np.bool_))
    assert whole == [[0, 1, 2], [3, 4]]


def test_what_was_a_candidate_and_does_not_match_keeps_two_groups_apart():
    pairs = np.array([[0, 1], [0, 2], [1, 2]])

    def nobody_asks(_pairs: np.ndarray) -> np.ndarray:
        pytest.fail("all of them are known")

    assert groups_of(3, pairs, np.array([0.9, 0.2, 0.8]), 0.5, nobody_asks) == [[0, 1]]


def test_rules_can_be_made_of_any_weights():
    nothing = CopyRule(np.zeros(9), np.zeros(13))
    assert nothing.closely(signs(SURELY)).tolist() == [0.5]
