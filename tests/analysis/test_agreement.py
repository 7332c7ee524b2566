import numpy as np
import pytest
from sklearn.metrics import ndcg_score
from sklearn.neighbors import KNeighborsClassifier

from shoal.analysis.agreement import agreement, linear_probe_accuracy, ranking_figures
from shoal.domain.geometry import EmbeddingMatrix, StageKey
from shoal.domain.task import Task


def on_circle(*degrees: float) -> np.ndarray:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def noisy_folders(folders: int, each: int, noise: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    vectors = (
        np.repeat(random.normal(size=(folders, 24)), each, axis=0) + random.normal(size=(folders * each, 24)) * noise
    )
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), np.repeat(np.arange(folders, dtype=np.int32), each)


def matrix(vectors: np.ndarray) -> EmbeddingMatrix:
    return EmbeddingMatrix(StageKey("test"), np.arange(len(vectors)), vectors)


def test_ranking_figures_of_four_pictures_by_hand():
    # Seen from 0: 10 (same), 25, 60. From 10: 0 (same), 25, 60. From 25: 10, 0, 60 (same). From 60: 25 (same), ...
    vectors, folders = on_circle(0, 10, 25, 60), np.array([0, 0, 1, 1], np.int32)
    knn, map_at_r, ndcg = ranking_figures(vectors, folders, Task())
    assert map_at_r == pytest.approx(3 / 4)
    assert ndcg == pytest.approx((1 + 1 + 1 / np.log2(4) + 1) / 4)
    # Only three others: for each picture both of the wrong folder outvote the one of its own.
    assert knn == 0.0


def test_map_at_r_counts_precision_at_relevant_ranks_up_to_r_only():
    # Seen from 0 (folder 0, R = 2): ranks are 0, 1, 0, so precision 1 at rank 1 over R = 2.
    vectors, folders = on_circle(0, 5, 10, 15), np.array([0, 0, 1, 0], np.int32)
    _, map_at_r, _ = ranking_figures(vectors, folders, Task())
    from_0, from_5, from_15 = 1 / 2, (1 / 1 + 0) / 2, (0 + 1 / 2) / 2
    assert map_at_r == pytest.approx((from_0 + from_5 + from_15) / 3, abs=1e-6)


def test_the_vote_is_the_weighted_one_of_a_nearest_neighbour_classifier():
    vectors, folders = noisy_folders(6, 20, 1.2)
    right = 0
    for row in range(len(vectors)):
        others = np.delete(np.arange(len(vectors)), row)
        classifier = KNeighborsClassifier(5, metric="cosine", weights=lambda distances: 1 - distances)
        classifier.fit(vectors[others], folders[others])
        right += classifier.predict(vectors[row : row + 1])[0] == folders[row]
    assert ranking_figures(vectors, folders, Task())[0] == pytest.approx(right / len(vectors))


def test_ndcg_is_the_usual_one():
    vectors, folders = noisy_folders(5, 12, 1.0)
    similarity = vectors @ vectors.T
    same = folders[:, None] == folders
    others = ~np.eye(len(vectors), dtype=bool)
    count = len(vectors)
    expected = ndcg_score(same[others].reshape(count, -1), similarity[others].reshape(count, -1), ignore_ties=True)
    assert ranking_figures(vectors, folders, Task())[2] == pytest.approx(expected)


def test_chunks_make_no_difference(monkeypatch):
    vectors, folders = noisy_folders(5, 12, 1.0)
    whole = ranking_figures(vectors, folders, Task())
    monkeypatch.setattr("shoal.analysis.agreement._CHUNK_NUMBERS", 60 * 7)
    assert ranking_figures(vectors, folders, Task()) == pytest.approx(whole)


def test_well_separated_folders_agree_perfectly():
    vectors, folders = noisy_folders(4, 15, 0.05)
    figures = agreement(matrix(vectors), folders, folders, Task())
    assert figures.silhouette_by_folder > 0.9
    for value in (figures.knn5_accuracy, figures.nmi, figures.ari, figures.nmi_auto, figures.linear_probe_accuracy):
        assert value == pytest.approx(1.0)
    assert figures.map_at_r == pytest.approx(1.0)
    assert figures.ndcg == pytest.approx(1.0)


@pytest.mark.parametrize(
    "folders", [[], [0], [0, 0, 0, 0], [0, 1, 2, 3], [0, 0, 0, 1]], ids=["none", "one", "equal", "distinct", "lone"]
)
def test_figures_that_are_not_defined_are_none(folders):
    vectors = on_circle(*[20.0 * row for row in range(len(folders))]) if folders else np.empty((0, 2), np.float32)
    folders = np.array(folders, np.int32)
    figures = agreement(matrix(vectors), folders, folders, Task())
    assert figures.linear_probe_accuracy is None
    assert (figures.nmi is None) == (len(set(folders)) < 2)
    assert (figures.map_at_r is None) == (len(folders) - len(set(folders)) == 0)


def test_small_folders_are_left_out_of_the_probe():
    vectors, folders = noisy_folders(3, 10, 0.1)
    folders[-8:] = 7  # leaves two of the third folder
    assert linear_probe_accuracy(vectors, folders, Task()) == pytest.approx(1.0)
    assert linear_probe_accuracy(vectors[:12], folders[:12], Task()) is None
