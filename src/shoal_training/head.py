"""The last matrix of the shipped network: from pooled features to the embedding.

It is not trained with the rest but computed afterwards from all pictures that have labels (linear discriminants with a
shrunk within-class covariance, Fisher 1936, Friedman 1989): directions in which pictures of one class differ are
shrunk, those that tell classes apart are kept. How a picture's features change when it is cropped a little counts as
a difference within a class. Without labels it is the ridge regression to the teacher's vectors.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_SHRINKAGE = 0.1
_WOBBLE = 5.0
_RIDGE = 0.1


@dataclass(frozen=True, slots=True)
class Head:
    """embedding = features @ matrix + offset, with `matrix` F x D and `offset` D."""

    matrix: Floats
    offset: Floats

    def __call__(self, features: Floats) -> Floats:
        return np.asarray(features @ self.matrix + self.offset, np.float32)


@dataclass(frozen=True, slots=True)
class Standard:
    """Features with mean 0 and deviation 1."""

    mean: Floats
    deviation: Floats

    def __call__(self, features: Floats) -> Floats:
        return np.asarray((features - self.mean) / self.deviation, np.float32)

    def before(self, matrix: Floats) -> Head:
        """The two steps, this one and the matrix, as one."""
        scaled = matrix / self.deviation[:, None]
        return Head(np.asarray(scaled, np.float32), np.asarray(-self.mean @ scaled, np.float32))


def discriminant_head(
    features: Floats, classes: NDArray[np.int64], weights: Floats, wobble: Floats, dimension: int
) -> Head:
    """`features` N x F, `classes` N (none negative), `weights` N: how much each picture counts (mean 1).

    `wobble` M x F: by how much the features of some pictures changed with slight crops.
    """
    standard = _standard(features, weights)
    rows = standard(features)
    means, sizes = _class_means(rows, classes, weights)
    within = _covariance(rows - means[classes], weights)
    within += _WOBBLE * _covariance(wobble / standard.deviation, np.ones(len(wobble), np.float32))
    within /= np.trace(within) / len(within)
    values, axes = np.linalg.eigh(within + _SHRINKAGE * np.eye(len(within), dtype=np.float32))
    whitening = axes / np.sqrt(values)
    between = (means @ whitening) * np.sqrt(sizes / sizes.sum())[:, None]
    total = _covariance(rows @ whitening, weights)
    _, directions = np.linalg.eigh(between.T @ between + 1e-3 * total)
    return standard.before(np.asarray(whitening @ directions[:, ::-1][:, :dimension], np.float32))


def regression_head(features: Floats, wanted: Floats, dimension: int) -> Head:
    """From `features` N x F to the teacher's main components, `wanted` N x K; the first `dimension` of them."""
    standard = _standard(features, np.ones(len(features), np.float32))
    rows = standard(features)
    gram = rows.T @ rows / len(rows)
    ridge = _RIDGE * np.trace(gram) / len(gram) * np.eye(len(gram), dtype=np.float32)
    return standard.before(np.linalg.solve(gram + ridge, rows.T @ wanted[:, :dimension] / len(rows)))


def _standard(features: Floats, weights: Floats) -> Standard:
    mean = np.average(features, axis=0, weights=weights)
    variance = np.average((features - mean) ** 2, axis=0, weights=weights)
    return Standard(mean.astype(np.float32), (np.sqrt(variance) + 1e-4).astype(np.float32))


def _class_means(rows: Floats, classes: NDArray[np.int64], weights: Floats) -> tuple[Floats, Floats]:
    """C x F, and the weight of each class (C)."""
    sizes: Floats = np.bincount(classes, weights).astype(np.float32)
    sums = np.zeros((len(sizes), rows.shape[1]), np.float32)
    np.add.at(sums, classes, rows * weights[:, None])
    return np.asarray(sums / np.maximum(sizes, 1e-9)[:, None], np.float32), sizes


def _covariance(rows: Floats, weights: Floats) -> Floats:
    return np.asarray((rows * weights[:, None]).T @ rows / weights.sum(), np.float32)
