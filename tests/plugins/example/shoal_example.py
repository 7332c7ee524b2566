"""An example of a plugin: clusters by the first number of each vector, and a list of how many pictures each has."""

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from shoal.delivering.document import Delivered, DocumentSpec
from shoal.domain.extension_points import AlgorithmSpec, ClusterRequest
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task


def by_first_number(
    embeddings: EmbeddingMatrix, _graph: NeighbourGraph, request: ClusterRequest, task: Task
) -> NDArray[np.int32]:
    """As many clusters as were asked for, or two, of about the same size."""
    task.check()
    clusters = request.clusters or 2
    order = embeddings.vectors[:, 0].argsort(kind="stable").argsort(kind="stable")
    return (order * clusters // max(len(order), 1)).astype(np.int32)


def counts(export: Delivered) -> Mapping[str, bytes]:
    counted = Counter(row.cluster for row in export.rows)
    return {"": "".join(f"{cluster}: {count}\n" for cluster, count in sorted(counted.items())).encode()}


BRIGHTNESS = AlgorithmSpec(
    "first-number",
    Sentence("First number"),
    Sentence("Clusters of the same size, by the first number of each vector."),
    by_first_number,
)
COUNTS = DocumentSpec("counts.txt", Sentence("How many pictures each cluster has"), counts)
