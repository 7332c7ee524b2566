import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix, top_k_accuracy_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from tests.support.labelled_vectors import noisy_folders, on_circle

from shoal.analysis.agreement import compare_with_folders, linear_probe
from shoal.analysis.ranking import rank_all
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.task import Task


def matrix(vectors: np.ndarray) -> EmbeddingMatrix:
    return EmbeddingMatrix(Rows(np.arange(len(vectors)), StageKey("test")), vectors)


def test_well_separated_folders_agree_perfectly():
    vectors, folders = noisy_folders(4, 15, 0.05)
    figures = compare_with_folders(matrix(vectors), folders, folders, Task()).figures
    assert figures.silhouette_by_folder > 0.9
    for value in (figures.knn5_accuracy, figures.nmi, figures.ari, figures.nmi_auto, figures.linear_probe_accuracy):
        assert value == pytest.approx(1.0)
    for value in (figures.map_at_r, figures.ndcg, figures.recall_at_1, figures.recall_at_5):
        assert value == pytest.approx(1.0)


@pytest.mark.parametrize(
    "folders", [[], [0], [0, 0, 0, 0], [0, 1, 2, 3], [0, 0, 0, 1]], ids=["none", "one", "equal", "distinct", "lone"]
)
def test_figures_that_are_not_defined_are_none(folders):
    vectors = on_circle(*[20.0 * row for row in range(len(folders))]) if folders else np.empty((0, 2), np.float32)
    folders = np.array(folders, np.int32)
    figures = compare_with_folders(matrix(vectors), folders, folders, Task()).figures
    assert figures.linear_probe_accuracy is None
    assert (figures.nmi is None) == (len(set(folders)) < 2)
    assert (figures.map_at_r is None) == (len(folders) - len(set(folders)) == 0)


def test_small_folders_are_left_out_of_the_probe():
    vectors, folders = noisy_folders(3, 10, 0.1)
    folders[-8:] = 7  # leaves two of the third folder
    assert linear_probe(vectors, folders, Task())[0] == pytest.approx(1.0)
    assert linear_probe(vectors[:12], folders[:12], Task()) == (None, None)


def test_the_probe_is_the_usual_one_and_counts_its_first_five_guesses():
    vectors, folders = noisy_folders(12, 10, 2.0)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    scores = cross_val_predict(
        LogisticRegression(C=30, max_iter=1000), vectors, folders, cv=folds, method="predict_proba"
    )
    top1, top5 = linear_probe(vectors, folders, Task())
    assert top1 == pytest.approx(top_k_accuracy_score(folders, scores, k=1))
    assert top5 == pytest.approx(top_k_accuracy_score(folders, scores, k=5))
    assert top1 < top5 < 1


def test_among_five_folders_five_guesses_say_nothing():
    vectors, folders = noisy_folders(5, 8, 0.5)
    assert linear_probe(vectors, folders, Task())[1] is None


def test_the_confusion_matrix_counts_what_the_nearest_say_whatever_the_folders_are_numbered():
    vectors, folders = noisy_folders(6, 15, 1.5)
    voted = rank_all(vectors, folders, Task()).voted
    found = compare_with_folders(matrix(vectors), folders * 7 + 3, folders, Task())
    np.testing.assert_array_equal(found.confusion, confusion_matrix(folders, voted, labels=np.arange(6)))
    assert np.trace(found.confusion) / len(folders) == pytest.approx(found.figures.knn5_accuracy)
