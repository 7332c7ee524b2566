import numpy as np
import pytest
from tests.support.sorted_session import CATS, DOGS, STRAY, project, snapshot

from shoal.domain.edits import accept_images, move_images, reject_suggestions, take_out_images, unpin_images
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.grouping import UNSORTED, Cluster, ClusterId, Grouping
from shoal.domain.images import ImageId
from shoal.domain.sentence import Sentence
from shoal.projects.naming_pass import to_be_named, unnamed
from shoal.projects.teaching import SAMPLES, Judgements, Teacher

__all__ = ["project"]


@pytest.fixture
def teacher():
    shown = snapshot()
    assert shown.embeddings is not None
    return Teacher(shown.embeddings, shown.graph)


def test_the_stray_is_the_first_doubt_and_others_are_drawn_by_lot(teacher, project):
    lesson = teacher.lesson(project.grouping, Judgements())
    page = lesson.page(10)
    assert page[0].image == STRAY
    assert page[0].choices[0] == CATS
    assert page[0].home == DOGS
    images = [doubt.image for doubt in page]
    assert len(set(images)) == 10
    worst = {int(lesson.known.space.rows.ids[row]) for row in lesson.open_rows[: 10 - SAMPLES]}
    assert worst <= set(images)
    assert lesson.share is None


def test_what_is_judged_counts_as_right_and_the_rest_is_told_when_enough_was(teacher, project):
    judged = Judgements()
    for image in range(35):
        lesson = teacher.lesson(project.grouping, judged)
        signs = lesson.signs_of(image)
        judged = judged.with_one(signs, image != STRAY)
        patch = (
            move_images(project.grouping, [ImageId(image)], CATS)
            if image == STRAY
            else accept_images(project.grouping, [ImageId(image)])
        )
        project.apply(Sentence("judged"), patch)
    lesson = teacher.lesson(project.grouping, judged)
    assert lesson.share is not None
    assert lesson.share > 0.95
    assert lesson.metric.asked > 0
    assert not {doubt.image for doubt in lesson.page()} & set(range(35))
    assert lesson.signs_of(999) is None


def test_what_is_unsorted_is_doubted_too_and_what_was_taken_out_is_not(teacher, project):
    project.apply(Sentence("aside"), move_images(project.grouping, [ImageId(0)], UNSORTED))
    project.apply(Sentence("free"), unpin_images(project.grouping, np.arange(40)))
    project.apply(Sentence("out"), take_out_images(project.grouping, np.array([1])))
    lesson = teacher.lesson(project.grouping, Judgements())
    open_images = lesson.known.space.rows.ids[lesson.open_rows].tolist()
    assert 0 in open_images
    assert 1 not in open_images


def test_more_like_a_cluster_are_those_elsewhere_and_never_those_refused(teacher, project):
    assert teacher.lesson(project.grouping, Judgements()).more_like(CATS).tolist() == [STRAY]
    project.apply(Sentence("no"), reject_suggestions(project.grouping, np.array([STRAY]), np.array([CATS])))
    assert teacher.lesson(project.grouping, Judgements()).more_like(CATS).tolist() == []


def test_clusters_that_the_user_named_are_not_asked_for_again(project):
    assert to_be_named(project.grouping) == []
    embeddings = snapshot().embeddings
    assert embeddings is not None
    shown = unnamed(project.grouping, embeddings, DOGS, "Cluster")
    assert (shown.offer, shown.count) == ("Dogs", 21)
    assert unnamed(project.grouping, embeddings, DOGS, "Dog").offer == ""


@pytest.mark.parametrize("loud", [True, False])
def test_the_spread_is_evened_where_what_was_put_right_says_that_it_helps(loud):
    """Six kinds differ in directions beside which those that say nothing are wide, or are not there."""
    random = np.random.default_rng(1)
    kinds = np.repeat(np.arange(6), 30)
    telling = np.eye(6)[kinds] + random.normal(0, 0.25, (180, 6))
    silent = random.normal(0, 3.0 if loud else 0.01, (180, 4))
    vectors = np.concatenate([telling, silent], axis=1).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = Rows(np.arange(180), StageKey("kinds"))
    clusters = {ClusterId(kind): Cluster(ClusterId(kind), f"Kind {kind}") for kind in range(1, 7)}
    grouping = Grouping(clusters, (kinds + 1).astype(np.int32), np.arange(180) % 2 == 0)
    lesson = Teacher(EmbeddingMatrix(rows, vectors), None).lesson(grouping, Judgements())
    assert lesson.evened.used is loud
    assert lesson.known.space.evened is loud
