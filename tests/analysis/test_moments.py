"""Time beside looks: from looks only to the moment only, by the formula that is documented."""

import numpy as np
import pytest

from shoal.analysis.moments import moment_waves, with_moments
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey

HOUR, DAY = 3600.0, 86_400.0


def looks() -> EmbeddingMatrix:
    vectors = np.array([[1, 0], [0.6, 0.8], [1, 0]], np.float32)
    return EmbeddingMatrix(Rows(np.arange(3), StageKey("e")), vectors)


def closeness(apart: float) -> float:
    return (np.exp(-apart / 600) + np.exp(-apart / 21_600)) / 2


@pytest.mark.parametrize("share", [0.2, 0.5, 1.0])
def test_likeness_is_what_the_formula_says(share):
    mixed = with_moments(looks(), np.array([0.0, 300.0, 40 * DAY]), share)
    likeness = mixed.vectors @ mixed.vectors.T
    assert np.diag(likeness) == pytest.approx(np.ones(3), abs=1e-5)
    assert likeness[0, 1] == pytest.approx((1 - share) * 0.6 + share * closeness(300), abs=0.02)
    assert likeness[0, 2] == pytest.approx(1 - share, abs=0.22 * share)
    assert mixed.rows.ids.tolist() == [0, 1, 2]


def test_closeness_in_time_falls_as_two_exponentials_do():
    moments = np.array([0, 60, 600, HOUR, 6 * HOUR, DAY, 30 * DAY])
    waves = moment_waves(moments)
    assert waves @ waves[0] == pytest.approx([closeness(apart) for apart in moments], abs=0.12)
    assert moment_waves(np.empty(0)).shape[0] == 0


def test_who_is_not_dated_goes_by_looks_alone():
    mixed = with_moments(looks(), np.array([np.inf, np.inf, 5.0]), 0.5)
    assert mixed.vectors[0] @ mixed.vectors[1] == pytest.approx(0.6)
    assert mixed.vectors[0] @ mixed.vectors[2] == pytest.approx(0.5**0.5)


def test_other_moments_and_another_share_are_another_key():
    keys = [with_moments(looks(), np.array([0.0, 1.0, last]), share).key for last in (2.0, 3.0) for share in (0.5, 0.6)]
    assert len({*keys, looks().key}) == 5
