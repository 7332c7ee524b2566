"""A small library and an export folder that live through random days, and what must hold after each of them."""

import os
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tests.support.export_world import ExportWorld, record_of
from tests.support.untouched import TreeState, tree_state

from shoal.domain.export_plan import UNSORTED_NAME
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.images import ImageRecord
from shoal.domain.task import Task
from shoal.imaging.folder_scan import scan_folders

FAMILY = ("JPG", "CR2", "JPG.xmp", "MOV", "AAE")
NAMES = ("Birds", "Cats", "Dogs", "Trees", "Sea", "People")
EDITORS = ("pp3", "dop", "xmp", "on1")


class Wrong(AssertionError):
    """Something that must hold does not."""


def require(condition: bool, sentence: str) -> None:
    if not condition:
        raise Wrong(sentence)


@dataclass
class Export:
    """One that can be taken back: the folders as they were before; `clean` while nobody has touched them since."""

    ids: set[str]
    before: TreeState
    wrote: set[str]
    clean: bool = True


@dataclass
class Life:
    """`homes`: picture -> cluster, by the path of the original; `originals`: what each holds, wherever it is now.
    `leads`, `members`: content -> the picture it is of.

    `users`: contents that somebody has made by hand in the export folder, and not thrown away again.
    """

    folder: Path
    rng: random.Random
    action: str = "copy"
    sidecars: bool = False
    template: str = "{cluster}/{name}"
    homes: dict[str, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    known: dict[str, ImageRecord] = field(default_factory=dict)
    originals: dict[str, bytes] = field(default_factory=dict)
    leads: dict[bytes, str] = field(default_factory=dict)
    members: dict[bytes, str] = field(default_factory=dict)
    users: set[bytes] = field(default_factory=set)
    thrown: set[str] = field(default_factory=set)
    strayed: set[str] = field(default_factory=set)
    stack: list[Export] = field(default_factory=list)
    edits: list[tuple[dict[str, int], dict[int, str]]] = field(default_factory=list)
    undone: list[tuple[dict[str, int], dict[int, str]]] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self.pictures, self.out, self.journals = (self.folder / name for name in ("pictures", "out", "journals"))
        self.journals.mkdir()
        self.names = dict(enumerate(self.rng.sample(NAMES, 3), 1))
        for _ in range(self.rng.randrange(4, 9)):
            self.add_picture()

    # --- the library

    def new_content(self) -> bytes:
        self.count += 1
        return b"%d %s" % (self.count, self.rng.randbytes(8))

    def add_picture(self) -> None:
        number = len(self.ids)
        folder = self.pictures / f"day {number % 2}"
        folder.mkdir(parents=True, exist_ok=True)
        stem = f"IMG_{self.rng.choice((number, number // 2)):04}"
        path = folder / f"{stem}.JPG"
        if str(path) in self.ids:
            return
        content = self.new_content()
        path.write_bytes(content)
        self.leads[content] = str(path)
        self.originals[str(path)] = content
        for ending in self.rng.sample(FAMILY[1:], self.rng.randrange(5)):
            self.write_member(path, folder / f"{stem}.{ending}")
        self.ids.setdefault(str(path), len(self.ids))
        self.homes[str(path)] = self.rng.randrange(0, 4)

    def write_member(self, picture: Path, path: Path) -> None:
        content = self.new_content()
        path.write_bytes(content)
        self.members[content] = str(picture)

    def world(self) -> ExportWorld:
        """As the window knows it: pictures that were moved away are still in its list."""
        found = scan_folders([self.pictures], Task()).images
        here = {str(one.path): record_of(self.ids[str(one.path)], one.path, one.companions) for one in found}
        self.known |= here
        there = {path: record for path, record in self.known.items() if path in here or self.action == "move"}
        homes = np.full(len(self.ids), -1, np.int32)
        for path in there:
            homes[self.ids[path]] = self.homes[path]
        clusters = {ClusterId(n): Cluster(ClusterId(n), name) for n, name in self.names.items()}
        grouping = Grouping(clusters, homes, np.zeros(len(homes), np.bool_))
        records = sorted(there.values(), key=lambda record: record.id)
        return ExportWorld(self.pictures, self.out, self.journals, records, grouping)

    def cluster_name(self, picture: str) -> str:
        return self.names.get(self.homes[picture], UNSORTED_NAME)

    # --- what is there

    def state(self) -> TreeState:
        there = tree_state(self.out) if self.out.exists() else {}
        return tree_state(self.pictures) | there

    def files(self, root: Path) -> dict[Path, bytes]:
        """What somebody who looks into a folder sees."""
        found = {}
        for at, folders, names in os.walk(root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found |= {Path(at, name): Path(at, name).read_bytes() for name in names if not name.startswith(".")}
        return found

    def copies(self) -> dict[str, list[Path]]:
        """Picture -> where it is in the export folder."""
        copies: dict[str, list[Path]] = defaultdict(list)
        for path, content in self.files(self.out).items():
            if content in self.leads:
                copies[self.leads[content]].append(path)
        return copies

    def family_at(self, picture: str, folder: Path) -> list[Path]:
        of = self.leads | self.members
        return [path for path, content in self.files(folder).items() if of.get(content) == picture]

    # --- what must hold

    def check_always(self) -> None:
        """After anything, a kill included."""
        everywhere = Counter(content for root in (self.pictures, self.out) for content in self.all_contents(root))
        lost = [content for content in self.users if not everywhere[content]]
        require(not lost, f"{len(lost)} files that the user has made are gone")
        gone = [content for content in self.originals.values() if not everywhere[content]]
        require(not gone, f"{len(gone)} originals are gone")

    def all_contents(self, root: Path) -> list[bytes]:
        names = [Path(at, name) for at, _folders, names in os.walk(root) for name in names]
        return [path.read_bytes() for path in names if path.exists() and not path.name.endswith(".part")]

    def check_exported(self) -> None:
        """After an export that came to its end: each picture once, where it belongs, with all that is its own."""
        copies, visible = self.copies(), self.files(self.out)
        require(
            self.users <= {*visible.values(), *self.files(self.pictures).values()}, "a file of the user's is hidden"
        )
        for picture in self.homes:
            there = copies.get(picture, [])
            require(len(there) < 2, f"{picture} is there {len(there)} times: {there}")
            if picture not in self.thrown:
                require(len(there) == 1, f"{picture} is not there")
            if there and picture not in self.strayed:
                wanted, found = self.cluster_name(picture), there[0].relative_to(self.out).parts[0]
                require(found == wanted, f"{picture} is in {found} instead of {wanted}")
        self.check_families(copies)

    def check_families(self, copies: dict[str, list[Path]]) -> None:
        """No member of a family lies in another folder than its picture, where that is in the export."""
        for path, content in self.files(self.out).items():
            picture = self.members.get(content)
            if picture is not None and copies.get(picture):
                folders = {copy.parent for copy in copies[picture]}
                require(path.parent in folders, f"{path} was parted from {copies[picture]}")
        self.check_edits(copies)

    def check_edits(self, copies: dict[str, list[Path]]) -> None:
        """What the user has put beside a picture is beside a picture, in either place."""
        for root in (self.out, self.pictures):
            for path, content in self.files(root).items():
                picture = self.members.get(content)
                if picture is None or content not in self.users or picture in self.thrown:
                    continue
                beside = [one for one in (*copies.get(picture, ()), Path(picture)) if one.exists()]
                require(path.parent in {one.parent for one in beside}, f"{path} lies beside nothing; picture: {beside}")
