"""Deciding which file goes where, before any file is touched.

A *family* is a picture with what belongs to it: the RAW beside its JPEG, its sidecars, its film. It stays together: in
one folder, under one stem. What the planner wants to know about the disk it asks a `Disk`; it opens nothing itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import repeat, zip_longest
from pathlib import Path

from shoal.domain.capture_order import capture_order
from shoal.domain.companions import RAW_SUFFIXES, shot_stem, suffix_of
from shoal.domain.crops import ENDING, CropNames, crop_of
from shoal.domain.errors import ExportRefused
from shoal.domain.export_changes import ANYWHERE, Changes, Origin
from shoal.domain.export_names import TakenNames
from shoal.domain.export_plan import (
    NOTHING_FOUND,
    SIDECAR,
    UNSORTED_NAME,
    Action,
    Disk,
    Draft,
    ExportOptions,
    ExportPlan,
    NameConflict,
    PlannedFile,
    PlannedSidecar,
    SourceFile,
)
from shoal.domain.families import Form, forms_of
from shoal.domain.grouping import UNSORTED, ClusterId, Grouping
from shoal.domain.images import ImageRecord, SkippedImage
from shoal.domain.left_alone import kept_by
from shoal.domain.name_templates import parse_template, template_values
from shoal.domain.residents import Resident, Wanted, WantedSidecar, sidecar_key
from shoal.domain.safe_names import distinct_names, name_key, numbered, safe_stem
from shoal.domain.sentence import Sentence
from shoal.domain.sequence_numbers import SequenceNumbers
from shoal.domain.verdicts import Verdict


def plan_export(
    grouping: Grouping,
    records: Sequence[ImageRecord],
    root: Path,
    options: ExportOptions,
    disk: Disk,
    origin: Origin = ANYWHERE,
) -> ExportPlan:
    """Say for every record, in the order given, what becomes of it and of its companions.

    Where exports were made into the folder before, the plan is what has to change there.

    All paths are absolute. Where objects are cut out, the records name them by their `region`; pictures in which
    nothing was found are left out. Raises ExportRefused, with what to do instead, where carrying out the plan would
    mix copies among the originals.
    """
    source_roots, before = origin.source_roots, origin.before
    _refuse_dangerous_root(root, options.action, source_roots)
    _refuse_crops_of_nothing(options, records)
    draft = Draft()
    changes = Changes(root, origin, before, options, draft) if before and before.exports else None
    folders = _folder_names(grouping, options)
    if changes:
        changes.know(records, folders.values())
    keep_out = () if options.action == "move" else source_roots
    names = TakenNames(root, disk.entries, keep_out, changes)
    under = {id_: grouping.clusters[id_].parent for id_ in folders if id_ != UNSORTED}
    planner = _Planner(options, disk, names, source_roots, draft, changes)
    crop_names, placed = CropNames(), _sorted_into(folders, grouping, records)
    said = list(map(tuple, grouping.verdicts.tolist()))
    numbers = planner.numbers(placed, folders, under, said)
    for (record, cluster), number in zip(placed, numbers, strict=True):
        parent = under.get(cluster, "")
        if not planner.settles(record, folders[cluster], parent):
            values = template_values(record, folders[cluster], number, parent, said[record.id])
            planner.add(record, {**values, **crop_names.values(record)})
    if changes:
        changes.settle_the_rest()
    return replace(planner.plan(root, folders), origin=origin.text)


def _folder_names(grouping: Grouping, options: ExportOptions) -> dict[ClusterId, str]:
    """A distinct safe name per cluster that holds images; Unsorted has the first choice of its name."""
    counts = grouping.counts()
    clusters = [id_ for id_ in [UNSORTED, *sorted(grouping.clusters)] if counts[id_]]
    if not options.include_unsorted:
        clusters = [id_ for id_ in clusters if id_ != UNSORTED]
    texts = [UNSORTED_NAME if id_ == UNSORTED else grouping.clusters[id_].name for id_ in clusters]
    return dict(zip(clusters, distinct_names(texts), strict=True))


def _sorted_into(
    folders: Mapping[ClusterId, str], grouping: Grouping, records: Sequence[ImageRecord]
) -> list[tuple[ImageRecord, ClusterId]]:
    """The records whose cluster has a folder, each with its cluster."""
    homes = grouping.home.tolist()
    placed = ((record, ClusterId(homes[record.id])) for record in records)
    return [(record, cluster) for record, cluster in placed if cluster in folders]


def _refuse_dangerous_root(root: Path, action: Action, source_roots: Sequence[Path]) -> None:
    if not root.is_absolute():
        raise ValueError(f"{root} is not an absolute path")
    library = kept_by(root / "cluster", [root])
    if library:
        raise ExportRefused(
            Sentence("The export folder {root} lies in {what}.", root=root, what=library.what),
            Sentence("Choose a folder outside it."),
        )
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
        options: ExportOptions,
        disk: Disk,
        names: TakenNames,
        source_roots: Sequence[Path],
        draft: Draft,
        changes: Changes | None,
    ) -> None:
        self._template = template = parse_template(options.template)
        self._source_roots = source_roots
        self._options = options
        self._disk = disk
        self._names = names
        self._draft = draft
        self._changes = changes
        self._is_plain, self._places = template.is_plain, dict[str, Path]()
        self._documents = {document: self._document(document) for document in options.documents}

    def plan(self, root: Path, folders: Mapping[ClusterId, str]) -> ExportPlan:
        draft = self._draft
        return ExportPlan(
            root,
            self._options,
            tuple(draft.files),
            tuple(draft.sidecars),
            tuple(draft.conflicts),
            tuple(draft.left_out),
            folders,
            self._documents,
            tuple(draft.moves),
            tuple(draft.notes),
            draft.bytes_needed,
            self._disk.free_bytes(root),
        )

    def _document(self, name: str) -> Path:
        return (self._changes and self._changes.document(name)) or self._names.file(name)

    def numbers(
        self,
        placed: Sequence[tuple[ImageRecord, ClusterId]],
        folders: Mapping[ClusterId, str],
        under: Mapping[ClusterId, str],
        said: Sequence[Verdict],
    ) -> Iterator[int]:
        """Of each picture within its cluster, in the order in which they were taken. `under`: parents of clusters.

        `said`: by image id.
        """
        counting, kept = SequenceNumbers(self._template), dict[int, int | None]()
        if not self._template.has_numbers:
            return repeat(0, len(placed))
        if self._changes and self._template.counts:
            for row, (record, cluster) in enumerate(placed):
                file = self._changes.picture_of(record)
                values = template_values(record, folders[cluster], 0, under.get(cluster, ""), said[record.id])
                kept[row] = file and counting.reserve(cluster, file, values)
        numbers = [0] * len(placed)
        for row in capture_order([record for record, _cluster in placed]):
            numbers[row] = kept.get(row) or counting.next(placed[row][1])
        return iter(numbers)

    def settles(self, record: ImageRecord, cluster: str, parent: str) -> bool:
        """The quick way for what is as it should be: most of it, in a second export."""
        if self._changes is None or not self._is_plain:
            return False
        place = self._places.get(cluster)
        if place is None:
            texts, own = ([parent, cluster], (False, True)) if parent else ([cluster], (True,))
            place = self._places[cluster] = self._names.folder(texts, own)
        return self._changes.settled(record, place, record.path.name)

    def add(self, record: ImageRecord, values: Mapping[str, str]) -> None:
        folder = self._names.folder(*self._template.placed(values))
        stem = self._template.file_stem(values)
        if self._changes and self._changes.settled(record, folder, stem + record.path.name[len(values["stem"]) :]):
            return
        part = crop_of(record.region, record.facts.width, record.facts.height).part if record.region else ""
        resident = self._changes.resident(record, part) if self._changes else None
        family = (resident and resident.moved_originals(record)) or self._family(record)
        if not family:
            return
        key = sidecar_key(values["cluster"], family)
        if resident and self._changes:
            place = self._wanted(record, family, folder, stem, resident, key)
            if self._changes.place(place, resident, self._names, self._disk):
                return
        self._place(record, family, folder, stem, key)

    def _wanted(
        self, record: ImageRecord, family: list[SourceFile], folder: Path, stem: str, resident: Resident, key: str
    ) -> Wanted:
        forms = _forms(record, family)
        has_sidecars = self._options.sidecars or resident.has_sidecars
        merged = [member for member in family if has_sidecars and _is_sidecar(member)]
        new = _sidecar_forms(forms, family) if has_sidecars else []
        stem_of_picture = shot_stem(record.path.name)
        names = [record.path.with_name(form.name(stem_of_picture, "", True)) for form in new]
        sidecars = [WantedSidecar(member.found_as, member.path) for member in merged] + [*map(WantedSidecar, names)]
        members = [member for member in family if member not in merged]
        longest = [form.longest for form in (*forms, *new)]
        keeps = stem == stem_of_picture
        return Wanted(record, members, sidecars, folder, stem, forms[0], longest, keeps, key)

    def _family(self, record: ImageRecord) -> list[SourceFile]:
        """The picture first; empty if it has to be left out."""
        picture = self._found(record.path)
        if picture is None:
            return []
        # The cluster was chosen for what it showed then.
        if picture.stamp != record.stamp:
            self._draft.left_out.append(SkippedImage(record.path, Sentence("it has changed since it was looked at")))
            return []
        if self._options.crops and not record.region:
            self._draft.left_out.append(SkippedImage(record.path, NOTHING_FOUND))
            return []
        if record.region:
            facts = record.facts
            return [picture._replace(crop=crop_of(record.region, facts.width, facts.height))]
        companions = map(self._found, record.companions if self._options.companions else ())
        return [
            picture._replace(content_hash=record.content_hash),
            *(companion for companion in companions if companion),
        ]

    def _found(self, path: Path) -> SourceFile | None:
        seen = self._disk.find(path)
        if seen is None:
            self._draft.left_out.append(SkippedImage(path, Sentence("it is no longer there")))
            return None
        stays = self._why_not_moved(path, seen[0]) if self._options.action == "move" else None
        if stays:
            self._draft.left_out.append(SkippedImage(path, stays))
            return None
        return SourceFile(*seen, link=None if seen[0] == path else path)

    def _why_not_moved(self, path: Path, real: Path) -> Sentence | None:
        if real != path:
            return Sentence("it is a link to a file elsewhere, and only files are moved")
        kept = kept_by(path, self._source_roots)
        return Sentence("it lies in {what}, out of which nothing is moved", what=kept.what) if kept else None

    def _place(self, record: ImageRecord, family: list[SourceFile], folder: Path, stem: str, key: str) -> None:
        """Find the first number under which every member of the family has its name to itself."""
        forms = _forms(record, family)
        forms += _sidecar_forms(forms, family) if self._options.sidecars else []
        keeps = stem == shot_stem(record.path.name)
        plain = forms[0].name(safe_stem(stem, [form.longest for form in forms]), "", keeps)
        for text, number in numbered(stem, self._names.first_number(folder / plain)):
            chosen = safe_stem(text, [number + form.longest for form in forms])
            targets = [folder.joinpath(*form.folder, form.name(chosen, number, keeps)) for form in forms]
            present = self._present(family, targets)
            if not any(self._names.is_taken(target) for target in targets if target not in present):
                break
        self._keep(record, family, targets, present, key)
        if targets[0].name != plain and targets[0] not in present:
            self._draft.conflicts.append(NameConflict(record.path, plain, targets[0]))

    def _present(self, family: list[SourceFile], targets: list[Path]) -> set[Path]:
        """The targets that an earlier export left as they should be; sidecars beside a present picture stay."""
        on_disk = [target for target in targets if self._names.is_on_disk(target)]
        members = dict(zip(targets, family, strict=False))
        action = self._options.action
        present = {
            path
            for path in on_disk
            if path in members
            and not (self._changes and self._changes.is_of_another(path, members[path]))
            and self._disk.is_exported(members[path], path, action)
        }
        if self._options.sidecars and targets[0] in present:
            present.update(path for path in on_disk if path.suffix.lower() == SIDECAR)
        return present

    def _keep(
        self, record: ImageRecord, family: list[SourceFile], targets: list[Path], present: set[Path], key: str
    ) -> None:
        self._names.claim(targets)
        for target, member in zip_longest(targets, family):
            if member is None or (self._options.sidecars and _is_sidecar(member)):
                if target not in present:
                    merges = None if member is None else member.path
                    self._draft.sidecars.append(PlannedSidecar(record.id, target, merges, key=key))
            elif target in present:
                self._draft.files.append(PlannedFile(record.id, member, target, True))
            else:
                self._draft.add(record.id, member, target, self._options, self._disk)


def _is_sidecar(member: SourceFile) -> bool:
    """Whether it is written anew where sidecars are wanted, however the pictures get to their places."""
    return member.path.suffix.lower() == SIDECAR


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
    endings = [form.ending.rpartition(".")[0] + SIDECAR for form in pictures]
    endings += [form.ending + SIDECAR for form in pictures]
    return [Form(ending) for ending in dict.fromkeys(endings) if name_key(ending) not in brought]
