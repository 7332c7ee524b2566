"""Which image sits in which cluster, and the reversible change from one grouping to the next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NewType

import numpy as np
from numpy.typing import NDArray

from shoal.domain.images import ImageId
from shoal.domain.rows import ByImage
from shoal.domain.stacks import StackChange, StacksSaid, none_said
from shoal.domain.stacks import changed as restacked
from shoal.domain.verdicts import VerdictChange, Verdicts, changed, unsaid

ClusterId = NewType("ClusterId", int)
UNSORTED = ClusterId(0)
"""Where an image sits that belongs nowhere. Always there, without a `Cluster` of its own."""

OUT = ClusterId(-1)
"""Where an image is kept that was taken out because its file is gone: shown and counted nowhere, until it is back."""

LONGEST_NAME = 200
"""Characters of a cluster's name: it becomes a folder's, and file systems take 255 bytes."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster as the user sees it. `colour` indexes the palette; `named` says that the user chose the name.

    `parent`: the name of what it is put under together with others, "" for nothing. A parent is there as long as a
    cluster is under it.
    """

    id: ClusterId
    name: str
    colour: int = 0
    named: bool = False
    parent: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Rejection:
    """A suggestion the user refused for good: `move` image `first` to cluster `second`, or `merge` the two clusters."""

    kind: Literal["move", "merge"]
    first: int
    second: int


def _no_ids() -> NDArray[np.int32]:
    return np.empty(0, np.int32)


def _no_flags() -> NDArray[np.bool_]:
    return np.empty(0, np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Image -> (before, after), as columns: `images` strictly ascending, the cluster and the pin on both sides."""

    images: NDArray[np.int32] = field(default_factory=_no_ids)
    home_before: NDArray[np.int32] = field(default_factory=_no_ids)
    home_after: NDArray[np.int32] = field(default_factory=_no_ids)
    pinned_before: NDArray[np.bool_] = field(default_factory=_no_flags)
    pinned_after: NDArray[np.bool_] = field(default_factory=_no_flags)

    def __post_init__(self) -> None:
        columns = (self.home_before, self.home_after, self.pinned_before, self.pinned_after)
        if any(column.shape != self.images.shape for column in columns):
            raise ValueError("the columns of a change differ in length")
        if len(self.images) > 1 and not (np.diff(self.images) > 0).all():
            raise ValueError("the images of a change are not strictly ascending")

    def __len__(self) -> int:
        return len(self.images)

    @property
    def inverse(self) -> "Places":
        return Places(self.images, self.home_after, self.home_before, self.pinned_after, self.pinned_before)


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """The difference between two groupings, stored from both sides so that it can be inverted."""

    places: Places = field(default_factory=Places)
    clusters: Mapping[ClusterId, tuple[Cluster | None, Cluster | None]] = field(default_factory=dict)
    rejected: frozenset[Rejection] = frozenset()
    unrejected: frozenset[Rejection] = frozenset()
    verdicts: VerdictChange = field(default_factory=VerdictChange)
    stacks: StackChange = field(default_factory=StackChange)

    @property
    def inverse(self) -> "Patch":
        return Patch(
            places=self.places.inverse,
            clusters={id_: (after, before) for id_, (before, after) in self.clusters.items()},
            rejected=self.unrejected,
            unrejected=self.rejected,
            verdicts=self.verdicts.inverse,
            stacks=self.stacks.inverse,
        )

    def __bool__(self) -> bool:
        moves = len(self.places) or self.clusters or self.rejected or self.unrejected
        return bool(moves or len(self.verdicts) or len(self.stacks))


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """The authored state. `home` and `pinned` are indexed by image id; never written to in place. `clusters` by id.

    `verdicts`: stars, flag and label of each image as they were given here; unsaid of all where they are left out.
    `stacked`: what the user says of the stack of each image; nothing of any where it is left out.

    `highest_id` is the highest cluster id ever used. It only grows, not even undo takes it back, so no id is used for
    two clusters and what remembers an id (a rejection, a selection, an export) cannot mean the wrong one. It decides
    about new ids only and takes no part in comparison.
    """

    clusters: Mapping[ClusterId, Cluster] = field(default_factory=dict)
    home: NDArray[np.int32] = field(default_factory=_no_ids)
    pinned: NDArray[np.bool_] = field(default_factory=_no_flags)
    rejections: frozenset[Rejection] = frozenset()
    highest_id: int = 0
    verdicts: Verdicts = field(default_factory=lambda: unsaid(0))
    stacked: StacksSaid = field(default_factory=lambda: none_said(0))

    def __post_init__(self) -> None:
        if self.home.shape != self.pinned.shape:
            raise ValueError(f"{len(self.home)} homes but {len(self.pinned)} pins")
        if not len(self.verdicts):
            object.__setattr__(self, "verdicts", unsaid(len(self.home)))
        if not len(self.stacked):
            object.__setattr__(self, "stacked", none_said(len(self.home)))
        if self.verdicts.shape != (len(self.home), 3):
            raise ValueError(f"{len(self.home)} homes but {len(self.verdicts)} verdicts")
        if self.stacked.shape != (len(self.home), 2):
            raise ValueError(f"{len(self.home)} homes but {len(self.stacked)} stacks")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Grouping):
            return NotImplemented
        return (
            self.clusters == other.clusters
            and np.array_equal(self.home, other.home)
            and np.array_equal(self.pinned, other.pinned)
            and self.rejections == other.rejections
            and np.array_equal(self.verdicts, other.verdicts)
            and np.array_equal(self.stacked, other.stacked)
        )

    __hash__ = None  # type: ignore[assignment]  # compares by value, holds arrays

    @property
    def homes(self) -> ByImage[np.int32]:
        """`home` as what can be joined to rows."""
        return ByImage(self.home)

    @property
    def fresh_id(self) -> ClusterId:
        """An id that no cluster of this project has ever had."""
        return ClusterId(max(self.highest_id, *self.clusters, 0) + 1)

    def members(self, cluster: ClusterId) -> NDArray[np.int32]:
        """The image ids in a cluster, ascending."""
        return np.flatnonzero(self.home == cluster).astype(np.int32)

    def counts(self) -> dict[ClusterId, int]:
        """How many images each cluster holds, Unsorted included."""
        counts = dict.fromkeys([UNSORTED, *self.clusters], 0)
        for id_, count in zip(*np.unique(self.home[self.home != OUT], return_counts=True), strict=True):
            counts[ClusterId(int(id_))] = int(count)
        return counts

    def grown_to(self, image_count: int) -> "Grouping":
        """The same grouping with room for images met since; they start in Unsorted, unpinned."""
        missing = image_count - len(self.home)
        if missing < 0:
            raise ValueError(f"a grouping of {len(self.home)} images cannot shrink to {image_count}")
        return Grouping(
            self.clusters,
            np.concatenate([self.home, np.full(missing, UNSORTED, np.int32)]),
            np.concatenate([self.pinned, np.zeros(missing, np.bool_)]),
            self.rejections,
            self.highest_id,
            np.concatenate([self.verdicts, unsaid(missing)]),
            np.concatenate([self.stacked, none_said(missing)]),
        )

    def patched(self, patch: Patch) -> "Grouping":
        """Return the grouping after `patch`. Raises ValueError if the patch was made for another grouping."""
        clusters = self._clusters_after(patch)
        home, pinned = self._places_after(patch.places)
        _require_homes(home, clusters, patch)
        highest = max(self.highest_id, *self.clusters, *patch.clusters, 0)
        verdicts = changed(self.verdicts, patch.verdicts)
        stacked = restacked(self.stacked, patch.stacks)
        return Grouping(clusters, home, pinned, self._rejections_after(patch), highest, verdicts, stacked)

    def _places_after(self, places: Places) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        images = places.images
        if len(images) and not 0 <= images[0] <= images[-1] < len(self.home):
            raise ValueError(f"image {images[-1]} is not among the {len(self.home)} images")
        wrong = (self.home[images] != places.home_before) | (self.pinned[images] != places.pinned_before)
        if wrong.any():
            raise ValueError(f"image {images[wrong][0]} is not where the patch expects it")
        home, pinned = self.home.copy(), self.pinned.copy()
        home[images], pinned[images] = places.home_after, places.pinned_after
        return home, pinned

    def _clusters_after(self, patch: Patch) -> dict[ClusterId, Cluster]:
        clusters = dict(self.clusters)
        for id_, (before, after) in patch.clusters.items():
            if clusters.get(id_) != before:
                raise ValueError(f"cluster {id_} is not as the patch expects")
            if after is None:
                del clusters[id_]
            else:
                clusters[id_] = after
        return dict(sorted(clusters.items()))

    def _rejections_after(self, patch: Patch) -> frozenset[Rejection]:
        if patch.rejected & self.rejections or patch.unrejected - self.rejections:
            raise ValueError("the rejections are not as the patch expects")
        return (self.rejections | patch.rejected) - patch.unrejected


def _require_homes(home: NDArray[np.int32], clusters: Mapping[ClusterId, Cluster], patch: Patch) -> None:
    """Nothing may sit in a cluster that is not there. Looks only at what the patch touches."""
    strange = {int(id_) for id_ in np.unique(patch.places.home_after)} - {OUT, UNSORTED, *clusters}
    gone = [id_ for id_, (_before, after) in patch.clusters.items() if after is None]
    if strange or (gone and np.isin(home, gone).any()):
        raise ValueError(f"an image would sit in a cluster that is not there: {sorted(strange) or gone}")


def images_array(images: Iterable[ImageId]) -> NDArray[np.int32]:
    """Ids in any order, with or without repeats, as the strictly ascending column that a change wants."""
    return np.unique(np.fromiter((int(image) for image in images), np.int32))
