"""The clusters of a grouping in figures: what a report says about them."""

from dataclasses import dataclass

import numpy as np

from shoal.analysis.describe import describe_clusters
from shoal.analysis.silhouette import mean_silhouette
from shoal.domain.geometry import EmbeddingMatrix, StageKey
from shoal.domain.grouping import UNSORTED, ClusterId, Grouping
from shoal.domain.images import ImageId
from shoal.domain.task import Task


@dataclass(frozen=True, slots=True)
class ClusterSummary:
    """`typical`: the medoid. `tightness`: mean cosine similarity of the members to their centre, 0..1."""

    id: ClusterId
    name: str
    count: int
    tightness: float
    typical: ImageId


@dataclass(frozen=True, slots=True)
class GroupingSummary:
    """`clusters` that hold any of the images, the largest first; how many images are in none; their silhouette."""

    clusters: tuple[ClusterSummary, ...]
    unsorted: int
    silhouette: float


def summarise(grouping: Grouping, embeddings: EmbeddingMatrix) -> GroupingSummary:
    """Of the images in `embeddings` and the clusters they are in now, whoever put them there."""
    homes = grouping.homes.of(embeddings.rows)
    labels = np.where(homes == UNSORTED, -1, homes).astype(np.int32)
    described = describe_clusters(embeddings, labels, "", StageKey(""), Task())
    counts = np.bincount(described.labels[described.labels >= 0], minlength=described.cluster_count)
    clusters = []
    for row, count, tightness in zip(described.typical, counts, described.tightness, strict=True):
        cluster = ClusterId(int(homes[row]))
        image = ImageId(int(embeddings.rows.ids[row]))
        clusters.append(ClusterSummary(cluster, grouping.clusters[cluster].name, int(count), float(tightness), image))
    return GroupingSummary(
        tuple(clusters), int((labels < 0).sum()), mean_silhouette(described.silhouette, described.labels)
    )
