"""What a model made of pictures in earlier looks, read back from the cache."""

from collections.abc import Sequence

import numpy as np

from shoal.domain.extension_points import ClassifyingBackend, EmbeddingBackend
from shoal.domain.geometry import EmbeddingMatrix, Rows
from shoal.domain.images import ContentHash, ImageRecord
from shoal.looking.extracted import rows_of_records
from shoal.looking.raw_vectors import keeps_lengths
from shoal.store.feature_cache import FeatureCache


def seen_before(
    rows: Rows, hashes: Sequence[ContentHash], backend: EmbeddingBackend, features: FeatureCache
) -> EmbeddingMatrix:
    """What the model made of contents that it has looked at, one for each row. Raises KeyError."""
    empty = np.empty((0, backend.dimension), np.float32)
    vectors = features.vectors(hashes, backend.key) if hashes else empty
    lengths = None
    if keeps_lengths(backend):
        lengths = np.linalg.norm(vectors.astype(np.float64), axis=1)
        vectors, lengths = (vectors / lengths[:, None]).astype(np.float32), lengths.astype(np.float32)
    knows_classes = isinstance(backend, ClassifyingBackend)
    classes = features.classes(hashes, backend.key) if knows_classes else None
    return EmbeddingMatrix(rows, vectors, classes, lengths)


def known_embeddings(
    records: Sequence[ImageRecord], backend: EmbeddingBackend, features: FeatureCache
) -> EmbeddingMatrix:
    """The vectors of those images that this model has looked at, whatever model others have been looked at with."""
    missing = set(features.missing([record.content_hash for record in records], backend.key))
    seen = sorted((record for record in records if record.content_hash not in missing), key=lambda record: record.id)
    hashes = [record.content_hash for record in seen]
    return seen_before(rows_of_records(seen, hashes, backend.key.digest), hashes, backend, features)
