"""What has been derived of an open folder so far; replaced as a whole, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.domain.geometry import (
    ByImage,
    ClusterTree,
    EmbeddingMatrix,
    MapLayout,
    NeighbourGraph,
    Outliers,
    Proposal,
    Rows,
    Shoot,
)
from shoal.domain.grouping import Grouping
from shoal.domain.image_table import ImageTable
from shoal.domain.images import FoundImage, ImageRecord, SkippedImage
from shoal.domain.left_alone import NOTHING_LEFT, LeftAlone
from shoal.domain.sentence import Sentence
from shoal.domain.stacks import NEAR, USUAL_STACKS, Found, StackRule, Stacks, stacks_in_effect

Entry = FoundImage | ImageRecord
ONLY_A_PART: Final = Sentence("the file is damaged: only a part of it could be read, and that was sorted")


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """`images` is indexed by image id once they have been read; before that it lists the names that were found.

    `stacks`: the stack of near-identical pictures that each image belongs to, -1 for none; None: not known yet.
    `stacked_by`: the rule by which they were found; `shoot`: in which order pictures were taken, and in which series.
    `gone`: the ids, ascending, of images whose files are no longer there; `gone_places`: where they were on the map,
    as far as it is still that map. `left_alone`: what was not looked at.
    """

    images: Sequence[Entry] = ()
    skipped: Sequence[SkippedImage] = ()
    embeddings: EmbeddingMatrix | None = None
    graph: NeighbourGraph | None = None
    layout: MapLayout | None = None
    proposal: Proposal | None = None
    stacks: ByImage[np.int32] | None = None
    shoot: Shoot | None = None
    stacked_by: StackRule = USUAL_STACKS
    tree: ClusterTree | None = None
    outliers: Outliers | None = None
    gone: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    left_alone: LeftAlone = NOTHING_LEFT
    gone_places: MapLayout | None = None
    damaged: Sequence[SkippedImage] = field(init=False, default=())
    """Pictures of which only a part could be read: they are sorted, and told of all the same."""

    def __post_init__(self) -> None:
        """Nothing is shown beside what it was not made from."""
        object.__setattr__(self, "damaged", damaged_among(self.images))
        parts = {
            "a graph": self.graph, "a map": self.layout, "a proposal": self.proposal, "a tree": self.tree,
            "outliers": self.outliers, "a shoot": self.shoot,
        }  # fmt: skip
        rows_of = {what: part.rows for what, part in parts.items() if part is not None}
        first = self.embeddings.rows if self.embeddings else next(iter(rows_of.values()), Rows(np.empty(0, np.int64)))
        for what, rows in rows_of.items():
            first.require(rows, what)


def stacks_of_now(grouping: Grouping, snapshot: Snapshot) -> Stacks:
    """What was found, series before stacks, and upon that what the user says; what is new to it is in no stack."""
    count = len(grouping.home)
    stacks, kinds = np.full(count, -1, np.int32), np.full(count, NEAR, np.int8)
    shots = np.arange(count, dtype=np.int32)
    if snapshot.stacks is not None:
        known = min(count, len(snapshot.stacks))
        stacks[:known] = snapshot.stacks.values[:known]
    shoot = snapshot.shoot
    if shoot is not None:
        in_grouping = shoot.rows.ids < count
        ids, series = shoot.rows.ids[in_grouping], shoot.series[in_grouping]
        shots[ids], kinds[ids] = shoot.shots[in_grouping], shoot.kinds[in_grouping]
        stacks[ids[series >= 0]] = int(stacks.max(initial=-1)) + 1 + series[series >= 0]
    return stacks_in_effect(grouping.stacked, Found(stacks, kinds, shots))


def records_among(images: Sequence[Entry]) -> Sequence[ImageRecord]:
    """Those that have been read: none while only names are known, then all, by image id."""
    if isinstance(images, ImageTable):
        return images
    return [image for image in images if isinstance(image, ImageRecord)]


def hold_objects(images: Sequence[ImageRecord]) -> bool:
    """Whether some are parts of pictures."""
    return images.hold_objects if isinstance(images, ImageTable) else any(image.region for image in images)


def damaged_among(images: Sequence[Entry]) -> tuple[SkippedImage, ...]:
    """The files of which only a part was there, each once, with the reason."""
    if isinstance(images, ImageTable):
        images = [images[int(image)] for image in images.damaged]
    files = {image.path for image in images if type(image) is ImageRecord and image.facts.damaged}
    return tuple(SkippedImage(path, ONLY_A_PART) for path in sorted(files))
