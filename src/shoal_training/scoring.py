"""How well an embedding agrees with folder names: the two figures by which a student is judged."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import normalized_mutual_info_score

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Score:
    knn5_accuracy: float
    nmi: float


def score(vectors: Floats, labels: NDArray[np.int64], seed: int = 0) -> Score:
    """`vectors` N x D of any length, `labels` N."""
    rows = unit_rows(vectors)
    return Score(knn5_accuracy(rows, labels), kmeans_nmi(rows, labels, seed))


def unit_rows(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)


def knn5_accuracy(rows: Floats, labels: NDArray[np.int64]) -> float:
    """Leave one out; the 5 nearest by cosine vote with their similarity. `rows` are L2-normalised."""
    similarity = rows @ rows.T
    np.fill_diagonal(similarity, -np.inf)
    nearest = np.argsort(-similarity, axis=1)[:, :5]
    votes = np.zeros((len(rows), int(labels.max()) + 1), np.float32)
    every = np.arange(len(rows))
    for neighbour in nearest.T:
        np.add.at(votes, (every, labels[neighbour]), similarity[every, neighbour])
    return float((votes.argmax(axis=1) == labels).mean())


def kmeans_nmi(rows: Floats, labels: NDArray[np.int64], seed: int) -> float:
    """k-means with the true number of classes on 64 principal components, against the labels."""
    reduced = PCA(min(64, *rows.shape), random_state=seed).fit_transform(rows)
    found = KMeans(len(np.unique(labels)), n_init=10, random_state=seed).fit_predict(reduced)
    return float(normalized_mutual_info_score(labels, found))
