"""Cluster after cluster to be named: what stands for each, and what it may be called."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.unlike_parts import unlike_parts
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.grouping import ClusterId, Grouping
from shoal.domain.images import ImageId


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Images of a cluster that are like each other; `face` stands for them."""

    face: ImageId
    images: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Unnamed:
    """`offer`: what the program calls it, "" for a mere number. `parts`: up to five, largest first."""

    cluster: ClusterId
    offer: str
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        return sum(len(part.images) for part in self.parts)


def to_be_named(grouping: Grouping) -> list[ClusterId]:
    """The clusters with pictures that the user has not named, the largest first."""
    counts = grouping.counts()
    open_ = [cluster.id for cluster in grouping.clusters.values() if not cluster.named and counts[cluster.id]]
    return sorted(open_, key=lambda id_: (-counts[id_], id_))


def unnamed(grouping: Grouping, embeddings: EmbeddingMatrix, cluster: ClusterId, number_word: str) -> Unnamed:
    """`number_word`: what clusters without a better name are called, before their number."""
    members = grouping.members(cluster)
    rows = embeddings.rows.rows_of(members)
    members, rows = members[rows >= 0], rows[rows >= 0]
    name = grouping.clusters[cluster].name
    offer = "" if name.startswith(number_word) else name
    if not len(members):
        return Unnamed(cluster, offer, ())
    split = unlike_parts(embeddings.vectors[rows])
    parts = [
        Part(ImageId(int(members[face])), members[split.labels == number]) for number, face in enumerate(split.faces)
    ]
    return Unnamed(cluster, offer, tuple(parts))
