"""What somebody sorts before the pictures have been read: no picture has its number for good, so files say which.

A first look meets files that turn out not to be pictures, and those behind them are numbered anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shoal.domain.grouping import UNSORTED, Cluster, Grouping, Patch, Places, Rejection
from shoal.domain.stacks import StackChange, none_said
from shoal.domain.verdicts import UNSAID, Verdict, VerdictChange, unsaid

GONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class SortedAhead:
    """By file: cluster and pin of what is not simply unsorted; stars, flag and label of what they were said of; of what
    was stacked by hand the stack, and whether it is on top.
    """

    clusters: Sequence[Cluster] = ()
    places: Mapping[Path, tuple[int, bool]] = field(default_factory=dict)
    verdicts: Mapping[Path, Verdict] = field(default_factory=dict)
    stacks: Mapping[Path, tuple[int, int]] = field(default_factory=dict)


def taken_down(grouping: Grouping, files: Sequence[Path]) -> SortedAhead:
    """`files` by image id."""
    sorted_ones = np.flatnonzero((grouping.home != UNSORTED) | grouping.pinned).tolist()
    judged = np.flatnonzero((grouping.verdicts != UNSAID).any(axis=1)).tolist()
    stacked = np.flatnonzero(grouping.stacked.any(axis=1)).tolist()
    return SortedAhead(
        tuple(grouping.clusters.values()),
        {files[image]: (int(grouping.home[image]), bool(grouping.pinned[image])) for image in sorted_ones},
        {files[image]: _verdict(grouping.verdicts[image]) for image in judged},
        {files[image]: (int(grouping.stacked[image, 0]), int(grouping.stacked[image, 1])) for image in stacked},
    )


def put_back(ahead: SortedAhead, files: Sequence[Path]) -> Patch:
    """From nothing sorted to what is kept of these files."""
    known = {cluster.id: cluster for cluster in ahead.clusters}
    image_of = {file: image for image, file in enumerate(files)}
    placed = sorted(
        (image_of[file], home, pinned)
        for file, (home, pinned) in ahead.places.items()
        if file in image_of and (home == UNSORTED or home in known)
    )
    judged = sorted((image_of[file], verdict) for file, verdict in ahead.verdicts.items() if file in image_of)
    stacked = sorted((image_of[file], said) for file, said in ahead.stacks.items() if file in image_of)
    images, homes, pins = (np.array(column) for column in zip(*placed, strict=True)) if placed else ((), (), ())
    none = np.zeros(len(placed))
    after = np.array([verdict for _image, verdict in judged], np.int8).reshape(-1, 3)
    said = np.array([image for image, _verdict in judged], np.int32)
    return Patch(
        Places(
            np.asarray(images, np.int32), none.astype(np.int32), np.asarray(homes, np.int32), none.astype(np.bool_),
            np.asarray(pins, np.bool_),
        ),
        {id_: (None, cluster) for id_, cluster in known.items()},
        verdicts=VerdictChange(said, unsaid(len(said)), after),
        stacks=StackChange(
            np.array([image for image, _said in stacked], np.int32), none_said(len(stacked)),
            np.array([said for _image, said in stacked], np.int32).reshape(-1, 2),
        ),
    )  # fmt: skip


def numbers_now(before: Sequence[Path], now: Sequence[Path]) -> NDArray[np.int32]:
    """By the number that a file had: the one it has now, `GONE` for one that is no longer among them."""
    image_of = {file: image for image, file in enumerate(now)}
    return np.fromiter((image_of.get(file, GONE) for file in before), np.int32, len(before))


def renumbered(patch: Patch, now: NDArray[np.int32]) -> Patch:
    """The same change with the numbers of now."""
    places, verdicts = patch.places, patch.verdicts
    moved, said = _order(now[places.images]), _order(now[verdicts.images])
    parts = _order(now[patch.stacks.images])
    return Patch(
        Places(
            now[places.images][moved], places.home_before[moved], places.home_after[moved],
            places.pinned_before[moved], places.pinned_after[moved],
        ),
        patch.clusters,
        _refusals(patch.rejected, now),
        _refusals(patch.unrejected, now),
        VerdictChange(now[verdicts.images][said], verdicts.before[said], verdicts.after[said]),
        StackChange(now[patch.stacks.images][parts], patch.stacks.before[parts], patch.stacks.after[parts]),
    )  # fmt: skip


def _order(images: NDArray[np.int32]) -> NDArray[np.int64]:
    """Ascending, without those that are gone."""
    order: NDArray[np.int64] = np.argsort(images, kind="stable")
    standing: NDArray[np.int64] = order[images[order] != GONE]
    return standing


def _refusals(refusals: frozenset[Rejection], now: NDArray[np.int32]) -> frozenset[Rejection]:
    moves = {refusal for refusal in refusals if refusal.kind == "move"}
    known = (Rejection("move", int(now[refusal.first]), refusal.second) for refusal in moves)
    return (refusals - moves) | {refusal for refusal in known if refusal.first != GONE}


def _verdict(row: NDArray[np.int8]) -> Verdict:
    stars, flag, colour = row.tolist()
    return stars, flag, colour
