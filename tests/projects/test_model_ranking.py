from dataclasses import replace

import numpy as np
import pytest
from tests.support.planned_world import grouping_of

from shoal.analysis.corrections import FEWEST, CorrectionsAgreement
from shoal.projects.model_ranking import Verdict, count_corrections, ranked


def agreement(right: int, of: int, nmi: float | None = 0.5) -> CorrectionsAgreement:
    flags = np.zeros(of, np.bool_)
    flags[:right] = True
    return CorrectionsAgreement(flags, nmi)


def test_models_stand_by_what_they_get_right_then_by_how_clusters_agree():
    judged = [("a", agreement(50, 100, None)), ("b", agreement(90, 100, 0.4)), ("c", agreement(50, 100, 0.7))]
    ranking = ranked(judged, 100, 4)
    assert [model.name for model in ranking.models] == ["b", "c", "a"]
    assert [(model.right, model.share, model.nmi) for model in ranking.models] == [
        (90, 0.9, 0.4), (50, 0.5, 0.7), (50, 0.5, None),
    ]  # fmt: skip
    assert all(0 <= model.low < model.share < model.high <= 1 for model in ranking.models)
    assert (ranking.corrections, ranking.clusters, ranking.level) == (100, 4, 1)
    assert ranking.verdict is Verdict.CLEAR


@pytest.mark.parametrize(("shares", "level", "verdict"), [
    ((90, 88, 20), 2, Verdict.EQUAL),
    ((90, 89, 88), 3, Verdict.EQUAL),
    ((90, 20, 19), 1, Verdict.CLEAR),
])  # fmt: skip
def test_models_that_chance_may_have_parted_are_level(shares, level, verdict):
    ranking = ranked([(str(right), agreement(right, 100)) for right in shares], 100, 4)
    assert (ranking.level, ranking.verdict) == (level, verdict)


def test_a_few_corrections_decide_nothing():
    judged = [("a", agreement(FEWEST, FEWEST)), ("b", agreement(0, FEWEST))]
    assert ranked(judged, FEWEST - 1, 2).verdict is Verdict.TOO_FEW
    assert ranked(judged, FEWEST, 2).verdict is Verdict.CLEAR


def test_corrections_count_where_a_cluster_has_another():
    grouping = grouping_of(1, 1, 1, 2, 2, 3, 0, 0, c1="a", c2="b", c3="c")
    pinned = np.zeros(8, np.bool_)
    pinned[[0, 1, 3, 4, 5, 6, 7]] = True
    assert count_corrections(replace(grouping, pinned=pinned)) == (4, 2)
    pinned[3] = False
    assert count_corrections(replace(grouping, pinned=pinned)) == (0, 0), "in one cluster only there is nothing to tell"
