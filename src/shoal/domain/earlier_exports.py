"""What earlier exports put into a folder, as their journals tell it, one after the other.

A family is named by its picture: the original it was made from, and, of objects cut out, the part. Paths are texts
here, below the export folder or absolute, for there may be a hundred thousand of them.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from shoal.domain.companions import Role


class ExportedFile(NamedTuple):
    """A step of an export after which a file stands under `target`. `source` is "" for what was written.

    `size` and `modified_ns` are those of the source as it was exported, `made_...` those of the file that it became.
    """

    target: str
    source: str
    picture: str
    role: Role
    key: str
    action: str
    size: int | None
    modified_ns: int | None
    content_hash: str
    made_size: int | None
    made_modified_ns: int | None
    made_inode: str
    state: str

    @property
    def is_picture(self) -> bool:
        """What others go with. In journals that know no roles: any file but a sidecar."""
        if self.role:
            return self.role == "picture"
        return bool(self.source) and not self.target.lower().endswith(".xmp")

    @property
    def folder(self) -> str:
        return self.target.rpartition(os.sep)[0]

    @property
    def name(self) -> str:
        return self.target.rpartition(os.sep)[2]


Family = tuple[str, str]
"""The path of the original picture, and which part of it: "" for all of it."""
_IN_DOUBT = ("started", "undoing")


def standing_files(
    exports: Iterable[tuple[Path, Sequence[ExportedFile]]], is_there: Callable[[str], bool]
) -> list[ExportedFile]:
    """What all exports together have put there. `exports`: the oldest first, each with its folder of then.

    Of two files with one target the user has moved the first elsewhere before the second came. `is_there` is asked
    about steps that a crash may have cut off.
    """
    files = _Standing()
    for root, steps in exports:
        above = f"{root}{os.sep}"
        for step in steps:
            if step.state in _IN_DOUBT and not is_there(step.target):
                continue
            if step.role == "aside" and os.path.isabs(step.source) and not step.source.startswith(above):
                continue  # an original that made room for what was written in its place
            if step.action == "move" and (step.source.startswith(above) or not os.path.isabs(step.source)):
                files.move(step, (step.role != "beside" and step.key) or step.source.removeprefix(above))
            else:
                files.add(step)
    return [*files.displaced, *files.by_target.values()]


class _Standing:
    """By target, what stands there; and what stood there until the user moved it and another picture came."""

    def __init__(self) -> None:
        self.by_target: dict[str, ExportedFile] = {}
        self.displaced: list[ExportedFile] = []
        self._targets: dict[str, set[str]] = defaultdict(set)
        """By picture. Without it, to rename every original of a large folder would cost the square of their number."""

    def add(self, file: ExportedFile) -> None:
        older = self.by_target.get(file.target)
        if older is not None:
            self._targets[older.picture].discard(file.target)
            if _is_another(older, file):
                self.displaced.append(older)
        self.by_target[file.target] = file
        self._targets[file.picture].add(file.target)

    def _pop(self, target: str) -> ExportedFile:
        file = self.by_target.pop(target)
        self._targets[file.picture].discard(target)
        return file

    def move(self, step: ExportedFile, old: str) -> None:
        """What an earlier export made has another place now. A file that no export made stays nobody's."""
        displaced = self._taken_out(step, old)
        if step.role == "aside" or (displaced is None and step.role == "beside"):
            return
        if displaced is not None:
            picture = displaced.picture
            if step.picture and not os.path.isabs(step.source):
                picture = step.picture
                if step.role == "picture" and displaced.picture not in ("", picture):
                    self._rename_family(displaced.picture, picture)
            # Size and time stay those of what was made: what somebody had changed before it was moved stays changed,
            # and is not taken for our own later.
            step = displaced._replace(picture=picture, target=step.target, made_inode=step.made_inode)
        self.add(step)

    def _taken_out(self, step: ExportedFile, old: str) -> ExportedFile | None:
        """Of a step that sorts in place the picture is called as it was there; of others, as its original is now."""
        standing = self.by_target.get(old)
        if standing is not None and (os.path.isabs(step.source) or standing.picture in ("", step.picture)):
            return self._pop(old)
        away = [file for file in self.displaced if file.target == old]
        displaced = next((file for file in away if file.picture == step.picture), None)
        displaced = displaced or next((file for file in away if _is_one_file(file, step)), None)
        if displaced is not None:
            self.displaced.remove(displaced)
        elif standing is not None and _is_one_file(standing, step):
            displaced = self._pop(old)
        return displaced

    def _rename_family(self, before: str, after: str) -> None:
        """The original has another name now, and so all that was made from it and what belongs to it has."""
        targets = self._targets.pop(before, set())
        for target in targets:
            self.by_target[target] = self.by_target[target]._replace(picture=after)
        self._targets[after] |= targets
        self.displaced = [file._replace(picture=after) if file.picture == before else file for file in self.displaced]


def _is_one_file(file: ExportedFile, other: ExportedFile) -> bool:
    """Before and after it got another place."""
    return file.made_inode == other.made_inode != "" or file.content_hash == other.content_hash != ""


def _is_another(older: ExportedFile, newer: ExportedFile) -> bool:
    """Whether it belongs to another picture, so that it must have been moved away before the newer one came."""
    return bool(older.picture and newer.picture) and older.picture != newer.picture


class EarlierExports:
    """The files of earlier exports that stand in a folder, by target, by original and by family."""

    def __init__(
        self, files: Sequence[ExportedFile], is_lost: bool = False, made_folders: Set[str] = frozenset()
    ) -> None:
        """`is_lost`: there were others, whose journals have gone. `made_folders`: those that exports have made."""
        self.files, self.is_lost, self.made_folders = files, is_lost, made_folders
        self.by_target = {file.target: file for file in files}
        self._by_family: dict[Family, list[ExportedFile]] = defaultdict(list)
        self._by_folder: dict[str, list[ExportedFile]] | None = None
        self._documents: dict[str, list[ExportedFile]] | None = None
        self._by_hash: dict[str, list[ExportedFile]] | None = None
        for file in files:
            original = file.picture or file.source
            if original:
                self._by_family[original, file.key if file.action == "crop" else ""].append(file)
        for family in self._by_family.values():
            if len(family) > 1:
                family.sort(key=lambda file: not file.is_picture)

    def __bool__(self) -> bool:
        return bool(self.files) or self.is_lost

    def whole_family(self, picture: str) -> Sequence[ExportedFile]:
        """What stands of a picture that was exported whole. The picture itself, where it stands, is the first."""
        return self._by_family.get((picture, ""), ())

    def family(self, picture: str, companions: Sequence[Path] = (), part: str = "") -> list[ExportedFile]:
        """What stands of a picture and its companions. The picture itself, where it stands, is the first."""
        files = list(self._by_family.get((picture, part), ()))
        if files and not files[0].picture:  # journals of earlier versions know of no families
            files += [file for path in companions for file in self._by_family.get((str(path), ""), ())]
        files.sort(key=lambda file: not file.is_picture)
        return files

    def families(self) -> Iterator[tuple[Family, list[ExportedFile]]]:
        yield from self._by_family.items()

    def pictures_below(self, folder: str) -> Sequence[ExportedFile]:
        """Those in it and in its folders."""
        if self._by_folder is None:
            self._by_folder = defaultdict(list)
            for file in self.files:
                if file.is_picture:
                    self._add_to_folders(file, self._by_folder)
        return self._by_folder.get(folder, [])

    @staticmethod
    def _add_to_folders(file: ExportedFile, by_folder: dict[str, list[ExportedFile]]) -> None:
        folder = file.folder
        while folder:
            by_folder[folder].append(file)
            folder = folder.rpartition(os.sep)[0]

    def document(self, name: str) -> list[ExportedFile]:
        """The files that a document is made of: itself, or what is in the folder of its name."""
        if self._documents is None:
            self._documents = defaultdict(list)
            for file in self.files:
                if file.action == "write" and not file.picture:
                    self._documents[file.target.partition(os.sep)[0]].append(file)
        return self._documents.get(name, [])

    def with_content(self, content_hash: str) -> list[ExportedFile]:
        """Pictures that held the same when they were exported."""
        if self._by_hash is None:
            self._by_hash = defaultdict(list)
            for file in self.files:
                if file.source and file.content_hash:
                    self._by_hash[file.content_hash].append(file)
        return self._by_hash.get(content_hash, [])
