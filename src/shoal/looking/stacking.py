"""The stacks of near-identical pictures in an open folder."""

from collections.abc import Sequence

import numpy as np

from shoal.analysis.duplicates import Closeness, near_duplicates
from shoal.domain.capture_time import seconds
from shoal.domain.geometry import ByImage, EmbeddingMatrix, NeighbourGraph
from shoal.domain.images import ImageId, ImageRecord
from shoal.domain.stacks import USUAL_STACKS, StackRule


def stacks_of(
    graph: NeighbourGraph,
    records: Sequence[ImageRecord],
    rule: StackRule = USUAL_STACKS,
    embeddings: EmbeddingMatrix | None = None,
) -> ByImage[np.int32]:
    """A stack number per image id, -1 for a picture that has no double. `records` are indexed by image id.

    `embeddings`: on the rows of the graph, wanted where time counts.
    """
    here = [records[ImageId(int(image))] for image in graph.rows.ids]
    hashes = np.array([_looks(record) for record in here], np.int64)
    known = np.array([record.region is None for record in here], np.bool_)
    timed = rule.seconds or rule.moment
    moments = np.array([seconds(record.facts.taken) for record in here], np.float64) if timed else None
    vectors = None if embeddings is None else embeddings.vectors
    return graph.rows.spread(near_duplicates(graph, hashes, known, Closeness(rule, moments), vectors), len(records), -1)


def _looks(record: ImageRecord) -> int:
    """The picture's hash; for a flat one, which has none, a number that only equal files share."""
    looks = record.facts.difference_hash
    if looks is not None:
        return looks
    return int.from_bytes(bytes.fromhex(record.content_hash)[:8], signed=True)
