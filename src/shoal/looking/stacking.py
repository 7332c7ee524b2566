"""The stacks of near-identical pictures in an open folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from shoal.analysis.duplicates import LEAST_SIMILARITY, Closeness, near_duplicates
from shoal.domain.capture_time import seconds
from shoal.domain.geometry import ByImage, NeighbourGraph
from shoal.domain.images import ImageId, ImageRecord


@dataclass(frozen=True, slots=True)
class StackRule:
    """`likeness`: the least cosine similarity. `seconds`: the most between two moments, 0 for any; who is not dated is
    close to nobody."""

    likeness: float = LEAST_SIMILARITY
    seconds: float = 0.0


USUAL: Final = StackRule()


def stacks_of(graph: NeighbourGraph, records: Sequence[ImageRecord], rule: StackRule = USUAL) -> ByImage[np.int32]:
    """A stack number per image id, -1 for a picture that has no double. `records` are indexed by image id."""
    here = [records[ImageId(int(image))] for image in graph.rows.ids]
    hashes = np.array([_looks(record) for record in here], np.int64)
    known = np.array([record.region is None for record in here], np.bool_)
    moments = np.array([seconds(record.facts.taken) for record in here], np.float64) if rule.seconds else None
    close = Closeness(rule.likeness, rule.seconds, moments)
    return graph.rows.spread(near_duplicates(graph, hashes, known, close), len(records), -1)


def _looks(record: ImageRecord) -> int:
    """The picture's hash; for a flat one, which has none, a number that only equal files share."""
    looks = record.facts.difference_hash
    if looks is not None:
        return looks
    return int.from_bytes(bytes.fromhex(record.content_hash)[:8], signed=True)
