"""The matrix of ours between the mean of the last map and the vectors; `python -m shoal_training head` makes it."""

import io
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shoal.domain.sentence import Sentence
from shoal.embedding.efficientnet_graph import Head
from shoal.embedding.legacy_torch_files import NotTensors
from shoal.files.shipped import resource


def head_content(name: str) -> bytes:
    """A file of `resources`. Raises `NotTensors` where it is missing."""
    file = resource(name)
    if file is None:
        raise NotTensors(Sentence("{file} is not there", file=name))
    return file.read_bytes()


def read_head(content: bytes) -> Head:
    """Raises `NotTensors` for what `write_head` did not write."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return Head(arrays["matrix"].astype(np.float32), arrays["offset"].astype(np.float32))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise NotTensors(Sentence("the last matrix cannot be read: {reason}", reason=str(error))) from error


def write_head(file: Path, matrix: NDArray[np.float32], offset: NDArray[np.float32]) -> None:
    """In 16 bits, as a compressed NumPy archive."""
    np.savez_compressed(file, matrix=matrix.astype(np.float16), offset=offset.astype(np.float32))
