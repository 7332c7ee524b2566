"""Number keys of clusters: who gets one, who keeps it, and how giving one is taken back between other steps."""

import numpy as np

from shoal.domain.digits import Claim
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.sentence import Sentence
from shoal.projects.cluster_digits import ClusterDigits
from shoal.projects.digit_steps import DigitStep, DigitSteps


def grouping(**sizes: int) -> Grouping:
    """`c3=5`: five pictures in cluster 3."""
    clusters = {ClusterId(int(name[1:])): size for name, size in sizes.items()}
    home = np.repeat(np.array(list(clusters), np.int32), list(clusters.values()))
    return Grouping({id_: Cluster(id_, f"Cluster {id_}") for id_ in clusters}, home, np.zeros(len(home), np.bool_))


def test_at_first_the_largest_clusters_have_the_keys():
    kept: list[list[Claim]] = []
    digits = ClusterDigits(save=lambda claims: kept.append(list(claims)))
    now = grouping(c1=2, c2=9, c3=2)
    digits.meet(now, made=())
    assert digits.by_digit(now) == {1: 2, 2: 1, 3: 3}
    assert kept == [list(digits.claims)]
    digits.meet(now, made=())
    assert len(kept) == 1, "nothing new, nothing to be kept"


def test_later_only_new_clusters_are_given_keys_and_those_that_are_free():
    before = grouping(c1=2, c2=9)
    digits = ClusterDigits()
    digits.meet(before, made=())
    now = grouping(c2=9, c3=1, c4=5)
    digits.meet(now, made=[ClusterId(4)])
    assert digits.by_digit(now) == {1: 2, 2: 4}, "who presses the key of a cluster that is gone means no other one"
    digits.give(7, ClusterId(4))
    assert digits.by_digit(now) == {1: 2, 7: 4}
    digits.meet(grouping(**{f"c{n}": 1 for n in range(2, 30)}), made=[ClusterId(n) for n in range(5, 30)])
    assert len(digits.by_digit(grouping(**{f"c{n}": 1 for n in range(2, 30)}))) == 9


def test_what_is_put_back_is_kept_only_if_it_is_another():
    kept: list[object] = []
    digits = ClusterDigits([Claim(1, ClusterId(1))], kept.append)
    digits.put_back([Claim(1, ClusterId(1))])
    assert kept == []
    digits.put_back([])
    assert kept == [[]]
    assert digits.claims == ()


def step(position: int, label: str) -> DigitStep:
    return DigitStep(position, Sentence("{label}", label=label), (), ())


def test_keys_are_taken_back_and_given_again_where_they_were_given():
    steps, first, second = DigitSteps(), step(2, "first"), step(2, "second")
    assert (steps.last(0), steps.next(0)) == (None, None)
    steps.add(first)
    steps.add(second)
    assert steps.last(2) is second
    assert (steps.last(1), steps.last(3), steps.next(2)) == (None, None, None)
    steps.undo()
    assert (steps.last(2), steps.next(2)) == (first, second)
    assert steps.next(1) is None
    steps.undo()
    assert (steps.last(2), steps.next(2)) == (None, first)
    steps.redo()
    assert (steps.last(2), steps.next(2)) == (first, second)


def test_what_was_undone_goes_with_a_new_step_and_so_does_what_came_behind_it():
    steps, early, late = DigitSteps(), step(1, "early"), step(5, "late")
    steps.add(early)
    steps.add(late)
    steps.cut(5)
    assert steps.last(5) is late
    steps.cut(1)
    assert (steps.last(5), steps.last(1)) == (None, early)
    steps.undo()
    assert steps.next(1) is early
    steps.cut(1)
    assert steps.next(1) is None
    steps.add(late)
    steps.undo()
    new = step(3, "new")
    steps.add(new)
    assert (steps.last(3), steps.next(5)) == (new, None)
    steps.add(late)
    back = step(3, "after going back")
    steps.add(back)
    steps.undo()
    assert steps.last(3) is new, "what came later than a step is gone with it"
