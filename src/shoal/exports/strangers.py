"""The files of an export folder that stand where no export has put them: among them what the user has moved there."""

import os
import stat
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self

from shoal.domain.earlier_exports import ExportedFile

OWN_PREFIX = ".shoal-"


class Entry(NamedTuple):
    size: int
    modified_ns: int
    inode: str
    is_file: bool

    @classmethod
    def of(cls, status: os.stat_result) -> Self:
        return cls(status.st_size, status.st_mtime_ns, str(status.st_ino), stat.S_ISREG(status.st_mode))


def entries_of(folder: str) -> dict[str, Entry]:
    """Everything in a folder but its folders, links as they are. What else the system tells would take memory, and so
    time, for a hundred thousand files."""
    entries = {}
    try:
        with os.scandir(folder) as listing:
            for entry in listing:
                if not entry.is_dir(follow_symlinks=False):
                    status = entry.stat(follow_symlinks=False)
                    # Not by `Entry.of`: a call less for each of what may be a hundred thousand files.
                    entries[entry.name] = Entry(
                        status.st_size, status.st_mtime_ns, str(status.st_ino), entry.is_file(follow_symlinks=False)
                    )
    except (FileNotFoundError, NotADirectoryError):
        return {}
    return entries


def entry_at(path: str) -> Entry | None:
    try:
        return Entry.of(os.lstat(path))
    except OSError:
        return None


def made_as(file: ExportedFile) -> Entry:
    return Entry(file.made_size or 0, file.made_modified_ns or 0, file.made_inode, True)


def is_one_file(file: ExportedFile, entry: Entry) -> bool:
    """Of hard links: a change under either name of a file is no change of the export."""
    original = entry_at(file.source) if file.action == "hardlink" else None
    return original is not None and original.inode == entry.inode


class Strangers:
    """Looks through the folder once, when it is first asked."""

    def __init__(
        self, root: Path, ours: Collection[str], keep_out: Collection[str], files: Mapping[str, ExportedFile]
    ) -> None:
        """`ours`: where exports have put files, below it. `keep_out`: originals, and folders of originals. `files`: by
        those places, which of them stand there by the journals.

        An export folder may be one above the pictures.
        """
        self._root, self._ours, self._keep_out, self._files = root, ours, keep_out, files

    def is_visited(self, place: str, entry: Entry) -> bool:
        """Whether what stands in a place is the file that was put elsewhere, and that the user has moved there."""
        file = self._files.get(place)
        return file is not None and entry.inode != file.made_inode and place in self._visited

    def moved(self, name: str, made: Entry) -> tuple[str, Entry] | None:
        """Where a file is now that an export made: the same file, or one with its name, size and time."""
        for place, entry in self._by_inode.get(made.inode, ()):
            if entry[:2] == made[:2] or os.path.basename(place) == name or place in self._files:
                return place, entry
        alike = (stranger for stranger in self._by_name.get(name, ()) if stranger[1][:2] == made[:2])
        return next((stranger for stranger in alike if stranger[0] not in self._files), None)

    def of_size(self, size: int, name: str) -> Sequence[str]:
        """Regular files of a size, one of this name before the others."""
        return sorted(self._by_size.get(size, ()), key=lambda place: os.path.basename(place) != name)

    @cached_property
    def _all(self) -> Sequence[tuple[str, Entry]]:
        strangers = []
        for at, folders, _names in os.walk(self._root):
            folders[:] = [name for name in folders if self._may_be_looked_into(at, name)]
            below = "" if at == str(self._root) else at.removeprefix(f"{self._root}{os.sep}") + os.sep
            strange = ((below + name, entry) for name, entry in entries_of(at).items())
            strangers += [(place, entry) for place, entry in strange if self._is_strange(place, entry)]
        return strangers

    @cached_property
    def _visited(self) -> Set[str]:
        entries = {place: entry_at(os.path.join(self._root, place)) for place in self._files}
        away: dict[str, list[ExportedFile]] = defaultdict(list)
        for place, file in self._files.items():
            entry = entries[place]
            if entry is None or entry.inode != file.made_inode:
                away[file.made_inode].append(file)
        return {
            place
            for place, entry in entries.items()
            if entry is not None
            and entry.inode in away
            and not is_one_file(self._files[place], entry)
            and any(entry[:2] == made_as(file)[:2] or is_one_file(file, entry) for file in away[entry.inode])
        }

    def _may_be_looked_into(self, at: str, name: str) -> bool:
        return not name.startswith(OWN_PREFIX) and os.path.join(at, name) not in self._keep_out

    def _is_strange(self, place: str, entry: Entry) -> bool:
        is_ours = place in self._ours and not self.is_visited(place, entry)
        return not is_ours and os.path.join(self._root, place) not in self._keep_out

    @cached_property
    def _by_size(self) -> Mapping[int, Sequence[str]]:
        places = defaultdict(list)
        for place, entry in self._all:
            if entry.is_file:
                places[entry.size].append(place)
        return places

    @cached_property
    def _by_inode(self) -> Mapping[str, Sequence[tuple[str, Entry]]]:
        strangers = defaultdict(list)
        for place, entry in self._all:
            strangers[entry.inode].append((place, entry))
        return strangers

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[tuple[str, Entry]]]:
        strangers = defaultdict(list)
        for place, entry in self._all:
            strangers[os.path.basename(place)].append((place, entry))
        return strangers
