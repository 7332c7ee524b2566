"""Deciding which file goes where, before any file is touched.

A *family* is a picture with what belongs to it: the RAW beside its JPEG, its sidecars, its film. It stays together: in
one folder, under one stem. What the planner wants to know about the disk it asks a `Disk`; it opens nothing itself.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from typing import Literal, Protocol

from shoal.domain.companions import RAW_SUFFIXES, shot_stem, suffix_of
from shoal.domain.crops import ENDING, Crop, CropNames, crop_of
from shoal.domain.errors import ExportRefused
from shoal.domain.export_names import TakenNames
from shoal.domain.families import Form, forms_of
from shoal.domain.grouping import UNSORTED, ClusterId, Grouping
from shoal.domain.images import ContentHash, FileStamp, ImageId, ImageRecord, SkippedImage
from shoal.domain.left_alone import kept_by
from shoal.domain.name_templates import DEFAULT_TEMPLATE, NameTemplate, parse_template, template_values
from shoal.domain.safe_names import distinct_names, name_key, numbered, safe_stem
from shoal.domain.sentence import Sentence

Action = Literal["copy", "move", "hardlink", "symlink", "reflink"]
UNSORTED_NAME = "Unsorted"
SIDECAR = ".xmp"
TABLES = ("clusters.csv", "clusters.json")
"""The documents that an export has unless somebody wants others; it can be read back from either."""
NOTHING_FOUND = Sentence("no object was found in it")


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What the user chose.

    `companions`: what belongs to a picture by its name travels along; `sidecars`: write new ones (XMP); `documents`:
    names of those that are written beside the pictures; `crops`: write the objects, cut out, instead of whole pictures.
    """

    action: Action = "copy"
    template: str = DEFAULT_TEMPLATE
    include_unsorted: bool = True
    companions: bool = True
    sidecars: bool = False
    documents: tuple[str, ...] = TABLES
    crops: bool = False


class Disk(Protocol):
    """What a planner asks about the world. Answers may be out of date by the time the plan is carried out."""

    def find(self, path: Path) -> tuple[Path, FileStamp] | None:
        """Where the regular file behind a name is: elsewhere, if the name is a link. None where there is none."""
        ...

    def entries(self, folder: Path) -> Mapping[str, bool]:
        """Name -> whether it is a real folder (not a link to one); empty where there is no such folder."""
        ...

    def is_exported(self, source: "SourceFile", target: Path, action: Action) -> bool:
        """Whether `target` is already what carrying out `action` would make of it."""
        ...

    def needs_space(self, source: Path, target: Path, action: Action) -> bool:
        """Whether the bytes of `source` will be written again, on the drive of `target`."""
        ...

    def free_bytes(self, folder: Path) -> int | None:
        """None where nobody knows."""
        ...


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One member of a family. `content_hash` is None for companions: nothing has read them yet.

    `crop`: the part of it that will be written, instead of all of it. `link`: the name under which it was found, where
    that is a link to `path`.
    """

    path: Path
    stamp: FileStamp
    content_hash: ContentHash | None = None
    crop: Crop | None = None
    link: Path | None = None

    @property
    def found_as(self) -> Path:
        return self.link or self.path


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """`present`: the target is there already, the same in every byte, and nothing will be done."""

    image: ImageId
    source: SourceFile
    target: Path
    present: bool = False


@dataclass(frozen=True, slots=True)
class PlannedSidecar:
    """A sidecar to write; `merges` is the existing sidecar whose contents it takes over."""

    image: ImageId
    target: Path
    merges: Path | None = None


@dataclass(frozen=True, slots=True)
class NameConflict:
    """`source` could not have the name it should have had, because that was taken."""

    source: Path
    wanted: str
    target: Path


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """Everything that will happen, in order. `folders` are the names of clusters as folders."""

    root: Path
    options: ExportOptions
    files: tuple[PlannedFile, ...] = ()
    sidecars: tuple[PlannedSidecar, ...] = ()
    conflicts: tuple[NameConflict, ...] = ()
    left_out: tuple[SkippedImage, ...] = ()
    folders: Mapping[ClusterId, str] = field(default_factory=dict)
    documents: Mapping[str, Path] = field(default_factory=dict)
    bytes_needed: int = 0
    free_bytes: int | None = None

    @property
    def fits(self) -> bool:
        return self.free_bytes is None or self.bytes_needed <= self.free_bytes

    @property
    def to_do(self) -> tuple[PlannedFile, ...]:
        return tuple(file for file in self.files if not file.present)


def plan_export(
    grouping: Grouping,
    records: Sequence[ImageRecord],
    root: Path,
    options: ExportOptions,
    disk: Disk,
    source_roots: Sequence[Path] = (),
) -> ExportPlan:
    """Say for every record, in the order given, what becomes of it and of its companions.

    All paths are absolute. `source_roots` are the folders the records were found under. Where objects are cut out, the
    records name them by their `region`; pictures in which nothing was found are left out. Raises ExportRefused, with
    what to do instead, where carrying out the plan would mix copies among the originals.
    """
    _refuse_dangerous_root(root, options.action, source_roots)
    _refuse_crops_of_nothing(options, records)
    names = TakenNames(root, disk.entries, () if options.action == "move" else source_roots)
    planner = _Planner(parse_template(options.template), options, disk, names, source_roots)
    folders = _folder_names(grouping, options)
    sequence: Counter[int] = Counter()
    crop_names = CropNames()
    for record in records:
        cluster = ClusterId(int(grouping.home[record.id]))
        if cluster in folders:
            sequence[cluster] += 1
            values = template_values(record, folders[cluster], sequence[cluster])
            planner.add(record, {**values, **crop_names.values(record)})
    return planner.plan(root, folders)


def _folder_names(grouping: Grouping, options: ExportOptions) -> dict[ClusterId, str]:
    """A distinct safe name per cluster that holds images; Unsorted has the first choice of its name."""
    counts = grouping.counts()
    clusters = [id_ for id_ in [UNSORTED, *sorted(grouping.clusters)] if counts[id_]]
    if not options.include_unsorted:
        clusters = [id_ for id_ in clusters if id_ != UNSORTED]
    texts = [UNSORTED_NAME if id_ == UNSORTED else grouping.clusters[id_].name for id_ in clusters]
    return dict(zip(clusters, distinct_names(texts), strict=True))


def _refuse_dangerous_root(root: Path, action: Action, source_roots: Sequence[Path]) -> None:
    if not root.is_absolute():
        raise ValueError(f"{root} is not an absolute path")
    for source_root in source_roots:
        if action != "move" and root.is_relative_to(source_root):
            raise ExportRefused(
                Sentence(
                    "The export folder {root} lies inside {source_root}, the folder that is being sorted.",
                    root=root,
                    source_root=source_root,
                ),
                Sentence(
                    "Choose a folder outside it, or the copies would be sorted along with the originals next time."
                ),
            )


def _refuse_crops_of_nothing(options: ExportOptions, records: Sequence[ImageRecord]) -> None:
    if options.crops and options.action != "copy":
        raise ExportRefused(
            Sentence("Crops are new files, which cannot be moved or linked."), Sentence("Choose to copy instead.")
        )
    if options.crops and records and not any(record.region for record in records):
        raise ExportRefused(
            Sentence("The pictures were sorted whole, so nothing can be cut out."),
            Sentence("Sort by objects, the main one or every one."),
        )


class _Planner:
    """Collects the plan family by family."""

    def __init__(
        self,
        template: NameTemplate,
        options: ExportOptions,
        disk: Disk,
        names: TakenNames,
        source_roots: Sequence[Path],
    ) -> None:
        self._source_roots = source_roots
        self._template = template
        self._options = options
        self._disk = disk
        self._names = names
        self._files: list[PlannedFile] = []
        self._sidecars: list[PlannedSidecar] = []
        self._conflicts: list[NameConflict] = []
        self._left_out: list[SkippedImage] = []
        self._bytes = 0
        self._documents = {document: names.file(document) for document in options.documents}

    def plan(self, root: Path, folders: Mapping[ClusterId, str]) -> ExportPlan:
        return ExportPlan(
            root,
            self._options,
            tuple(self._files),
            tuple(self._sidecars),
            tuple(self._conflicts),
            tuple(self._left_out),
            folders,
            self._documents,
            self._bytes,
            self._disk.free_bytes(root),
        )

    def add(self, record: ImageRecord, values: Mapping[str, str]) -> None:
        family = self._family(record)
        if family:
            folder = self._names.folder(self._template.folder_names(values))
            self._place(record, family, folder, self._template.file_stem(values))

    def _family(self, record: ImageRecord) -> list[SourceFile]:
        """The picture first; empty if it has to be left out."""
        picture = self._found(record.path)
        if picture is None:
            return []
        if picture.stamp != record.stamp:
            self._left_out.append(SkippedImage(record.path, Sentence("it has changed since it was looked at")))
            return []
        if self._options.crops and not record.region:
            self._left_out.append(SkippedImage(record.path, NOTHING_FOUND))
            return []
        if record.region:
            facts = record.facts
            return [replace(picture, crop=crop_of(record.region, facts.width, facts.height))]
        companions = map(self._found, record.companions if self._options.companions else ())
        return [replace(picture, content_hash=record.content_hash), *(found for found in companions if found)]

    def _found(self, path: Path) -> SourceFile | None:
        found = self._disk.find(path)
        if found is None:
            self._left_out.append(SkippedImage(path, Sentence("it is no longer there")))
            return None
        stays = self._why_not_moved(path, found[0]) if self._options.action == "move" else None
        if stays:
            self._left_out.append(SkippedImage(path, stays))
            return None
        return SourceFile(*found, link=None if found[0] == path else path)

    def _why_not_moved(self, path: Path, real: Path) -> Sentence | None:
        if real != path:
            return Sentence("it is a link to a file elsewhere, and only files are moved")
        kept = kept_by(path, self._source_roots)
        return Sentence("it lies in {what}, out of which nothing is moved", what=kept.what) if kept else None

    def _place(self, record: ImageRecord, family: list[SourceFile], folder: Path, stem: str) -> None:
        """Find the first number under which every member of the family has its name to itself."""
        forms = _forms(record, family)
        forms += _sidecar_forms(forms, family) if self._options.sidecars else []
        keeps = stem == shot_stem(record.path.name)
        wanted = forms[0].name(safe_stem(stem, [form.longest for form in forms]), "", keeps)
        for text, number in numbered(stem, self._names.first_number(folder / wanted)):
            chosen = safe_stem(text, [number + form.longest for form in forms])
            targets = [folder.joinpath(*form.folder, form.name(chosen, number, keeps)) for form in forms]
            present = self._present(family, targets)
            if not any(self._names.is_taken(target) for target in targets if target not in present):
                break
        self._keep(record, family, targets, present)
        if targets[0].name != wanted and targets[0] not in present:
            self._conflicts.append(NameConflict(record.path, wanted, targets[0]))

    def _present(self, family: list[SourceFile], targets: list[Path]) -> set[Path]:
        """The targets that an earlier export left as they should be; sidecars beside a present picture stay."""
        on_disk = [target for target in targets if self._names.is_on_disk(target)]
        members = dict(zip(targets, family, strict=False))
        action = self._options.action
        present = {path for path in on_disk if path in members and self._disk.is_exported(members[path], path, action)}
        if self._options.sidecars and targets[0] in present:
            present.update(path for path in on_disk if path.suffix.lower() == SIDECAR)
        return present

    def _keep(self, record: ImageRecord, family: list[SourceFile], targets: list[Path], present: set[Path]) -> None:
        self._names.claim(targets)
        for target, member in zip_longest(targets, family):
            if member is None or self._merges(member):
                if target not in present:
                    merges = None if member is None else member.path
                    self._sidecars.append(PlannedSidecar(record.id, target, merges))
                continue
            self._files.append(PlannedFile(record.id, member, target, target in present))
            if target not in present and self._disk.needs_space(member.path, target, self._options.action):
                self._bytes += member.crop.likely_bytes if member.crop else member.stamp.size

    def _merges(self, member: SourceFile) -> bool:
        """A sidecar is merged into where its copy is ours to write; what is moved or linked stays as it is."""
        own_copy = self._options.action in {"copy", "reflink"}
        return self._options.sidecars and own_copy and member.path.suffix.lower() == SIDECAR


def _forms(record: ImageRecord, family: Sequence[SourceFile]) -> list[Form]:
    return [Form(ENDING)] if record.region else forms_of(record.path, [member.found_as for member in family[1:]])


def _sidecar_forms(forms: Sequence[Form], family: Sequence[SourceFile]) -> list[Form]:
    """Both styles: IMG.xmp for Lightroom, IMG.CR2.xmp for darktable and digiKam; without those the family brings."""
    pictures = [
        form
        for number, (form, member) in enumerate(zip(forms, family, strict=True))
        if number == 0 or suffix_of(member.path.name) in RAW_SUFFIXES
    ]
    brought = {name_key(form.ending) for form in forms if not (form.folder or form.swap)}
    wanted = [form.ending.rpartition(".")[0] + SIDECAR for form in pictures]
    wanted += [form.ending + SIDECAR for form in pictures]
    return [Form(ending) for ending in dict.fromkeys(wanted) if name_key(ending) not in brought]
