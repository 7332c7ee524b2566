"""Near-identical pictures as one tile of the grid, or side by side where the user has opened their stack."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

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

    def top_of(self, image: int) -> int:
        """The image on top of the stack that it is in, open or closed; the image itself if it is in none."""
        if image not in self.opened:
            return self.tile_of(image)
        return next((top for top, members in self.stacks.items() if image in members), image)

    def _closed(self, images: Ids) -> list[int]:
        if not self.stacks:
            return []
        return [image for image in images.tolist() if image in self.stacks and image not in self.opened]


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """By image id: `first` who is on top (the smallest), `shots` the order in which they were taken."""

    first: NDArray[np.float64]
    shots: NDArray[np.int32]


def stacked(sections: Sequence[Section], labels: Ids, opened: Collection[int], ranking: Ranking) -> Tiles:
    """Put images of one section and one stack together, where the first of them is, in the order of the shots.

    `labels`: stack per image id, -1 for none; `opened`: labels of stacks that are spread out; of the others only the
    picture on top is seen. Costs two sorts, however many sections there are.
    """
    images = np.concatenate([np.empty(0, np.int32), *(section.images for section in sections)])
    ends = np.cumsum([len(section.images) for section in sections], dtype=np.int64)
    gathered, runs = _gathered(images, np.repeat(np.arange(len(sections)), np.diff(ends, prepend=0)), labels, ranking)
    closed, spread_out = runs, list[tuple[int, int, int]]()
    if opened:
        closed = [run for run in runs if int(labels[run[2]]) not in opened]
        spread_out = [run for run in runs if int(labels[run[2]]) in opened]
    hidden = _tops_first(gathered, closed)
    stacks = {top: gathered[start:end] for start, end, top in runs}
    spread = {image for _start, _end, top in spread_out for image in stacks[top].tolist()}
    counts = [end - start - 1 for start, end, _top in closed]
    under = np.repeat(np.array([top for _start, _end, top in closed], np.int32), counts)
    tops = dict(zip(gathered[hidden].tolist(), under.tolist(), strict=True))
    return Tiles(_without(hidden, sections, gathered, ends), stacks, spread, tops)


def _tops_first(gathered: Ids, runs: Sequence[tuple[int, int, int]]) -> NDArray[np.bool_]:
    """Put the top of each run in its front, in place; which images are behind one."""
    hidden = np.zeros(len(gathered), np.bool_)
    if not runs:
        return hidden
    starts, ends, tops = np.array(runs, np.int64).T
    sizes = ends - starts
    places = np.arange(sizes.sum()) + np.repeat(starts - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes)
    in_front = gathered[places] == np.repeat(tops, sizes)
    order = np.lexsort((~in_front, np.repeat(np.arange(len(runs)), sizes)))
    gathered[places] = gathered[places[order]]
    hidden[places] = True
    hidden[starts] = False
    return hidden


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
    images: Ids, section: NDArray[np.intp], labels: Ids, ranking: Ranking
) -> tuple[Ids, list[tuple[int, int, int]]]:
    """The images with those of a stack side by side; from where to where each stack of two or more reaches, its top.

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
    order, starts, ends = _runs(anchor, members, ranking.shots[images])
    best = images[_runs(anchor, members, ranking.first[images])[0]]
    wide = ends - starts > 1
    runs = zip(starts[wide].tolist(), ends[wide].tolist(), best[starts[wide]].tolist(), strict=True)
    return images[order], list(runs)


def _runs(
    anchor: NDArray[np.intp], members: NDArray[np.intp], rank: NDArray[Any]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Those with one anchor beside each other, in the order of their ranks; where each such run begins and ends."""
    ranks = np.zeros(len(anchor))
    ranks[members] = rank[members]
    order = np.lexsort((ranks, anchor))
    starts = np.flatnonzero(np.diff(anchor[order], prepend=-1))
    return order, starts, np.append(starts[1:], len(anchor))
