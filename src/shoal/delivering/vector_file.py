"""Vectors as a file for other programs: `shoal embed`."""

import io
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from shoal.delivering.new_file import write_new_file
from shoal.domain.geometry import EmbeddingKey
from shoal.looking.extracted import Extraction

SUFFIX = ".npz"


def write_vectors(path: Path, extraction: Extraction, key: EmbeddingKey) -> None:
    """Arrays `paths` (str) and `vectors` (float32, unit rows) in the same order, and `key`, the model's key as JSON.

    For objects also `boxes` (n x 4: left, top, right, bottom in pixels), `kinds` (str) and `confidences`.
    A new file; see `write_new_file`.
    """
    arrays = {
        "paths": np.array([str(record.path) for record in extraction.records], np.str_),
        "vectors": extraction.embeddings.vectors,
        "key": np.array(json.dumps(asdict(key))),
    }
    regions = [record.region for record in extraction.records if record.region]
    if regions:
        arrays["boxes"] = np.array([region.box for region in regions], np.int32)
        arrays["kinds"] = np.array([region.kind for region in regions], np.str_)
        arrays["confidences"] = np.array([region.confidence for region in regions], np.float32)
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    write_new_file(path, buffer.getvalue())
