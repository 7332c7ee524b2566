"""Communities of the neighbour graph: images that are linked with each other more than with the rest."""

import math
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.similarity_edges import SimilarityEdges, similarity_edges
from shoal.analysis.threads import one_thread
from shoal.analysis.vector_space import distinct_rows, principal_components
from shoal.analysis.ward import cut_line, in_line, ward_merges
from shoal.domain.extension_points import AlgorithmSpec, ClusterRequest
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph
from shoal.domain.sentence import Sentence, verbatim
from shoal.domain.task import Task

Communities = Callable[[float], NDArray[np.int32]]
"""From a resolution to labels: 1 is plain modularity, more gives more and smaller communities."""

_ROUNDS = 4
_SEARCH_STEPS = 12
_COARSEST, _FINEST = 1e-3, 1e6
_NEXT_TO_IT = 0.02
"""Of so many communities too many at the most the search ends: Ward joins the few pairs that are nearest anyway."""
_LEAST_MISS, _NOT_AT_AN_END = 1e-3, 0.02


class CommunityFinder:
    """Leiden (Traag, Waltman, van Eck 2019) for modularity with weighted links; the graph is built once."""

    def __init__(self, edges: SimilarityEdges, seed: int) -> None:
        import igraph

        self._graph = igraph.Graph(edges.rows, np.stack([edges.first, edges.second], axis=1))
        self._weights = edges.weight.tolist()
        self.seed = seed

    def __call__(
        self, resolution: float, rounds: int = _ROUNDS, start: NDArray[np.int32] | None = None
    ) -> NDArray[np.int32]:
        """`start`: labels to set out from, else every row is a community of its own."""
        with _seeded(self.seed):
            clustering = self._graph.community_leiden(
                "modularity",
                weights=self._weights,
                resolution=resolution,
                n_iterations=rounds,
                initial_membership=None if start is None else start.tolist(),
            )
        return np.array(clustering.membership, np.int32)


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """igraph draws from one source of chance for the whole process: lend it our own, and give Python's back."""
    import igraph

    igraph.set_random_number_generator(random.Random(seed))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def leiden_clusters(
    embeddings: EmbeddingMatrix, graph: NeighbourGraph, request: ClusterRequest, task: Task
) -> NDArray[np.int32]:
    """`request.clusters` communities, or as many as the resolution gives that `request.granularity` stands for."""
    task.check()
    if len(embeddings.vectors) == 0:
        return np.empty(0, np.int32)
    communities = CommunityFinder(similarity_edges(graph, graph.indices.shape[1]), request.seed)
    if request.clusters is not None:
        labels = exactly(request.clusters, communities, embeddings, task)
    else:
        labels = communities(resolution_of(request.granularity))
    return with_copies_together(labels, embeddings)


def resolution_of(granularity: float) -> float:
    """1 in the middle, a sixteenth at 0, sixteen at 1."""
    return float(256 ** (granularity - 0.5))


def with_copies_together(labels: NDArray[np.int32], embeddings: EmbeddingMatrix) -> NDArray[np.int32]:
    """Give each image the label of the first that equals it: whom of many copies the graph links is arbitrary."""
    distinct = distinct_rows(embeddings.vectors)
    return labels[distinct.first][distinct.inverse]


def exactly(count: int, communities: Communities, embeddings: EmbeddingMatrix, task: Task) -> NDArray[np.int32]:
    """As many communities as asked for: the coarsest partition that has enough, and what is too many joined by Ward."""
    rows = len(embeddings.vectors)
    search = _ResolutionSearch(count, rows)
    best = np.arange(rows, dtype=np.int32)
    for _ in task.track(range(_SEARCH_STEPS), Sentence("Grouping")):
        labels = communities(search.next())
        reached = int(labels.max()) + 1
        search.learn(reached)
        if count <= reached <= int(best.max()) + 1:
            best = labels
        if count <= reached <= count * (1 + _NEXT_TO_IT):
            break
    return _joined(best, count, embeddings, task)


class _ResolutionSearch:
    """Where the number of communities crosses `count`: false position in logarithms, as every step costs a Leiden run.

    The weight of an end that stays is halved (Dowell and Jarratt 1971, "Illinois"), so that neither stays for good.
    """

    def __init__(self, count: int, rows: int) -> None:
        self._aim = math.log(count * (1 + _NEXT_TO_IT / 2))
        self._places = [math.log(_COARSEST), math.log(_FINEST)]
        self._misses = [-self._aim, max(math.log(max(rows, 1)) - self._aim, _LEAST_MISS)]
        self._place, self._side = 0.0, -1

    def next(self) -> float:
        """The resolution to try."""
        (low, high), (under, over) = self._places, self._misses
        share = float(np.clip(-under / (over - under), _NOT_AT_AN_END, 1 - _NOT_AT_AN_END))
        self._place = low + (high - low) * share
        return math.exp(self._place)

    def learn(self, clusters_found: int) -> None:
        """How many communities there were at it."""
        miss = math.log(clusters_found) - self._aim
        side = int(miss >= 0)
        self._places[side] = self._place
        self._misses[side] = max(miss, _LEAST_MISS) if side else min(miss, -_LEAST_MISS)
        if side == self._side:
            self._misses[1 - side] /= 2
        self._side = side


def _joined(labels: NDArray[np.int32], count: int, embeddings: EmbeddingMatrix, task: Task) -> NDArray[np.int32]:
    if labels.max() < count:
        return labels
    with one_thread():
        points = principal_components(embeddings.vectors)
    sizes = np.bincount(labels)
    centres = np.stack([np.bincount(labels, column) for column in points.T], axis=1) / sizes[:, None]
    return cut_line(in_line(ward_merges(centres, sizes, task)), count)[labels]


SPEC = AlgorithmSpec(
    name="leiden",
    label=verbatim("Leiden"),
    summary=Sentence("Communities of the neighbour graph, of any shape and size. Every image gets a cluster."),
    run=leiden_clusters,
)
