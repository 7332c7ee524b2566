"""Image records as rows of the project file, and back."""

import json
import os
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path
from typing import Any

from shoal.domain.images import ContentHash, FileStamp, ImageFacts, ImageId, ImageRecord, Region

COLUMNS = (
    "id, path, label, size, modified_ns, hash, width, height, format, taken, camera, damaged, companions, sharpness,"
    " difference_hash, region, main_object"
)
_HASH_BYTES = 16
ImageRow = tuple[object, ...]
"""A record as the project file has it, its id first."""


def path_bytes(path: Path) -> bytes:
    """The name as the system has it: on Linux it need not be text."""
    return os.fsencode(path)


def as_path(name: bytes) -> Path:
    return Path(os.fsdecode(name))


def as_rows(records: Iterable[ImageRecord]) -> tuple[ImageRow, ...]:
    """Making them takes long where there are many, and is done by whoever has time."""
    return tuple(map(to_row, records))


def to_row(record: ImageRecord) -> ImageRow:
    stamp, facts = record.stamp, record.facts
    return (
        record.id,
        path_bytes(record.path),
        record.label,
        stamp.size,
        stamp.modified_ns,
        bytes.fromhex(record.content_hash),
        facts.width,
        facts.height,
        facts.format,
        facts.taken,
        facts.camera,
        facts.damaged,
        b"\0".join(map(path_bytes, record.companions)),
        facts.sharpness,
        facts.difference_hash,
        _region_text(record.region),
        _region_text(record.main),
    )


def from_rows(rows: Iterable[tuple[Any, ...]]) -> tuple[ImageRecord, ...]:
    """Raises ValueError unless the ids count from 0 without a gap and every row is as we write them."""
    return tuple(_record(number, *row) for number, row in enumerate(rows))


def _record(number: int, id_: int, path: bytes, label: str, size: int, modified_ns: int, *rest: Any) -> ImageRecord:
    hash_, width, height, format_, taken, camera, damaged, companions, *measures, region, main = rest
    if id_ != number or len(hash_) != _HASH_BYTES or not path or b"\0" in path:
        raise ValueError(f"image {number} is not as we write them")
    return ImageRecord(
        ImageId(id_),
        as_path(path),
        label,
        FileStamp(size, modified_ns),
        ContentHash(hash_.hex()),
        ImageFacts(width, height, format_, taken, camera, bool(damaged), *measures),
        tuple(map(as_path, companions.split(b"\0"))) if companions else (),
        _region(region) if region is not None else None,
        _region(main) if main is not None else None,
    )


def _region_text(region: Region | None) -> str | None:
    return None if region is None else json.dumps(astuple(region), ensure_ascii=False)


def _region(text: str) -> Region:
    """Raises ValueError or TypeError for what we do not write."""
    left, top, right, bottom, kind, confidence, picture = json.loads(text)
    whole = all(type(side) is int and side >= 0 for side in (left, top, right, bottom))
    if not whole or left >= right or top >= bottom or not isinstance(kind, str) or not isinstance(confidence, float):
        raise ValueError("a part of a picture is not as we write them")
    if len(bytes.fromhex(picture)) != _HASH_BYTES:
        raise ValueError("a part of a picture is not as we write them")
    return Region(left, top, right, bottom, kind, confidence, ContentHash(picture))
