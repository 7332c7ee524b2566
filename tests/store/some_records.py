"""Image records without image files."""

import os
from dataclasses import replace
from pathlib import Path

from shoal.domain.images import ContentHash, FileStamp, ImageFacts, ImageId, ImageRecord, Region


def record(number: int) -> ImageRecord:
    return ImageRecord(
        ImageId(number),
        Path(f"/pictures/folder {number % 7}/IMG_{number}.jpg"),
        f"folder {number % 7}",
        FileStamp(1000 + number, 1_700_000_000_000_000_000 + number),
        ContentHash(f"{number:032x}"),
        ImageFacts(400, 300, "JPEG", sharpness=0.25, difference_hash=-number),
    )


def records(count: int, start: int = 0) -> list[ImageRecord]:
    return [record(number) for number in range(start, start + count)]


def in_families(images: list[ImageRecord]) -> list[ImageRecord]:
    """Each with four files that belong to it."""
    endings = (".CR2", ".jpg.xmp", ".MOV", ".AAE")
    return [replace(one, companions=tuple(map(one.path.with_suffix, endings))) for one in images]


def odd_record(number: int) -> ImageRecord:
    return ImageRecord(
        ImageId(number),
        Path(os.fsdecode(b"/pictures/\xff\xfe\n.jpg")),
        "\u540d\u524d",
        FileStamp(0, -1),
        ContentHash("f" * 32),
        ImageFacts(1, 2, "RAW", "2024-02-29T23:59:59", "Camera", damaged=True),
        (Path("/pictures/a.CR2"), Path(os.fsdecode(b"/pictures/\xff.xmp"))),
        Region(0, 1, 2, 3, "\u732b", 0.5, ContentHash("a" * 32)),
        Region(4, 5, 6, 7, "dog", 1.0, ContentHash("b" * 32)),
    )
