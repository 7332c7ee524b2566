"""From folders to the names of the images in them. No file is opened, and none is looked at twice."""

import os
import stat
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice
from pathlib import Path, PurePosixPath

from shoal.domain.companions import is_hidden, suffix_of
from shoal.domain.errors import FolderNotReadable
from shoal.domain.families import Companions, is_below_side_folder, is_side_folder, may_hold_companions
from shoal.domain.images import FoundImage, SkippedImage
from shoal.domain.left_alone import (
    NOTHING_LEFT,
    FolderKind,
    LeftAlone,
    LeftFolder,
    folder_kind,
    is_included,
    kept_by,
    kinds_of,
)
from shoal.domain.natural_order import in_natural_order
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.imaging.picture_kinds import image_suffixes
from shoal.imaging.shots import pair_files

_NAMES_PER_REPORT = 2000  # a report costs more than reading a name

FolderIdentity = tuple[int, int]
"""Device and inode: equal for one folder reached by different ways."""


@dataclass(frozen=True, slots=True)
class FolderListing:
    """The images of one folder, in natural order; `companions` maps an image's name to the names that go with it."""

    folder: str
    label: str
    names: Sequence[str]
    companions: Companions = field(default_factory=dict)

    def images(self) -> Iterator[FoundImage]:
        folder = Path(self.folder)
        for name in self.names:
            companions = tuple(folder / companion for companion in self.companions.get(name, ()))
            yield FoundImage(folder / name, self.label, companions)


@dataclass(frozen=True)
class FolderScan:
    """Everything that looks like an image, folder by folder. `count` costs nothing; `images` is made when asked for."""

    folders: tuple[FolderListing, ...]
    skipped: tuple[SkippedImage, ...]
    left_alone: LeftAlone = NOTHING_LEFT

    @cached_property
    def count(self) -> int:
        return sum(len(listing.names) for listing in self.folders)

    @cached_property
    def images(self) -> tuple[FoundImage, ...]:
        return tuple(chain.from_iterable(listing.images() for listing in self.folders))


def scan_folders(roots: Sequence[Path], task: Task, include: Sequence[str] = ()) -> FolderScan:
    """List the images below `roots` (folders, or single files), each file once.

    A folder's own images come first, then its sub-folders, all in natural order; folders behind links come last, so
    that a picture is found under its real name. Libraries, bins and caches of programs are left alone, but for those
    that `include` names, by name, pattern or path; a root is looked into whatever it is. Raises `FolderNotReadable` if
    a root itself cannot be read; folders further down that cannot be read, special files and dead links are skipped
    with a reason.
    """
    walk = _Walk(task, include)
    for root in roots:
        walk.add_root(_absolute(root))
    left_alone = LeftAlone(tuple(walk.left_folders), walk.kinds)
    return FolderScan(tuple(walk.listings), tuple(walk.skipped), left_alone)


def require_readable(root: Path) -> None:
    """Raises `FolderNotReadable` for what `scan_folders` would refuse, before anybody has done long work for it."""
    with _told_if_not_readable(str(root)):
        _is_folder_to_read(str(root))


@contextmanager
def _told_if_not_readable(root: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FolderNotReadable(
            Sentence("{root} cannot be read ({reason}).", root=printable(root), reason=error.strerror),
            Sentence("Check that it is there and that you may open it."),
        ) from error


def _is_folder_to_read(root: str) -> bool:
    """Raises OSError for what is not there, and for a folder that may not be listed."""
    if not stat.S_ISDIR(os.stat(root).st_mode):
        return False
    os.scandir(root).close()
    return True


def _absolute(root: Path) -> str:
    return os.path.realpath(root) if ".." in root.parts else os.path.abspath(root)


@dataclass(slots=True)
class _Folder:
    """What one look into a folder brought to light; `aside`: folders of programs that keep companions there."""

    files: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    linked_folders: list[str] = field(default_factory=list)
    skipped: list[tuple[str, Sentence]] = field(default_factory=list)
    left: list[LeftFolder] = field(default_factory=list)


class _Walk:
    def __init__(self, task: Task, include: Sequence[str]) -> None:
        self.listings: list[FolderListing] = []
        self.skipped: list[SkippedImage] = []
        self.left_folders: list[LeftFolder] = []
        self.kinds: Counter[str] = Counter()
        self._include = include
        self._task = task
        self._count = 0
        self._visited: set[FolderIdentity] = set()
        self._single_files: set[tuple[FolderIdentity, str]] = set()
        self._neighbours: dict[FolderIdentity, dict[str, tuple[str, tuple[str, ...]]]] = {}

    def add_root(self, root: str) -> None:
        with _told_if_not_readable(root):
            if _is_folder_to_read(root):
                self._add_folder(root)
            else:
                self._add_file(root)

    def _add_file(self, path: str) -> None:
        """With its whole family: the picture that stands for it may be another of the folder's files."""
        folder, name = os.path.split(path)
        identity = _identity(folder)
        if identity in self._visited:
            return
        if identity not in self._neighbours:
            self._neighbours[identity] = self._families_beside(folder)
        lead, companions = self._neighbours[identity].get(name, (name, ()))
        if (identity, lead) not in self._single_files:
            self._single_files.add((identity, lead))
            self._found(FolderListing(folder, "", [lead], {lead: companions} if companions else {}))

    def _families_beside(self, folder: str) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Each member of a family of several -> its picture and the companions of that."""
        content = _Folder()
        self._read(folder, content)
        families = pair_files(in_natural_order(content.files), _companions_aside(folder, content.aside))
        return {
            member: (lead, companions)
            for lead, companions in families.companions.items()
            for member in (lead, *companions)
        }

    def _add_folder(self, root: str) -> None:
        """Depth first without recursion: a chain of folders may be deeper than Python's stack."""
        waiting = deque([(root, "")])
        behind_links: deque[tuple[str, str]] = deque()
        while waiting or behind_links:
            folder, label = (waiting or behind_links).popleft()
            entered = self._enter(folder, label)
            waiting.extendleft(reversed(_below(folder, label, entered.folders)))
            behind_links.extend(_below(folder, label, entered.linked_folders))

    def _enter(self, folder: str, label: str) -> _Folder:
        content = _Folder()
        try:
            identity = _identity(folder)
            if identity in self._visited:
                return content
            self._visited.add(identity)
            self._read(folder, content)
        except OSError as error:
            self.skipped.append(
                SkippedImage(Path(folder), Sentence("the folder cannot be read: {reason}", reason=error.strerror))
            )
        else:
            families = pair_files(in_natural_order(content.files), _companions_aside(folder, content.aside))
            pictures = self._not_yet_found(identity, families.pictures)
            self._found(FolderListing(folder, label, pictures, families.companions))
            self.left_folders += content.left
            if not is_below_side_folder(label):
                self.kinds += kinds_of(families.others)
        self.skipped += [SkippedImage(Path(folder, name), reason) for name, reason in content.skipped]
        return content

    def _read(self, folder: str, content: _Folder) -> None:
        """The one loop that runs once per file; it does as little as can be."""
        files: list[str] = []
        others: list[os.DirEntry[str]] = []
        seen = -1
        with os.scandir(folder) as entries:
            while seen < (seen := len(files) + len(others)):
                self._task.report(Sentence("Looking for images"), self._count + len(files), 0)
                for entry in islice(entries, _NAMES_PER_REPORT):
                    # The listing says so itself: to ask the system about each file would take longer than all the rest.
                    if entry.is_file(follow_symlinks=False):
                        files.append(entry.name)
                    else:
                        others.append(entry)
        content.files = files
        self._sort_out(others, content)

    def _sort_out(self, entries: Sequence[os.DirEntry[str]], content: _Folder) -> None:
        """Everything in a folder that is no plain file."""
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                self._look_into(entry, folder_kind(entry.name), content.folders, content)
            elif is_hidden(entry.name):
                continue
            elif entry.is_symlink():
                self._follow(entry, content)
            elif suffix_of(entry.name) in image_suffixes():
                content.skipped.append((entry.name, Sentence("not a file but a device, pipe or socket")))

    def _look_into(
        self, entry: os.DirEntry[str], kind: FolderKind | None, folders: list[str], content: _Folder
    ) -> None:
        if kind is not None and not is_included(Path(entry.path), self._include):
            content.left.append(LeftFolder(Path(entry.path), kind.what))
            return
        folders.append(entry.name)
        if is_side_folder(entry.name):
            content.aside.append(entry.name)

    def _follow(self, entry: os.DirEntry[str], content: _Folder) -> None:
        try:
            mode = os.stat(entry.path).st_mode
        except OSError:  # nothing there, a loop of links, or a place we may not look into
            if suffix_of(entry.name) in image_suffixes():
                content.skipped.append((entry.name, Sentence("a link to a file that cannot be reached")))
            return
        if stat.S_ISDIR(mode):
            # A link into a catalogue is a way into it like any other.
            behind = Path(os.path.realpath(entry.path))
            kind = folder_kind(entry.name) or folder_kind(behind.name) or kept_by(behind)
            self._look_into(entry, kind, content.linked_folders, content)
        elif stat.S_ISREG(mode):
            content.files.append(entry.name)
        elif suffix_of(entry.name) in image_suffixes():
            content.skipped.append((entry.name, Sentence("a link to a device, pipe or socket")))

    def _not_yet_found(self, folder: FolderIdentity, names: Sequence[str]) -> Sequence[str]:
        """Without the pictures that were themselves given as roots before."""
        if not self._single_files:
            return names
        return [name for name in names if (folder, name) not in self._single_files]

    def _found(self, listing: FolderListing) -> None:
        if listing.names:
            self.listings.append(listing)
            self._count += len(listing.names)


def _identity(folder: str) -> FolderIdentity:
    status = os.stat(folder)
    return status.st_dev, status.st_ino


def _below(folder: str, label: str, names: Sequence[str]) -> list[tuple[str, str]]:
    prefix = f"{label}/" if label else ""
    return [(os.path.join(folder, name), prefix + name) for name in in_natural_order(names)]


def _companions_aside(folder: str, names: Sequence[str]) -> list[str]:
    """What programs keep in these sub-folders, as it is called from here. One that cannot be read holds nothing."""
    return [path for name in in_natural_order(names) for path in _kept_in(folder, PurePosixPath(name))]


def _kept_in(folder: str, below: PurePosixPath) -> Iterator[str]:
    try:
        with os.scandir(os.path.join(folder, below)) as entries:
            is_folder = {entry.name: entry.is_dir(follow_symlinks=False) for entry in entries}
    except OSError:
        return
    for name in in_natural_order(list(is_folder)):
        if is_folder[name]:
            if may_hold_companions(below / name):
                yield from _kept_in(folder, below / name)
        elif may_hold_companions(below) and not is_hidden(name):
            yield str(below / name)


def printable(path: str) -> str:
    """A path as text for people: bytes that are no text in this system's encoding become question marks."""
    return path.encode(errors="replace").decode()
