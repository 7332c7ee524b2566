"""A disk that exists only in a dictionary, and pictures that lie on it: for tests of the planner."""

from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np

from shoal.domain.export_plan import Action, SourceFile
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.images import ContentHash, FileStamp, ImageFacts, ImageId, ImageRecord

STAMP = FileStamp(100, 1)


class DictionaryDisk:
    """`files`: path -> contents, any of them; folders are the parents of files. `links` look like neither."""

    def __init__(self, files: Mapping[Path, str], links: Collection[Path] = (), free: int | None = None) -> None:
        self.files = dict(files)
        self.links = links
        self.free = free

    def find(self, path: Path) -> tuple[Path, FileStamp] | None:
        if path in self.links:
            return Path("/elsewhere") / path.name, STAMP
        return (path, STAMP) if path in self.files else None

    def entries(self, folder: Path) -> Mapping[str, bool]:
        names: dict[str, bool] = {}
        for path in [*self.files, *self.links]:
            if path.is_relative_to(folder) and path != folder:
                names[path.relative_to(folder).parts[0]] = path.parent != folder
        return names

    def is_exported(self, source: SourceFile, target: Path, action: Action) -> bool:
        if action == "move":
            return source.path == target
        return self.files.get(target) == self.files[source.path]

    def needs_space(self, source: Path, target: Path, action: Action) -> bool:
        return action == "copy"

    def free_bytes(self, folder: Path) -> int | None:
        return self.free


def record(number: int, path: Path, companions: tuple[Path, ...] = (), **facts: str) -> ImageRecord:
    image_facts = ImageFacts(10, 10, **facts)  # type: ignore[arg-type]  # only texts are given
    return ImageRecord(
        ImageId(number), path, "", STAMP, ContentHash(f"{number:032x}"), image_facts, companions=companions
    )


def grouping_of(*homes: int, **names: str) -> Grouping:
    """`grouping_of(1, 1, 2, c1="birds", c2="cats")`: the cluster of image 0, 1, 2 and what the clusters are called."""
    clusters = {ClusterId(int(key[1:])): Cluster(ClusterId(int(key[1:])), name) for key, name in names.items()}
    return Grouping(clusters, np.array(homes, np.int32), np.zeros(len(homes), np.bool_))
