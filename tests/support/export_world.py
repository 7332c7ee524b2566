"""Real folders to export from and into, and exact pictures of trees: names, contents, times, modes, inodes."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from tests.support.untouched import watch

from shoal.delivering.export_details import SortedImages
from shoal.delivering.exporting import ExportResult, PlanSetting, export_clusters, plan_clusters
from shoal.domain.export_plan import ExportOptions, ExportPlan
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.images import ContentHash, FileStamp, ImageFacts, ImageId, ImageRecord
from shoal.domain.task import Task
from shoal.looking.picture_decoder import Preview, preview_safely


def record_of(number: int, path: Path, companions: Sequence[Path] = (), label: str = "") -> ImageRecord:
    status = path.stat()
    return ImageRecord(
        ImageId(number),
        path,
        label,
        FileStamp(status.st_size, status.st_mtime_ns),
        ContentHash(blake2b(path.read_bytes(), digest_size=16).hexdigest()),
        ImageFacts(8, 8),
        tuple(companions),
    )


@dataclass
class ExportWorld:
    """`pictures`: a folder of files; `out`: where they go (not there yet); `journals`: the program's own folder."""

    pictures: Path
    out: Path
    journals: Path
    records: list[ImageRecord]
    grouping: Grouping
    preview: Preview = preview_safely

    @property
    def images(self) -> SortedImages:
        return SortedImages(self.grouping, self.records)

    def plan(self, action: str = "copy", **options: object) -> ExportPlan:
        chosen = ExportOptions(action=action, **options)  # type: ignore[arg-type]  # tests name them right
        return plan_clusters(self.images, self.out, chosen, PlanSetting([self.pictures], self.journals, self.preview))

    def export(self, action: str = "copy", task: Task | None = None, **options: object) -> ExportResult:
        plan = self.plan(action, **options)
        return export_clusters(plan, self.images, self.journals, task or Task(), preview=self.preview)

    def hashes(self) -> list[str]:
        return sorted(blake2b(path.read_bytes()).hexdigest() for path in files_below(self.pictures))


def files_below(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())


@dataclass(frozen=True)
class Families:
    """What follows the stems of companions, and how many pictures there are to one that has them."""

    endings: Sequence[str] = (".CR2", ".xmp")
    every: int = 5


FAMILIES_OF_FIVE = Families((".CR2", ".jpg.xmp", ".MOV", ".AAE"), 1)


def make_world(
    folder: Path,
    count: int = 20,
    clusters: int = 3,
    size: int = 2000,
    out: Path | None = None,
    families: Families = Families(),
) -> ExportWorld:
    """Files of random bytes in two sub-folders, some with companions beside them; some lie in Unsorted."""
    rng = np.random.default_rng(count)
    pictures = folder / "pictures"
    records = []
    for number in range(count):
        path = pictures / f"day {number % 2}" / f"IMG_{number:04}.jpg"
        family = [path, *(path.with_suffix(ending) for ending in families.endings if number % families.every == 0)]
        path.parent.mkdir(parents=True, exist_ok=True)
        for member in family:
            member.write_bytes(rng.bytes(int(rng.integers(1, size))))
            os.utime(member, ns=(10**18, 10**18 + number * 1_000_000_007))
        records.append(record_of(number, path, family[1:], f"day {number % 2}"))
    names = {ClusterId(n): Cluster(ClusterId(n), f"cluster {n}") for n in range(1, clusters + 1)}
    homes = rng.integers(0, clusters + 1, count).astype(np.int32)
    grouping = Grouping(names, homes, np.zeros(count, np.bool_))
    watch(pictures)
    return ExportWorld(pictures, out or folder / "out", folder / "journals", records, grouping)
