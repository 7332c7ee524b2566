"""The space in which clusters are sought: distinct rows, reduced to the directions in which they differ most."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WORKING_DIMENSIONS = 64
_ALL_ROWS_UP_TO = 30_000
"""Of more, a sample says which directions are widest, and nothing is copied."""
_SAMPLED_ROWS = 20_000
_EXACT_UP_TO = 1024  # rows or columns, whichever are fewer; beyond that a random sketch is faster
_CHUNK = 4096  # in double precision, a part at a time


@dataclass(frozen=True, slots=True, eq=False)
class DistinctRows:
    """Equal pictures counted once, so that no algorithm can ever part them.

    `first`: the first row of each distinct vector, ascending; `inverse`: for every row its place in `first`;
    `counts`: how often each occurs.
    """

    first: NDArray[np.int64]
    inverse: NDArray[np.int64]
    counts: NDArray[np.int64]


def distinct_rows(vectors: NDArray[np.float32]) -> DistinctRows:
    """Find equal rows by a 64-bit hash of their bits: sorting 100,000 long rows themselves takes seconds."""
    words = np.ascontiguousarray(vectors, np.float32).view(np.uint32)
    odd = np.random.default_rng(0).integers(1 << 62, size=words.shape[1], dtype=np.uint64) * 2 + 1
    hashes = np.empty(len(words), np.uint64)
    for start in range(0, len(words), 4096):
        hashes[start : start + 4096] = (words[start : start + 4096] * odd).sum(axis=1, dtype=np.uint64)
    _, first, inverse, counts = np.unique(hashes, return_index=True, return_inverse=True, return_counts=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return DistinctRows(first[order], place[inverse], counts[order])


def principal_components(
    vectors: NDArray[np.float32], dimensions: int = WORKING_DIMENSIONS, seed: int = 0
) -> NDArray[np.float32]:
    """Project rows on their `dimensions` widest directions, centred; fewer where the rows span fewer.

    Distances between the results are those between the rows, less what lies outside these directions.
    """
    if len(vectors) > _ALL_ROWS_UP_TO:
        return _components_by_sample(vectors, np.arange(len(vectors)), dimensions, seed)
    centred = vectors - vectors.mean(axis=0, dtype=np.float64).astype(np.float32)
    if min(centred.shape) <= max(_EXACT_UP_TO, 2 * dimensions):
        return _exact_components(centred, dimensions)
    from sklearn.utils.extmath import randomized_svd

    left, spread, _ = randomized_svd(centred, dimensions, n_iter=4, random_state=seed)
    return np.ascontiguousarray((left * spread)[:, : _wide_enough(spread)], np.float32)


def components_of(
    vectors: NDArray[np.float32], rows: NDArray[np.int64], dimensions: int = WORKING_DIMENSIONS, seed: int = 0
) -> NDArray[np.float32]:
    """`principal_components` of these of the rows; many are not copied for it."""
    if len(rows) > _ALL_ROWS_UP_TO:
        return _components_by_sample(vectors, rows, dimensions, seed)
    return principal_components(vectors[rows], dimensions, seed)


def _components_by_sample(
    vectors: NDArray[np.float32], rows: NDArray[np.int64], dimensions: int, seed: int
) -> NDArray[np.float32]:
    sample = vectors[rows[np.sort(np.random.default_rng(seed).choice(len(rows), _SAMPLED_ROWS, replace=False))]]
    mean = sample.mean(axis=0, dtype=np.float64).astype(np.float32)
    sample -= mean
    squares, axes = np.linalg.eigh((sample.T @ sample).astype(np.float64))
    widest = np.argsort(-squares, kind="stable")[:dimensions]
    kept = widest[: _wide_enough(np.sqrt(np.maximum(squares[widest], 0)))]
    directions = np.ascontiguousarray(axes[:, kept], np.float32)
    components = np.empty((len(rows), len(kept)), np.float32)
    for start in range(0, len(rows), _CHUNK):
        components[start : start + _CHUNK] = (vectors[rows[start : start + _CHUNK]] - mean) @ directions
    return components


def _exact_components(centred: NDArray[np.float32], dimensions: int) -> NDArray[np.float32]:
    """From the products of the columns with each other, or of the rows if they are fewer.

    A quarter of the work of decomposing the rows themselves, and in float64 exact enough.
    """
    by_columns = centred.shape[0] >= centred.shape[1]
    squares, vectors = np.linalg.eigh(_products(centred if by_columns else centred.T))
    widest = np.argsort(-squares, kind="stable")[:dimensions]
    spread, directions = np.sqrt(np.maximum(squares[widest], 0)), vectors[:, widest]
    components = centred @ directions.astype(np.float32) if by_columns else directions * spread
    return np.ascontiguousarray(components[:, : _wide_enough(spread)], np.float32)


def _products(tall: NDArray[np.float32]) -> NDArray[np.float64]:
    total = np.zeros((tall.shape[1], tall.shape[1]))
    for start in range(0, len(tall), _CHUNK):
        part = tall[start : start + _CHUNK].astype(np.float64)
        total += part.T @ part
    return total


def _wide_enough(spread: NDArray[np.floating]) -> int:
    """How many directions, the widest first, hold more than rounding; at least one."""
    return max(1, int((spread > max(1e-5, 1e-6 * float(spread.max(initial=0)))).sum()))


def evened_directions(points: NDArray[np.float32], dimensions: int = 16) -> NDArray[np.float32]:
    """Unit rows from the first columns of `principal_components`, each column scaled to the same spread.

    In this space the silhouette finds the right number of clusters far more often: unscaled, the one widest
    direction (light against dark, indoors against outdoors) makes two clusters look best.
    """
    spread = np.maximum(points[:, :dimensions].std(axis=0), 1e-9)
    return unit_rows(points[:, :dimensions] / spread)


def unit_rows(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows scaled to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    return np.ascontiguousarray(points / np.maximum(lengths, 1e-9), np.float32)
