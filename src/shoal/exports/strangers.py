"""The files of an export folder that stand where no export has put them: among them what the user has moved there."""

import os
import stat
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self

OWN_PREFIX = ".shoal-"


class Entry(NamedTuple):
    size: int
    modified_ns: int
    inode: str
    is_file: bool

    @classmethod
    def of(cls, status: os.stat_result) -> Self:
        return cls(status.st_size, status.st_mtime_ns, str(status.st_ino), stat.S_ISREG(status.st_mode))


def entries_of(folder: str) -> dict[str, os.stat_result]:
    """Everything in a folder but its folders, links as they are."""
    found = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not entry.is_dir(follow_symlinks=False):
                    found[entry.name] = entry.stat(follow_symlinks=False)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    return found


class Strangers:
    """Looks through the folder once, when it is first asked."""

    def __init__(self, root: Path, ours: Collection[str], keep_out: Collection[str]) -> None:
        """`ours`: the files that exports have put there, below it. `keep_out`: originals, and folders of originals.

        An export folder may be one above the pictures.
        """
        self._root, self._ours, self._keep_out = root, ours, keep_out

    def moved(self, name: str, made: Entry) -> tuple[str, Entry] | None:
        """Where a file is now that an export made: the same file, or one with its name, size and time."""
        for place, entry in self._by_inode.get(made.inode, ()):
            if entry[:2] == made[:2] or os.path.basename(place) == name:
                return place, entry
        return next((found for found in self._by_name.get(name, ()) if found[1][:2] == made[:2]), None)

    def of_size(self, size: int, name: str) -> Sequence[str]:
        """Regular files of a size, one of this name before the others."""
        return sorted(self._by_size.get(size, ()), key=lambda place: os.path.basename(place) != name)

    @cached_property
    def _all(self) -> Sequence[tuple[str, Entry]]:
        found = []
        for at, folders, _names in os.walk(self._root):
            folders[:] = [name for name in folders if self._may_be_looked_into(at, name)]
            below = "" if at == str(self._root) else at.removeprefix(f"{self._root}{os.sep}") + os.sep
            strange = ((below + name, status) for name, status in entries_of(at).items())
            found += [(place, Entry.of(status)) for place, status in strange if self._is_strange(place)]
        return found

    def _may_be_looked_into(self, at: str, name: str) -> bool:
        return not name.startswith(OWN_PREFIX) and os.path.join(at, name) not in self._keep_out

    def _is_strange(self, place: str) -> bool:
        return place not in self._ours and os.path.join(self._root, place) not in self._keep_out

    @cached_property
    def _by_size(self) -> Mapping[int, Sequence[str]]:
        found = defaultdict(list)
        for place, entry in self._all:
            if entry.is_file:
                found[entry.size].append(place)
        return found

    @cached_property
    def _by_inode(self) -> Mapping[str, Sequence[tuple[str, Entry]]]:
        found = defaultdict(list)
        for place, entry in self._all:
            found[entry.inode].append((place, entry))
        return found

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[tuple[str, Entry]]]:
        found = defaultdict(list)
        for place, entry in self._all:
            found[os.path.basename(place)].append((place, entry))
        return found
