"""How vectors of one model are compared, as it was learnt from pictures that somebody has sorted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class FolderMetric:
    """A vector v of the model becomes unit(unit((v - mean) @ directions) @ matrix); cosines are taken of that.

    `model`: as after --model; `look`: the digest of the key of its vectors. `mean` d, `directions` d x k, `matrix`
    k x k.
    """

    model: str
    look: str
    mean: NDArray[np.float32]
    directions: NDArray[np.float32]
    matrix: NDArray[np.float32]

    @property
    def dimension(self) -> int:
        return int(self.matrix.shape[1])

    def raw(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """n x k of any length, for n unit rows of the model."""
        points = (vectors - self.mean) @ self.directions
        points = points / np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-12)
        return np.asarray(points @ self.matrix, np.float32)


@dataclass(frozen=True, slots=True)
class MetricWorth:
    """Of `asked` sorted pictures, each in turn unknown while it was learnt: how many have the class that their five
    nearest of the others name, by the model's own vectors (`before`) and by the metric (`after`). `classes`: how many.
    """

    asked: int
    classes: int
    before: float
    after: float
