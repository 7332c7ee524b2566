"""A second export into a folder: what earlier ones left there is brought up to date, family by family.

What the user has done there since is respected, and noted: what was moved stays where it was put, what was thrown away
does not come back unasked, what was changed is never written over. Whatever has to give way is set aside, not removed,
so that undo can bring it back.
"""

import os
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from shoal.domain.earlier_exports import EarlierExports, ExportedFile
from shoal.domain.export_names import TakenNames
from shoal.domain.export_plan import Disk, Draft, ExportOptions, PlannedFile, SourceFile
from shoal.domain.family_changes import FamilyThere
from shoal.domain.images import FileStamp, ImageRecord, SkippedImage
from shoal.domain.residents import (
    HELD,
    ORIGINAL_GONE,
    REPLACED,
    THROWN_AWAY,
    WORKED_ON,
    ExportFolder,
    Resident,
    Stood,
    Surroundings,
    Wanted,
    kind_of,
    set_aside,
)
from shoal.domain.safe_names import name_key, numbered
from shoal.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier exports left in the folder, as their journals tell it and as it is found."""

    exports: EarlierExports
    folder: ExportFolder


@dataclass(frozen=True, slots=True)
class Origin:
    """The folders that the pictures were found under, and what was exported before into the one they go to."""

    source_roots: Sequence[Path] = ()
    before: Before | None = None

    @property
    def text(self) -> str:
        return "\n".join(map(str, self.source_roots))


ANYWHERE = Origin()
_TO_THE_SECOND = 19
_ENOUGH_TO_TELL = 20


class Changes:
    """Places families that earlier exports have placed before. `draft` collects the plan."""

    def __init__(self, root: Path, origin: Origin, before: Before, options: ExportOptions, draft: Draft) -> None:
        self._root, self._origin, self._options, self._draft = root, origin, options, draft
        self._earlier, self._folder = before.exports, before.folder
        self._seen: set[str] = set()
        self._records: Sequence[ImageRecord] = ()
        self._wanted_folders: set[str] = set()
        self._beginnings: dict[int, str] = {}
        self._kind, self._takes_time = kind_of(options.action), options.sidecars or options.crops

    def know(self, records: Sequence[ImageRecord], folders: Iterable[str]) -> None:
        """The pictures that are to be exported, and what the folders of their clusters are called."""
        self._records, self._wanted_folders = records, set(map(name_key, folders))

    def picture_of(self, record: ImageRecord) -> ExportedFile | None:
        """What an earlier export made of it, wherever it is now."""
        files = self._earlier.family(str(record.path))
        return files[0] if files else None

    def belongs_to_others(self, folder: Path) -> bool:
        """Whether a cluster folder is full of pictures from elsewhere. Two sources never share one."""
        files = self._earlier.pictures_below(str(folder.relative_to(self._root)))
        above = tuple(f"{root}{os.sep}" for root in self._origin.source_roots)
        if not files or not above or any((file.picture or file.source).startswith(above) for file in files):
            return False
        if any(file.content_hash in self._contents for file in files):
            return False  # it is these pictures, under the name that their folder had then
        self._draft.notes.append(SkippedImage(folder, HELD))
        return True

    def renamed(self, folder: Path) -> Path | None:
        """The folder in which all are found that exports have put into this one, if no export has made it."""
        files = self._earlier.pictures_below(str(folder.relative_to(self._root)))[:_ENOUGH_TO_TELL]
        folders = {os.path.dirname(stood.place) for stood in map(self._folder.stood, files) if stood.state != "gone"}
        if len(folders) != 1 or "" in folders or folders <= self._earlier.made_folders:
            return None
        if any(map(self._earlier.pictures_below, folders)):
            return None
        renamed = self._root / folders.pop()
        return None if name_key(renamed.name) in self._wanted_folders else renamed

    @cached_property
    def _contents(self) -> Set[str]:
        return {record.file_hash for record in self._records}

    # --- what is as it should be, told quickly

    def settled(self, record: ImageRecord, place: Path, name: str) -> bool:
        """Keep a family of whose originals and copies nothing has changed; False if it takes a closer look.

        `place` and `name` are those that the picture should have. Nearly all pictures of a second export come by here,
        so every look at a file counts.
        """
        companions, path, stamp = record.companions if self._options.companions else (), str(record.path), record.stamp
        files = self._earlier.whole_family(path)
        if len(files) != 1 + len(companions) or self._takes_time or record.region:
            return False
        lead = files[0]
        if lead.target != self._below(place) + name or lead.source != path:
            return False
        if lead.size != stamp.size or lead.modified_ns != stamp.modified_ns or not self._is_settled(lead):
            return False
        others = self._settled_companions(record, files[1:]) if companions else []
        if others is None:
            return False
        source = SourceFile(record.path, stamp, record.content_hash)
        self._draft.files.append(PlannedFile(record.id, source, place / name, True))
        self._draft.files += others
        self._seen.add(lead.target)
        return True

    def _settled_companions(self, record: ImageRecord, files: Sequence[ExportedFile]) -> list[PlannedFile] | None:
        sources = {str(each): each for each in record.companions}
        if not all(file.source in sources and self._is_settled(file) for file in files):
            return None
        settled = []
        for file in files:
            source = SourceFile(sources[file.source], FileStamp(file.size or 0, file.modified_ns or 0))
            settled.append(PlannedFile(record.id, source, self._root / file.target, True))
        self._seen.update(file.target for file in files)
        return settled

    def _below(self, folder: Path) -> str:
        """How the targets in a folder of the export begin; asked for again with every picture in it."""
        beginning = self._beginnings.get(id(folder))
        if beginning is None:
            beginning = self._beginnings[id(folder)] = str(folder.relative_to(self._root)) + os.sep
        return beginning

    def _is_settled(self, file: ExportedFile) -> bool:
        return kind_of(file.action) == self._kind and self._folder.is_settled(file)

    # --- who lives there

    def resident(self, record: ImageRecord, part: str) -> Resident | None:
        """What stands of a picture; None if it has to be exported as if it had never been."""
        path = str(record.path)
        files = self._earlier.family(path, record.companions, part) or self._under_another_name(record, part)
        if not files and self._earlier.is_lost and not part:
            files = list(self._folder.twins(record))
        if not (files and files[0].is_picture):
            return None
        original = self._folder.original(path)
        if files[0].action == "move" and original is not None:
            return None  # the one that was moved is there; this one came later, under its old name
        lead, *others = map(self._folder.stood, files)
        if self._is_another_picture(record, lead):
            if lead.state != "gone":
                self._draft.notes.append(SkippedImage(self._root / lead.place, REPLACED))
            self._seen.update(file.target for file in files)
            return None
        self._seen.update(file.target for file in files)
        return Resident(record.path, lead, tuple(others))

    def _under_another_name(self, record: ImageRecord, part: str) -> list[ExportedFile]:
        """The same content, exported from a file that is no longer there: the original got another name since."""
        for file in () if part else self._earlier.with_content(record.content_hash):
            may_be = file.is_picture and file.action != "move" and file.target not in self._seen
            original = file.picture or file.source
            if may_be and self._folder.original(original) is None:
                return self._earlier.family(original)
        return []

    def _is_another_picture(self, record: ImageRecord, lead: Stood) -> bool:
        file = lead.file
        if file.action == "crop" or file.content_hash in ("", record.content_hash):
            return False
        if lead.state == "gone":
            times = {file.key[:_TO_THE_SECOND], (record.facts.taken or "")[:_TO_THE_SECOND]}
            return len(times - {""}) > 1
        return not self._folder.is_same_shot(record, lead.place)

    def is_of_another(self, path: Path, member: SourceFile) -> bool:
        """Whether an export has put there what is not this file."""
        file = self._earlier.by_target.get(str(path.relative_to(self._root)))
        return file is not None and file.source != str(member.path)

    def document(self, name: str) -> Path | None:
        """Where an earlier export has written this document and nobody has changed it since: it is renewed there."""
        stem, ending = os.path.splitext(name)
        for text, number in numbered(stem):
            called = f"{text}{number}{ending}"
            files = self._earlier.document(called)
            stood = [self._folder.stood(file) for file in files]
            if not stood:
                return None
            if all(self._is_from_here(file.key) for file in files) and not any(file.has_changed for file in stood):
                return self._root / called
        return None

    def _is_from_here(self, origin: str) -> bool:
        """Whether these are the folders of the pictures, as they are called now or were then."""
        if origin in {"", self._origin.text}:
            return True
        above = tuple(f"{root}{os.sep}" for root in origin.split("\n"))
        kept = (file for file in self._earlier.files if file.content_hash in self._contents and file.is_picture)
        originals = (file.picture or file.source for file in kept)
        return any(path.startswith(above) and self._folder.original(path) is None for path in originals)

    # --- one family

    def place(self, wanted: Wanted, resident: Resident, names: TakenNames, disk: Disk) -> bool:
        """Put the changes of a family into the draft; False if it has to be exported as if it had never been."""
        lead = resident.lead
        if lead.state == "gone":
            if not self._options.bring_back:
                self._note(lead.file.target, THROWN_AWAY)
            return not self._options.bring_back
        FamilyThere(
            Surroundings(self._root, self._folder, self._options, self._draft, names, disk), wanted, resident
        ).place()
        return True

    def _note(self, place: str, reason: Sentence) -> None:
        self._draft.notes.append(SkippedImage(self._root / place, reason))

    # --- what is no longer part of it

    def settle_the_rest(self) -> None:
        """Of pictures that were found below the same folders, and are not exported any more.

        A copy goes while its original is there, unchanged; else it may be the last. Nobody's work goes.
        """
        above = tuple(f"{root}{os.sep}" for root in self._origin.source_roots)
        for (picture, _part), files in self._earlier.families():
            if files[0].target in self._seen or not picture.startswith(above):
                continue
            if not self._seen.intersection(file.target for file in files):
                self._settle_left(picture, files)

    def _settle_left(self, picture: str, files: Sequence[ExportedFile]) -> None:
        stood = [file for file in map(self._folder.stood, files) if file.state != "gone"]
        lead = next((file for file in stood if file.file.is_picture), None)
        is_of_this_kind = lead is not None and (lead.file.action == "crop") == self._options.crops
        if lead is None or not is_of_this_kind or lead.file.action == "move":
            return
        original = self._folder.original(picture)
        if original is None or (original.size, original.modified_ns) != (lead.file.size, lead.file.modified_ns):
            self._note(lead.place, ORIGINAL_GONE)
        elif self._folder.beside(lead.place) or any(
            file != Stood(file.file, file.file.target, "as made") for file in stood
        ):
            self._note(lead.place, WORKED_ON)
        else:
            self._draft.moves += [set_aside(self._root, file, Path(picture)) for file in stood]
