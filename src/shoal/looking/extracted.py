"""What extraction brings, and what names it by the model and the images' contents."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shoal.domain.extension_points import EmbeddingBackend
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey, stage_key
from shoal.domain.images import ContentHash, ImageRecord, SkippedImage
from shoal.domain.objects import ObjectChoice


@dataclass(frozen=True, slots=True, eq=False)
class Extraction:
    """`records` and the rows of `embeddings` are in the order of the image ids; `skipped` in that of the files found.

    `missing`: records known from before whose files are gone; they keep their ids and their places. `cached_count`:
    how many of the records needed no look by the model in this run. `seconds` of wall time; `began_ns` lies before the
    first stamp was taken.
    """

    records: tuple[ImageRecord, ...]
    embeddings: EmbeddingMatrix
    skipped: tuple[SkippedImage, ...]
    missing: tuple[ImageRecord, ...]
    cached_count: int
    seconds: float
    began_ns: int = 0


def model_key(backend: EmbeddingBackend, choice: ObjectChoice) -> StageKey:
    """What looks at the pictures, and at what in them, whatever the pictures."""
    return stage_key("model", backend.key.digest, **choice.settings)


def rows_of_records(records: Sequence[ImageRecord], hashes: Sequence[ContentHash], model: str) -> Rows:
    """The rows of records in the order of their ids; their key covers the model and whose vectors stand for them."""
    lines = "\n".join(f"{record.id} {hash_}" for record, hash_ in zip(records, hashes, strict=True))
    images = hashlib.blake2b(lines.encode(), digest_size=16).hexdigest()
    return Rows(np.array([record.id for record in records], np.int64), stage_key("extraction", model, images=images))
