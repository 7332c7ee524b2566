"""How well pictures fit their clusters, what is left to be named, and what shows a cluster best."""

import numpy as np
import pytest
from tests.support.planned_world import grouping_of
from tests.support.synthetic_embeddings import as_embeddings

from shoal.analysis.held_back import FEWEST, Verdict
from shoal.domain.geometry import Proposal, Rows, StageKey
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.stacks import USUAL_STACKS, StackRule
from shoal.domain.task import HereCaller, Task
from shoal.projects.cluster_summary import summarise
from shoal.projects.learnt_words import learnt_words
from shoal.projects.naming_pass import to_be_named, unnamed
from shoal.projects.recipe_figures import fit_of
from shoal.projects.splitting import parts_of
from shoal.projects.stack_rule import ChosenStackRule
from shoal.projects.unlike_members import unlike_members


def proposal(labels: list[int], silhouettes: list[float]) -> Proposal:
    count = max(labels) + 1
    rows = Rows(np.arange(len(labels)), StageKey("k"))
    tightness = np.ones(count, np.float32)
    return Proposal(StageKey("p"), rows, np.array(labels, np.int32), np.zeros(count, np.int32), tightness,
                    np.array(silhouettes, np.float32), "x")  # fmt: skip


def test_clusters_as_they_are_now_the_worst_fitting_first():
    now = grouping_of(1, 1, 1, 1, 2, 2, 3, 0, 2, c1="a", c2="b", c3="c")
    made = proposal([0, 0, 0, 1, 1, 1, 2, 2, -1], [0.1, 0.1, 0.1, -0.1, 0.5, 0.3, 0.05, 0.9, 0.7])
    fit = fit_of(now, made)
    assert [(row.cluster, row.count) for row in fit.clusters] == [(1, 4), (3, 1), (2, 2)]
    assert [row.silhouette for row in fit.clusters] == pytest.approx([0.05, 0.05, 0.4])
    assert [row.mixed for row in fit.clusters] == [True, False, False], "of three pictures nothing is said"
    assert fit.overall == pytest.approx(1.05 / 7)


@pytest.mark.parametrize(("silhouette", "mixed"), [(0.0999, True), (0.1, False)])
def test_a_cluster_whose_pictures_fit_no_better_elsewhere_may_be_several(silhouette, mixed):
    made = proposal([0, 0, 0, 0], [silhouette] * 4)
    assert fit_of(grouping_of(1, 1, 1, 1, c1="a"), made).clusters[0].mixed is mixed


def test_where_there_is_nothing_to_compare_nothing_is_said():
    assert fit_of(grouping_of(1, c1="a"), None).overall is None
    assert fit_of(grouping_of(0, 0), proposal([0, 0], [0.5, 0.5])).overall is None
    assert fit_of(grouping_of(1, 1, c1="a"), proposal([-1, -1], [0.5, 0.5])).overall is None


def test_what_the_user_has_not_named_is_named_the_largest_first():
    names = {1: ("a", False), 2: ("b", True), 3: ("c", False), 4: ("d", False), 5: ("empty", False)}
    clusters = {ClusterId(id_): Cluster(ClusterId(id_), name, named=by_hand) for id_, (name, by_hand) in names.items()}
    home = np.array([1, 2, 2, 2, 3, 3, 4, 0, 0, 0, 0], np.int32)
    assert to_be_named(Grouping(clusters, home, np.zeros(11, np.bool_))) == [3, 1, 4]


def test_a_cluster_is_shown_by_parts_that_are_like_each_other_the_largest_first():
    vectors = as_embeddings([[1, 0, 0.0], [0, 1, 0.0], [1, 0, 0.0], [0, 0, 1.0], [1, 0, 0.0], [0, 1, 0.0]])
    now = grouping_of(1, 1, 1, 2, 1, 1, 1, c1="Cluster 7", c2="dogs")
    shown = unnamed(now, vectors, ClusterId(1), "Cluster")
    assert shown.offer == ""
    assert [part.images.tolist() for part in shown.parts] == [[0, 2, 4], [1, 5]]
    assert all(part.face in part.images for part in shown.parts)
    assert shown.count == 5, "the picture that nobody has looked at is not shown"
    assert unnamed(now, vectors, ClusterId(2), "Cluster").offer == "dogs"
    nobody = unnamed(grouping_of(0, 0, 0, 0, 0, 0, 1, c1="x"), vectors, ClusterId(1), "Cluster")
    assert (nobody.parts, nobody.count) == ((), 0)


def test_a_cluster_in_a_few_pictures_is_as_unlike_as_can_be():
    random = np.random.default_rng(0)
    middles = np.eye(9, dtype=np.float32)
    vectors = as_embeddings(np.repeat(middles, 30, axis=0) + random.normal(0, 0.02, (270, 9)))
    shown = unlike_members(vectors, np.arange(270, dtype=np.int32))
    assert len(shown) == 9
    assert {image // 30 for image in shown} == set(range(9))
    assert unlike_members(None, np.arange(20, dtype=np.int32)) == list(range(9))
    assert unlike_members(vectors, np.array([0, 270, 271], np.int32)) == [0], "others have not been looked at"
    assert unlike_members(vectors, np.array([270], np.int32)) == []


def test_a_cluster_falls_apart_in_two_to_four():
    vectors = as_embeddings(np.repeat(np.eye(4), 5, axis=0) + np.random.default_rng(0).normal(0, 0.01, (20, 4)))
    members = np.arange(21, dtype=np.int32)
    offers = parts_of(vectors, members, HereCaller(), Task())
    assert list(offers) == [2, 3, 4]
    assert all(len(np.unique(labels[:20])) == parts for parts, labels in offers.items())
    assert all(labels[20] == 0 for labels in offers.values()), "one without a vector goes with the first part"
    assert len({tuple(offers[4][start : start + 5]) for start in range(0, 20, 5)}) == 4
    assert list(parts_of(vectors, np.arange(2, dtype=np.int32), HereCaller(), Task())) == [2]
    alike = as_embeddings(np.ones((5, 3)))
    assert list(parts_of(alike, np.arange(5, dtype=np.int32), HereCaller(), Task())) == []


def test_a_report_says_of_each_cluster_how_large_and_how_tight_it_is():
    vectors = as_embeddings([[1, 0.0], [1, 0.1], [1, -0.1], [0, 1.0], [0.1, 1], [0.7, 0.7]])
    summary = summarise(grouping_of(4, 4, 4, 9, 9, 0, c4="wide", c9="tall"), vectors)
    first = summary.clusters[0]
    assert (first.id, first.name, first.count, first.typical) == (4, "wide", 3, 0)
    assert [row.count for row in summary.clusters] == [3, 2]
    assert summary.unsorted == 1
    for row, members in zip(summary.clusters, ([0, 1, 2], [3, 4]), strict=True):
        mean = vectors.vectors[members].mean(axis=0)
        assert row.tightness == pytest.approx(float(np.linalg.norm(mean)), abs=1e-3)
        assert 0.8 < row.silhouette <= 1
    inside = (3 * summary.clusters[0].silhouette + 2 * summary.clusters[1].silhouette) / 5
    assert summary.silhouette == pytest.approx(inside, abs=1e-5)


def test_a_rule_for_stacks_is_kept_when_it_is_another_one():
    kept: list[object] = []
    chosen = ChosenStackRule(save=kept.append)
    chosen.use(USUAL_STACKS)
    assert (chosen.now, kept) == (USUAL_STACKS, [])
    other = StackRule(seconds=3.0)
    chosen.use(other)
    assert (chosen.now, kept) == (other, [other])


@pytest.mark.parametrize(("used", "word"), [(True, "on"), (False, "off")])
def test_what_learning_brings_is_said_also_where_it_is_off(used, word):
    metric, evened = learnt_words(Verdict(used, 1234, 5), Verdict(not used, 1234, -7))
    assert str(metric) == f"Learnt distances: {word} (+5 of 1,234 held-back corrections found again)."
    assert str(evened) == f"Evened folder: {'off' if used else 'on'} (-7 of 1,234)."
    assert len(learnt_words(Verdict(used, FEWEST), Verdict(used))) == 2
    (early,) = learnt_words(Verdict(False, FEWEST - 3), Verdict(False))
    assert str(early).startswith("After 3 more corrections Shoal finds out")
