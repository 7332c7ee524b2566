"""One list of all pictures, those first that are like some and unlike others."""

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.score_drop import rank_of_drop
from shoal.domain.geometry import EmbeddingMatrix
from shoal.looking.text_search import FoundImages

LESS = 0.5
"""How much what it shall not be like counts, beside what it shall be like (Rocchio, 1971)."""
MOST_RANKED = 50_000
"""Of more pictures only so many are put in order, so that an answer from a million takes no longer."""

Vectors = NDArray[np.float32]


def rank_alike(
    embeddings: EmbeddingMatrix, like: Vectors, unlike: Vectors, text: FoundImages | None = None
) -> FoundImages:
    """By cosine to the middle of `like` less that of `unlike` (unit rows, any number), and as a text has them.

    Exact. The end of what is alike stands where the scores drop; pictures that are among `like` do not count for it.
    """
    towards = direction(like, unlike)
    scores = np.zeros(len(embeddings.rows), np.float32) if towards is None else embeddings.vectors @ towards
    if text is not None:
        said = np.full(len(scores), text.scores.min(initial=0), np.float32)
        rows = embeddings.rows.rows_of(text.images)
        said[rows[rows >= 0]] = text.scores[rows >= 0]
        scores = _standard(said) + (0 if towards is None else _standard(scores))
    best = _best_first(scores)
    asked = int(np.isin(best, _same(embeddings.vectors, like, best)).sum())
    drop = rank_of_drop(scores[best[asked:]]) if asked < len(best) else None
    count = None if drop is None else asked + drop
    return FoundImages("", embeddings.rows.ids[best], scores[best], count)


def direction(like: Vectors, unlike: Vectors) -> Vectors | None:
    """A unit row; None where nothing is asked for."""
    towards: Vectors = sum(by * rows.mean(axis=0) for by, rows in ((1, like), (-LESS, unlike)) if len(rows))
    length = float(np.linalg.norm(towards))
    return towards / length if length else None


def _standard(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of mean 0 and deviation 1: likeness to a text and to a picture have other scales."""
    result: NDArray[np.float32] = (scores - scores.mean()) / max(float(scores.std()), 1e-6)
    return result


def _best_first(scores: NDArray[np.float32]) -> NDArray[np.intp]:
    """Equal ones in the order of their rows."""
    if len(scores) <= 4 * MOST_RANKED:
        best = np.arange(len(scores))
    else:
        best = np.sort(np.argpartition(-scores, MOST_RANKED)[:MOST_RANKED])
    ordered: NDArray[np.intp] = best[np.argsort(-scores[best], kind="stable")]
    return ordered


def _same(vectors: Vectors, like: Vectors, best: NDArray[np.intp]) -> NDArray[np.intp]:
    """Those at the head of the list that are what was asked with: the very pictures, or copies of them."""
    head = best[: 4 * len(like) + 16]
    same = (vectors[head] @ like.T).max(axis=1, initial=-1) > 1 - 1e-4
    leading: NDArray[np.intp] = head[np.cumsum(~same) == 0]
    return leading
