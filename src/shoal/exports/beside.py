"""What other programs and people have put beside exported files since: it belongs to them by its name."""

import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import cache
from pathlib import Path

from shoal.domain.companions import RAW_SUFFIXES, stem_of, suffix_of
from shoal.domain.families import find_families, is_side_folder, may_hold_companions
from shoal.exports.strangers import OWN_PREFIX
from shoal.files.safe_files import look

Made = tuple[str, int | None, int | None]
"""Inode, size and time of a file that an export has made."""
_SEPARATOR = re.compile(r"[-_ ~(.]")


class Beside:
    """`ours`: what exports have put into a folder, below it, each with whether it is a picture that others go with.

    What is there besides is somebody else's. Each folder is looked into once.
    """

    def __init__(self, root: Path, ours: Mapping[str, bool], made: Set[Made]) -> None:
        """`made`: what the exported files are; one of these that somebody has moved is nobody's companion."""
        self._root, self._made = root, made
        self._ours: dict[str, dict[str, bool]] = defaultdict(dict)
        for target, is_picture in ours.items():
            folder, _, name = target.rpartition(os.sep)
            self._ours[folder][name] = is_picture
        self._found = cache(self._look)

    def of(self, picture: Path) -> Sequence[Path]:
        """Whatever belongs to an exported picture and no export has put there, also where somebody has moved it."""
        ours = self._in(picture.parent)
        if not ours.get(picture.name):
            ours[picture.name] = True
            self._found.cache_clear()
        return self._found(picture.parent).get(picture.name, ())

    def _in(self, folder: Path) -> dict[str, bool]:
        below = folder.relative_to(self._root)
        return self._ours["" if below == Path() else str(below)]

    def _was_exported(self, path: Path) -> bool:
        file = look(path)
        return file is not None and (str(file.inode), file.size, file.modified_ns) in self._made

    def _look(self, folder: Path) -> Mapping[str, Sequence[Path]]:
        names, aside = _names_in(folder)
        ours = self._in(folder)
        strange = [name for name in names if name not in ours and not self._was_exported(folder / name)]
        deep = [path for path in aside if Path(path).name not in self._in((folder / path).parent)]
        if not (strange or deep):
            return {}
        pictures = [name for name, is_picture in ours.items() if is_picture]
        suffixes = {*map(suffix_of, pictures), *RAW_SUFFIXES}
        families = find_families(sorted({*ours, *strange}), suffixes, suffixes - RAW_SUFFIXES, deep)
        companions: dict[str, list[Path]] = defaultdict(list)
        theirs = {*strange, *deep}
        for picture, members in families.companions.items():
            companions[picture] += [folder / name for name in members if name in theirs]
        claimed = {name for members in families.companions.values() for name in members}
        for name, picture in _by_their_stems((name for name in strange if name not in claimed), pictures):
            companions[picture].append(folder / name)
        return companions


def _names_in(folder: Path) -> tuple[list[str], list[str]]:
    """The files in a folder, and those in sub-folders in which programs keep what belongs to them."""
    names: list[str] = []
    aside: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not entry.is_dir(follow_symlinks=False):
                    names += [] if entry.name.startswith(OWN_PREFIX) else [entry.name]
                elif is_side_folder(entry.name):
                    aside += _below_side_folder(folder, entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return [], []
    return sorted(names), sorted(aside)


def _below_side_folder(folder: Path, name: str) -> Iterable[str]:
    for at, _folders, names in os.walk(folder / name):
        below = Path(at).relative_to(folder)
        if may_hold_companions(below):
            yield from ((below / each).as_posix() for each in names)


def _by_their_stems(names: Iterable[str], pictures: Collection[str]) -> Iterable[tuple[str, str]]:
    """Whatever they are: IMG_1.txt, IMG_1-Edit.tif and IMG_1_DxO.jpg belong to the exported IMG_1.JPG."""
    by_stem = {stem_of(name).casefold(): name for name in sorted(pictures, reverse=True)}
    for name in names:
        stem = stem_of(name).casefold()
        ends = [len(stem), *(match.start() for match in reversed(list(_SEPARATOR.finditer(stem))))]
        picture = next((by_stem[stem[:end]] for end in ends if stem[:end] in by_stem), None)
        if picture is not None:
            yield name, picture
