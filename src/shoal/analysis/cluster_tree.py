"""One hierarchy, computed once, from which any number of clusters is cut at once: what the coarse-fine slider moves."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.kmeans_clusters import counts_to_try, finer, kmeans
from shoal.analysis.similarity_edges import description_length, neighbours_to_link, similarity_edges
from shoal.analysis.threads import one_thread
from shoal.analysis.vector_space import DistinctRows, components_of, distinct_rows
from shoal.analysis.ward import Line, in_line, ward_merges
from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import AlgorithmSpec, ClusterRequest
from shoal.domain.geometry import ClusterTree, EmbeddingMatrix, NeighbourGraph, StageKey, stage_key
from shoal.domain.rows import rows_by_label
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task

MOST_LEAVES = 2048
"""More distinct images than this are first gathered in as many small clusters; inside each the tree goes on alone."""


def tree_clusters(
    embeddings: EmbeddingMatrix, graph: NeighbourGraph, request: ClusterRequest, task: Task
) -> NDArray[np.int32]:
    """Cut a fresh tree into `request.clusters`, or into as many as explain the neighbour graph best."""
    tree = build_tree(embeddings, request.seed, task)
    count = request.clusters or finer(best_count_of_cuts(tree, graph, task), request.granularity)
    return tree.cut(count)


def best_count_of_cuts(tree: ClusterTree, graph: NeighbourGraph, task: Task) -> int:
    """The number of clusters with the least description length, as `automatic_clusters` judges."""
    rows = len(tree.order)
    edges = similarity_edges(graph, neighbours_to_link(rows))
    best, least = 1, np.inf
    for count in task.track(counts_to_try(tree.most), Sentence("Choosing the number of clusters")):
        length = description_length(edges, tree.cut(count))
        if length < least:
            best, least = count, length
    return best


def tree_key(embeddings_key: StageKey, seed: int = 0) -> StageKey:
    return stage_key("tree", embeddings_key, seed=seed)


def build_tree(embeddings: EmbeddingMatrix, seed: int, task: Task) -> ClusterTree:
    """Ward's hierarchy on 64 principal components; deterministic for a seed."""
    task.check()
    distinct = distinct_rows(embeddings.vectors)
    with one_thread():
        line = _line_of_points(embeddings.vectors, distinct, seed, task)
    order, opens_at = _with_copies(line, distinct)
    return ClusterTree(tree_key(embeddings.key, seed), embeddings.rows, order, opens_at)


def _line_of_points(vectors: NDArray[np.float32], distinct: DistinctRows, seed: int, task: Task) -> Line:
    if len(distinct.first) < 2:
        return Line(np.arange(len(distinct.first)), np.empty(0, np.int64))
    points = components_of(vectors, distinct.first, seed=seed)
    if len(points) <= MOST_LEAVES:
        return in_line(ward_merges(points, distinct.counts, task))
    return _line_of_many(points, distinct.counts, seed, task)


def _line_of_many(points: NDArray[np.float32], weights: NDArray[np.int64], seed: int, task: Task) -> Line:
    """Small clusters are the leaves of one hierarchy, and each is replaced by the line of its own, cheaper merges."""
    members = list(rows_by_label(gather(points, weights, MOST_LEAVES, seed, task)).values())
    centres = np.stack([np.average(points[rows], axis=0, weights=weights[rows]) for rows in members])
    above = in_line(ward_merges(centres, np.array([weights[rows].sum() for rows in members]), task))
    order, inside, heights = [], [], []
    for leaf in task.track(above.order.tolist(), Sentence("Building the tree")):
        rows = members[leaf]
        merges = ward_merges(points[rows], weights[rows], Task())
        line = in_line(merges)
        order.append(rows[line.order])
        inside.append(line.rank)
        heights.append(merges.heights[line.rank])
    return Line(np.concatenate(order), _joint_ranks(above.rank, inside, heights))


def _joint_ranks(
    above: NDArray[np.int64], inside: list[NDArray[np.int64]], heights: list[NDArray[np.float64]]
) -> NDArray[np.int64]:
    """The ranks of all gaps of the line: those inside leaves by height, all of them below those between leaves."""
    within = np.empty(sum(map(len, inside)), np.int64)
    within[np.lexsort((np.concatenate(inside), np.concatenate(heights)))] = np.arange(len(within))
    pieces, start = [], 0
    for leaf, ranks in enumerate(inside):
        pieces += [within[start : start + len(ranks)], above[leaf : leaf + 1] + len(within)]
        start += len(ranks)
    return np.concatenate(pieces)


def _with_copies(line: Line, distinct: DistinctRows) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Put every row where its distinct picture stands, and turn ranks into the numbers of clusters that open gaps."""
    rows, kinds = len(distinct.inverse), len(line.order)
    place = np.empty(kinds, np.int64)
    place[line.order] = np.arange(kinds)
    order = np.argsort(place[distinct.inverse], kind="stable")
    kind = place[distinct.inverse][order]
    opens_at = np.full(max(rows - 1, 0), rows + 1, np.int32)
    changes = np.flatnonzero(np.diff(kind))
    opens_at[changes] = kinds - line.rank[kind[changes]]
    return order.astype(np.int32), opens_at


def gather(
    points: NDArray[np.float32], weights: NDArray[np.int64], count: int, seed: int, task: Task
) -> NDArray[np.int32]:
    """About `count` small clusters by k-means in two steps: coarse ones first, and each of them cut by itself.

    That compares every point with 2 x sqrt(count) centres instead of `count`.
    """
    coarse = kmeans(points, round(count**0.5), task, starts=1, seed=seed, weights=weights)
    labels, used = np.empty(len(points), np.int32), 0
    for rows in task.track(list(rows_by_label(coarse).values()), Sentence("Gathering images")):
        share = max(1, round(count * len(rows) / len(points)))
        fine = kmeans(points[rows], share, Task(), starts=1, seed=seed, weights=weights[rows])
        labels[rows] = fine + used
        used += int(fine.max()) + 1
    return labels


MOST_TO_THE_LETTER = 20_000
"""Points of which scikit-learn can hold all distances in memory."""


def ward_to_the_letter(
    points: NDArray[np.float32], clusters: int | None, parameters: Mapping[str, float], _task: Task
) -> NDArray[np.int32]:
    """scikit-learn's AgglomerativeClustering with Ward's linkage. Raises UserFacingError for too many points."""
    from sklearn.cluster import AgglomerativeClustering

    if len(points) > MOST_TO_THE_LETTER:
        raise UserFacingError(
            Sentence("scikit-learn's tree of {count} pictures does not fit in memory.", count=len(points)),
            Sentence("Choose kmeans, or leave --normalize and --reduce out: Shoal's own tree has no such limit."),
        )
    if len(points) < 2:
        return np.zeros(len(points), np.int32)
    count = None if "distance_threshold" in parameters else clusters
    return np.asarray(AgglomerativeClustering(count, **parameters).fit_predict(points), np.int32)


SPEC = AlgorithmSpec(
    name="tree",
    label=Sentence("Tree"),
    summary=Sentence("One hierarchy, cut as coarse or fine as you like. Every image gets a cluster."),
    run=tree_clusters,
    on_points=ward_to_the_letter,
    parameters=("distance_threshold",),
    counts=True,
)
