"""Near-identical pictures as one tile of the grid, or side by side where the user has opened their stack."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

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
    infinite where it is not known. Costs a sort per section that holds a stack.
    """
    shown: list[Section] = []
    stacks: dict[int, Ids] = {}
    spread: set[int] = set()
    tops: dict[int, int] = {}
    for section in sections:
        gathered, runs = _gathered(section.images, labels, sharpness)
        hidden = np.zeros(len(gathered), np.bool_)
        for start, end in runs:
            top, members = int(gathered[start]), gathered[start:end]
            stacks[top] = members
            if int(labels[top]) in opened:
                spread.update(members.tolist())
            else:
                hidden[start + 1 : end] = True
                tops.update(dict.fromkeys(members[1:].tolist(), top))
        shown.append(replace(section, images=gathered[~hidden]) if runs else section)
    return Tiles(shown, stacks, spread, tops)


def _gathered(
    images: Ids, labels: NDArray[np.int32], sharpness: NDArray[np.float64]
) -> tuple[Ids, list[tuple[int, int]]]:
    """The images with those of a stack side by side, and from where to where each stack of two or more reaches."""
    own = labels[images]
    values, first, codes, counts = np.unique(own, return_index=True, return_inverse=True, return_counts=True)
    several = (values >= 0) & (counts > 1)
    if not several.any():
        return images, []
    places = np.arange(len(images))
    belongs = several[codes]
    anchor = np.where(belongs, first[codes], places)
    blur = np.where(belongs, -_known(sharpness[images]), 0)
    order = np.lexsort((places, blur, anchor))
    starts = np.flatnonzero(np.diff(anchor[order], prepend=-1))
    ends = np.append(starts[1:], len(images))
    wide = ends - starts > 1
    return images[order], list(zip(starts[wide].tolist(), ends[wide].tolist(), strict=True))


def _known(sharpness: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isfinite(sharpness), sharpness, -1)
