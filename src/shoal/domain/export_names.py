"""Finding free names for the files of an export, before any is written."""

import os.path
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from shoal.domain.safe_names import name_key, numbered, safe_name, safe_stem

Entries = Callable[[Path], Mapping[str, bool]]
"""The names in a folder, each with whether it is a real folder; nothing where there is no such folder."""


class KnownFolders(Protocol):
    """What is known of the folders of earlier exports."""

    def belongs_to_others(self, folder: Path) -> bool:
        """Whether it is full of pictures of another source."""
        ...

    def renamed(self, folder: Path) -> Path | None:
        """What the user calls it now; None if it is not known to have another name."""
        ...


class TakenNames:
    """Which names are taken in the folders of an export: on the disk, and by the plan so far, without case."""

    def __init__(
        self,
        root: Path,
        entries: Entries,
        keep_out: Sequence[Path],
        known: KnownFolders | None = None,
    ) -> None:
        """`keep_out`: folders that nothing may be put into; `known` tells of those that earlier exports have made."""
        self._known = known
        self._root = root
        self._entries_of = entries
        self._keep_out = keep_out
        self._on_disk: dict[Path, dict[str, tuple[str, bool]]] = {}
        self._claimed: dict[Path, set[str]] = defaultdict(set)
        self._folders: dict[tuple[Path, str], Path] = {}
        self._uses: Counter[tuple[Path, str]] = Counter()

    def folder(self, texts: Sequence[str], own: Sequence[bool]) -> Path:
        """The folder under root that has these names, or the nearest to them that can be had.

        `own`: which of them nobody else's pictures may be in, such as those of a day may.
        """
        folder = self._root
        for text, is_own in zip(texts, own, strict=True):
            key = (folder, name_key(safe_name(text)))
            if key not in self._folders:
                self._folders[key] = self._new_folder(folder, text, is_own)
            folder = self._folders[key]
        return folder

    def _new_folder(self, parent: Path, text: str, is_own: bool) -> Path:
        folder = self._free_folder(parent, text, is_own)
        is_there = name_key(folder.name) in self._on_disk[parent]
        renamed = self._known.renamed(folder) if self._known and not is_there else None
        if renamed is not None and not self._is_claimed(renamed):
            folder = renamed
        self._claimed[folder.parent].add(name_key(folder.name))
        return folder

    def _free_folder(self, parent: Path, text: str, is_own: bool) -> Path:
        for stem, number in numbered(text):
            plain = safe_stem(stem, (number,)) + number
            name, is_folder = self._entries(parent).get(name_key(plain), (plain, True))
            folder = parent / name
            is_ours = is_folder and not self._is_claimed(folder) and not self._is_kept_out(folder)
            if is_ours and not (is_own and self._known and self._known.belongs_to_others(folder)):
                break
        return folder

    def file(self, name: str) -> Path:
        """A free name in the root itself, for a file or a folder of its own."""
        stem, ending = os.path.splitext(name)
        candidates = (self._root / f"{text}{number}{ending}" for text, number in numbered(stem))
        path = next(path for path in candidates if not self.is_taken(path))
        self.claim([path])
        return path

    def first_number(self, plain: Path) -> int:
        """Where to start counting: thousands of pictures of one name must not each start from the first."""
        key = (plain.parent, name_key(plain.name))
        self._uses[key] += 1
        return self._uses[key]

    def is_on_disk(self, path: Path) -> bool:
        return name_key(path.name) in self._entries(path.parent) and not self._is_claimed(path)

    def is_taken(self, path: Path) -> bool:
        return name_key(path.name) in self._entries(path.parent) or self._is_claimed(path)

    def claim(self, paths: Iterable[Path]) -> None:
        for path in paths:
            self._claimed[path.parent].add(name_key(path.name))

    def _is_claimed(self, path: Path) -> bool:
        return name_key(path.name) in self._claimed[path.parent]

    def _is_kept_out(self, folder: Path) -> bool:
        return any(folder.is_relative_to(root) for root in self._keep_out)

    def _entries(self, folder: Path) -> dict[str, tuple[str, bool]]:
        if folder not in self._on_disk:
            entries = self._on_disk[folder] = {}
            for name, is_folder in sorted(self._entries_of(folder).items(), key=lambda entry: entry[1], reverse=True):
                # Two names on this disk that are one on another: a file among them spoils the folder.
                entries[name_key(name)] = (name, is_folder)
        return self._on_disk[folder]
