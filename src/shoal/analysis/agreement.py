"""How well vectors and clusters agree with the folders that somebody sorted the same pictures into.

Folders are whole numbers, one per row, in any numbering. None stands where a figure is not defined: no two pictures
share a folder, or there is one folder only.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.kmeans_clusters import kmeans
from shoal.analysis.ranking import Ranking, rank_all
from shoal.analysis.silhouette import mean_silhouette, silhouette_of_rows
from shoal.analysis.threads import one_thread
from shoal.analysis.vector_space import principal_components
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task

_FOLDS = 5  # each learns from four fifths
_TOP = 5
_PROBE_STRENGTH = 30.0  # unit rows of a thousand numbers: each is small, so the penalty must be, too


@dataclass(frozen=True, slots=True)
class Agreement:
    """Each figure is at most 1, and 1 is perfect.

    `knn5_accuracy`, `recall_at_1`, `recall_at_5`, `map_at_r`, `ndcg`: see `Ranking`.
    `nmi`, `ari`: k-means on 64 principal components, k = number of folders, 10 starts.
    `nmi_auto`: of the proposal that was made without knowing the number of folders.
    `linear_probe_accuracy`, `linear_probe_top5_accuracy`: logistic regression, 5 stratified folds; see `linear_probe`.
    `silhouette_by_folder`: with the folders taken as clusters, cosine distance.
    """

    knn5_accuracy: float | None
    nmi: float | None
    ari: float | None
    nmi_auto: float | None
    linear_probe_accuracy: float | None
    linear_probe_top5_accuracy: float | None
    recall_at_1: float | None
    recall_at_5: float | None
    map_at_r: float | None
    ndcg: float | None
    silhouette_by_folder: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """`confusion`: per folder (ascending) how many of its pictures (of very many, a sample) the 5 nearest put
    into each folder.

    None where no two pictures share a folder.
    """

    figures: Agreement
    confusion: NDArray[np.int64] | None


def compare_with_folders(
    embeddings: EmbeddingMatrix, folders: NDArray[np.int32], proposed: NDArray[np.int32], task: Task
) -> Comparison:
    """Compare `embeddings`, and the labels `proposed` for them, with `folders`; up to 20,000 in n x n time."""
    vectors = embeddings.vectors
    ranking = rank_all(vectors, folders, task)
    nmi, ari = kmeans_agreement(vectors, folders, task)
    probe, probe_top5 = linear_probe(vectors, folders, task)
    several = len(np.unique(folders)) > 1
    figures = Agreement(
        knn5_accuracy=ranking.knn5_accuracy,
        nmi=nmi,
        ari=ari,
        nmi_auto=normalised_mutual_information(folders, proposed) if several else None,
        linear_probe_accuracy=probe,
        linear_probe_top5_accuracy=probe_top5,
        recall_at_1=ranking.recall_at_1,
        recall_at_5=ranking.recall_at_5,
        map_at_r=ranking.map_at_r,
        ndcg=ranking.ndcg,
        silhouette_by_folder=_silhouette_by_folder(vectors, folders, task) if several else None,
    )
    return Comparison(figures, _confusion(folders, ranking))


def _confusion(folders: NDArray[np.int32], ranking: Ranking) -> NDArray[np.int64] | None:
    if ranking.asked is None or ranking.voted is None:
        return None
    distinct, codes = np.unique(folders, return_inverse=True)
    pairs = codes[ranking.asked] * len(distinct) + ranking.voted
    return np.bincount(pairs, minlength=len(distinct) ** 2).reshape(len(distinct), -1)


def kmeans_agreement(
    vectors: NDArray[np.float32], folders: NDArray[np.int32], task: Task
) -> tuple[float | None, float | None]:
    """Return (NMI, ARI) of k-means that is told the number of folders, on 64 principal components."""
    folder_count = len(np.unique(folders))
    if folder_count < 2:
        return None, None
    from sklearn.metrics import adjusted_rand_score

    with one_thread():
        labels = kmeans(principal_components(vectors), folder_count, task, starts=10)
    return normalised_mutual_information(folders, labels), float(adjusted_rand_score(folders, labels))


def normalised_mutual_information(first: NDArray[np.int32], second: NDArray[np.int32]) -> float:
    """NMI with the arithmetic mean of both entropies. Rows labelled -1 count as one more cluster."""
    from sklearn.metrics import normalized_mutual_info_score

    return float(normalized_mutual_info_score(first, second))


def linear_probe(
    vectors: NDArray[np.float32], folders: NDArray[np.int32], task: Task
) -> tuple[float | None, float | None]:
    """How often logistic regression, taught on four fifths, names the folder of a picture in the last fifth.

    Return (top-1, top-5): its first guess is right; one of its first five is, None with so few folders that this says
    nothing. Folders with fewer than five pictures cannot be in every fifth and are left out; None if fewer than two
    remain. The protocol of Alain, Bengio: "Understanding intermediate layers using linear classifier probes", 2016.
    """
    _, codes, counts = np.unique(folders, return_inverse=True, return_counts=True)
    rows = np.flatnonzero(counts[codes] >= _FOLDS)
    kinds = len(np.unique(codes[rows]))
    if kinds < 2:
        return None, None
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold

    data, classes, places = vectors[rows], codes[rows], np.empty(len(rows), np.int64)
    folds = list(StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(data, classes))
    with one_thread():
        for train, test in task.track(folds, Sentence("Probing")):
            probe = LogisticRegression(C=_PROBE_STRENGTH, max_iter=1000).fit(data[train], classes[train])
            places[test] = _places(probe.predict_proba(data[test]), np.searchsorted(probe.classes_, classes[test]))
    return float((places == 0).mean()), float((places < _TOP).mean()) if kinds > _TOP else None


def _places(scores: NDArray[np.float64], ranks: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many guesses come before the right one; of equal scores the first class comes first."""
    own = np.take_along_axis(scores, ranks[:, None], axis=1)
    earlier = np.arange(scores.shape[1]) < ranks[:, None]
    places: NDArray[np.int64] = ((scores > own) | ((scores == own) & earlier)).sum(axis=1)
    return places


def _silhouette_by_folder(vectors: NDArray[np.float32], folders: NDArray[np.int32], task: Task) -> float:
    codes = np.unique(folders, return_inverse=True)[1].astype(np.int32)
    return mean_silhouette(silhouette_of_rows(vectors, codes, task), codes)
