"""The stacks of near-identical pictures in an open folder."""

from collections.abc import Sequence

import numpy as np

from shoal.analysis.duplicates import near_duplicates
from shoal.domain.geometry import ByImage, NeighbourGraph
from shoal.domain.images import ImageId, ImageRecord


def stacks_of(graph: NeighbourGraph, records: Sequence[ImageRecord]) -> ByImage[np.int32]:
    """A stack number per image id, -1 for a picture that has no double. `records` are indexed by image id."""
    facts = [records[ImageId(int(image))].facts for image in graph.rows.ids]
    hashes = np.array([one.difference_hash or 0 for one in facts], np.int64)
    known = np.array([one.difference_hash is not None for one in facts], np.bool_)
    return graph.rows.spread(near_duplicates(graph, hashes, known), len(records), -1)
