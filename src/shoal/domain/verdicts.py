"""What the user says of pictures: stars, a pick or a rejection, a colour label. Three small numbers for each picture.

A number that nobody has said here is UNSAID: then what the files say counts. Beside each other stand, per image:
stars 0 to 5; the flag, as digiKam counts (0 none, 1 rejected, 2 pending, 3 picked); the label, 0 for none or the place
of its colour in `COLOURS`, counted from 1.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

UNSAID: Final = -1
STARS, FLAG, COLOUR = 0, 1, 2
NO_FLAG, NO_COLOUR = 0, 0
Verdicts = NDArray[np.int8]
"""n x 3: stars, flag and colour of each image."""

LARGEST: Final = (5, 3, 9)
"""Of stars, flags and colours, as `marks` and `label_colours` have them."""

Verdict = tuple[int, int, int]
"""Of one image."""

NOTHING_SAID: Final[Verdict] = (UNSAID, UNSAID, UNSAID)


def unsaid(count: int) -> Verdicts:
    """Nobody has said anything about so many images."""
    return np.full((count, 3), UNSAID, np.int8)


def _no_images() -> NDArray[np.int32]:
    return np.empty(0, np.int32)


def _nothing() -> Verdicts:
    return unsaid(0)


@dataclass(frozen=True, slots=True, eq=False)
class VerdictChange:
    """Image -> (before, after): `images` strictly ascending, what was said of them on both sides."""

    images: NDArray[np.int32] = field(default_factory=_no_images)
    before: Verdicts = field(default_factory=_nothing)
    after: Verdicts = field(default_factory=_nothing)

    def __post_init__(self) -> None:
        if not self.before.shape == self.after.shape == (len(self.images), 3):
            raise ValueError("the columns of a change differ in length")
        if len(self.images) > 1 and not (np.diff(self.images) > 0).all():
            raise ValueError("the images of a change are not strictly ascending")
        if ((self.after < UNSAID) | (self.after > LARGEST) | (self.before < UNSAID) | (self.before > LARGEST)).any():
            raise ValueError("there are no such stars, flags or labels")

    def __len__(self) -> int:
        return len(self.images)

    @property
    def inverse(self) -> "VerdictChange":
        return VerdictChange(self.images, self.after, self.before)


def changed(verdicts: Verdicts, change: VerdictChange) -> Verdicts:
    """After the change. Raises ValueError if it was made for other ones."""
    images = change.images
    if not len(images):
        return verdicts
    if not 0 <= images[0] <= images[-1] < len(verdicts):
        raise ValueError(f"image {images[-1]} is not among the {len(verdicts)} images")
    if not np.array_equal(verdicts[images], change.before):
        raise ValueError("what was said of an image is not what the patch expects")
    after = verdicts.copy()
    after[images] = change.after
    return after


def in_effect(said: Verdicts, in_files: Verdicts) -> Verdicts:
    """What counts of each image: what was said here, else what its files say, else nothing at all."""
    values = np.where(said == UNSAID, in_files, said)
    return np.where(values == UNSAID, 0, values).astype(np.int8)
