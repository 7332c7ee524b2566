"""Every error this program raises on purpose.

ShoalError
├── UserFacingError      the world is not as hoped: what happened, and what to do about it
│   ├── FolderNotReadable
│   ├── ModelUnavailable
│   │   ├── DownloadNeeded      both can be mended by a yes
│   │   └── WeightsNotTrusted
│   ├── ProjectNotReadable
│   │   └── ProjectTooNew
│   ├── ProjectInUse
│   ├── StorageFull
│   └── ExportRefused
├── OutOfMemory          a batch did not fit; whoever chose its size tries a smaller one
├── HelperProcessDied    a helper process ended without an answer
└── Cancelled            the user asked to stop; never shown as an error

A single bad picture is no error at all: it is a `SkippedImage` in a list. Anything else that escapes is a bug and
reaches the crash dialog.
"""

from pathlib import Path

from shoal.domain.interruptions import Cancelled, HelperProcessDied, OutOfMemory, ShoalError
from shoal.domain.sentence import Sentence

__all__ = [
    "Cancelled",
    "DownloadNeeded",
    "ExportRefused",
    "FolderNotReadable",
    "HelperProcessDied",
    "ModelUnavailable",
    "OutOfMemory",
    "ProjectInUse",
    "ProjectNotReadable",
    "ProjectTooNew",
    "ShoalError",
    "StorageFull",
    "UserFacingError",
    "WeightsNotTrusted",
]


class UserFacingError(ShoalError):
    """A problem the user can do something about, told in two sentences."""

    def __init__(self, summary: Sentence, remedy: Sentence) -> None:
        super().__init__(Sentence("{summary} {remedy}", summary=summary, remedy=remedy))
        self.summary = summary
        self.remedy = remedy

    def __reduce__(self) -> tuple[type["UserFacingError"], tuple[object, ...]]:
        """Errors cross process boundaries; both sentences must survive the trip."""
        return type(self), (self.summary, self.remedy)


class FolderNotReadable(UserFacingError): ...


class ModelUnavailable(UserFacingError): ...


class DownloadNeeded(ModelUnavailable):
    """Nobody has said yet that the weights may be downloaded."""


class WeightsNotTrusted(ModelUnavailable):
    """A file of weights that could run a program, and nobody has said that it may."""


class ProjectNotReadable(UserFacingError):
    """`project` is the file, where an earlier state of it is kept that can take its place; else None."""

    def __init__(self, summary: Sentence, remedy: Sentence, project: Path | None = None) -> None:
        super().__init__(summary, remedy)
        self.project = project

    def __reduce__(self) -> tuple[type["UserFacingError"], tuple[object, ...]]:
        return type(self), (self.summary, self.remedy, self.project)


class ProjectTooNew(ProjectNotReadable): ...


class ProjectInUse(UserFacingError): ...


class StorageFull(UserFacingError): ...


class ExportRefused(UserFacingError): ...
