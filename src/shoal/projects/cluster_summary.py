"""The clusters of a grouping in figures: what a report says about them."""

from dataclasses import dataclass

import numpy as np

from shoal.analysis.describe import describe_clusters
from shoal.analysis.silhouette import mean_silhouette
from shoal.domain.geometry import EmbeddingMatrix, StageKey
from shoal.domain.grouping import UNSORTED, ClusterId, Grouping
from shoal.domain.images import ImageId
from shoal.domain.task import Task
from shoal.looking.content_names import sureness
from shoal.looking.known_words import known_words


@dataclass(frozen=True, slots=True)
class ClusterSummary:
    """`typical`: the medoid. `tightness`: mean cosine similarity of the members to their centre, 0..1.

    `sure`: how likely a member shows what the name says, where that is known and a machine said so. `silhouette`: the
    mean over its members.
    """

    id: ClusterId
    name: str
    count: int
    tightness: float
    typical: ImageId
    sure: float | None = None
    silhouette: float = 0.0


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
    inside = described.labels >= 0
    sums = np.bincount(described.labels[inside], described.silhouette[inside], described.cluster_count)
    sure = sureness(grouping, embeddings, known_words())
    clusters = []
    for row, count, tightness, total in zip(described.typical, counts, described.tightness, sums, strict=True):
        cluster = ClusterId(int(homes[row]))
        image = ImageId(int(embeddings.rows.ids[row]))
        name = grouping.clusters[cluster].name
        figures = int(count), float(tightness), image, sure.get(cluster), float(total / count)
        clusters.append(ClusterSummary(cluster, name, *figures))
    return GroupingSummary(
        tuple(clusters), int((labels < 0).sum()), mean_silhouette(described.silhouette, described.labels)
    )
