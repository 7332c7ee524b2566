"""Stacks: pictures that stand together as one. What was found of them, and what the user says, which counts more.

A series (a bracket of exposures, a panorama, a focus series) is a stack that is worth nothing without any of its parts:
it is kept whole where of other stacks only the top is wanted.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.domain.sentence import Sentence

Ids = NDArray[np.int32]
Mask = NDArray[np.bool_]

NEAR, BRACKET, PANORAMA, FOCUS = range(4)
"""Kinds of stacks: near-identical pictures, and the three kinds of series."""

KIND_NAMES: Final = {
    BRACKET: Sentence("Bracket"),
    PANORAMA: Sentence("Panorama"),
    FOCUS: Sentence("Focus series"),
}

LEAST_LIKENESS: Final = 0.88
"""What stacks go by unless somebody wants something else; `analysis.duplicates` says how it was chosen."""


@dataclass(frozen=True, slots=True)
class StackRule:
    """`likeness`: how much two pictures have to be alike; `seconds`: the most between two moments, 0 for any.

    `moment`: how much time counts beside looks, 0 (looks only) to 1 (the moment only); `analysis.duplicates` has the
    formula. Where time counts, who is not dated is close to nobody.
    """

    likeness: float = LEAST_LIKENESS
    seconds: float = 0.0
    moment: float = 0.0


USUAL_STACKS: Final = StackRule()

FREE: Final = 0
"""The user has said nothing: the image is in the stack that was found, if any."""
ALONE: Final = -1
"""The user has taken it out of all stacks."""
STACK, TOP = 0, 1

StacksSaid = NDArray[np.int32]
"""n x 2, of each image: FREE, ALONE or the number of a stack that the user made, counted from 1; 1 if it was put on
top."""


def none_said(count: int) -> StacksSaid:
    return np.zeros((count, 2), np.int32)


def _no_images() -> Ids:
    return np.empty(0, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class StackChange:
    """Image -> (before, after): `images` strictly ascending, what was said of their stacks on both sides."""

    images: Ids = field(default_factory=_no_images)
    before: StacksSaid = field(default_factory=lambda: none_said(0))
    after: StacksSaid = field(default_factory=lambda: none_said(0))

    def __post_init__(self) -> None:
        if not self.before.shape == self.after.shape == (len(self.images), 2):
            raise ValueError("the columns of a change differ in length")
        if len(self.images) > 1 and not (np.diff(self.images) > 0).all():
            raise ValueError("the images of a change are not strictly ascending")
        require_sound(self.before)
        require_sound(self.after)

    def __len__(self) -> int:
        return len(self.images)

    @property
    def inverse(self) -> "StackChange":
        return StackChange(self.images, self.after, self.before)


def require_sound(said: StacksSaid) -> None:
    """Raises ValueError for what cannot be said."""
    if (said[:, STACK] < ALONE).any() or ((said[:, TOP] != 0) & (said[:, TOP] != 1)).any():
        raise ValueError("there are no such stacks")


def changed(said: StacksSaid, change: StackChange) -> StacksSaid:
    """After the change. Raises ValueError if it was made for others."""
    images = change.images
    if not len(images):
        return said
    if not 0 <= images[0] <= images[-1] < len(said):
        raise ValueError(f"image {images[-1]} is not among the {len(said)} images")
    if not np.array_equal(said[images], change.before):
        raise ValueError("the stack of an image is not what the patch expects")
    after = said.copy()
    after[images] = change.after
    return after


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """By image id: the stack that was found, -1 for none, its kind, and the place in the order of the shots."""

    numbers: Ids
    kinds: NDArray[np.int8]
    shots: Ids


@dataclass(frozen=True, slots=True, eq=False)
class Stacks:
    """By image id: the `numbers` of stacks that count, -1 for none; the kind of each; which the user put on top.

    `shots`: the place of each in the order in which they were taken.
    """

    numbers: Ids
    kinds: NDArray[np.int8]
    chosen: Mask
    shots: Ids

    def members(self, image: int) -> Ids:
        """Of the stack of an image, ascending; the image alone if it is in none."""
        number = int(self.numbers[image])
        return np.flatnonzero(self.numbers == number).astype(np.int32) if number >= 0 else np.array([image], np.int32)

    def kind_name(self, image: int) -> str:
        """Of the series that it is a part of, if any."""
        return KIND_NAMES.get(int(self.kinds[image]), "") if image < len(self.kinds) else ""


def stacks_in_effect(said: StacksSaid, found: Found) -> Stacks:
    """What was found, and upon that what the user says.

    A stack made of parts of one series is a series of that kind: it was one that had been taken for two, or the other
    way round. What would stand alone is in no stack.
    """
    ours = said[:, STACK]
    numbers = np.where(ours == FREE, found.numbers, -1).astype(np.int32)
    made = ours > FREE
    numbers[made] = int(found.numbers.max(initial=-1)) + ours[made]
    numbers[_alone(numbers)] = -1
    kinds = np.where(numbers >= 0, found.kinds, NEAR).astype(np.int8)
    made &= numbers >= 0
    kinds[made] = _shared_kinds(numbers[made], kinds[made])
    return Stacks(numbers, kinds, said[:, TOP] == 1, found.shots)


def _alone(numbers: Ids) -> Mask:
    counts = np.bincount(numbers[numbers >= 0], minlength=1)
    alone: Mask = (numbers >= 0) & (counts[numbers.clip(0)] < 2)
    return alone


def _shared_kinds(numbers: Ids, kinds: NDArray[np.int8]) -> NDArray[np.int8]:
    """The kind of all members of each stack where they have one in common."""
    _, places = np.unique(numbers, return_inverse=True)
    least, most = np.full(len(numbers), FOCUS, np.int8), np.full(len(numbers), NEAR, np.int8)
    np.minimum.at(least, places, kinds)
    np.maximum.at(most, places, kinds)
    return np.where(least[places] == most[places], kinds, NEAR).astype(np.int8)


def keeps_by_tops(stacks: Stacks, homes: Ids, sharpness: NDArray[np.float64]) -> Mask:
    """By image id, what is left where only the tops of stacks are wanted.

    Of each stack within a cluster that is the one which the user put on top, else the sharpest, the first of equals;
    of a series all; and all that is in no stack. `sharpness` infinite where it is not known.
    """
    keep: Mask = (stacks.numbers < 0) | (stacks.kinds != NEAR)
    stacked = np.flatnonzero(~keep)
    order = stacked[np.lexsort((stacked, *_rank(stacks, sharpness, stacked), stacks.numbers[stacked], homes[stacked]))]
    pairs = np.stack([homes[order], stacks.numbers[order]])
    first = np.ones(len(order), np.bool_)
    first[1:] = (pairs[:, 1:] != pairs[:, :-1]).any(axis=0)
    keep[order[first]] = True
    return keep


def _rank(
    stacks: Stacks, sharpness: NDArray[np.float64], images: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Keys of a sort, the more important last: how blurred, and whether it was not put on top."""
    return blur_of(sharpness[images]), np.where(stacks.chosen[images], 0.0, 1.0)


def blur_of(sharpness: NDArray[np.float64]) -> NDArray[np.float64]:
    """Smaller for sharper pictures; what is not known comes last."""
    return np.where(np.isfinite(sharpness), -sharpness, 1.0)
