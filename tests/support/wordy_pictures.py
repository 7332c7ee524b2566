"""Pictures and texts whose vectors are easy to see through: a text points where its words do."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shoal.domain.task import Task

AXES = ("shoe", "bag", "hat", "white")
DIMENSION = len(AXES) + 1


class WordReader:
    """One axis for each word it knows; the last, and a little of it in every text, for all the rest."""

    def encode(self, texts: Sequence[str], _task: Task) -> NDArray[np.float32]:
        rows = np.array([[*(float(axis in text) for axis in AXES), 0.5] for text in texts], np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def pictures_of(what: Sequence[str], noise: float = 0.1, seed: int = 0) -> NDArray[np.float32]:
    """One unit row per text, near to what the reader makes of it."""
    rows = WordReader().encode(what, Task())
    rows = (rows + np.random.default_rng(seed).normal(scale=noise, size=rows.shape)).astype(np.float32)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
