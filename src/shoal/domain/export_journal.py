"""What an export wrote down before it did it: enough to go on after a crash, and to bring everything back.

    copy, reflink, write, crop
                            PLANNED > STARTED > WRITTEN > DONE
    move to another drive   PLANNED > STARTED > WRITTEN > PUBLISHED > DONE
    move, hardlink, symlink PLANNED > STARTED > DONE
    trash                   PLANNED > STARTED > DONE, and only then its second name goes
    any of them, undone     DONE > UNDOING > UNDONE or KEPT

A state is on the disk before the step it announces (STARTED, UNDOING) and after the step it confirms. So at most the
last batch of steps is in doubt after a crash, and what is in doubt can be told from names and inodes on the disk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal, Protocol

from shoal.domain.companions import Role
from shoal.domain.earlier_exports import ExportedFile
from shoal.domain.export_plan import Action
from shoal.domain.images import ContentHash, FileStamp, Snapshot
from shoal.domain.sentence import NOTHING, Sentence

StepAction = Action | Literal["write", "crop", "trash"]


class StepState(StrEnum):
    PLANNED = "planned"
    LEFT_OUT = "left out"
    """Could not be done, for the reason given; tried again when the export is resumed."""
    STARTED = "started"
    WRITTEN = "written"
    """Complete and verified under its temporary name."""
    PUBLISHED = "published"
    """Has its name; the source on the other drive is still to be removed."""
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    KEPT = "kept"
    """Not undone, for the reason given."""


IN_DOUBT = (StepState.STARTED, StepState.WRITTEN, StepState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Step:
    """One file of an export. `target` is relative to the export folder, which may be mounted elsewhere next time.

    Of a file in the trash `target` is where it is there, absolute, once that is known.
    A crop is written like any document, but made only when its turn comes: from `source`, as its content describes.
    `stamp` is the source as planned, `content_hash` what the target must hold (None: not read yet, or never needed).
    `made` is the finished file: known from WRITTEN on, and from STARTED on for what is only linked or renamed.

    `picture` is the original that the file belongs to, and `role` as what; `key` says what it was made from where
    source and stamp do not: the part of a picture, or when it was taken, what a sidecar was told, the folders that a
    document is about; of a move inside the folder, where exports had put the file.
    A relative `source` is one in the export folder itself: its move puts right what an earlier export did.
    """

    number: int
    action: StepAction
    source: Path | None
    target: Path
    stamp: FileStamp | None = None
    content_hash: ContentHash | None = None
    state: StepState = StepState.PLANNED
    made: Snapshot | None = None
    reason: Sentence = NOTHING
    picture: Path | None = None
    role: Role = ""
    key: str = ""

    @property
    def is_picture(self) -> bool:
        """What others go with. In journals that know no roles: any file but a sidecar."""
        if self.role:
            return self.role == "picture"
        return self.source is not None and self.target.suffix.lower() != ".xmp"


@dataclass(frozen=True, slots=True)
class FolderRecord:
    """A folder as it was before the export: `created` if the export makes it, else its time and its names, hashed.

    `mount` is the top of the drive it was on: without that drive nothing about the folder can be known.
    """

    path: Path
    created: bool
    modified_ns: int = 0
    names_digest: str = ""
    mount: Path = Path()


@dataclass(frozen=True, slots=True)
class ExportHeader:
    """`root` is the export folder as it was called when the export was made; `finished` that nothing was left to do.

    `continued`: it was cut off, and the next export into the folder went on in its place; undone, both go.
    `crops`: objects were cut out, instead of whole pictures being copied. `trash`: files of `root` went to the trash.
    """

    id: str
    root: Path
    action: Action
    made_at: str
    finished: bool = False
    undone: bool = False
    continued: bool = False
    crops: bool = False
    trash: bool = False


class ExportJournal(Protocol):
    """Every method that writes returns when the change is on the disk. One thread at a time."""

    def header(self) -> ExportHeader: ...

    def steps(self) -> list[Step]:
        """In order of their numbers."""
        ...

    def exported(self) -> list[ExportedFile]:
        """The steps after which a file stands in the folder, or may stand, in order of their numbers: a quick look."""
        ...

    def content(self, number: int) -> bytes:
        """What a `write` step is to write."""
        ...

    def update(self, steps: Sequence[Step]) -> None:
        """Replace steps by their numbers, all or none."""
        ...

    def folders(self) -> list[FolderRecord]:
        """In the order in which they were remembered."""
        ...

    def remember_folders(self, folders: Sequence[FolderRecord]) -> None:
        """Add folders; one that is known already stays as it was first described."""
        ...

    def set_finished(self) -> None: ...

    def set_undone(self) -> None: ...

    def set_continued(self) -> None: ...

    def close(self) -> None: ...
