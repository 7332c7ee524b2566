"""Which of the files found are just as a project's records say, so that nothing about them is asked again."""

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shoal.domain.companions import sidecars_of
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.images import FileStamp, FoundImage, ImageRecord, is_settled
from shoal.files.placeholders import is_placeholder
from shoal.looking.sidecar_times import are_as_before


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """What an earlier look left behind: records by image id, and the vectors of the same model, if they are at hand.

    `looked_ns`: when it began, in nanoseconds; 0 if that is not known, or another model looked.
    """

    records: Sequence[ImageRecord] = ()
    looked_ns: int = 0
    embeddings: EmbeddingMatrix | None = None


NEVER = Before()


def settled(images: Mapping[Path, FoundImage], before: Before) -> dict[Path, ImageRecord]:
    """The records of whole pictures that are, like their sidecars, as they were when the look `before` took them.

    One look at the disk per file. Links, and files that changed so shortly before that look that a second change might
    not show, are left to those who ask the caches.
    """
    return dict(_settled(images, before)) if before.looked_ns else {}


def _settled(images: Mapping[Path, FoundImage], before: Before) -> Iterator[tuple[Path, ImageRecord]]:
    for record in before.records:
        image = images.get(record.path)
        if image is None or record.region or record.main or record.facts.sharpness is None:
            continue
        if _stamp(record.path) != record.stamp or not is_settled(record.stamp, before.looked_ns):
            continue
        sidecars = sidecars_of(image.path, image.companions)
        if sidecars == sidecars_of(record.path, record.companions) and are_as_before(sidecars, before.looked_ns):
            same = image.label == record.label and image.companions == record.companions
            yield record.path, record if same else replace(record, label=image.label, companions=image.companions)


def _stamp(path: Path) -> FileStamp | None:
    try:
        status = os.lstat(path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode) or is_placeholder(status):
        return None
    return FileStamp(status.st_size, status.st_mtime_ns)
