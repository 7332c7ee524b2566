"""What an export is planned to do: which file goes where, told before any file is touched.

A *family* is a picture with what belongs to it: the RAW beside its JPEG, its sidecars, its film. It stays together: in
one folder, under one stem. What the planner wants to know about the disk it asks a `Disk`; it opens nothing itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from shoal.domain.companions import Role
from shoal.domain.crops import Crop
from shoal.domain.grouping import ClusterId
from shoal.domain.images import ContentHash, FileStamp, ImageId, SkippedImage
from shoal.domain.name_templates import DEFAULT_TEMPLATE
from shoal.domain.sentence import Sentence

Action = Literal["copy", "move", "hardlink", "symlink", "reflink"]
UNSORTED_NAME = "Unsorted"
SIDECAR = ".xmp"
EDITED_THROUGH_LINKS = Sentence(
    "A hard link is the original under a second name: programs that write into a file, such as exiv2 and viewers built "
    "on it, change the original, too; those that write a new file in its place, such as exiftool, part the two."
)
NOTHING_FOUND = Sentence("no object was found in it")
WORKED_IN = "+"
"""Marks the keys of sidecars that hold somebody else's work besides ours."""
TABLES = ("clusters.csv", "clusters.json")
"""The documents that an export has unless somebody wants others; it can be read back from either."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What the user chose.

    `companions`: what belongs to a picture by its name travels along; `sidecars`: write new ones (XMP); `documents`:
    names of those that are written beside the pictures; `crops`: write the objects, cut out, instead of whole pictures;
    `bring_back`: what earlier exports wrote into the folder and the user has thrown away there is written again.
    """

    action: Action = "copy"
    template: str = DEFAULT_TEMPLATE
    include_unsorted: bool = True
    companions: bool = True
    sidecars: bool = False
    documents: tuple[str, ...] = TABLES
    crops: bool = False
    bring_back: bool = False


class Disk(Protocol):
    """What a planner asks about the world. Answers may be out of date by the time the plan is carried out."""

    def find(self, path: Path) -> tuple[Path, FileStamp] | None:
        """Where the regular file behind a name is: elsewhere, if the name is a link. None where there is none."""
        ...

    def entries(self, folder: Path) -> Mapping[str, bool]:
        """Name -> whether it is a real folder (not a link to one); empty where there is no such folder."""
        ...

    def is_exported(self, source: "SourceFile", target: Path, action: Action) -> bool:
        """Whether `target` is already what carrying out `action` would make of it."""
        ...

    def needs_space(self, source: Path, target: Path, action: Action) -> bool:
        """Whether the bytes of `source` will be written again, on the drive of `target`."""
        ...

    def free_bytes(self, folder: Path) -> int | None:
        """None where nobody knows."""
        ...


class SourceFile(NamedTuple):
    """One member of a family. `content_hash` is None for companions: nothing has read them yet.

    `crop`: the part of it that will be written, instead of all of it. `link`: the name under which it was found, where
    that is a link to `path`.
    """

    path: Path
    stamp: FileStamp
    content_hash: ContentHash | None = None
    crop: Crop | None = None
    link: Path | None = None

    @property
    def found_as(self) -> Path:
        return self.link or self.path


class PlannedFile(NamedTuple):
    """`present`: the target is there already and nothing will be written. Where it stands under the name `earlier`,
    it only gets another place.

    A tuple, like its source: a second export makes a hundred thousand of each, to change ten."""

    image: ImageId
    source: SourceFile
    target: Path
    present: bool = False
    earlier: Path | None = None


@dataclass(frozen=True, slots=True)
class PlannedMove:
    """A file in the export folder that gets another place there; `target` None: it is set aside, for a newer one.

    `picture`: the original of the family that it belongs to; `key`: where exports have put it, which is not where it is
    if the user has moved it since. "" for what no export has written.
    """

    source: Path
    target: Path | None
    picture: Path
    role: Role
    key: str = ""


@dataclass(frozen=True, slots=True)
class PlannedSidecar:
    """A sidecar to write; `merges` is the existing sidecar whose contents it takes over.

    `replaces`: how the one of an earlier export makes room, unless it says the same. `told`: the cluster that this one
    was told; `worked_in`: somebody has changed it since, so that nothing but the cluster is put right. `key`: equal
    while a sidecar would say the same.
    """

    image: ImageId
    target: Path
    merges: Path | None = None
    replaces: PlannedMove | None = None
    key: str = ""
    told: str = ""
    worked_in: bool = False

    def key_of(self, cluster: str) -> str:
        """For the journal: what `told_by` and the like read again."""
        return f"{self.key}{WORKED_IN if self.worked_in else ''} {cluster}"


@dataclass(frozen=True, slots=True)
class NameConflict:
    """`source` could not have the name it should have had, because that was taken."""

    source: Path
    wanted: str
    target: Path


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """Everything that will happen, in order. `folders` are the names of clusters as folders.

    `moves` change the place of what earlier exports wrote; `notes` say what in the folder is left as the user has made
    it, though the export would have it otherwise. `origin`: the folders that the pictures come from.
    """

    root: Path
    options: ExportOptions
    files: tuple[PlannedFile, ...] = ()
    sidecars: tuple[PlannedSidecar, ...] = ()
    conflicts: tuple[NameConflict, ...] = ()
    left_out: tuple[SkippedImage, ...] = ()
    folders: Mapping[ClusterId, str] = field(default_factory=dict)
    documents: Mapping[str, Path] = field(default_factory=dict)
    moves: tuple[PlannedMove, ...] = ()
    notes: tuple[SkippedImage, ...] = ()
    bytes_needed: int = 0
    free_bytes: int | None = None
    origin: str = ""

    @property
    def fits(self) -> bool:
        return self.free_bytes is None or self.bytes_needed <= self.free_bytes

    @property
    def companions(self) -> tuple[PlannedFile, ...]:
        """All files but the first of each family, which is the picture itself."""
        seen: set[ImageId] = set()
        along = []
        for file in self.files:
            if file.image in seen:
                along.append(file)
            seen.add(file.image)
        return tuple(along)

    @property
    def to_do(self) -> tuple[PlannedFile, ...]:
        return tuple(file for file in self.files if not file.present)

    @property
    def moved(self) -> tuple[PlannedFile, ...]:
        """Files that only get another place in the folder."""
        return tuple(file for file in self.files if file.earlier is not None)

    @property
    def set_aside(self) -> tuple[Path, ...]:
        """Files that make room, or are no longer part of the export."""
        return tuple(move.source for move in self.moves if move.target is None)


@dataclass(slots=True)
class Draft:
    """A plan while it is being made."""

    files: list[PlannedFile] = field(default_factory=list)
    sidecars: list[PlannedSidecar] = field(default_factory=list)
    moves: list[PlannedMove] = field(default_factory=list)
    conflicts: list[NameConflict] = field(default_factory=list)
    left_out: list[SkippedImage] = field(default_factory=list)
    notes: list[SkippedImage] = field(default_factory=list)
    bytes_needed: int = 0

    def add(self, image: ImageId, member: SourceFile, target: Path, options: ExportOptions, disk: Disk) -> None:
        """A file to write."""
        self.files.append(PlannedFile(image, member, target))
        if disk.needs_space(member.path, target, options.action):
            self.bytes_needed += member.crop.likely_bytes if member.crop else member.stamp.size
