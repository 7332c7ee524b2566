"""Which of some named classes each picture belongs to, how sure that is, and how often such an answer is right."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shoal.domain.grouping import ClusterId

NOT_SURE = -1
"""Stands for the class of a picture that is put into none."""


@dataclass(frozen=True, slots=True, eq=False)
class Classified:
    """Row i is a picture. `classes` (n int32): the place of its likeliest class; `probabilities` (n float32, 0..1).

    `sure` (n bool): the answer is likely enough, and the picture like enough to the examples of the class.
    """

    classes: NDArray[np.int32]
    probabilities: NDArray[np.float32]
    sure: NDArray[np.bool_]

    @property
    def labels(self) -> NDArray[np.int32]:
        """The class that a picture is put into, or NOT_SURE."""
        return np.where(self.sure, self.classes, NOT_SURE).astype(np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class HeldBack:
    """What came of examples that were asked without having been learnt from.

    `confusion` (k x k + 1 int64): rows are the true classes, columns what was said, the last one that it was not sure.
    `right`: of those answers that were sure, None where none was; `answered`: the share that was. `error`: how far
    probabilities are from the share of right answers on average (expected calibration error). `bins`: for parts of the
    scale of probabilities, from which on, how many answers, their mean probability, and the share that was right.
    """

    asked: int
    right: float | None
    answered: float
    threshold: float
    error: float
    confusion: NDArray[np.int64]
    bins: tuple[tuple[float, int, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class AskedClasses:
    """`clusters` whose pictures are examples, or a `folder` with a sub-folder for each class, or `words`."""

    clusters: tuple[ClusterId, ...] = ()
    folder: Path | None = None
    words: tuple[str, ...] = ()
    right: float = 0.95


def words_in(text: str) -> tuple[str, ...]:
    """From a field: with commas or line ends between them, each once."""
    parts = re.split("[\n,\uff0c\u3001]", text)  # and as they are written in Chinese
    return tuple(dict.fromkeys(filter(None, (part.strip() for part in parts))))
