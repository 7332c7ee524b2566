"""Vectors as a file for other programs: `shoal embed`."""

import io
import json
import os
from dataclasses import asdict
from pathlib import Path

import numpy as np

from shoal.domain.errors import UserFacingError
from shoal.domain.geometry import EmbeddingKey
from shoal.files.safe_files import publish, remove_own, sync_folder, write_new
from shoal.services.extraction import Extraction
from shoal.store.own_files import plain_words

SUFFIX = ".npz"


def require_new(path: Path) -> None:
    """Say before the long work what would go wrong after it."""
    if path.suffix.lower() != SUFFIX:
        raise UserFacingError(f"{path} does not end in {SUFFIX}.", "Vectors are written in numpy's format: name it so.")
    if os.path.lexists(path):
        raise UserFacingError(f"{path} is there already, and nothing is ever overwritten.", "Choose another name.")
    if not path.parent.is_dir():
        raise UserFacingError(f"There is no folder {path.parent}.", "Make it, or name another.")


def write_vectors(path: Path, extraction: Extraction, key: EmbeddingKey) -> None:
    """Arrays `paths` (str) and `vectors` (float32, unit rows) in the same order, and `key`, the model's key as JSON.

    Appears whole or not at all; raises UserFacingError, also if somebody else has taken the name meanwhile.
    """
    arrays = {
        "paths": np.array([str(record.path) for record in extraction.records], np.str_),
        "vectors": extraction.embeddings.vectors,
        "key": np.array(json.dumps(asdict(key))),
    }
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    with plain_words(path):
        try:
            write_new(temporary, buffer.getvalue())
            publish(temporary, path)
        finally:
            remove_own(temporary)
        sync_folder(path.parent)
