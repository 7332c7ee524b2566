"""The clusters as a Parquet table: the columns of clusters.csv, the vectors, and the nearest pictures of each."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from shoal.delivering.document import Delivered, DocumentSpec
from shoal.domain.sentence import Sentence
from shoal.exports.parquet import Values, parquet_table

NEAREST = 10
MOST_COMPARED = 20_000
"""With more pictures who wants neighbours computes them from the vectors: that takes as many comparisons squared."""
_CHUNK = 512


def _table(export: Delivered) -> Mapping[str, bytes]:
    """`neighbors` as embedding-atlas wants them: zero-based rows of this table, the nearest first."""
    rows = export.rows
    columns: dict[str, Values] = {name: [getattr(row, name) for row in rows] for name in ("path", "cluster", "source")}
    for name in ("x", "y", "silhouette", "distance", "sure", "isolation"):
        values = [getattr(row, name) for row in rows]
        columns[name] = np.array([np.nan if value is None else value for value in values], np.float64)
    embeddings, places = export.images.embeddings, _places(export)
    if embeddings is not None and (places >= 0).all():
        vectors = embeddings.vectors[places]
        columns["vector"] = np.ascontiguousarray(vectors)
        if 1 < len(vectors) <= MOST_COMPARED:
            columns["neighbors"] = _nearest(vectors)
    return {"": parquet_table(columns, dict(export.images.facts))}


def _places(export: Delivered) -> NDArray[np.intp]:
    """The row of the vectors that each row of the table has."""
    embeddings = export.images.embeddings
    images: dict[int, None] = {}
    for file in export.plan.files:
        images.setdefault(file.image)
    ids = np.array(list(images), np.int64)
    return np.full(len(ids), -1, np.intp) if embeddings is None else embeddings.rows.rows_of(ids)


def _nearest(vectors: NDArray[np.float32]) -> Mapping[str, Values]:
    """Of each row the most alike others, nearest first, with their cosine distances."""
    count = min(NEAREST, len(vectors) - 1)
    ids, distances = [], []
    for start in range(0, len(vectors), _CHUNK):
        alike = vectors[start : start + _CHUNK] @ vectors.T
        rows = np.arange(len(alike))
        alike[rows, start + rows] = -np.inf
        near = np.argpartition(-alike, max(count - 1, 0), axis=1)[:, :count]
        order = np.argsort(-np.take_along_axis(alike, near, axis=1), axis=1, kind="stable")
        near = np.take_along_axis(near, order, axis=1)
        ids.append(near.astype(np.int64))
        distances.append(np.clip(1.0 - np.take_along_axis(alike, near, axis=1), 0.0, 2.0).astype(np.float64))
    return {"ids": np.concatenate(ids), "distances": np.concatenate(distances)}


SPECS = (
    DocumentSpec(
        "clusters.parquet",
        Sentence("A table with vectors and nearest pictures, for data frames and embedding-atlas (clusters.parquet)"),
        _table,
    ),
)
