"""From the neighbour graph to positions on the map, or in a space of a few more dimensions for clustering.

UMAP's own two steps are called one by one, with our graph: its front door looks for neighbours again by itself unless
it is handed exactly the array it expects, and reports neither progress nor a cancellation.

Of more than 30,000 images a sample is laid out first, whatever lies between them in the graph takes its place there,
and a few epochs with all of them do the rest: most of what many epochs are for is to bring far things apart, and that a
sample does as well.
"""

import threading
import warnings
from dataclasses import dataclass
from io import TextIOBase
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.nearest_neighbours import MISSING, nearest_to, neighbour_graph
from shoal.analysis.vector_space import principal_components
from shoal.domain.geometry import EmbeddingMatrix, MapLayout, NeighbourGraph, Rows, StageKey, stage_key
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task

_FEWEST = 4  # images; below that there is nothing to optimise
_WARM_UP_IMAGES = 50  # enough that numba compiles all that a real map runs
_JITTER = 1e-4  # of the map's width 10: equal pictures must not start at the same place, where nothing parts them
ALL_AT_ONCE_UP_TO = 30_000
_LEAST_SAMPLE, _SAMPLED = 5_000, 50  # one image of so many, if that is more
_EPOCHS_OF_SAMPLE, _EPOCHS_OF_ALL, _EPOCHS_OF_VERY_MANY = 100, 70, 30
_VERY_MANY = 300_000
_PLACING_ROUNDS = 12
_MESSAGE = Sentence("Drawing the map")


@dataclass(frozen=True, slots=True)
class MapParameters:
    """`n_neighbors` counts the image itself, as UMAP does: larger shows more of the whole, smaller more detail.

    `min_dist`: how closely points may lie, 0 (heaps) to 1 (evenly spread). `dimensions`: 2 for the map; for
    clustering rather 16, with `min_dist` 0.
    """

    n_neighbors: int = 15
    min_dist: float = 0.1
    seed: int = 0
    dimensions: int = 2

    @property
    def neighbours_needed(self) -> int:
        """The k that the neighbour graph must have at least."""
        return self.n_neighbors - 1


def umap_key(upstream: StageKey, parameters: MapParameters) -> StageKey:
    """`upstream` is the key of the neighbour graph."""
    return stage_key(
        "umap",
        upstream,
        n_neighbors=parameters.n_neighbors,
        min_dist=parameters.min_dist,
        seed=parameters.seed,
        dimensions=parameters.dimensions,
    )


def pca_layout(embeddings: EmbeddingMatrix, task: Task, dimensions: int = 2) -> MapLayout:
    """The widest directions of the embeddings: a first map within a second or two, and where UMAP starts.

    Centred; in each direction the outermost image lies on the positive side, so that the same pictures look the same
    on every machine.
    """
    task.report(_MESSAGE, 0, 1)
    key = stage_key("pca", embeddings.key, dimensions=dimensions)
    positions = _principal_positions(embeddings.vectors, dimensions)
    task.report(_MESSAGE, 1, 1)
    return MapLayout(key, embeddings.rows, positions, "pca")


def umap_layout(embeddings: EmbeddingMatrix, graph: NeighbourGraph, parameters: MapParameters, task: Task) -> MapLayout:
    """Lay the graph out, starting from the principal components. Centred; the same for the same seed.

    One-threaded, because several threads would give another map each time. Raises ValueError if the graph has fewer
    columns than the parameters need.
    """
    task.report(_MESSAGE, 0, 0)
    lay_out = _all_at_once if len(embeddings.vectors) <= ALL_AT_ONCE_UP_TO else _sample_first
    positions = lay_out(embeddings, graph, parameters, task)
    return MapLayout(umap_key(graph.key, parameters), embeddings.rows, _centred(positions), "umap")


def _all_at_once(
    embeddings: EmbeddingMatrix, graph: NeighbourGraph, parameters: MapParameters, task: Task, epochs: int | None = None
) -> NDArray[np.float32]:
    start = _principal_positions(embeddings.vectors, parameters.dimensions)
    if len(start) < _FEWEST:
        return start
    return _optimised(_with_self(graph, parameters), start, parameters, task, epochs)


def _sample_first(
    embeddings: EmbeddingMatrix, graph: NeighbourGraph, parameters: MapParameters, task: Task
) -> NDArray[np.float32]:
    neighbours, count = _with_self(graph, parameters), len(embeddings.vectors)
    size = min(count, max(_LEAST_SAMPLE, count // _SAMPLED))
    rows = np.sort(np.random.default_rng(parameters.seed).choice(count, size, replace=False))
    sample, quiet = embeddings.part(rows), Task(lambda _progress: task.check())
    links = neighbour_graph(sample, parameters.neighbours_needed, quiet)
    start = np.full((count, parameters.dimensions), np.nan, np.float32)
    start[rows] = _all_at_once(sample, links, parameters, quiet, _EPOCHS_OF_SAMPLE)
    _place_by_neighbours(start, *neighbours, quiet)
    alone = np.flatnonzero(np.isnan(start[:, 0]))  # parts of the graph in which nothing was drawn
    start[alone] = start[rows[nearest_to(sample, embeddings.vectors[alone], 1, quiet)[0][:, 0]]]
    return _optimised(
        neighbours, start, parameters, task, _EPOCHS_OF_ALL if count <= _VERY_MANY else _EPOCHS_OF_VERY_MANY
    )


def _place_by_neighbours(
    positions: NDArray[np.float32], indices: NDArray[np.int32], distances: NDArray[np.float32], task: Task
) -> None:
    """Put rows that are nowhere yet (not a number) in the middle of those of their neighbours that are, by likeness."""
    for _ in range(_PLACING_ROUNDS):
        task.check()
        waiting = np.flatnonzero(np.isnan(positions[:, 0]))
        near = indices[waiting]
        there = (near >= 0) & ~np.isnan(positions[near, 0])
        weights = np.where(there, np.maximum(1 - distances[waiting], 1e-3), 0)
        total = weights.sum(axis=1)
        places = np.einsum("ij,ijk->ik", weights, np.nan_to_num(positions[near]))
        placed = total > 0
        if not placed.any():
            break
        positions[waiting[placed]] = places[placed] / total[placed, None]


def warm_up(task: Task) -> None:
    """Import UMAP and have it compiled, on made-up vectors: half a minute once, later a few seconds per process."""
    vectors = np.random.default_rng(0).normal(size=(_WARM_UP_IMAGES, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    embeddings = EmbeddingMatrix(Rows(np.arange(_WARM_UP_IMAGES), StageKey("warm-up")), vectors)
    parameters = MapParameters()
    quiet = Task(lambda _progress: task.check())
    graph = neighbour_graph(embeddings, parameters.neighbours_needed, quiet)
    umap_layout(embeddings, graph, parameters, quiet)


def _principal_positions(vectors: NDArray[np.float32], dimensions: int) -> NDArray[np.float32]:
    positions = np.zeros((len(vectors), dimensions), np.float32)
    if len(vectors) > 1:
        components = principal_components(vectors, dimensions)
        outermost = np.take_along_axis(components, np.abs(components).argmax(axis=0)[None], axis=0)
        positions[:, : components.shape[1]] = components * np.where(outermost < 0, -1, 1)
    return positions


def _centred(positions: NDArray[np.float32]) -> NDArray[np.float32]:
    return positions - positions.mean(axis=0) if len(positions) else positions


def _with_self(graph: NeighbourGraph, parameters: MapParameters) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Rows and distances as UMAP wants them: exactly n_neighbors columns (fewer in a small folder), itself first."""
    count, columns = graph.indices.shape
    others = min(parameters.neighbours_needed, count - 1)
    if columns < others:
        raise ValueError(f"a graph of {columns} neighbours is too small for n_neighbors = {parameters.n_neighbors}")
    itself = np.arange(count, dtype=np.int32)[:, None]
    indices = np.hstack([itself, graph.indices[:, :others]])
    distances = np.hstack([np.zeros((count, 1), np.float32), graph.distances[:, :others]])
    distances[indices == MISSING] = 2.0  # finite: UMAP averages each row's distances, and skips the link by its index
    return indices, distances


def _optimised(
    neighbours: tuple[NDArray[np.int32], NDArray[np.float32]],
    start: NDArray[np.float32],
    parameters: MapParameters,
    task: Task,
    epochs: int | None = None,
) -> NDArray[np.float32]:
    umap_ = umap_module()
    task.check()
    random = np.random.RandomState(parameters.seed)
    indices, distances = neighbours
    weights, _, _ = umap_.fuzzy_simplicial_set(
        start, indices.shape[1], random, "cosine", knn_indices=indices, knn_dists=distances
    )
    a, b = umap_.find_ab_params(1.0, parameters.min_dist)
    positions, _ = umap_.simplicial_set_embedding(
        data=start,
        graph=weights,
        n_components=parameters.dimensions,
        initial_alpha=1.0,
        a=a,
        b=b,
        gamma=1.0,
        negative_sample_rate=5,
        n_epochs=epochs,
        init=_jittered(start, random),
        random_state=random,
        metric="cosine",
        metric_kwds={},
        densmap=False,
        densmap_kwds={},
        output_dens=False,
        tqdm_kwds=_each_epoch(task),
    )
    return np.asarray(positions, np.float32)


def _each_epoch(task: Task) -> dict[str, object]:
    """The task is told of each, however quick: at these moments somebody may cancel."""
    file = EpochReports(task)
    return {"disable": False, "file": file, "bar_format": "{n_fmt}/{total_fmt}", "mininterval": 0}


def _jittered(start: NDArray[np.float32], random: Any) -> NDArray[np.float32]:
    """Ten units across, with a little noise: UMAP divides by the extent in each dimension, which may be zero."""
    extent = max(float(np.ptp(start)), 1e-9)
    noise: NDArray[np.float64] = random.normal(scale=10 * _JITTER, size=start.shape)
    return (start * (10 / extent) + noise).astype(np.float32)


class EpochReports(TextIOBase):
    """The file to which UMAP's progress bar writes "17/200": the one way into its loop.

    A cancellation raised here leaves the loop between two epochs.
    """

    def __init__(self, task: Task, message: Sentence = _MESSAGE) -> None:
        self._task, self._message = task, message

    def write(self, text: str) -> int:
        done, slash, total = text.strip("\r\n ").partition("/")
        if slash:
            self._task.report(self._message, int(done), int(total))
        return len(text)


def umap_module() -> Any:  # umap has no type information
    with warnings.catch_warnings():
        # Without Tensorflow umap lacks its parametric variant, which it deplores at every import.
        warnings.filterwarnings("ignore", "Tensorflow not installed", ImportWarning)
        from umap import layouts, umap_
    _keep_compiled_code(umap_, layouts)
    layouts.tqdm.set_lock(threading.RLock())  # its own is for several processes, and starts one on macOS
    layouts.tqdm.monitor_interval = 0  # no thread to watch the bar
    return umap_


def _keep_compiled_code(umap_: Any, layouts: Any) -> None:
    """Have numba keep on disk what UMAP by itself compiles anew in every process, which takes most of a warm-up."""
    epoch = layouts._get_optimize_layout_euclidean_single_epoch_fn(False)
    for function in (umap_.smooth_knn_dist, umap_.compute_membership_strengths, epoch):
        if not function.signatures:
            function.enable_caching()
