import numpy as np
import pytest
from sklearn.metrics import average_precision_score, ndcg_score
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors
from tests.support.labelled_vectors import noisy_folders, on_circle

from shoal.analysis.ranking import rank_all
from shoal.domain.task import Task


def test_ranking_figures_of_four_pictures_by_hand():
    # Seen from 0: 10 (same), 25, 60. From 10: 0 (same), 25, 60. From 25: 10, 0, 60 (same). From 60: 25 (same), ...
    vectors, folders = on_circle(0, 10, 25, 60), np.array([0, 0, 1, 1], np.int32)
    found = rank_all(vectors, folders, Task())
    assert found.map_at_r == pytest.approx(3 / 4)
    assert found.ndcg == pytest.approx((1 + 1 + 1 / np.log2(4) + 1) / 4)
    # Only three others: for each picture both of the wrong folder outvote the one of its own.
    assert found.knn5_accuracy == 0.0


def test_map_at_r_counts_precision_at_relevant_ranks_up_to_r_only():
    # Seen from 0 (folder 0, R = 2): ranks are 0, 1, 0, so precision 1 at rank 1 over R = 2.
    vectors, folders = on_circle(0, 5, 10, 15), np.array([0, 0, 1, 0], np.int32)
    from_0, from_5, from_15 = 1 / 2, (1 / 1 + 0) / 2, (0 + 1 / 2) / 2
    map_at_r = rank_all(vectors, folders, Task()).map_at_r
    assert map_at_r == pytest.approx((from_0 + from_5 + from_15) / 3, abs=1e-6)


def test_the_vote_is_the_weighted_one_of_a_nearest_neighbour_classifier():
    vectors, folders = noisy_folders(6, 20, 1.2)
    right = 0
    for row in range(len(vectors)):
        others = np.delete(np.arange(len(vectors)), row)
        classifier = KNeighborsClassifier(5, metric="cosine", weights=lambda distances: 1 - distances)
        classifier.fit(vectors[others], folders[others])
        right += classifier.predict(vectors[row : row + 1])[0] == folders[row]
    assert rank_all(vectors, folders, Task()).knn5_accuracy == pytest.approx(right / len(vectors))


def test_ndcg_is_the_usual_one():
    vectors, folders = noisy_folders(5, 12, 1.0)
    similarity = vectors @ vectors.T
    same = folders[:, None] == folders
    others = ~np.eye(len(vectors), dtype=bool)
    count = len(vectors)
    expected = ndcg_score(same[others].reshape(count, -1), similarity[others].reshape(count, -1), ignore_ties=True)
    assert rank_all(vectors, folders, Task()).ndcg == pytest.approx(expected)


def test_chunks_make_no_difference(monkeypatch):
    vectors, folders = noisy_folders(5, 12, 1.0)
    whole = rank_all(vectors, folders, Task())
    monkeypatch.setattr("shoal.analysis.ranking._CHUNK_NUMBERS", 60 * 7)
    parts = rank_all(vectors, folders, Task())
    np.testing.assert_array_equal(parts.voted, whole.voted)
    assert [parts.map_at_r, parts.ndcg, parts.recall_at_5] == pytest.approx(
        [whole.map_at_r, whole.ndcg, whole.recall_at_5]
    )


def test_of_very_many_pictures_a_sample_asks_and_all_answer(monkeypatch):
    vectors, folders = noisy_folders(10, 60, 1.2)
    whole = rank_all(vectors, folders, Task())
    monkeypatch.setattr("shoal.analysis.ranking.ALL_ASK_UP_TO", 500)
    monkeypatch.setattr("shoal.analysis.ranking.ASKING", 300)
    some = rank_all(vectors, folders, Task())
    assert whole.asked is not None
    assert whole.voted is not None
    assert some.asked is not None
    assert some.voted is not None
    assert len(np.unique(some.asked)) == len(some.voted) == 300
    np.testing.assert_array_equal(some.voted, whole.voted[some.asked])
    assert [some.knn5_accuracy, some.map_at_r, some.ndcg] == pytest.approx(
        [whole.knn5_accuracy, whole.map_at_r, whole.ndcg], abs=0.06
    )


def test_map_at_r_is_average_precision_of_the_first_r():
    """Of the first R alone, and with what is missing there counted as never found."""
    vectors, folders = noisy_folders(5, 9, 1.2)
    similarity, values = vectors @ vectors.T, []
    for row in range(len(vectors)):
        others = np.delete(np.arange(len(vectors)), row)
        first = others[np.argsort(-similarity[row, others], kind="stable")[:8]]
        hits = folders[first] == folders[row]
        average = average_precision_score(hits, similarity[row, first]) if hits.any() else 0.0
        values.append(average * hits.sum() / 8)
    assert rank_all(vectors, folders, Task()).map_at_r == pytest.approx(np.mean(values))


def test_recall_counts_pictures_with_one_of_their_own_among_the_nearest():
    vectors, folders = noisy_folders(8, 6, 2.0)
    found = rank_all(vectors, folders, Task())
    nearest = NearestNeighbors(n_neighbors=6, metric="cosine").fit(vectors).kneighbors(vectors)[1][:, 1:]
    same = folders[nearest] == folders[:, None]
    assert found.recall_at_1 == pytest.approx(same[:, 0].mean())
    assert found.recall_at_5 == pytest.approx(same.any(axis=1).mean())


def test_a_picture_alone_in_its_folder_has_nobody_to_find():
    vectors, folders = noisy_folders(2, 6, 0.01)
    folders[0], vectors[0] = 9, -vectors[0]
    found = rank_all(vectors, folders, Task())
    assert found.knn5_accuracy == pytest.approx(11 / 12)
    assert (found.recall_at_1, found.recall_at_5) == (1.0, 1.0)
