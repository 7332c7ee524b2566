"""The two figures by which a student is judged, on vectors whose answer is known."""

import numpy as np

from shoal_training.dataset import PictureSet
from shoal_training.material import Mixture, find_classes, showing_chances
from shoal_training.scoring import knn5_accuracy, score, unit_rows


def test_separate_clusters_score_one() -> None:
    labels = np.repeat(np.arange(4), 12)
    vectors = np.eye(4, 70, dtype=np.float32)[labels] + np.random.default_rng(0).normal(0, 0.01, (48, 70))
    found = score(vectors.astype(np.float32), labels)
    assert found.knn5_accuracy == 1.0
    assert found.nmi > 0.999


def test_neighbours_vote_with_their_similarity() -> None:
    towards = np.array([0.0, 0.1, 0.1, 1.4, 1.5, 1.6])  # angles: two votes of nearly 1 against three of nearly 0
    rows = np.stack([np.cos(towards), np.sin(towards)], 1).astype(np.float32)
    labels = np.array([0, 0, 0, 1, 1, 1])
    assert knn5_accuracy(unit_rows(rows), labels) == 1.0


def test_random_vectors_score_by_chance() -> None:
    random = np.random.default_rng(0)
    labels = random.integers(0, 10, 400)
    assert score(random.normal(size=(400, 80)).astype(np.float32), labels).knn5_accuracy < 0.25


def test_small_sources_are_shown_more_often_than_their_share() -> None:
    chances = showing_chances(("large",) * 900 + ("small",) * 100, Mixture(balance=0.5))
    assert np.isclose(chances.sum(), 1.0)
    assert np.isclose(chances[900:].sum(), 0.25)
    stressed = showing_chances(("large",) * 900 + ("small",) * 100, Mixture(balance=0.5, emphasis={"small": 3.0}))
    assert np.isclose(stressed[900:].sum(), 0.5)


def test_labels_compete_within_their_source_and_singletons_teach_no_classes() -> None:
    sources = ("a",) * 8 + ("b",) * 8 + ("names",) * 3
    labels = ("x", "y") * 4 + ("x", "z") * 4 + ("one", "two", "three")
    classes = find_classes(PictureSet(np.zeros((19, 1, 1, 3), np.uint8), sources, labels))
    assert classes.of_row[16:].tolist() == [-1, -1, -1]
    assert classes.rival.sum() == 8
    assert classes.of_row[0] != classes.of_row[8]
