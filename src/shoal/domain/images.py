"""What we know about image files."""

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import NewType

import numpy as np
from numpy.typing import NDArray

from shoal.domain.sentence import Sentence

ImageId = NewType("ImageId", int)
"""Counts from 0 in the order in which a project met its images, never reused: it indexes `Grouping.home`."""

ContentHash = NewType("ContentHash", str)
"""BLAKE2b-128 of the file's bytes, in hex: equal for equal files, whatever they are called."""

RgbImage = NDArray[np.uint8]
"""Height x width x 3, sRGB, upright (the EXIF orientation is already applied)."""


_COARSE_CLOCK_NS = 2_000_000_000  # FAT and some network drives keep times to two seconds
_FINE_CLOCK_NS = 100_000_000


@dataclass(frozen=True, slots=True)
class FoundImage:
    """A file name that looks like an image; nothing of it has been read yet.

    `label` is its folder below the root it was found under, with forward slashes, empty at the top.
    `companions` are files of the same shot (the RAW beside a JPEG) and sidecars that belong to it.
    """

    path: Path
    label: str = ""
    companions: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class FileStamp:
    """Size in bytes and modification time: while both stay as they are, the content hash is not computed again."""

    size: int
    modified_ns: int


def is_settled(stamp: FileStamp, began_ns: int) -> bool:
    """Whether a change after the stamp was taken would show in it: not if the file's clock had hardly moved since."""
    coarse = stamp.modified_ns % 1_000_000_000 == 0
    return began_ns - stamp.modified_ns > (_COARSE_CLOCK_NS if coarse else _FINE_CLOCK_NS)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Which file stood under a name, and in which state. Some drives number files anew at each mount."""

    device: int
    inode: int
    size: int
    modified_ns: int

    @property
    def stamp(self) -> FileStamp:
        return FileStamp(self.size, self.modified_ns)


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What decoding found out. Sizes in pixels after the orientation is applied.

    `taken`: a text as `domain.capture_time` says, which sorts as the moments do; what a sidecar says counts first.
    `damaged` marks a file of which only a part could be decoded. `sharpness` is 0 (blurred) to 1 at the size of the
    thumbnail; `difference_hash` has 64 bits, of which pictures that look the same share nearly all. None: not known.
    """

    width: int
    height: int
    format: str = ""
    taken: str | None = None
    camera: str | None = None
    damaged: bool = False
    sharpness: float | None = None
    difference_hash: int | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a picture, in whole pixels of the upright picture, in which something was found.

    `right` and `bottom` are just outside. `kind`: what the detector takes it for; `confidence` 0..1, in its own
    opinion. `picture`: the content of the whole file.
    """

    left: int
    top: int
    right: int
    bottom: int
    kind: str
    confidence: float
    picture: ContentHash

    @property
    def box(self) -> tuple[int, int, int, int]:
        return self.left, self.top, self.right, self.bottom

    @property
    def area(self) -> int:
        """In pixels of the picture."""
        return (self.right - self.left) * (self.bottom - self.top)

    @property
    def content_hash(self) -> ContentHash:
        """Equal for the same part of the same picture, whatever it is taken for."""
        text = f"{self.picture} {self.box}".encode()
        return ContentHash(blake2b(text, digest_size=16).hexdigest())


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """A picture, or the part of one that `region` names: then `content_hash` is the region's.

    `main`: of a whole picture that is sorted by its main object, that object.
    """

    id: ImageId
    path: Path
    label: str
    stamp: FileStamp
    content_hash: ContentHash
    facts: ImageFacts
    companions: tuple[Path, ...] = ()
    region: Region | None = None
    main: Region | None = None

    @property
    def file_hash(self) -> ContentHash:
        """The content of the whole file."""
        return self.region.picture if self.region else self.content_hash

    def shows_the_same_as(self, earlier: "ImageRecord") -> bool:
        """Equal contents, and turned alike: which way up a RAW file is, its sidecar may say anew."""
        if self.content_hash != earlier.content_hash:
            return False
        now, then = self.facts, earlier.facts
        is_measured = now.difference_hash is not None and then.difference_hash is not None
        is_turned = is_measured and now.difference_hash != then.difference_hash
        return (now.width, now.height) == (then.width, then.height) and not is_turned


@dataclass(frozen=True, slots=True)
class SkippedImage:
    """An image we could not use.

    Data, not an exception: one bad file must not stop ten thousand good ones.
    """

    path: Path
    reason: Sentence


@dataclass(frozen=True, slots=True, eq=False)
class DecodedImage:
    """One decode, two pictures: `pixels` fit the network's input geometry, `thumbnail` is at most 256 px long.

    `looked_at`: the part that `pixels` show, in whole pixels of the upright picture: left, top, right, bottom, where
    what is beyond is filled up; None for all of it.
    """

    pixels: RgbImage
    thumbnail: RgbImage
    facts: ImageFacts
    looked_at: tuple[int, int, int, int] | None = None
