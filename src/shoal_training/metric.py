"""The head of the usual network: which of its numbers count how much when pictures are compared.

A linear map, computed at once from labelled pictures of many fields and applied before the length is taken away:

1. Whitening within classes: directions in which pictures of one class differ count less, those in which they do not
   count more; shrunk far towards doing nothing, because the fields of the user's own pictures are not among these.
2. Linear discriminants (Fisher 1936) in that space: a direction counts with the root of v / (v + c) more, v being the
   variance of class means along it, means of each source about the mean of their source. What tells no classes
   apart here keeps a share, because it may tell some apart elsewhere.
3. The widest directions of all that, as few as lose nothing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal_training.head import Floats, Head

SHRINKAGE = 0.6
SHARE_KEPT = 0.3
HALF_WAY = 0.3
Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Scatter:
    """`mean` F, and covariances F x F: within classes, between classes of a source, of all."""

    mean: Doubles
    within: Doubles
    between: Doubles
    total: Doubles


def metric_head(features: Floats, classes: NDArray[np.int64], sources: NDArray[np.int64], weights: Doubles,
                dimension: int) -> Head:  # fmt: skip
    """`features` N x F; `classes` and `sources` N, numbered from 0, a class in one source only; `weights` N."""
    scatter = measured_scatter(features, classes, sources, weights)
    scale = np.trace(scatter.within) / len(scatter.mean)
    calmed = (1 - SHRINKAGE) * scatter.within / scale + SHRINKAGE * np.eye(len(scatter.mean))
    whitening = _power(calmed, -0.5)
    values, axes = np.linalg.eigh(whitening @ (scatter.between / scale) @ whitening)
    values = values.clip(0)
    metric = whitening @ (axes * np.sqrt(SHARE_KEPT + values / (values + HALF_WAY)))
    _, widest = np.linalg.eigh(metric.T @ scatter.total @ metric)
    matrix = metric @ widest[:, ::-1][:, :dimension]
    return Head(np.asarray(matrix, np.float32), np.asarray(-scatter.mean @ matrix, np.float32))


def measured_scatter(
    features: Floats, classes: NDArray[np.int64], sources: NDArray[np.int64], weights: Doubles
) -> Scatter:
    """A class of one picture says nothing about what differs within; a class of n is corrected by n / (n - 1)."""
    rows, share = features.astype(np.float64), weights / weights.sum(dtype=np.float64)
    sizes = np.bincount(classes)
    means, shares = _means(rows, classes, share)
    corrected = share * np.where(sizes > 1, sizes / np.maximum(sizes - 1, 1), 0.0)[classes]
    within = _covariance(rows - means[classes], corrected)
    source_of_class = np.zeros(len(sizes), np.int64)
    source_of_class[classes] = sources
    source_means, _ = _means(means, source_of_class, shares)
    between = _covariance(means - source_means[source_of_class], shares)
    mean = share @ rows
    return Scatter(mean, within, between, _covariance(rows - mean, share))


def _means(rows: Doubles, groups: NDArray[np.int64], weights: Doubles) -> tuple[Doubles, Doubles]:
    """Of each group, and its weight."""
    sums = np.zeros((int(groups.max()) + 1, rows.shape[1]))
    np.add.at(sums, groups, rows * weights[:, None])
    shares: Doubles = np.bincount(groups, weights).astype(np.float64)
    return sums / np.maximum(shares, 1e-12)[:, None], shares


def _covariance(rows: Doubles, weights: Doubles) -> Doubles:
    return np.asarray((rows * weights[:, None]).T @ rows)


def _power(matrix: Doubles, exponent: float) -> Doubles:
    """Of a symmetric matrix with positive eigenvalues."""
    values, axes = np.linalg.eigh(matrix)
    return np.asarray((axes * values**exponent) @ axes.T)
