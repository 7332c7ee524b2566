"""Near-identical pictures as one tile of the grid, or side by side where the user has opened their stack."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shoal.widgets.grid_layout import Section

Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Tiles:
    """`stacks`: the images that a tile stands for, by the image on top; `opened`: the images of those spread out.

    `tops`: the image on top of the closed stack that hides an image, by image.
    """

    sections: Sequence[Section] = ()
    stacks: Mapping[int, Ids] = field(default_factory=dict)
    opened: Collection[int] = frozenset()
    tops: Mapping[int, int] = field(default_factory=dict)

    def members(self, image: int) -> Ids:
        """The images that are meant when somebody takes hold of this tile."""
        closed = image in self.stacks and image not in self.opened
        return self.stacks[image] if closed else np.array([image], np.int32)

    def all_members(self, images: Ids) -> Ids:
        return np.concatenate([images, *(self.stacks[top] for top in self._closed(images))]).astype(np.int32)

    def tile_of(self, image: int) -> int:
        """The tile on which an image is to be found."""
        return self.tops.get(image, image)

    def _closed(self, images: Ids) -> list[int]:
        if not self.stacks:
            return []
        return [image for image in images.tolist() if image in self.stacks and image not in self.opened]


def stacked(
    sections: Sequence[Section], labels: NDArray[np.int32], opened: Collection[int], sharpness: NDArray[np.float64]
) -> Tiles:
    """Put images of one section and one stack together, where the first of them is, the sharpest on top.

    `labels`: stack per image id, -1 for none; `opened`: labels of stacks that are spread out. `sharpness` per image id,
    infinite where it is not known. Costs one sort, however many sections there are.
    """
    images = np.concatenate([np.empty(0, np.int32), *(section.images for section in sections)])
    ends = np.cumsum([len(section.images) for section in sections], dtype=np.int64)
    gathered, runs = _gathered(images, np.repeat(np.arange(len(sections)), np.diff(ends, prepend=0)), labels, sharpness)
    stacks: dict[int, Ids] = {}
    spread: set[int] = set()
    tops: dict[int, int] = {}
    hidden = np.zeros(len(gathered), np.bool_)
    for start, end in runs:
        top, members = int(gathered[start]), gathered[start:end]
        stacks[top] = members
        if int(labels[top]) in opened:
            spread.update(members.tolist())
        else:
            hidden[start + 1 : end] = True
            tops.update(dict.fromkeys(members[1:].tolist(), top))
    return Tiles(_without(hidden, sections, gathered, ends), stacks, spread, tops)


def _without(
    hidden: NDArray[np.bool_], sections: Sequence[Section], gathered: Ids, ends: NDArray[np.int64]
) -> list[Section]:
    """The sections with the gathered images that can be seen; those in which nothing was moved are the same objects."""
    shown = gathered[~hidden]
    ends_shown = ends - np.concatenate([[0], np.cumsum(hidden)])[ends]
    parts = zip(sections, pairwise([0, *ends.tolist()]), pairwise([0, *ends_shown.tolist()]), strict=True)
    return [
        replace(section, images=shown[first:last])
        if last - first < end - start or not np.array_equal(section.images, gathered[start:end])
        else section
        for section, (start, end), (first, last) in parts
    ]


def _gathered(
    images: Ids, section: NDArray[np.intp], labels: NDArray[np.int32], sharpness: NDArray[np.float64]
) -> tuple[Ids, list[tuple[int, int]]]:
    """The images with those of a stack side by side, and from where to where each stack of two or more reaches.

    `section` of each, ascending: nothing leaves its own.
    """
    own = labels[images].astype(np.int64)
    stacked_at = np.flatnonzero(own >= 0)
    codes = section[stacked_at] * (own.max(initial=0) + 1) + own[stacked_at]
    _, first, inverse, counts = np.unique(codes, return_index=True, return_inverse=True, return_counts=True)
    several = counts[inverse] > 1
    members = stacked_at[several]
    if not len(members):
        return images, []
    anchor = np.arange(len(images))
    anchor[members] = stacked_at[first[inverse[several]]]
    blur = np.zeros(len(images))
    blur[members] = -_known(sharpness[images[members]])
    order = np.lexsort((blur, anchor))
    starts = np.flatnonzero(np.diff(anchor[order], prepend=-1))
    ends = np.append(starts[1:], len(images))
    wide = ends - starts > 1
    return images[order], list(zip(starts[wide].tolist(), ends[wide].tolist(), strict=True))


def _known(sharpness: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isfinite(sharpness), sharpness, -1)
