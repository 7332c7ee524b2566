"""Using again what an earlier run found: as it is, or with new images added and nothing else moving."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.describe import describe_clusters
from shoal.analysis.placing import nearest_clusters, place_on_map
from shoal.domain.geometry import ByImage, EmbeddingMatrix, MapLayout, Proposal, StageKey, stage_key
from shoal.domain.grouping import UNSORTED
from shoal.domain.images import ImageRecord
from shoal.domain.task import Caller, Task
from shoal.looking.extraction import Extraction

NEIGHBOURS_TO_PLACE_BY = 15


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """The map and the proposed clusters of the same images in the same order, made after `recipe`.

    `embeddings` is the key of what they were made from.
    """

    recipe: StageKey
    embeddings: StageKey
    layout: MapLayout
    proposal: Proposal


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """What an earlier run over the same folders ended with. `home`: the cluster of each image id, 0 for Unsorted."""

    records: tuple[ImageRecord, ...] = ()
    shape: Shape | None = None
    home: ByImage[np.int32] = field(default_factory=lambda: ByImage(np.empty(0, np.int32)))

    def was_made_by(self, recipe: StageKey) -> bool:
        return self.shape is not None and self.shape.recipe == recipe


@dataclass(frozen=True, slots=True, eq=False)
class Additions:
    """Images put into the clusters there are: ids, ascending, and the cluster of each, 0 for Unsorted."""

    images: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    clusters: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))


def grown_shape(
    earlier: Earlier, recipe: StageKey, extraction: Extraction, maths: Caller, task: Task
) -> tuple[Shape | None, Additions | None]:
    """The earlier shape, with what is new added to it.

    None where it was made after another recipe, or is outnumbered by what is new and would no longer do it justice.
    """
    shape, embeddings = earlier.shape, extraction.embeddings
    if shape is None or shape.recipe != recipe:
        return None, None
    if shape.embeddings == embeddings.key:
        return shape, Additions()
    rows = _earlier_rows(extraction.records, earlier.records, shape)
    known = int((rows >= 0).sum())
    if known == 0 or 2 * known < len(rows):
        return None, None
    return _grown(shape, earlier.home, embeddings, rows, maths, task)


def _earlier_rows(records: Sequence[ImageRecord], before: Sequence[ImageRecord], shape: Shape) -> NDArray[np.intp]:
    """For each record its row in `shape`; -1 where it is new there, or its contents have changed."""
    contents = {record.id: record.content_hash for record in before}
    same = [contents.get(one.id) == one.content_hash for one in records]
    rows = shape.layout.rows.rows_of(np.array([one.id for one in records], np.int64))
    return np.where(same, rows, -1)


def _grown(
    shape: Shape,
    home: ByImage[np.int32],
    embeddings: EmbeddingMatrix,
    rows: NDArray[np.intp],
    maths: Caller,
    task: Task,
) -> tuple[Shape, Additions]:
    """Put what is new where its neighbours are; what was there stays where it is, on the map and in its cluster."""
    old, new = np.flatnonzero(rows >= 0), np.flatnonzero(rows < 0)
    there, arrived = embeddings.part(old), embeddings.part(new)
    homes = home.of(there.rows)
    labels = np.empty(len(rows), np.int32)
    positions = np.empty((len(rows), shape.layout.positions.shape[1]), np.float32)
    labels[old] = np.where(homes == UNSORTED, -1, homes)
    positions[old] = shape.layout.positions[rows[old]]
    if len(new):
        known_map = MapLayout(shape.layout.key, there.rows, positions[old], shape.layout.method)
        positions[new] = maths.call(place_on_map, known_map, there, arrived, NEIGHBOURS_TO_PLACE_BY, task=task)
        labels[new] = maths.call(nearest_clusters, there, labels[old], arrived.vectors, task=task).labels
    key = stage_key("grown", shape.layout.key, images=embeddings.key)
    layout = MapLayout(key, embeddings.rows, positions, shape.layout.method)
    proposal = maths.call(describe_clusters, embeddings, labels, shape.proposal.algorithm, key, task=task)
    additions = Additions(arrived.rows.ids, np.maximum(labels[new], UNSORTED))
    return Shape(shape.recipe, embeddings.key, layout, proposal), additions
