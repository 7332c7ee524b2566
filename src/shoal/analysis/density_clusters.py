"""Clusters where images lie close together; what lies between them belongs nowhere.

HDBSCAN (Campello, Moulavi, Sander 2013) with the distance of shared neighbours (Jarvis, Patrick 1973): two linked
images are as near as their lists of neighbours agree. Cosine distances themselves are all alike in several hundred
dimensions, so that HDBSCAN on them leaves twice as many images out, and in 16 principal components it is no better.
"""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.community_clusters import with_copies_together
from shoal.analysis.silhouette import cluster_means
from shoal.analysis.similarity_edges import SimilarityEdges, similarity_edges
from shoal.analysis.threads import one_thread
from shoal.domain.extension_points import AlgorithmSpec, ClusterRequest
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph
from shoal.domain.sentence import Sentence, verbatim
from shoal.domain.task import Task

_FEWEST_IMAGES = 4  # two clusters of two are the least there is to find
_CORE_NEIGHBOURS = 3
_COSINE_SHARE = 0.01  # of the distance: decides between pairs that share equally many neighbours
_UNLINKED = 10.0  # distance of parts that no link joins; all others are below 1.1
_CHUNK = 65_536  # between them somebody may cancel
_SIZES_TO_TRY = 10


def density_clusters(
    embeddings: EmbeddingMatrix, graph: NeighbourGraph, request: ClusterRequest, task: Task
) -> NDArray[np.int32]:
    """Labels with -1 for what lies between clusters, less the share `request.absorb` that is nearest to one.

    `request.clusters` is met as nearly as the smallest size of a cluster can be chosen for it.
    """
    task.check()
    rows = len(embeddings.vectors)
    if rows < _FEWEST_IMAGES:
        return np.zeros(rows, np.int32)
    edges = _connected(similarity_edges(graph, graph.indices.shape[1]))
    distances = shared_neighbour_distances(edges, graph, task)
    with one_thread():
        labels = _best_labels(edges, distances, request, task)
    return absorbed(with_copies_together(labels, embeddings), embeddings.vectors, request.absorb)


def smallest_cluster(rows: int, granularity: float) -> int:
    """A quarter of the square root of the rows; a quarter of that at granularity 1, four times as much at 0."""
    return max(2, round(math.sqrt(rows) / 4 * math.pow(16, 0.5 - granularity)))


def _best_labels(
    edges: SimilarityEdges, distances: NDArray[np.float64], request: ClusterRequest, task: Task
) -> NDArray[np.int32]:
    clusters = request.clusters
    if clusters is None:
        return _hdbscan(edges, distances, smallest_cluster(edges.rows, request.granularity))
    if clusters == 1:
        return np.zeros(edges.rows, np.int32)
    largest = max(2, edges.rows // clusters)
    sizes = sorted({round(size) for size in np.geomspace(2, largest, _SIZES_TO_TRY)})
    tries = [_hdbscan(edges, distances, size) for size in task.track(sizes, Sentence("Grouping"))]
    return min(tries, key=lambda labels: (abs(int(labels.max()) + 1 - clusters), int((labels < 0).sum())))


def _hdbscan(edges: SimilarityEdges, distances: NDArray[np.float64], smallest: int) -> NDArray[np.int32]:
    from scipy.sparse import csr_matrix
    from sklearn.cluster import HDBSCAN

    ends = np.concatenate([edges.first, edges.second]), np.concatenate([edges.second, edges.first])
    links = csr_matrix((np.tile(distances, 2), ends), shape=(edges.rows, edges.rows))
    fewest = int(np.diff(links.indptr).min())
    model = HDBSCAN(
        min_cluster_size=min(smallest, edges.rows),
        min_samples=max(1, min(_CORE_NEIGHBOURS, fewest)),
        metric="precomputed",
        copy=True,
    )
    return np.asarray(model.fit_predict(links), np.int32)


def shared_neighbour_distances(edges: SimilarityEdges, graph: NeighbourGraph, task: Task) -> NDArray[np.float64]:
    """Per link: 1 less the share of neighbours (each image counts as its own) that both ends have in common."""
    own = np.arange(edges.rows, dtype=np.int32)[:, None]
    lists = np.concatenate([own, graph.indices], axis=1)
    lists[lists < 0] = np.iinfo(np.int32).max
    shared = np.empty(len(edges.first))
    for start in task.track(range(0, len(shared), _CHUNK), Sentence("Comparing neighbours")):
        chunk = slice(start, start + _CHUNK)
        shared[chunk] = _common(lists[edges.first[chunk]], lists[edges.second[chunk]])
    distances = 1.0 - shared / lists.shape[1] + _COSINE_SHARE * (1.0 - edges.weight)
    return np.where(edges.weight > 0, np.maximum(distances, 1e-6), _UNLINKED)


def _common(some: NDArray[np.int32], others: NDArray[np.int32]) -> NDArray[np.int64]:
    """How many numbers occur in both of each pair of rows; missing entries (the largest int32) do not count."""
    both = np.sort(np.concatenate([some, others], axis=1), axis=1)
    repeated = (both[:, 1:] == both[:, :-1]) & (both[:, 1:] < np.iinfo(np.int32).max)
    return np.asarray(repeated.sum(axis=1), np.int64)


def _connected(edges: SimilarityEdges) -> SimilarityEdges:
    """The same links, and one of weight 0 from each unlinked part to the next: HDBSCAN wants a path to everywhere."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    links = csr_matrix((np.ones(len(edges.first)), (edges.first, edges.second)), shape=(edges.rows, edges.rows))
    _, part = connected_components(links, directed=False)
    _, heads = np.unique(part, return_index=True)
    return SimilarityEdges(
        edges.rows,
        np.concatenate([edges.first, heads[:-1]]),
        np.concatenate([edges.second, heads[1:]]),
        np.concatenate([edges.weight, np.zeros(len(heads) - 1)]),
    )


def absorbed(labels: NDArray[np.int32], vectors: NDArray[np.float32], share: float) -> NDArray[np.int32]:
    """Put that share of the rows labelled -1 into the cluster whose mean they are most similar to, the nearest first.

    With no cluster at all and a share of 1, everything becomes one.
    """
    outside = np.flatnonzero(labels < 0)
    inside = np.flatnonzero(labels >= 0)
    if len(inside) == 0:
        return np.zeros_like(labels) if share >= 1.0 else labels
    means, _ = cluster_means(vectors, inside, labels[inside].astype(np.int64), int(labels.max()) + 1)
    similarity = vectors[outside] @ means.astype(np.float32).T
    nearest = np.argsort(-similarity.max(axis=1, initial=-np.inf), kind="stable")[: round(share * len(outside))]
    result = labels.copy()
    result[outside[nearest]] = similarity[nearest].argmax(axis=1)
    return result


def hdbscan_to_the_letter(
    points: NDArray[np.float32], _clusters: int | None, parameters: Mapping[str, float], _task: Task
) -> NDArray[np.int32]:
    """scikit-learn's HDBSCAN, which finds out by itself how many clusters there are."""
    from sklearn.cluster import HDBSCAN

    if len(points) < max(2, int(parameters.get("min_samples", parameters.get("min_cluster_size", 5)))):
        return np.full(len(points), -1, np.int32)
    return np.asarray(HDBSCAN(copy=True, **parameters).fit_predict(points), np.int32)


SPEC = AlgorithmSpec(
    name="hdbscan",
    label=verbatim("HDBSCAN"),
    summary=Sentence("Dense clusters of any size; images between them stay unsorted, unless you have them absorbed."),
    run=density_clusters,
    on_points=hdbscan_to_the_letter,
    parameters=("min_cluster_size", "min_samples", "cluster_selection_epsilon", "max_cluster_size", "alpha"),
)
