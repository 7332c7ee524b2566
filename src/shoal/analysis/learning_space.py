"""The space in which clusters are learnt: the folder's own widest directions, evened where that was found to help.

Works beside the GUI thread, so it needs numpy and nothing that takes long to import.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.vector_space import unit_rows
from shoal.domain.geometry import EmbeddingMatrix, Rows

DIMENSIONS = 64
"""With 128 and 256 fewer mistakes were found, and fewer of their right clusters among the first five; with 128,
slightly evened, neighbours are a little better and the doubtful list is longer (bench_metric.py, bench_hands.py)."""
EVENED_DIMENSIONS, EVENED = 256, 0.35
"""Partial whitening, where the folder's own corrections say that it helps: more directions, for the narrow ones count
as well, and a spread that is nearly even. It brings groceries much and costs clothes as much (bench_metric.py)."""
_SAMPLE = 8192  # directions of a space are settled long before all rows are seen
_CHUNK = 8192


@dataclass(frozen=True, slots=True, eq=False)
class LearningSpace:
    """`points`: n x k float32, unit rows; `mean` (dimension) and `directions` (dimension x k) lead there.

    `evened`: the spread of the directions was made more equal.
    """

    rows: Rows
    points: NDArray[np.float32]
    mean: NDArray[np.float32]
    directions: NDArray[np.float32]
    evened: bool

    def of(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Where other vectors of the same model lie."""
        return unit_rows(np.asarray((vectors - self.mean) @ self.directions, np.float32))


def learning_space(embeddings: EmbeddingMatrix, evened: bool = False) -> LearningSpace:
    vectors = embeddings.vectors
    mean = np.zeros(vectors.shape[1], np.float32)
    if len(vectors):
        mean = vectors.mean(axis=0, dtype=np.float64).astype(np.float32)
    directions = _widest(vectors[:: max(1, len(vectors) // _SAMPLE)] - mean, evened)
    points = np.empty((len(vectors), directions.shape[1]), np.float32)
    for start in range(0, len(vectors), _CHUNK):
        points[start : start + _CHUNK] = (vectors[start : start + _CHUNK] - mean) @ directions
    return LearningSpace(embeddings.rows, unit_rows(points), mean, directions, evened)


def _widest(centred: NDArray[np.float32], evened: bool) -> NDArray[np.float32]:
    """Dimension x k: the directions in which the rows differ most, those without any spread left out."""
    tall = centred.shape[0] >= centred.shape[1]
    products = (centred.T @ centred if tall else centred @ centred.T).astype(np.float64) / max(1, len(centred))
    squares, vectors = np.linalg.eigh(products)
    count, power = (EVENED_DIMENSIONS, EVENED) if evened else (DIMENSIONS, 0.0)
    widest = np.argsort(-squares, kind="stable")[:count]
    widest = widest[squares[widest] > 1e-7 * max(float(squares.max(initial=0.0)), 1e-9)]
    spread, directions = squares[widest], vectors[:, widest]
    if not tall:
        directions = centred.T.astype(np.float64) @ directions / np.sqrt(spread * max(1, len(centred)))
    return (directions / spread**power).astype(np.float32)
