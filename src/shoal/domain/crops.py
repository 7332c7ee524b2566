"""Parts of pictures as files of their own: where they are cut, and what they are called."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from shoal.domain.images import ContentHash, ImageRecord, Region

ENDING = ".jpg"
_MARGIN = 0.04
_BYTES_PER_PIXEL = 0.6


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of the upright picture `width` x `height`, in its pixels; `right` and `bottom` are just outside.

    `picture`: the content of the file to cut it from.
    """

    left: int
    top: int
    right: int
    bottom: int
    width: int
    height: int
    picture: ContentHash

    @property
    def likely_bytes(self) -> int:
        """For a plan, before anything is decoded: more than photographs take on average, less than noise."""
        return round((self.right - self.left) * (self.bottom - self.top) * _BYTES_PER_PIXEL)

    @property
    def part(self) -> str:
        """Which part of the picture it is, as a short text."""
        return f"{self.left},{self.top},{self.right},{self.bottom}"

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()


def crop_of(region: Region, width: int, height: int) -> Crop:
    """The region with a little of what is around it, as far as the picture goes."""
    margin = round(max(region.right - region.left, region.bottom - region.top) * _MARGIN)
    left, top = max(0, region.left - margin), max(0, region.top - margin)
    right, bottom = min(width, region.right + margin), min(height, region.bottom + margin)
    return Crop(left, top, right, bottom, width, height, region.picture)


def read_crop(data: bytes) -> Crop:
    """What `as_bytes` wrote."""
    return Crop(**json.loads(data))


class CropNames:
    """Numbers the objects of each kind within each picture."""

    def __init__(self) -> None:
        self._met: Counter[tuple[Path, str]] = Counter()

    def values(self, record: ImageRecord) -> Mapping[str, str]:
        """The fields of a name template in which a crop differs from its picture; none for a whole picture."""
        if record.region is None:
            return {}
        kind = record.region.kind
        self._met[record.path, kind] += 1
        stem = f"{record.path.stem} {kind} {self._met[record.path, kind]}"
        return {"stem": stem, "name": stem + ENDING, "ext": ENDING.removeprefix(".")}
