"""Image records as rows of the project file, and back."""

import json
import os
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path
from typing import Any

from shoal.domain.image_table import ImageCells, ImageTable, cells_of
from shoal.domain.images import ContentHash, ImageRecord, Region

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
    cells = cells_of(record)
    return record.id, *cells[:-2], _region_text(cells.region), _region_text(cells.main)


def from_rows(rows: Iterable[tuple[Any, ...]]) -> ImageTable:
    """Raises ValueError or TypeError unless the ids count from 0 without a gap and every row is as we write them."""
    try:
        return ImageTable(_cells(number, *row) for number, row in enumerate(rows))
    except (OverflowError, AttributeError) as error:  # a number too large for its column, or no text where one is due
        raise ValueError(str(error)) from error


def _cells(number: int, id_: int, path: bytes, label: str, *rest: Any) -> ImageCells:
    size, modified_ns, hash_, width, height, format_, taken, camera, damaged, companions, *measures, region, main = rest
    if id_ != number or len(hash_) != _HASH_BYTES or not path or b"\0" in path or not isinstance(label, str):
        raise ValueError(f"image {number} is not as we write them")
    parts = [_region(text) if text is not None else None for text in (region, main)]
    facts = (width, height, format_, taken, camera, bool(damaged))
    return ImageCells(path, label, size, modified_ns, hash_, *facts, companions, *measures, *parts)


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
