"""The export folder as a second export finds it: what stands of the files that earlier ones wrote, and where."""

import os
import stat
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from shoal.domain.companions import Role
from shoal.domain.earlier_exports import ExportedFile
from shoal.domain.images import FileStamp, ImageRecord
from shoal.domain.kin import called_as
from shoal.domain.residents import State, Stood
from shoal.exports.beside import Beside
from shoal.exports.strangers import Entry, Strangers, entries_of, is_one_file, made_as
from shoal.files.safe_files import SourceTrouble, hash_file, links_to


class FolderAsItIs:
    """Implements `domain.residents.ExportFolder`. Each folder is read once; files are read only where times differ."""

    def __init__(
        self,
        root: Path,
        files: dict[str, ExportedFile],
        taken: Callable[[Path], str | None],
        check: Callable[[], None],
        source_roots: Sequence[Path] = (),
    ) -> None:
        """`taken` says when a picture was taken; `check` is called now and then, and may raise."""
        self._root, self._files, self._taken, self._check = root, files, taken, check
        self._above = f"{root}{os.sep}"
        self._folders: dict[str, dict[str, Entry]] = {}
        originals = {path for file in files.values() for path in (file.source, file.picture)}
        self._strangers = Strangers(root, files, originals | set(map(str, source_roots)), files)

    def stood(self, file: ExportedFile) -> Stood:
        folder, _, name = file.target.rpartition(os.sep)
        entry = self._entries(folder).get(name) if self._files[file.target] is file else None
        if entry is not None and not self._strangers.is_visited(file.target, entry):
            return Stood(file, file.target, self._state(file, entry, file.target))
        moved = self._strangers.moved(file.name, made_as(file))
        return Stood(file, moved[0], self._state(file, moved[1], moved[0])) if moved else Stood(file, "", "gone")

    def is_settled(self, file: ExportedFile) -> bool:
        folder, _, name = file.target.rpartition(os.sep)
        entry = self._entries(folder).get(name)
        if entry is None or self._files[file.target] is not file:
            return False
        self._check()
        try:
            original = os.stat(file.source)
        except OSError:
            return False
        return (
            entry.size == file.made_size
            and entry.modified_ns == file.made_modified_ns
            and original.st_size == file.size
            and original.st_mtime_ns == file.modified_ns
            and (file.action != "symlink" or entry.inode == file.made_inode)
        )

    def original(self, path: str) -> FileStamp | None:
        try:
            status = os.stat(path)
        except OSError:
            return None
        return FileStamp(status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None

    def beside(self, picture: str) -> Sequence[Path]:
        return self._beside.of(self._root / picture)

    def is_same_shot(self, record: ImageRecord, place: str) -> bool:
        times = {self._taken(self._root / place), self._taken(record.path)}
        return len(times - {None}) < 2

    def twins(self, record: ImageRecord) -> Sequence[ExportedFile]:
        for place in self._strangers.of_size(record.stamp.size, record.path.name):
            if place not in self._files and self._hash_of(place) == record.content_hash:
                at = self._root / place
                names = zip(record.companions, called_as(record.companions, record.path, at), strict=True)
                companions = [self._twin(record, path, str(name.relative_to(self._root))) for path, name in names]
                return [self._known(place, record.path, record, "picture"), *filter(None, companions)]
        return []

    def _twin(self, record: ImageRecord, companion: Path, place: str) -> ExportedFile | None:
        is_there = os.path.basename(place) in self._entries(os.path.dirname(place)) and place not in self._files
        try:
            is_same = is_there and hash_file(self._root / place) == hash_file(companion)
        except SourceTrouble:
            return None
        return self._known(place, companion, record, "companion") if is_same else None

    def _known(self, place: str, source: Path, record: ImageRecord, role: Role) -> ExportedFile:
        made = self._entries(os.path.dirname(place))[os.path.basename(place)]
        stamp = self.original(str(source)) or FileStamp(0, 0)
        hash_ = record.content_hash if role == "picture" else ""
        of, looks = str(record.path), (made.size, made.modified_ns, made.inode)
        file = ExportedFile(
            place, str(source), of, role, "", "copy", stamp.size, stamp.modified_ns, hash_, *looks, "done"
        )
        self._files[place] = file
        return file

    def _hash_of(self, place: str) -> str:
        self._check()
        try:
            return hash_file(self._root / place)
        except SourceTrouble:
            return ""

    # --- looking

    @cached_property
    def _beside(self) -> Beside:
        files = self._files.values()
        made = {(file.made_inode, file.made_size, file.made_modified_ns) for file in files}
        return Beside(self._root, {file.target: file.is_picture for file in files}, made)

    def _entries(self, folder: str) -> dict[str, Entry]:
        entries = self._folders.get(folder)
        if entries is None:
            self._check()
            entries = self._folders[folder] = entries_of(self._above + folder)
        return entries

    def _state(self, file: ExportedFile, entry: Entry, place: str) -> State:
        if entry[:2] == made_as(file)[:2]:
            return "as made"
        if is_one_file(file, entry):
            return "as made"
        if file.action == "symlink" or not entry.is_file:
            return "as made" if str(links_to(self._root / place)) == file.source else "changed"
        return "as made" if self._holds_the_same(file, entry, place) else "changed"

    def _holds_the_same(self, file: ExportedFile, entry: Entry, place: str) -> bool:
        """Only its time has changed: it was touched, copied back, or lies on a drive with coarse times."""
        if entry.size != file.made_size or not file.content_hash:
            return False
        try:
            return hash_file(self._root / place) == file.content_hash
        except SourceTrouble:
            return False
