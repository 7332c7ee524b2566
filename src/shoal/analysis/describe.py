"""From bare labels to a proposal that can be shown: numbered by size, with a typical image and figures for each."""

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.silhouette import silhouette_of_rows
from shoal.domain.geometry import EmbeddingMatrix, Proposal, StageKey
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task

_AT_ONCE = 16_384  # rows in double precision


def describe_clusters(
    embeddings: EmbeddingMatrix, labels: NDArray[np.int32], algorithm: str, key: StageKey, task: Task
) -> Proposal:
    """Return the proposal that `labels` (any numbers; negative: belongs nowhere) stand for.

    The typical image of a cluster is its medoid: the member with the smallest mean cosine distance to the others,
    which with unit rows is the one nearest to their mean. Of equal ones the first row.
    """
    numbered = largest_first(labels)
    order = np.argsort(numbered, kind="stable")
    counts = np.bincount(numbered[numbered >= 0])
    members = np.split(order[(numbered < 0).sum() :], np.cumsum(counts)[:-1]) if len(counts) else []
    typical, tightness = np.empty(len(counts), np.int32), np.empty(len(counts), np.float32)
    for cluster, rows in enumerate(task.track(members, Sentence("Describing clusters"))):
        typical[cluster], tightness[cluster] = _typical_and_tightness(embeddings.vectors, rows)
    return Proposal(
        key=key,
        rows=embeddings.rows,
        labels=numbered,
        typical=typical,
        tightness=tightness,
        silhouette=silhouette_of_rows(embeddings.vectors, numbered, task),
        algorithm=algorithm,
    )


def largest_first(labels: NDArray[np.int32]) -> NDArray[np.int32]:
    """Number clusters 0..k-1 by size, of equal ones the one with the earlier first row; negative labels become -1."""
    numbered = np.full(len(labels), -1, np.int32)
    clustered = labels >= 0
    _, first, inverse, counts = np.unique(labels[clustered], return_index=True, return_inverse=True, return_counts=True)
    number = np.empty(len(counts), np.int32)
    number[np.lexsort((first, -counts))] = np.arange(len(counts))
    numbered[clustered] = number[inverse]
    return numbered


def _typical_and_tightness(vectors: NDArray[np.float32], rows: NDArray[np.int64]) -> tuple[int, float]:
    """The row nearest to the mean of `rows`, and the mean cosine similarity to the direction of that mean."""
    members = vectors[rows]
    mean = members.mean(axis=0, dtype=np.float64)
    length = float(np.linalg.norm(mean))
    if length < 1e-9:
        return int(rows[0]), 0.0
    parts = (members[start : start + _AT_ONCE] for start in range(0, len(members), _AT_ONCE))
    similarity = np.concatenate([part.astype(np.float64) @ (mean / length) for part in parts])
    return int(rows[similarity.argmax()]), float(np.clip(similarity.mean(), 0.0, 1.0))
