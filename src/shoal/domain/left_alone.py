"""What a look at a folder leaves alone: other programs' libraries, bins and caches, and files of kinds it cannot read.

To leave more folders alone: one row here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import reduce
from pathlib import Path, PurePath

from shoal.domain.sentence import Sentence, verbatim

MOST_NAMED = 5
_LONGEST_ENDING = 8
_OF_SYSTEMS = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "zbthumbnail.info", "icon\r", "picasa.ini"})


@dataclass(frozen=True, slots=True)
class FolderKind:
    """Folders that are nobody's loose pictures. `names`, as patterns in lower case. `library`: all of it belongs to a
    program that loses its pictures if one is moved away."""

    what: Sentence
    names: tuple[str, ...]
    library: bool = False


FOLDER_KINDS: tuple[FolderKind, ...] = (
    FolderKind(
        Sentence("a library of Apple Photos, iPhoto or Aperture"),
        ("*.photoslibrary", "*.photolibrary", "*.migratedphotolibrary", "*.aplibrary", "*.apvault", "iphoto library*"),
        library=True,
    ),
    FolderKind(
        Sentence("a catalogue of Lightroom, or its previews"),
        ("*.lrdata", "*.lrcat", "*.lrcat-data", "*.lrlibrary"),
        library=True,
    ),
    FolderKind(Sentence("a catalogue of Capture One"), ("*.cocatalog",), library=True),
    FolderKind(
        Sentence("a library of a program"),
        (
            *("*.imovielibrary", "*.fcpbundle", "*.theater", "*.tvlibrary", "*.musiclibrary", "photo booth library"),
            "*.library",  # Eagle
        ),
        library=True,
    ),
    FolderKind(Sentence("a program"), ("*.app", "*.framework", "node_modules", "__pycache__")),
    FolderKind(Sentence("a bin of digiKam"), (".dtrash",), library=True),
    FolderKind(
        Sentence("a bin"),
        (
            "@recycle",
            "#recycle",
            ".recycle",
            ".trash",
            ".trashes",
            ".trash-*",
            ".trashed-*",
            "$recycle.bin",
            "recycler",
            "recycled",
            ".recyclebin",
            ".recycle.bin",
            "network trash folder",
            "trashbox",
            "files_trashbin",
            "_gsdata_",
            "lost+found",
        ),
    ),
    FolderKind(
        Sentence("previews that a program made"),
        (
            "@eadir",
            ".@__thumb",
            ".thumbnails",
            ".thumb",
            ".thumbs",
            ".tmb",
            ".picasaoriginals",
            ".photoprism",
            "thmbnl",
        ),
    ),
    FolderKind(
        Sentence("older states that the drive keeps"),
        (
            "#snapshot",
            "@recently-snapshot",
            "@snapshot",
            ".snapshot",
            ".snapshots",
            ".zfs",
            "~snapshot",
            "files_versions",
            "*.backupdb",
            ".documentrevisions-v100",
        ),
    ),
    FolderKind(
        Sentence("a folder of the system"),
        (
            "__macosx",
            "system volume information",
            ".spotlight-v100",
            ".fseventsd",
            ".temporaryitems",
            "@tmp",
            ".streams",
            "found.[0-9][0-9][0-9]",
        ),
    ),
    FolderKind(Sentence("a program's cache"), (".cache", "appdata", "lightroom cache", "adobe bridge cache")),
)
HIDDEN = FolderKind(Sentence("hidden"), (".*",))

_PLAIN = {name: kind for kind in FOLDER_KINDS for name in kind.names if not set(name) & set("*[")}
_PATTERNS = [(name, kind) for kind in FOLDER_KINDS for name in kind.names if set(name) & set("*[")]


def folder_kind(name: str) -> FolderKind | None:
    """Why a folder of this name is left alone; None for one that is not."""
    lower = name.lower()
    if lower in _PLAIN:
        return _PLAIN[lower]
    if "." not in lower and not lower.startswith("iphoto"):
        return None
    listed = next((kind for pattern, kind in _PATTERNS if fnmatch(lower, pattern)), None)
    return listed or (HIDDEN if lower.startswith(".") else None)


def kept_by(path: PurePath, roots: Sequence[PurePath] = ()) -> FolderKind | None:
    """The library, bin or cache that a file lies in, below the folder that was opened; a library counts above it, too.

    Nothing is moved out of such a one, not even if somebody asked to have it looked into.
    """
    above = max((len(root.parts) for root in roots if path.is_relative_to(root)), default=0)
    kinds = enumerate(map(folder_kind, path.parent.parts))
    kept = (kind for place, kind in kinds if kind is not None and (kind.library or place >= above))
    return next((kind for kind in kept if kind is not HIDDEN), None)


def is_included(path: Path, include: Sequence[str]) -> bool:
    """Whether somebody asked for this folder: by its name, a pattern, or where it is."""
    return any(fnmatch(path.name.lower(), pattern.lower()) or path == Path(pattern).absolute() for pattern in include)


@dataclass(frozen=True, slots=True)
class LeftFolder:
    path: Path
    what: Sentence


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """`kinds`: how many files there are of each kind that is not read, by the ending in lower case, "" for none."""

    folders: tuple[LeftFolder, ...] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.folders or self.kinds)

    @property
    def files(self) -> int:
        return sum(self.kinds.values())

    @property
    def count(self) -> int:
        """Of folders and files."""
        return len(self.folders) + self.files


NOTHING_LEFT = LeftAlone()


def kinds_of(names: Iterable[str]) -> Counter[str]:
    """Files that are no pictures we read, by kind; without those that systems leave everywhere."""
    return Counter(map(_kind_of, (name for name in names if name.lower() not in _OF_SYSTEMS)))


def _kind_of(name: str) -> str:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return ending if ending.isalnum() and len(ending) <= _LONGEST_ENDING else ""


def said_of_folders(folders: Sequence[LeftFolder]) -> Sentence:
    """For the window, which offers another way in than the command line."""
    remedy = Sentence("To have one looked into all the same, choose it with File > Add folder.")
    return Sentence("Left alone: {folders}. {remedy}", folders=named_folders(folders), remedy=remedy)


def said_of_files(left: LeftAlone) -> Sentence:
    return Sentence("Not looked at: %n other file(s) ({kinds})", n=left.files, kinds=named_kinds(left.kinds))


def each_left(left: LeftAlone) -> Iterator[tuple[Sentence, Sentence, Path | None]]:
    """For a list: a folder, or how many files there are of a kind; why it was left; and where it is."""
    for folder in left.folders:
        why = Sentence("{what}, left alone; File > Add folder looks into it all the same", what=folder.what)
        yield verbatim(folder.path.name), why, folder.path
    for ending, number in sorted(left.kinds.items(), key=lambda item: (not item[0], -item[1], item[0])):
        yield named_kinds({ending: number}), Sentence("files of this kind are not looked at"), None


def named_folders(folders: Sequence[LeftFolder]) -> Sentence:
    """`Photos.photoslibrary (a library of Apple Photos), @Recycle (a bin) and 2 more`."""
    named = [Sentence("{name} ({what})", name=folder.path.name, what=folder.what) for folder in folders[:MOST_NAMED]]
    return _and_more(_joined(named), len(folders) - MOST_NAMED)


def named_kinds(kinds: Mapping[str, int]) -> Sentence:
    """`12 PSD, 3 MP4, 1 without a known ending`, the most frequent first."""
    order = sorted(kinds.items(), key=lambda item: (not item[0], -item[1], item[0]))
    named = [
        Sentence("{number} {ending}", number=number, ending=ending.upper())
        if ending
        else Sentence("{number} without a known ending", number=number)
        for ending, number in order
    ]
    return _and_more(_joined(named[:MOST_NAMED]), len(named) - MOST_NAMED)


def _joined(parts: Sequence[Sentence]) -> Sentence:
    return reduce(lambda first, other: Sentence("{first}, {other}", first=first, other=other), parts)


def _and_more(text: Sentence, more: int) -> Sentence:
    return Sentence("{text} and {more} more", text=text, more=more) if more > 0 else text
