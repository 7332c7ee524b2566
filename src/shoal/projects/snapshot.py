"""What has been derived of an open folder so far; replaced as a whole, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shoal.domain.geometry import ByImage, EmbeddingMatrix, MapLayout, NeighbourGraph, Proposal
from shoal.domain.images import FoundImage, ImageRecord, SkippedImage

Entry = FoundImage | ImageRecord


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """`images` is indexed by image id once they have been read; before that it lists the names that were found.

    `stacks`: the stack of near-identical pictures that each image id belongs to, -1 for none; None: not known yet.
    """

    images: Sequence[Entry] = ()
    skipped: Sequence[SkippedImage] = ()
    embeddings: EmbeddingMatrix | None = None
    graph: NeighbourGraph | None = None
    layout: MapLayout | None = None
    proposal: Proposal | None = None
    stacks: ByImage[np.int32] | None = None

    def __post_init__(self) -> None:
        """Nothing is shown beside what it was not made from."""
        parts = {"a graph": self.graph, "a map": self.layout, "a proposal": self.proposal}
        rows = [part.rows for part in (self.embeddings, *parts.values()) if part is not None]
        for what, part in parts.items():
            if part is not None:
                rows[0].require(part.rows, what)
