"""A family that earlier exports have put into a folder, as it is found there, and what a plan wants of it now."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from shoal.domain.earlier_exports import ExportedFile
from shoal.domain.export_names import TakenNames
from shoal.domain.export_plan import WORKED_IN, Disk, Draft, ExportOptions, PlannedMove, SourceFile
from shoal.domain.families import Form
from shoal.domain.images import FileStamp, ImageRecord
from shoal.domain.kin import called_as
from shoal.domain.sentence import Sentence

State = Literal["as made", "changed", "gone"]
THROWN_AWAY = Sentence("it was taken out of the export folder since, and stays out")
MOVED_BY_USER = Sentence("it was moved there since, and stays there")
CHANGED = Sentence("it was changed there since, and stays as it is")
REPLACED = Sentence("another picture has the name of its original now; it stays")
ORIGINAL_GONE = Sentence("its original is no longer there; it stays, for it may be the last copy")
WORKED_ON = Sentence("it is no longer part of the export, but somebody has worked on it there; it stays")
HELD = Sentence("it holds pictures of another source; the cluster of this name gets a folder of its own")
ONLY_THE_CLUSTER = Sentence("it was changed there since, and stays so but for the cluster")
NOT_OURS = Sentence("a file of that name is there that no export has written; it stays")


class Stood(NamedTuple):
    """A file of an earlier export as it is found now. `place` is where, below the export folder."""

    file: ExportedFile
    place: str
    state: State

    @property
    def has_changed(self) -> bool:
        """Somebody has edited or moved it."""
        return self.state == "changed" or self.place not in ("", self.file.target)


class ExportFolder(Protocol):
    """What is asked about the folder that is exported into, and about the originals; each answer is a look."""

    def stood(self, file: ExportedFile) -> Stood: ...

    def is_settled(self, file: ExportedFile) -> bool:
        """Whether neither the file nor what it was made from has changed since; a quick no is no certain one."""
        ...

    def original(self, path: str) -> FileStamp | None:
        """Of a regular file; None where there is none."""
        ...

    def beside(self, picture: str) -> Sequence[Path]:
        """What belongs to an exported picture, and no export has put there."""
        ...

    def twins(self, record: ImageRecord) -> Sequence[ExportedFile]:
        """Where no journal tells: a file that holds what a picture does, and those that belong to it."""
        ...

    def is_same_shot(self, record: ImageRecord, place: str) -> bool:
        """Whether a picture that has changed may be the one that stands there, edited: no other was taken then."""
        ...


@dataclass(frozen=True, slots=True)
class Resident:
    """A family that stands: the picture and the others. `picture` is what the original is called now."""

    picture: Path
    lead: Stood
    others: tuple[Stood, ...]

    @property
    def has_sidecars(self) -> bool:
        """Whether an export has written some: they are kept up to date."""
        return any(other.file.role == "sidecar" and other.state != "gone" for other in self.others)

    def moved_originals(self, record: ImageRecord) -> list[SourceFile]:
        """The members of a family that stands there because it was moved there; empty if it was not."""
        if self.lead.file.action != "move":
            return []
        others = [other.file for other in self.others if other.file.source and other.file.size is not None]
        stamps = [FileStamp(file.size or 0, file.modified_ns or 0) for file in others]
        companions = [SourceFile(Path(file.source), stamp) for file, stamp in zip(others, stamps, strict=True)]
        return [SourceFile(record.path, record.stamp, record.content_hash), *companions]

    def of(self, path: Path) -> Stood | None:
        """What stands for a member of the family; after the original folder got another name, by the file's own.

        Where the picture itself has, its members are called after it now.
        """
        if path == self.picture:
            return self.lead
        text = str(path)
        same = [other for other in self.others if other.file.source == text]
        named = [
            other for other in self.others if other.file.source and os.path.basename(other.file.source) == path.name
        ]
        return next(iter(same or named), None) or self._renamed(path)

    def _renamed(self, path: Path) -> Stood | None:
        was = Path(self.lead.file.source)
        if was.name == self.picture.name:
            return None
        others = [file for file in self.others if file.file.source]
        now = called_as([Path(file.file.source) for file in others], was, self.picture)
        return next((file for file, called in zip(others, now, strict=True) if called.name == path.name), None)


@dataclass(frozen=True, slots=True)
class WantedSidecar:
    """A sidecar to write; `beside` is what it would be called beside the original, `merges` what it takes over."""

    beside: Path
    merges: Path | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the plan wants for a family: its members, the picture first, and the sidecars that are to be written.

    `form` is that of the picture's name; `keeps`: the stem is the one it always had.
    """

    record: ImageRecord
    members: Sequence[SourceFile]
    sidecars: Sequence[WantedSidecar]
    folder: Path
    stem: str
    form: Form
    longest: Sequence[str]
    keeps: bool
    key: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a family is placed in."""

    root: Path
    folder: ExportFolder
    options: ExportOptions
    draft: Draft
    names: TakenNames
    disk: Disk


def sidecar_key(cluster: str, family: Sequence[SourceFile]) -> str:
    """Equal while a sidecar would say the same: the cluster's name, and the files that marks are read from."""
    parts = [cluster, *(f"{member.path} {member.stamp}" for member in family)]
    return blake2b("\0".join(parts).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def told_by(key: str) -> str:
    """The cluster that a sidecar was told, by its key in a journal."""
    return key.partition(" ")[2]


def same_as_by(key: str) -> str:
    """What `sidecar_key` was then."""
    return key.partition(" ")[0].removesuffix(WORKED_IN)


def was_worked_in(key: str) -> bool:
    return key.partition(" ")[0].endswith(WORKED_IN)


def set_aside(root: Path, stood: Stood, picture: Path) -> PlannedMove:
    return PlannedMove(root / stood.place, None, picture, "aside", stood.file.target)


def kind_of(action: str) -> str:
    """Copies and clones cannot be told apart afterwards."""
    return "copy" if action == "reflink" else action
