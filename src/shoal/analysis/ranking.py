"""Every picture as a question: who is most like it, and do those sit in its own folder?

Folders are whole numbers, one per row, in any numbering.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.domain.sentence import Sentence
from shoal.domain.task import Task

_CHUNK_NUMBERS = 8_000_000  # similarities held at a time: 32 MB, and twice that for their order
_NEIGHBOURS = 5
ALL_ASK_UP_TO, ASKING = 20_000, 2_000
"""Of more pictures a sample asks, drawn by chance: a share is then told within two hundredths, 19 times of 20."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """What came of it, all of it leave-one-out and by cosine similarity; equal ones rank by row.

    `asked`: the rows that were questions: all, unless there are very many.
    `voted`: for each of those the folder (its place among the distinct ones, ascending) that its 5 nearest vote for,
    weighted by similarity; `knn5_accuracy`: how often that is its own. The other four leave out rows alone in their
    folder: `recall_at_1`, `recall_at_5`: how often the nearest, or one of the 5 nearest, is of the same folder (Jegou,
    Douze, Schmid: "Product quantization for nearest neighbor search", 2011, as metric learning uses it); `map_at_r`:
    mean average precision at R (Musgrave, Belongie, Lim: "A metric learning reality check", 2020); `ndcg`: of the whole
    ranking, a picture of the same folder counting 1 (Jarvelin, Kekalainen: "Cumulated gain-based evaluation", 2002).
    All are None where no two pictures share a folder.
    """

    asked: NDArray[np.int64] | None = None
    voted: NDArray[np.int64] | None = None
    knn5_accuracy: float | None = None
    recall_at_1: float | None = None
    recall_at_5: float | None = None
    map_at_r: float | None = None
    ndcg: float | None = None


def rank_all(vectors: NDArray[np.float32], folders: NDArray[np.int32], task: Task) -> Ranking:
    """Let every unit row, or of very many a sample, rank all others."""
    count = len(vectors)
    _, codes = np.unique(folders, return_inverse=True)
    if count < 2 or np.bincount(codes).max() < 2:
        return Ranking()
    asked = _asked(count)
    voted, qualities = np.empty(len(asked), np.int64), np.empty((len(asked), 4))
    chunk = max(1, _CHUNK_NUMBERS // count)
    for start in task.track(range(0, len(asked), chunk), Sentence("Ranking images")):
        part, rows = slice(start, start + chunk), asked[start : start + chunk]
        order, similarity = _order(vectors, rows)
        voted[part] = _vote(codes[order[:, :_NEIGHBOURS]], similarity)
        qualities[part] = _qualities(codes[order] == codes[rows, None])
    return Ranking(asked, voted, float((voted == codes[asked]).mean()), *map(float, np.nanmean(qualities, axis=0)))


def _asked(count: int) -> NDArray[np.int64]:
    if count <= ALL_ASK_UP_TO:
        return np.arange(count)
    return np.sort(np.random.default_rng(0).choice(count, ASKING, replace=False))


def nearest_of_same(vectors: NDArray[np.float32], folders: NDArray[np.int32], task: Task) -> NDArray[np.bool_]:
    """Whether the nearest other row of each is of the same folder; there are at least two rows, or none."""
    right = np.empty(len(vectors), np.bool_)
    chunk = max(1, _CHUNK_NUMBERS // max(1, len(vectors)))
    for start in task.track(range(0, len(vectors), chunk), Sentence("Ranking images")):
        rows = np.arange(start, min(start + chunk, len(vectors)))
        right[rows] = folders[_similarities(vectors, rows).argmax(axis=1)] == folders[rows]
    return right


def _order(vectors: NDArray[np.float32], rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """For each row all others, most similar first, and the similarity of the first five."""
    similarities = _similarities(vectors, rows)
    order = np.argsort(-similarities, axis=1, kind="stable")[:, :-1]
    return order, np.take_along_axis(similarities, order[:, :_NEIGHBOURS], axis=1)


def _similarities(vectors: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """Of some rows to all, and of none to itself."""
    similarities = vectors[rows] @ vectors.T
    similarities[np.arange(len(rows)), rows] = -np.inf
    return similarities


def _vote(codes: NDArray[np.int64], weights: NDArray[np.float32]) -> NDArray[np.int64]:
    """The folder with the largest sum of weights in each row; of equal ones that of the nearest."""
    same = codes[:, :, None] == codes[:, None, :]
    sums = np.where(same, weights[:, None, :].astype(np.float64), 0.0).sum(axis=2)
    return np.take_along_axis(codes, sums.argmax(axis=1)[:, None], axis=1)[:, 0]


def _qualities(relevant: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Recall@1, recall@5, MAP@R and NDCG of each row of a ranking, nan where nothing is relevant."""
    ranks = np.arange(1, relevant.shape[1] + 1)
    discounts = 1.0 / np.log2(ranks + 1)
    ideal = np.concatenate([[np.nan], np.cumsum(discounts)])
    counts = relevant.sum(axis=1)
    depth = int(counts.max())
    top = relevant[:, :depth] & (ranks[:depth] <= counts[:, None])
    precision = np.where(top, np.cumsum(top, axis=1) / ranks[:depth], 0.0).sum(axis=1)
    defined = np.where(counts > 0, 1.0, np.nan)
    recalls = (relevant[:, :depth].any(axis=1) * defined for depth in (1, _NEIGHBOURS))
    return np.stack([*recalls, precision * defined / np.maximum(counts, 1), (relevant @ discounts) / ideal[counts]], 1)
