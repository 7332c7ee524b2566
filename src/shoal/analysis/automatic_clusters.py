"""Clusters without being told how many: the communities that best explain the neighbour graph.

1. Link each image with its log2(n) - 2 nearest. A graph takes about log n links each to hold together; with more,
   small clusters drown.
2. Find communities (Leiden) at resolutions from coarse to fine.
3. Keep the partition with the least description length (the map equation: a walk along the links seldom leaves a
   cluster, and no cluster is larger than that takes), less twice its mean silhouette in the space of principal
   components. The first judges by the graph, the second by the vectors. Of those that cost next to the same
   (0.6 percent), keep the one whose number is nearest to the square root of n: where the pictures do not say, neither
   many crumbs nor a few heaps is what people expect.

Of more than 30,000 images, step 2 is made once, very finely, and repeated with those communities for images; three
runs over all images around the best resolution then set out from the best partition.

Chosen by trial on 54 sets of labelled pictures, seen through embeddings of three kinds: silhouette alone, modularity
and the square root of n were off by more than a factor of two far more often, and communities agreed with the labels
better than k-means that was told their number. `tests/benchmarks/bench_clusters.py` repeats the comparison. Where it
errs: few but large clusters are cut finer than their labels (2 x 60 images into about five), and many tiny ones are
joined.
"""

import math
from collections.abc import Callable
from copy import copy

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.community_clusters import Communities, CommunityFinder, exactly, with_copies_together
from shoal.analysis.kmeans_clusters import finer
from shoal.analysis.silhouette import mean_silhouette, silhouette_of_rows
from shoal.analysis.similarity_edges import (
    SimilarityEdges,
    description_length,
    joined_edges,
    neighbours_to_link,
    similarity_edges,
)
from shoal.analysis.threads import one_thread
from shoal.analysis.vector_space import principal_components, unit_rows
from shoal.domain.extension_points import AlgorithmSpec, ClusterRequest
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task

_COARSEST = 0.2
# First far apart, then around the best: few of the many partitions are made.
_COARSE_STEP, _FINE_STEP, _FINE_STEPS = 1.4, 1.08, 4
_MOST_STEPS = 22
_PATIENCE = 6  # steps without a better partition, after which still finer ones are not tried
_FEWEST_IMAGES = 4
ALL_IMAGES_UP_TO = 30_000
_FINE_RESOLUTION = 0.57  # times the square root of n: some eight square roots of n communities
_FACTORS_OF_ALL = (1.0, 1 / 1.17, 1.17)  # of the best resolution of joined images, which is a little too fine
_MOST_JUDGED = 20_000  # a sample of that size tells the costs of partitions apart
_NEXT_TO_THE_SAME = 0.006  # costs closer than that do not decide: the number of clusters does, see `_from_root`
_BITS_OF_SILHOUETTE = 2
"""On 63 labelled sets and draws of other sources, seen by three networks, 2 chose numbers nearer to the labels' than 1
(off by factors of 1.21, 1.39 and 1.50 in place of 1.24, 1.42 and 1.53), with fewer far off; one source lost 0.004. More
made a few heaps of 43 groceries as the quick network sees them."""
_MESSAGE = Sentence("Choosing the number of clusters")


def automatic_clusters(
    embeddings: EmbeddingMatrix, graph: NeighbourGraph, request: ClusterRequest, task: Task
) -> NDArray[np.int32]:
    """Every image gets a cluster; fewer than four images are one.

    `request.clusters`, if given, is met exactly (as far as there are distinct images). Otherwise the rule above
    decides, and `request.granularity` away from the middle asks for up to four times more or fewer.
    """
    task.check()
    rows = len(embeddings.vectors)
    if rows == 0 or (rows < _FEWEST_IMAGES and request.clusters is None):
        return np.zeros(rows, np.int32)
    edges = similarity_edges(graph, neighbours_to_link(rows))
    communities = CommunityFinder(edges, request.seed)
    if request.clusters is not None:
        labels = exactly(request.clusters, communities, embeddings, task)
    else:
        find = best_partition if rows <= ALL_IMAGES_UP_TO else best_of_many
        labels = find(communities, Judge(edges, embeddings), task)
        count = int(labels.max()) + 1
        finer_count = min(finer(count, request.granularity), rows // 2)
        if request.granularity != 0.5 and finer_count != count:
            labels = exactly(finer_count, communities, embeddings, task)
    return with_copies_together(labels, embeddings)


class Judge:
    """The cost of a partition, by the rule above; of very many images, a sample has its silhouette taken."""

    def __init__(self, edges: SimilarityEdges, embeddings: EmbeddingMatrix) -> None:
        self.edges = edges
        rows = len(embeddings.vectors)
        self._place: NDArray[np.integer] = np.sort(np.random.default_rng(0).permutation(rows)[:_MOST_JUDGED])
        with one_thread():
            self._directions = unit_rows(principal_components(embeddings.vectors))[self._place]

    def of_joined(self, labels: NDArray[np.int32]) -> "Judge":
        """One of partitions not of the images but of the clusters 0..k-1 that `labels` puts them in."""
        judge = copy(self)
        judge.edges, judge._place = joined_edges(self.edges, labels), labels[self._place]
        return judge

    def __call__(self, labels: NDArray[np.int32]) -> float:
        sampled = labels[self._place]
        with one_thread():
            fit = mean_silhouette(silhouette_of_rows(self._directions, sampled, Task()), sampled)
        return description_length(self.edges, labels) - _BITS_OF_SILHOUETTE * fit


def best_of_many(communities: CommunityFinder, judge: Judge, task: Task) -> NDArray[np.int32]:
    """As `best_partition`, but with few runs over all images."""
    task.report(_MESSAGE, 0, _MOST_STEPS + 2 * _FINE_STEPS)
    rows = judge.edges.rows
    fine = communities(_FINE_RESOLUTION * math.sqrt(rows), rounds=1)
    task.check()
    coarse_judge = judge.of_joined(fine)
    trials = _Trials(CommunityFinder(coarse_judge.edges, communities.seed), coarse_judge, task)
    _search(trials)
    start, centre = trials.least[fine], trials.best_resolution
    around = _Trials(lambda resolution: communities(resolution, 1, start), judge, task)
    for factor in _FACTORS_OF_ALL:
        around.at(centre * factor)
    return around.chosen()


def best_partition(
    communities: Communities, cost: Callable[[NDArray[np.int32]], float], task: Task
) -> NDArray[np.int32]:
    """The communities that cost least, sought from coarse to fine and then around the best; see the rule above."""
    trials = _Trials(communities, cost, task)
    _search(trials)
    return trials.chosen()


def _search(trials: "_Trials") -> None:
    for step in range(_MOST_STEPS):
        trials.at(_COARSEST * _COARSE_STEP**step)
        if trials.in_vain >= _PATIENCE:
            break
    centre = trials.best_resolution
    for step in range(1, _FINE_STEPS + 1):
        trials.at(centre * _FINE_STEP**step)
        trials.at(centre / _FINE_STEP**step)


class _Trials:
    """The partitions met so far. One single cluster costs more than any other."""

    def __init__(self, communities: Communities, cost: Callable[[NDArray[np.int32]], float], task: Task) -> None:
        self._communities, self._cost, self._task = communities, cost, task
        self._costs: list[float] = []
        self._found: list[NDArray[np.int32]] = []
        self.best_resolution = 1.0
        self.in_vain = 0

    def at(self, resolution: float) -> None:
        self._task.report(_MESSAGE, len(self._costs), _MOST_STEPS + 2 * _FINE_STEPS)
        labels = self._communities(resolution)
        cost = self._cost(labels) if labels.max() > 0 else math.inf
        least = min(self._costs, default=math.inf)
        if cost < least:
            self.best_resolution, self.in_vain = resolution, 0
        elif least < math.inf:
            self.in_vain += 1
        self._costs.append(cost)
        self._found.append(labels)

    @property
    def least(self) -> NDArray[np.int32]:
        """The partition that costs least."""
        return self._found[int(np.argmin(self._costs))]

    def chosen(self) -> NDArray[np.int32]:
        least = min(self._costs)
        if least == math.inf:
            return self._found[0]
        limit = least + _NEXT_TO_THE_SAME * abs(least)
        near = [place for place, cost in enumerate(self._costs) if cost <= limit]
        return self._found[min(near, key=lambda place: (_from_root(self._found[place]), self._costs[place]))]


def _from_root(labels: NDArray[np.int32]) -> float:
    """How far the number of clusters is from the square root of the number of images, in powers of e."""
    return abs(math.log((int(labels.max()) + 1) / math.sqrt(len(labels))))


SPEC = AlgorithmSpec(
    name="auto",
    label=Sentence("Automatic"),
    summary=Sentence("Finds out how many clusters there are. Every image gets one."),
    run=automatic_clusters,
)
