"""Recipes to the letter: the libraries' own code, called as their documentation calls it, on what a network gave."""

import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.describe import describe_clusters
from shoal.analysis.euclidean_silhouette import silhouettes
from shoal.analysis.k_curve import best_count
from shoal.analysis.umap_layout import EpochReports, umap_module
from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import AlgorithmSpec, PointsAlgorithm
from shoal.domain.geometry import EmbeddingMatrix, MapLayout, Proposal, StageKey
from shoal.domain.recipe import Letter, Normalise, Reducing
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task

REDUCING = Sentence("Reducing vectors")
_Reducer = Callable[[NDArray[np.float32], Reducing, Task], NDArray[np.float32]]


def normalised(embeddings: EmbeddingMatrix, how: Normalise) -> NDArray[np.float32]:
    """`unit`, as the network gave them (`none`), or those through scikit-learn's StandardScaler (`standard`)."""
    if how != "standard":
        return embeddings.vectors if how == "unit" else embeddings.raw
    from sklearn.preprocessing import StandardScaler

    scaled: NDArray[np.float32] = StandardScaler().fit_transform(embeddings.raw)
    return scaled


def reduced(points: NDArray[np.float32], how: Reducing, task: Task) -> NDArray[np.float32]:
    """Raises UserFacingError where there are fewer pictures (or numbers) than are wanted."""
    return points if how.method == "none" else _REDUCERS[how.method](points, how, task)


def _pca(points: NDArray[np.float32], how: Reducing, task: Task) -> NDArray[np.float32]:
    most = min(points.shape)
    if how.dimensions > most:
        raise _too_few(how, most)
    from sklearn.decomposition import PCA

    task.report(REDUCING, 0, 0)
    components: NDArray[np.float32] = PCA(how.dimensions, random_state=how.seed).fit_transform(points)
    return components


def _umap(points: NDArray[np.float32], how: Reducing, task: Task) -> NDArray[np.float32]:
    """With a seed UMAP works in one thread; saying so beforehand spares its warning and changes nothing."""
    if how.dimensions + 2 > len(points):
        raise _too_few(how, max(len(points) - 2, 0))
    task.report(REDUCING, 0, 0)
    module = umap_module()
    mapper: Any = module.UMAP(
        n_components=how.dimensions, n_neighbors=how.n_neighbors, min_dist=how.min_dist, metric=how.metric,
        random_state=how.seed, n_jobs=1,
        tqdm_kwds={"disable": False, "file": EpochReports(task, REDUCING), "bar_format": "{n_fmt}/{total_fmt}"},
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "n_neighbors is larger than the dataset size")
        warnings.filterwarnings("ignore", "Graph is not fully connected")
        warnings.filterwarnings("ignore", "Spectral initiali[sz]ation failed")
        placed: NDArray[np.float32] = mapper.fit_transform(points)
    return placed


_REDUCERS: dict[str, _Reducer] = {"pca": _pca, "umap": _umap}


def _too_few(how: Reducing, most: int) -> UserFacingError:
    return UserFacingError(
        Sentence("There are too few pictures for {how}: it can give {most} numbers at most.", how=str(how), most=most),
        Sentence("Take fewer numbers, or leave the reducing out."),
    )


def prepared_points(embeddings: EmbeddingMatrix, letter: Letter, task: Task) -> NDArray[np.float32]:
    """What is clustered: n x d float32 of any length, in the order of the rows."""
    return np.ascontiguousarray(reduced(normalised(embeddings, letter.normalise), letter.reduce, task), np.float32)


def letter_map(
    embeddings: EmbeddingMatrix, normalise: Normalise, how: Reducing, key: StageKey, task: Task
) -> MapLayout:
    """The first two numbers of `how`, in its own units."""
    points = reduced(normalised(embeddings, normalise), how, task)
    return MapLayout(
        key, embeddings.rows, np.asarray(points[:, :2], np.float32), "pca" if how.method == "pca" else "umap"
    )


def letter_clusters(
    embeddings: EmbeddingMatrix, letter: Letter, spec: AlgorithmSpec, clusters: int | None, key: StageKey, task: Task
) -> Proposal:
    """Clusters of `prepared_points`, with the silhouette among those points. Raises UserFacingError."""
    points = prepared_points(embeddings, letter, task)
    run = runner(spec, letter, len(points))
    if spec.counts and clusters is None:
        clusters = best_count(points, run, letter.counts, task)
    if spec.counts and clusters is not None and clusters > len(points):
        clusters = len(points)
    labels = run(points, clusters, task)
    proposal = describe_clusters(embeddings, labels, spec.name, key, task)
    return Proposal(
        proposal.key, proposal.rows, proposal.labels, proposal.typical, proposal.tightness,
        silhouettes(points, proposal.labels, task), proposal.algorithm,
    )  # fmt: skip


Run = Callable[[NDArray[np.float32], int | None, Task], NDArray[np.int32]]


def runner(spec: AlgorithmSpec, letter: Letter, rows: int) -> Run:
    """Raises UserFacingError for an algorithm that takes no prepared numbers, or lacks one of the parameters."""
    if spec.on_points is None:
        raise UserFacingError(
            Sentence("{name} clusters in its own way, and not what a recipe prepares.", name=spec.name),
            Sentence("Choose kmeans, hdbscan or tree, or leave --normalize and --reduce out."),
        )
    strange = next((name for name, _ in letter.parameters if name not in spec.parameters), None)
    if strange is not None:
        raise UserFacingError(
            Sentence("{name} has no parameter {parameter}.", name=spec.name, parameter=repr(strange)),
            Sentence("It has: {names}.", names=", ".join(spec.parameters)),
        )
    if not rows:
        return lambda _points, _clusters, _task: np.empty(0, np.int32)
    return partial(_run, spec.on_points, dict(letter.parameters))


def _run(
    on_points: PointsAlgorithm,
    parameters: dict[str, float],
    points: NDArray[np.float32],
    clusters: int | None,
    task: Task,
) -> NDArray[np.int32]:
    task.report(Sentence("Grouping"), 0, 0)
    return np.asarray(on_points(points, clusters, parameters, task), np.int32)
