"""How a cluster falls apart."""

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.kmeans_clusters import kmeans_clusters
from shoal.domain.extension_points import ClusterRequest
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph, stage_key
from shoal.domain.task import Caller, Task

MOST_PARTS = 4


def parts_of(
    embeddings: EmbeddingMatrix, members: NDArray[np.int32], maths: Caller, task: Task
) -> dict[int, NDArray[np.int32]]:
    """For 2 to 4 parts: a label 0..parts-1 per member (k-means). Numbers of parts that cannot be had are left out.

    `members` are image ids, ascending; one without a vector goes with the first part.
    """
    rows = np.flatnonzero(np.isin(embeddings.image_ids, members))
    ids = embeddings.image_ids[rows]
    key = stage_key("members", embeddings.key, count=len(rows))
    part = EmbeddingMatrix(key, ids, embeddings.vectors[rows])
    no_graph = NeighbourGraph(key, ids, np.empty((len(ids), 0), np.int32), np.empty((len(ids), 0), np.float32))
    offers = {}
    for count in range(2, min(MOST_PARTS, len(ids)) + 1):
        found = maths.call(kmeans_clusters, part, no_graph, ClusterRequest(clusters=count), task=task)
        if len(np.unique(found)) == count:
            labels = np.zeros(len(members), np.int32)
            labels[np.searchsorted(members, ids)] = found
            offers[count] = labels
    return offers
