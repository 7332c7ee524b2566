"""The head that is computed after training."""

import numpy as np

from shoal_training.head import discriminant_head, regression_head
from shoal_training.scoring import knn5_accuracy, unit_rows


def test_what_differs_within_a_class_is_shrunk() -> None:
    random = np.random.default_rng(0)
    classes = np.repeat(np.arange(8), 25)
    telling = random.normal(size=(8, 6))[classes] + random.normal(0, 0.2, (200, 6))
    features = np.concatenate([telling, random.normal(0, 3, (200, 20))], 1).astype(np.float32)
    head = discriminant_head(features, classes, np.ones(200, np.float32), np.zeros((1, 26), np.float32), dimension=6)
    assert knn5_accuracy(unit_rows(features), classes) < 0.6
    assert knn5_accuracy(unit_rows(head(features)), classes) > 0.95


def test_what_a_slight_crop_changes_is_shrunk() -> None:
    random = np.random.default_rng(2)
    classes = np.repeat(np.arange(10), 20)
    features = (np.eye(10)[classes] + random.normal(0, 0.1, (200, 10))).astype(np.float32)
    wobble = np.zeros((50, 10), np.float32)
    wobble[:, 0] = random.normal(0, 1, 50)
    everyone = np.ones(200, np.float32)
    calm, wary = (
        discriminant_head(features, classes, everyone, times * wobble, dimension=10).matrix for times in (0.0, 1.0)
    )
    assert np.linalg.norm(wary[0]) < 0.5 * np.linalg.norm(calm[0])


def test_without_labels_the_teacher_is_predicted() -> None:
    random = np.random.default_rng(1)
    features = random.normal(5, 2, (300, 12)).astype(np.float32)
    wanted = ((features - 5) @ random.normal(size=(12, 4))).astype(np.float32)
    found = regression_head(features, wanted, dimension=3)(features)
    assert found.shape == (300, 3)
    assert (unit_rows(found) * unit_rows(wanted[:, :3])).sum(1).mean() > 0.95
