"""The last matrix of the shipped network: from pooled features to the embedding."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.training.student import Student

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """embedding = features @ matrix.T... with `matrix` D x F and `offset` D."""

    matrix: Floats
    offset: Floats

    def __call__(self, features: Floats) -> Floats:
        return np.asarray(features @ self.matrix.T + self.offset, np.float32)


def projecting_head(student: Student) -> Head:
    """What training itself aimed at: the teacher's whitened components."""
    matrix = student.project.weight.detach().cpu().numpy()[:, :, 0, 0]
    bias = student.project.bias
    if bias is None:
        raise TypeError("the projection has an offset")
    return Head(matrix, bias.detach().cpu().numpy())
