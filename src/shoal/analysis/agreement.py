"""How well vectors and clusters agree with the folders that somebody sorted the same pictures into.

Folders are whole numbers, one per row, in any numbering. None stands where a figure is not defined: no two pictures
share a folder, or there is one folder only.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.kmeans_clusters import kmeans
from shoal.analysis.silhouette import mean_silhouette, silhouette_of_rows
from shoal.analysis.threads import one_thread
from shoal.analysis.vector_space import principal_components
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.task import Task

_CHUNK_NUMBERS = 8_000_000  # similarities held at a time: 32 MB, and twice that for their order
_NEIGHBOURS = 5
_FOLDS = 5
_PROBE_STRENGTH = 30.0  # unit rows of a thousand numbers: each is small, so the penalty must be, too


@dataclass(frozen=True, slots=True)
class Agreement:
    """Each figure is at most 1, and 1 is perfect.

    `knn5_accuracy`: leave-one-out, vote of the 5 nearest weighted by cosine similarity.
    `nmi`, `ari`: k-means on 64 principal components, k = number of folders, 10 starts.
    `nmi_auto`: of the proposal that was made without knowing the number of folders.
    `linear_probe_accuracy`: logistic regression, 5 stratified folds.
    `map_at_r`: mean average precision at R (Musgrave, Belongie, Lim: "A metric learning reality check", 2020).
    `ndcg`: of the whole ranking; a picture of the same folder counts 1.
    `silhouette_by_folder`: with the folders taken as clusters, cosine distance.
    """

    knn5_accuracy: float | None
    nmi: float | None
    ari: float | None
    nmi_auto: float | None
    linear_probe_accuracy: float | None
    map_at_r: float | None
    ndcg: float | None
    silhouette_by_folder: float | None


def agreement(
    embeddings: EmbeddingMatrix, folders: NDArray[np.int32], proposed: NDArray[np.int32], task: Task
) -> Agreement:
    """Compare `embeddings`, and the labels `proposed` for them, with `folders`; takes n x n time."""
    vectors = embeddings.vectors
    knn5_accuracy, map_at_r, ndcg = ranking_figures(vectors, folders, task)
    nmi, ari = kmeans_agreement(vectors, folders, task)
    several = len(np.unique(folders)) > 1
    return Agreement(
        knn5_accuracy=knn5_accuracy,
        nmi=nmi,
        ari=ari,
        nmi_auto=normalised_mutual_information(folders, proposed) if several else None,
        linear_probe_accuracy=linear_probe_accuracy(vectors, folders, task),
        map_at_r=map_at_r,
        ndcg=ndcg,
        silhouette_by_folder=_silhouette_by_folder(vectors, folders, task) if several else None,
    )


def ranking_figures(
    vectors: NDArray[np.float32], folders: NDArray[np.int32], task: Task
) -> tuple[float | None, float | None, float | None]:
    """Return (knn5_accuracy, map_at_r, ndcg): every row ranks all others by cosine similarity, equal ones by row.

    Rows alone in their folder count as mistakes of the vote, and are left out of the two ranking figures.
    """
    count = len(vectors)
    _, codes = np.unique(folders, return_inverse=True)
    if count < 2 or np.bincount(codes).max() < 2:
        return None, None, None
    chunk = max(1, _CHUNK_NUMBERS // count)
    right, precisions, gains = np.empty(count, np.bool_), np.empty(count), np.empty(count)
    for start in task.track(range(0, count, chunk), "Ranking images"):
        rows = slice(start, min(start + chunk, count))
        order, similarity = _ranking(vectors, rows)
        right[rows] = _vote(codes[order[:, :_NEIGHBOURS]], similarity) == codes[rows]
        precisions[rows], gains[rows] = _ranking_quality(codes[order] == codes[rows, None])
    return float(right.mean()), float(np.nanmean(precisions)), float(np.nanmean(gains))


def _ranking(vectors: NDArray[np.float32], rows: slice) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """For each row all others, most similar first, and the similarity of the first five."""
    similarities = vectors[rows] @ vectors.T
    own = np.arange(rows.start, rows.stop)
    similarities[own - rows.start, own] = -np.inf
    order = np.argsort(-similarities, axis=1, kind="stable")[:, :-1]
    return order, np.take_along_axis(similarities, order[:, :_NEIGHBOURS], axis=1)


def _vote(codes: NDArray[np.int64], weights: NDArray[np.float32]) -> NDArray[np.int64]:
    """The folder with the largest sum of weights in each row; of equal ones that of the nearest."""
    same = codes[:, :, None] == codes[:, None, :]
    sums = np.where(same, weights[:, None, :].astype(np.float64), 0.0).sum(axis=2)
    return np.take_along_axis(codes, sums.argmax(axis=1)[:, None], axis=1)[:, 0]


def _ranking_quality(relevant: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return MAP@R and NDCG of each row of a ranking, nan where nothing is relevant."""
    ranks = np.arange(1, relevant.shape[1] + 1)
    discounts = 1.0 / np.log2(ranks + 1)
    ideal = np.concatenate([[np.nan], np.cumsum(discounts)])
    wanted = relevant.sum(axis=1)
    depth = int(wanted.max())
    top = relevant[:, :depth] & (ranks[:depth] <= wanted[:, None])
    precision = np.cumsum(top, axis=1) / ranks[:depth]
    summed = np.where(top, precision, 0.0).sum(axis=1)
    return summed / np.where(wanted > 0, wanted, np.nan), (relevant @ discounts) / ideal[wanted]


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


def linear_probe_accuracy(vectors: NDArray[np.float32], folders: NDArray[np.int32], task: Task) -> float | None:
    """How often logistic regression, taught on four fifths, names the folder of a picture in the last fifth.

    Folders with fewer than five pictures cannot be in every fifth and are left out; None if fewer than two remain.
    """
    _, codes, counts = np.unique(folders, return_inverse=True, return_counts=True)
    rows = np.flatnonzero(counts[codes] >= _FOLDS)
    if len(np.unique(codes[rows])) < 2:
        return None
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold

    data, wanted, right = vectors[rows], codes[rows], 0
    folds = list(StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(data, wanted))
    with one_thread():
        for train, test in task.track(folds, "Probing"):
            probe = LogisticRegression(C=_PROBE_STRENGTH, max_iter=1000).fit(data[train], wanted[train])
            right += int((probe.predict(data[test]) == wanted[test]).sum())
    return right / len(rows)


def _silhouette_by_folder(vectors: NDArray[np.float32], folders: NDArray[np.int32], task: Task) -> float:
    codes = np.unique(folders, return_inverse=True)[1].astype(np.int32)
    return mean_silhouette(silhouette_of_rows(vectors, codes, task), codes)
