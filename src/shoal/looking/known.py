"""What a look at the folders starts from and what it ends with: values, so that any thread may work with them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from shoal.domain.adoption import ProposedClusters
from shoal.domain.geometry import ClusterTree, MapLayout, NeighbourGraph, Outliers, Proposal, Shoot, StageKey
from shoal.domain.grouping import Grouping
from shoal.domain.history import Made
from shoal.domain.images import ImageRecord
from shoal.domain.recipe import Recipe
from shoal.domain.stacks import USUAL_STACKS, StackRule
from shoal.looking.content_names import NameStyle
from shoal.looking.extracted import Extraction
from shoal.looking.snapshot import Snapshot
from shoal.store.image_rows import ImageRow, as_rows
from shoal.store.packed_values import PackedValue, V


class Keeps(Protocol):
    """Where values of earlier looks are kept; any thread may ask."""

    def load(self, kind: type[V], recipe: StageKey) -> V | None: ...


class _KeepsNothing:
    def load(self, _kind: type[V], _recipe: StageKey) -> V | None:
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A project as it stood when the look began. `style`: how clusters are named; `recipe`: how they were made.

    `looked_ns`: when the look began that `images` are from, 0 if that is not known.
    """

    roots: Sequence[Path]
    snapshot: Snapshot = field(default_factory=Snapshot)
    grouping: Grouping = field(default_factory=Grouping)
    made: Made = field(default_factory=Made)
    kept: Keeps = field(default_factory=_KeepsNothing)
    style: NameStyle = field(default_factory=NameStyle)
    version: int = 0
    looked_ns: int = 0
    stack_rule: StackRule = USUAL_STACKS
    recipe: Recipe | None = None

    @property
    def images(self) -> Sequence[ImageRecord]:
        """By image id."""
        return cast("Sequence[ImageRecord]", self.snapshot.images)

    def value(self, kind: type[V], recipe: StageKey) -> V | None:
        """What was made by this recipe, of whatever pictures: from memory if it is on the screen, or from the file."""
        shown = {
            NeighbourGraph: (self.made.look, self.snapshot.graph),
            ClusterTree: (self.made.look, self.snapshot.tree),
            Outliers: (self.made.look, self.snapshot.outliers),
            Shoot: (self.made.look, self.snapshot.shoot),
            MapLayout: (self.made.layout, self.snapshot.layout),
            Proposal: (self.made.clusters, self.snapshot.proposal),
        }
        made_by, value = shown[kind]
        if made_by == recipe and value is not None:
            return cast("V", value)
        return self.kept.load(kind, recipe)


def _no_ids() -> NDArray[np.int64]:
    return np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Additions:
    """Images put into the clusters there are: ids, ascending, and the cluster of each, 0 for Unsorted."""

    images: NDArray[np.int64] = field(default_factory=_no_ids)
    clusters: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))


@dataclass(frozen=True, slots=True, eq=False)
class ImageChanges:
    """What is to be written of the images: those met for the first time, and those that are not as they were.

    `other_contents`: some of the latter show something else.
    """

    added: Sequence[ImageRow] = ()
    changed: Sequence[ImageRow] = ()
    other_contents: bool = False


NO_CHANGES = ImageChanges()


def image_changes(known: Sequence[ImageRecord], now: Sequence[ImageRecord]) -> ImageChanges:
    """Both by image id. Takes long where there are many, and so is for any thread."""
    if now is known:
        return NO_CHANGES
    changed = [new for new, old in zip(now, known, strict=False) if new is not old and new != old]
    others = any(not record.shows_the_same_as(known[record.id]) for record in changed)
    return ImageChanges(as_rows(now[len(known) :]), as_rows(changed), others)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a look brought: a value that nobody has to take over.

    `proposed` is None where the clusters stay as they are and only `additions` come in. `new`: what was made in this
    look and is worth keeping; `images`: what is to be written of them. `recipe`: how clusters and map were made, where
    they were. `seconds` of wall time per stage, in the order they ran.
    """

    known: Known
    roots: Sequence[Path]
    made: Made
    snapshot: Snapshot
    extraction: Extraction | None = None
    proposed: ProposedClusters | None = None
    additions: Additions = field(default_factory=Additions)
    new: Sequence[PackedValue] = ()
    images: ImageChanges = NO_CHANGES
    recipe: Recipe | None = None
    seconds: dict[str, float] = field(default_factory=dict)
