"""What the generated collection is made of: one picture, what is said of it, and files of many kinds that hold both.

Nothing here comes from elsewhere: every file is written by code, so that whoever runs the tests has all of them.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tests.support.written_facts import (
    CHANGED,
    CHANGED_FRACTION,
    DIGITIZED,
    DIGITIZED_FRACTION,
    DIGITIZED_OFFSET,
    LONG,
    ORIGINAL,
    ORIGINAL_FRACTION,
    ORIGINAL_OFFSET,
    RATING,
    exif,
    iptc,
    keywords,
    xmp,
)

from shoal.domain.marks import Marks

WIDTH, HEIGHT = 96, 64
WORDS = ("harbour", "Hafenstraße")
Pixels = NDArray[np.uint8]


def drawn(width: int = WIDTH, height: int = HEIGHT) -> NDArray[np.float64]:
    """Height x width x 3, from 0 to 1: soft waves, different in each quarter, that survive being packed with loss."""
    y, x = np.mgrid[0:height, 0:width]
    across, down = (x + 0.5) / width, (y + 0.5) / height
    red = 0.5 + 0.35 * np.cos(2.6 * across + 0.5) + 0.1 * np.sin(4 * down)
    green = 0.5 + 0.35 * np.sin(2.9 * down - 0.7) - 0.1 * across
    blue = 0.45 + 0.3 * np.cos(3.1 * (across - down) + 1.9) + 0.1 * across
    return np.clip(np.stack([red, green, blue], axis=-1), 0, 1)


SHARES = drawn()
RGB: Pixels = np.round(SHARES * 255).astype(np.uint8)
GREY: Pixels = RGB[..., 1]
PICTURE = Image.fromarray(RGB)


def in_grey(values: Pixels = GREY) -> Pixels:
    """The same grey in all three colours."""
    return np.repeat(values[..., None], 3, axis=2)


def saved(image: Image.Image, format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format, **options)  # type: ignore[arg-type]
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Told:
    """What is written into a file, part by part, and what has to be read from it."""

    exif: bytes = b""
    xmp: bytes = b""
    iptc: bytes = b""
    taken: str | None = None
    marks: Marks = field(default_factory=Marks)


NOTHING = Told()

_AT = {"xmp:Rating": "3", "exif:DateTimeOriginal": "2024-05-31T14:03:59.07+02:00"}
BY_EXIF = Told(
    exif=exif(
        {RATING: 4, CHANGED: "2025:01:01 00:00:00"},
        {ORIGINAL: "2024:05:31 14:03:59", ORIGINAL_FRACTION: "07", ORIGINAL_OFFSET: "+02:00"},
    ),
    taken="2024-05-31T14:03:59.07+02:00",
    marks=Marks(stars=4),
)
BY_XMP = Told(
    xmp=xmp({**_AT, "xmp:Label": "Red"}, keywords(WORDS)),
    taken="2024-05-31T14:03:59.07+02:00",
    marks=Marks(WORDS, 3, "Red"),
)
BY_ELEMENTS = Told(
    xmp=xmp({"xmp:Rating": "5", "photoshop:DateCreated": "1985-06-01T10:00:00.5"}, keywords(WORDS, "Seq"), True),
    taken="1985-06-01T10:00:00.5",
    marks=Marks(WORDS, 5),
)
BY_AGENCY = Told(
    iptc=iptc(*((25, word.encode()) for word in WORDS), (55, b"20110719"), (60, b"101112+0100"), utf8=True),
    taken="2011-07-19T10:11:12+01:00",
    marks=Marks(WORDS),
)
BY_SCANNER = Told(
    exif=exif(
        {CHANGED: "2025:01:01 00:00:00", RATING: (LONG, 2)},
        {DIGITIZED: "2003:08:30 12:00:00", DIGITIZED_FRACTION: "5", DIGITIZED_OFFSET: "-03:30"},
    ),
    taken="2003-08-30T12:00:00.5-03:30",
    marks=Marks(stars=2),
)
BY_EDITOR = Told(
    exif=exif({CHANGED: "2025:01:01 00:00:00"}, {CHANGED_FRACTION: "25"}),
    xmp=xmp({"xmp:CreateDate": "1999-12-31T23:59:59", "xmp:Rating": "-1"}),
    taken="1999-12-31T23:59:59",
    marks=Marks(stars=-1),
)
BY_CLOCK = Told(
    exif=exif({CHANGED: "2020:05:15 08:00:00"}, {CHANGED_FRACTION: "25"}, ">"), taken="2020-05-15T08:00:00.25"
)
EVERYONE = (BY_EXIF, BY_XMP, BY_AGENCY, BY_ELEMENTS, BY_SCANNER, BY_EDITOR, BY_CLOCK)
WITHOUT_AGENCY = tuple(told for told in EVERYONE if not told.iptc)
ONLY_XMP = (BY_XMP, BY_ELEMENTS)


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A file to be written and what has to come of it. `right`: upright, of any size but of these proportions.

    `within`: mean difference of the thumbnail, of 255. `sidecar`: a packet to lie beside it.
    """

    name: str
    suffix: str
    data: Callable[[], bytes]
    right: Pixels
    told: Told = NOTHING
    sidecar: bytes = b""
    within: float = 3


Bare = tuple[str, Callable[[], bytes], Pixels]
"""A name, a file of which nothing is said yet, and the picture that it shows."""


def told_by(
    suffix: str, bare: Sequence[Bare], tell: Callable[[bytes, Told], bytes], by: Sequence[Told]
) -> Iterator[Kind]:
    """Each file says it in another way."""
    for (name, data, right), told in zip(bare, cycle(by), strict=False):
        yield Kind(f"{suffix}, {name}", f".{suffix}", lambda data=data, told=told: tell(data(), told), right, told)


def in_sidecars(kinds: Sequence[Kind]) -> Iterator[Kind]:
    """The same without a word inside: all of it stands beside them."""
    for kind, told in zip(kinds, cycle((BY_XMP, BY_ELEMENTS, BY_EDITOR)), strict=False):
        yield replace(kind, sidecar=told.xmp, told=replace(told, exif=b""))
