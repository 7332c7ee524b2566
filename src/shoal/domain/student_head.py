"""The last step of a distilled network: from the numbers of a quick network to those of its teacher."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class StudentHead:
    """What goes in is x = (features - mean) * scale. The answer is k @ weights + offset, t numbers for each picture.

    Without `landmarks` k = x, of d numbers; with them (m x d, unit rows) k = exp(sharpness * (u @ landmarks.T - 1)),
    u being x made of unit length.
    """

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    weights: NDArray[np.float32]
    offset: NDArray[np.float32]
    landmarks: NDArray[np.float32] | None = None
    sharpness: float = 1.0

    def of(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        points = (features - self.mean) * self.scale
        if self.landmarks is not None:
            points = points / np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-12)
            points = np.exp(self.sharpness * (points @ self.landmarks.T - 1))
        return np.asarray(points @ self.weights + self.offset, np.float32)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like its teacher's the vectors of a student are, on pictures that it has not learnt from.

    `kept`: the share of each picture's ten nearest that are so for both; `knn`: the share of pictures whose five
    nearest, as the student sees them, name the cluster that they have among the teacher's; `nmi`: of k-means for each;
    `cosine`: the mean between the two vectors of a picture, None where they have not the same length.
    """

    kept: float
    knn: float
    nmi: float
    cosine: float | None
