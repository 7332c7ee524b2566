"""What a recipe comes to, in figures: how well pictures fit their clusters, and how good other numbers of them are."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.k_curve import k_curve, size_curve
from shoal.analysis.letter import prepared_points, runner
from shoal.domain.extension_points import AlgorithmSpec
from shoal.domain.geometry import EmbeddingMatrix, Proposal
from shoal.domain.grouping import UNSORTED, ClusterId, Grouping
from shoal.domain.k_curve import SMALLEST, KCurve
from shoal.domain.recipe import RANGE_OF_K, Letter, Recipe, Reducing
from shoal.domain.task import Caller, Task
from shoal.looking.catalogue import ALGORITHMS, algorithm_named

MIXED: Final = 0.1
"""Clusters whose pictures fit no better on average may be several in one."""
FEWEST: Final = 4
"""Of fewer pictures nothing is said."""
OWN_SPACE: Final = Letter("unit", Reducing("pca", 64, seed=0), (("n_init", 1), ("random_state", 0)))
"""For what is left to the program: near to where its own algorithms look for clusters."""


@dataclass(frozen=True, slots=True)
class ClusterFit:
    """`silhouette`: the mean over its pictures, as they were found; `mixed`: it may be several clusters."""

    cluster: ClusterId
    count: int
    silhouette: float
    mixed: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """`overall`: the mean over all pictures in clusters; None where there is nothing to compare. Worst first."""

    overall: float | None
    clusters: tuple[ClusterFit, ...] = ()


def fit_of(grouping: Grouping, proposal: Proposal | None) -> Fit:
    """Of the clusters as they are now; the silhouettes are those of the last clustering. Milliseconds at 100,000."""
    if proposal is None:
        return Fit(None)
    homes = grouping.homes.of(proposal.rows)
    inside = (homes > UNSORTED) & (proposal.labels >= 0)
    if not inside.any():
        return Fit(None)
    counts = np.bincount(homes[inside])
    sums = np.bincount(homes[inside], proposal.silhouette[inside].astype(np.float64))
    rows = [
        ClusterFit(
            ClusterId(cluster),
            int(counts[cluster]),
            mean := float(sums[cluster] / counts[cluster]),
            _mixed(counts[cluster], mean),
        )
        for cluster in np.flatnonzero(counts).tolist()
    ]
    rows.sort(key=lambda row: row.silhouette)
    return Fit(float(proposal.silhouette[inside].mean(dtype=np.float64)), tuple(rows))


def _mixed(count: int, mean: float) -> bool:
    return count >= FEWEST and mean < MIXED


def curve_of(embeddings: EmbeddingMatrix, recipe: Recipe, maths: Caller, task: Task) -> KCurve:
    """For each number of clusters: how good it is, and whether parts of the pictures agree on it.

    Raises UserFacingError where the recipe does not fit the pictures.
    """
    letter, spec = recipe.letter or OWN_SPACE, algorithm_named(recipe.algorithm)
    if recipe.letter is not None and spec is not None and SMALLEST in spec.parameters:
        return maths.call(_cliff, embeddings, letter, spec, task=task)
    if spec is None or not spec.counts or recipe.letter is None:
        spec = next(spec for spec in ALGORITHMS if spec.name == "kmeans")
        letter = Letter(letter.normalise, _that_fits(letter.reduce, embeddings), OWN_SPACE.parameters)
    counts = letter.counts if recipe.letter is not None else RANGE_OF_K
    return maths.call(_curve, embeddings, letter, spec, counts, task=task)


def _that_fits(reduce: Reducing, embeddings: EmbeddingMatrix) -> Reducing:
    most = min(embeddings.vectors.shape)
    return Reducing(reduce.method, min(reduce.dimensions, most), seed=reduce.seed) if reduce.method == "pca" else reduce


def _curve(
    embeddings: EmbeddingMatrix, letter: Letter, spec: AlgorithmSpec, counts: tuple[int, int], task: Task
) -> KCurve:
    points = prepared_points(embeddings, letter, task)
    return k_curve(points, runner(spec, letter, len(points)), counts, task, stability=True)


def _cliff(embeddings: EmbeddingMatrix, letter: Letter, spec: AlgorithmSpec, task: Task) -> KCurve:
    points, others = prepared_points(embeddings, letter, task), dict(letter.parameters)

    def run(size: int) -> NDArray[np.int32]:
        sized = replace(letter, parameters=tuple({**others, SMALLEST: size}.items()))
        return runner(spec, sized, len(points))(points, None, Task(lambda _progress: task.check()))

    return size_curve(points, run, task)
