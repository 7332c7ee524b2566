"""What is said of the pictures that nobody has judged is kept to: by drawing folders whose truth is known."""

import numpy as np
import pytest

from shoal.analysis.sureness import USUAL, learn_sureness, probably_right, share_surely_right

DRAWS = 300


def folder(random: np.random.Generator, count: int) -> np.ndarray:
    margin, agreeing = random.normal(0.6, 0.5, count), random.beta(4, 2, count)
    return np.stack([np.ones(count), margin, agreeing], axis=1)


@pytest.mark.parametrize("weights", [USUAL, np.array([-1.0, 2.0, 1.5]), np.array([-3.0, 3.0, 4.0])])
def test_in_some_three_of_four_folders_at_least_so_many_are_right(weights):
    random, kept, short = np.random.default_rng(4), 0, []
    for _ in range(DRAWS):
        of = folder(random, 400)
        right = random.random(400) < probably_right(of, weights)
        doubtful_first = np.argsort(probably_right(of, USUAL) + random.normal(0, 0.1, 400))
        judged, rest = doubtful_first[:250], doubtful_first[250:]
        learnt = learn_sureness(of[judged], right[judged])
        said = share_surely_right(of[rest], len(judged), of[judged], learnt)
        true = (right[rest].sum() + len(judged)) / 400
        kept += said <= true
        short.append(true - said)
    assert 0.62 < kept / DRAWS < 0.9
    assert np.mean(short) < 0.02, "it is no use to be careful beyond that"


def test_what_is_settled_is_certain_and_more_judgements_leave_less_doubt():
    of = folder(np.random.default_rng(0), 300)
    nothing = np.empty((0, 3))
    assert share_surely_right(nothing, 10, nothing, USUAL) == 1.0
    assert share_surely_right(nothing, 0, nothing, USUAL) == 1.0
    few, many = (share_surely_right(of, 0, of[:count], USUAL) for count in (5, 200))
    assert few < many < probably_right(of, USUAL).mean()
