"""A folder of pictures with objects in them, which an export cuts out."""

import os
from pathlib import Path

import numpy as np
from PIL import Image
from tests.support.export_world import ExportWorld, record_of
from tests.support.untouched import watch

from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.images import ContentHash, ImageFacts, ImageId, ImageRecord, Region

WIDTH, HEIGHT = 320, 240
PER_PICTURE = 5


def make_world_of_objects(folder: Path, count: int, clusters: int = 3, out: Path | None = None) -> ExportWorld:
    """`count` objects, five to a picture, some of them in Unsorted; every other picture has a sidecar beside it."""
    rng = np.random.default_rng(count)
    pictures = folder / "pictures"
    records: list[ImageRecord] = []
    while len(records) < count:
        number = len(records) // PER_PICTURE
        whole = record_of(number, _drawn(pictures / f"day {number % 2}" / f"IMG_{number:04}.png", number, rng))
        for _ in range(min(PER_PICTURE, count - len(records))):
            records.append(_object_in(whole, len(records), rng))
    names = {ClusterId(n): Cluster(ClusterId(n), f"cluster {n}") for n in range(1, clusters + 1)}
    homes = rng.integers(0, clusters + 1, count).astype(np.int32)
    watch(pictures)
    grouping = Grouping(names, homes, np.zeros(count, np.bool_))
    return ExportWorld(pictures, out or folder / "out", folder / "journals", records, grouping)


def _drawn(path: Path, number: int, rng: np.random.Generator) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    blots = rng.integers(0, 256, (HEIGHT // 16, WIDTH // 16, 3), dtype=np.uint8)
    Image.fromarray(blots).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC).save(path, compress_level=1)
    sidecars = [path.with_suffix(".xmp")] if number % 2 == 0 else []
    for sidecar in sidecars:
        sidecar.write_bytes(rng.bytes(200))
    for member in (path, *sidecars):
        os.utime(member, ns=(10**18, 10**18 + number * 1_000_000_007))
    return path


def _object_in(whole: ImageRecord, number: int, rng: np.random.Generator) -> ImageRecord:
    left, top = int(rng.integers(0, WIDTH // 2)), int(rng.integers(0, HEIGHT // 2))
    right, bottom = int(rng.integers(left + 60, WIDTH + 1)), int(rng.integers(top + 60, HEIGHT + 1))
    kind = ("person", "bottle")[number % 2]
    region = Region(left, top, right, bottom, kind, 0.5, ContentHash(whole.content_hash))
    facts = ImageFacts(WIDTH, HEIGHT)
    return ImageRecord(ImageId(number), whole.path, whole.label, whole.stamp, region.content_hash, facts, region=region)
