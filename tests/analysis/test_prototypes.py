"""Learning from corrections, on three kinds of points of which one was partly taken for another."""

import numpy as np
import pytest

from shoal.analysis.held_back import FEWEST, found_again, held_back_corrections, judge, nearest_agree
from shoal.analysis.learning_space import learning_space
from shoal.analysis.prototypes import Knowledge, choose_clusters, learn_prototypes
from shoal.analysis.sureness import USUAL, learn_sureness, probably_right, signs
from shoal.analysis.unlike_parts import unlike_parts
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph, Rows, StageKey

KINDS = np.repeat([1, 2, 3], 40).astype(np.int32)
NONE = np.empty((0, 2), np.int64)


def vectors(noise: float = 0.3, dimension: int = 24) -> np.ndarray:
    random = np.random.default_rng(1)
    found = random.normal(size=(3, dimension))[KINDS - 1] + random.normal(0, noise * 4, (len(KINDS), dimension))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def embeddings():
    return EmbeddingMatrix(Rows(np.arange(len(KINDS)), StageKey("e")), vectors())


@pytest.fixture
def graph(embeddings):
    distances = 1 - embeddings.vectors @ embeddings.vectors.T
    np.fill_diagonal(distances, 9)
    nearest = np.argsort(distances, axis=1)[:, :8].astype(np.int32)
    near = np.take_along_axis(distances, nearest, 1).astype(np.float32)
    return NeighbourGraph(StageKey("g"), embeddings.rows, nearest, near)


def knowledge(embeddings, graph=None, *, wrong=(), pinned=(), refused=NONE, evened=False):
    homes, pins = KINDS.copy(), np.zeros(len(KINDS), np.bool_)
    homes[list(wrong)], pins[list(pinned)] = 2, True
    return Knowledge(learning_space(embeddings, evened), graph, homes, pins, refused)


def chosen(known, **how):
    return choose_clusters(known, learn_prototypes(known, known.weights, **how))


@pytest.mark.parametrize("evened", [False, True])
@pytest.mark.parametrize("metric", [False, True])
def test_strays_have_the_smallest_margins_and_are_led_home(embeddings, graph, evened, metric):
    found = chosen(knowledge(embeddings, graph, wrong=[3, 7, 11], evened=evened), metric=metric)
    assert set(np.argsort(found.margin)[:3].tolist()) == {3, 7, 11}
    assert found.clusters[[3, 7, 11], 0].tolist() == [1, 1, 1]
    assert found.agreeing[[3, 7, 11]].max() < 0.5 < np.median(found.agreeing)
    assert (found.clusters[:, 3:] == -1).all()


def test_a_picture_does_not_speak_for_itself(embeddings):
    """Alone in its cluster it is nobody's example, however sure the cluster would be of it."""
    known = knowledge(embeddings)
    homes = known.homes.copy()
    homes[5] = 9
    alone = Knowledge(known.space, None, homes, known.pinned, NONE)
    assert chosen(alone).margin[5] < 0


def test_what_was_refused_is_no_choice_any_more(embeddings, graph):
    found = chosen(knowledge(embeddings, graph, wrong=[3], refused=np.array([[3, 1]])))
    assert 1 not in found.clusters[3].tolist()
    assert 1 in found.clusters[4].tolist()


def test_what_is_put_somewhere_counts_more_than_what_a_machine_proposed(embeddings):
    """Twelve of a kind lie in a cluster of forty others; three of them put elsewhere lead the rest there."""
    embeddings = EmbeddingMatrix(embeddings.rows, vectors(0.15))
    homes = KINDS.copy()
    homes[:12] = 2
    homes[12:15] = 7
    pins = np.zeros(len(KINDS), np.bool_)
    pins[12:15] = True
    homes[15:40] = 0
    known = Knowledge(learning_space(embeddings), None, homes, pins, NONE)
    assert (chosen(known).clusters[:12, 0] == 7).mean() > 0.8


def test_without_clusters_there_is_nothing_to_choose(embeddings):
    known = knowledge(embeddings)
    nothing = Knowledge(known.space, None, np.zeros_like(known.homes), known.pinned, NONE)
    assert (chosen(nothing).clusters == -1).all()


def test_held_back_corrections_tell_whether_a_means_helps(embeddings, graph):
    known = knowledge(embeddings, graph, pinned=range(0, 120, 2))
    corrections = held_back_corrections(known.homes, known.pinned)
    assert len(corrections) == 60
    right = found_again(known, corrections, metric=True)
    assert right.mean() > 0.9
    worse = np.zeros_like(right)
    assert judge(worse, right, unless_told=False).used
    assert not judge(right, worse, unless_told=True).used
    assert judge(right[: FEWEST - 1], worse[: FEWEST - 1], unless_told=True).used
    assert judge(right, right, unless_told=True).used
    assert not judge(right, right, unless_told=False).used


def test_what_lies_nearest_of_what_was_put_somewhere_tells_whether_a_space_helps(embeddings):
    known = knowledge(embeddings, pinned=range(0, 120, 2))
    corrections = held_back_corrections(known.homes, known.pinned)
    assert nearest_agree(known.space.points, known.homes, corrections).mean() > 0.9
    elsewhere = np.random.default_rng(0).permutation(known.homes)
    assert nearest_agree(known.space.points, elsewhere, corrections).mean() < 0.6
    two = corrections[:2]
    assert len(nearest_agree(known.space.points, known.homes, two)) == 2


def test_sureness_follows_what_was_judged(embeddings, graph):
    of = signs(chosen(knowledge(embeddings, graph, wrong=[3, 7, 11])))
    assert learn_sureness(of[:0], np.empty(0, np.bool_)).tolist() == USUAL.tolist()
    rows = np.arange(0, 120, 2)
    good = probably_right(of, learn_sureness(of[rows], np.ones(60, np.bool_)))
    bad = probably_right(of, learn_sureness(of[rows], np.arange(60) % 3 > 0))
    assert good.mean() > 0.93
    assert abs(bad.mean() - 2 / 3) < 0.1


def test_five_faces_stand_for_what_is_in_a_cluster():
    found = vectors(0.05)
    parts = unlike_parts(found)
    assert sum(parts.sizes) == 120
    assert parts.sizes == sorted(parts.sizes, reverse=True)
    assert {int(KINDS[face]) for face in parts.faces} == {1, 2, 3}
    assert all(parts.labels[face] == number for number, face in enumerate(parts.faces))
    assert unlike_parts(found[:1]).faces == (0,)
