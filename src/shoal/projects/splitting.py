"""How a cluster falls apart."""

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.kmeans_clusters import kmeans_clusters
from shoal.domain.extension_points import ClusterRequest
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph
from shoal.domain.task import Caller, Task

MOST_PARTS = 4


def parts_of(
    embeddings: EmbeddingMatrix, members: NDArray[np.int32], maths: Caller, task: Task
) -> dict[int, NDArray[np.int32]]:
    """For 2 to 4 parts: a label 0..parts-1 per member (k-means). Numbers of parts that cannot be had are left out.

    `members` are image ids, ascending; one without a vector goes with the first part.
    """
    rows = embeddings.rows.rows_of(members)
    has_row = rows >= 0
    part = embeddings.part(rows[has_row])
    count = len(part.rows)
    no_graph = NeighbourGraph(part.key, part.rows, np.empty((count, 0), np.int32), np.empty((count, 0), np.float32))
    offers = {}
    for parts in range(2, min(MOST_PARTS, count) + 1):
        clusters = maths.call(kmeans_clusters, part, no_graph, ClusterRequest(clusters=parts), task=task)
        if len(np.unique(clusters)) == parts:
            labels = np.zeros(len(members), np.int32)
            labels[has_row] = clusters
            offers[parts] = labels
    return offers
