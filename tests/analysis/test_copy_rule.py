"""The rule that says how likely a pair is a copy: as shipped, corrected by answers; and the groups that follow."""

import numpy as np
import pytest

from shoal.analysis.copy_groups import groups_of
from shoal.analysis.copy_rule import (
    CopyRule,
    features,
    fitted,
    most_telling,
    probability,
    rule_without_vectors,
    shipped_rule,
)

SURELY = [0.99, 1.0, 0.999, 0.01, 0.999, -5.5, -4.5, 0.99, 0.99]
"""Cosine, waves, correlation, colours; aligned, what does not fit of most parts and of few, what fits by itself."""
HARDLY = [0.5, 0.55, 0.4, 0.2, 0.5, -0.8, 0.2, 0.1, 0.3]
CROPPED = [0.88, 0.7, 0.8, 0.12, 0.98, -4.2, -3.0, 0.95, 0.98]
"""Cut out: the closer look decides."""
SHOT = [0.94, 0.87, 0.95, 0.06, 0.93, -2.5, -0.4, 0.6, 0.85]
"""Another shot of the same: one part of it does not fit at all."""
UNKNOWN = [np.nan] * 5


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
    unknown = signs([*SURELY[:4], *UNKNOWN], HARDLY)
    assert rule.closely(unknown)[0] == rule.cheaply(unknown)[0] > 0.99


def test_answers_move_the_rule_where_they_contradict_it():
    rule = shipped_rule()
    doubtful = np.repeat(signs(CROPPED), 10, axis=0)
    before = rule.closely(doubtful)[0]
    after = rule.corrected(doubtful, np.zeros(10, np.bool_)).closely(signs(CROPPED, SURELY, HARDLY))
    assert after[0] < before
    assert after[0] < 0.5
    assert after[2] < 0.1
    nobody = signs([*CROPPED[:4], *UNKNOWN])
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
    assert np.isfinite(features(signs([1, 1, 1, 0, 1, -5.8, -5.8, 1, 1], [-1, 0, -1, 1, -1, 2, 3, -1, -1]))).all()


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
    nothing = CopyRule(np.zeros(9), np.zeros(19))
    assert nothing.closely(signs(SURELY)).tolist() == [0.5]


def test_another_shot_is_no_copy():
    assert shipped_rule().closely(signs(SHOT))[0] < 0.5 < shipped_rule().closely(signs(CROPPED))[0]


def test_without_vectors_looks_decide():
    rule = rule_without_vectors()
    assert rule.blind
    for cosine in (-0.5, 0.2, 0.99):
        sure, hardly, shot = rule.closely(signs(*([cosine, *row[1:]] for row in (SURELY, HARDLY, SHOT))))
        assert sure > 0.99
        assert hardly < 0.01
        assert shot < 0.5


def test_where_copies_are_rare_more_is_asked_of_one():
    """Three thousand pairs, none of which is one for sure, and one that may be."""
    random = np.random.default_rng(2)
    many = signs(*[HARDLY] * 3000) + random.normal(0, 0.02, (3000, 9)).astype(np.float32)
    doubtful = (signs(CROPPED) + signs(SHOT)) / 2
    rule = shipped_rule()
    alone, among = (rule.settled(pairs).closely(doubtful)[0] for pairs in (doubtful, np.concatenate([many, doubtful])))
    assert among < alone
    assert rule.settled(np.concatenate([many, doubtful])).closely(signs(SURELY))[0] > 0.95
    frequent = rule.settled(signs(*[SURELY] * 300))
    assert frequent.closely(doubtful)[0] > alone
    assert (frequent.undecided(doubtful) == rule.undecided(doubtful)).all()
