"""Writing the result out, and taking it back: plan, carry out, go on after a crash, undo, read a table in again."""

import os
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import takewhile
from pathlib import Path
from uuid import uuid4

from shoal.delivering.crops import CropDisk, Cutter
from shoal.delivering.document import Delivered, Thumbnail, content_of
from shoal.delivering.documents import DOCUMENTS
from shoal.delivering.export_details import SortedImages, objects_of, whole_pictures
from shoal.delivering.export_steps import export_steps
from shoal.delivering.shot_sidecars import SidecarRemarks
from shoal.domain.cluster_import import assign_clusters
from shoal.domain.errors import ExportRefused, StorageFull, UserFacingError
from shoal.domain.export_journal import ExportHeader, StepState
from shoal.domain.export_plan import UNSORTED_NAME, ExportOptions, ExportPlan, plan_export
from shoal.domain.grouping import Grouping, Patch
from shoal.domain.images import ImageId, ImageRecord, SkippedImage
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.exports.folders import Outcome, carry_out
from shoal.exports.marker import marked_exports
from shoal.exports.recovery import recover
from shoal.exports.tables import ReadRow, path_text, read_clusters_table
from shoal.exports.trashing import Trashed, trash_kept
from shoal.exports.undoing import UndoOutcome, undo
from shoal.files.trash import MoveToTrash
from shoal.looking.picture_decoder import Preview, preview_safely
from shoal.store.export_journal import SqliteExportJournal, create_journal, journal_ids, open_journal, read_header

IMPORTING = Sentence("Clusters from a table")
MESSAGES = {
    "copy": Sentence("Copying files"),
    "move": Sentence("Moving files"),
    "hardlink": Sentence("Linking files"),
    "symlink": Sentence("Linking files"),
    "reflink": Sentence("Copying files"),
}
CUTTING = Sentence("Cutting out objects")


def _no_thumbnail(_image: ImageId) -> None: ...


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What came of an export. `left_out` says which pictures are not in `root`, and why.

    `present` were there already; `originals_kept` after a move are in both places; `id` is "" if nothing was to do.
    `sidecars`: what there is to tell of those that were written.
    """

    id: str
    root: Path
    done: tuple[Path, ...]
    present: tuple[Path, ...] = ()
    left_out: tuple[SkippedImage, ...] = ()
    originals_kept: tuple[SkippedImage, ...] = ()
    sidecars: SidecarRemarks = field(default_factory=SidecarRemarks)


@dataclass(frozen=True, slots=True)
class ImportedClusters:
    """What a table calls the clusters of images, and the paths in it that belong to no image."""

    names: Mapping[ImageId, str]
    unknown: tuple[str, ...]

    def patch(self, grouping: Grouping) -> Patch:
        """As an edit of the clusters as they are now."""
        return assign_clusters(grouping, self.names, UNSORTED_NAME)


def plan_clusters(
    images: SortedImages,
    root: Path,
    options: ExportOptions,
    source_roots: Sequence[Path] = (),
    preview: Preview = preview_safely,
    task: Task | None = None,
) -> ExportPlan:
    """The plan for a folder as it is now. Nothing is touched. Raises Cancelled, or ExportRefused with what to do.

    `preview` unpacks the pictures that objects are cut out of, here to compare them with what is there already.
    """
    root = real_folder(root)
    if root.exists() and not root.is_dir():
        raise ExportRefused(Sentence("{root} is a file.", root=root), Sentence("Choose a folder."))
    try:
        roots = [real_folder(source_root) for source_root in source_roots]
        records = objects_of(images.records) if options.crops else whole_pictures(images.records)
        return plan_export(images.grouping, records, root, options, CropDisk(preview, task or Task()), roots)
    except OSError as error:
        raise ExportRefused(
            Sentence("{root} cannot be looked into ({reason}).", root=root, reason=error.strerror),
            Sentence("Choose another folder."),
        ) from error


def real_folder(folder: Path) -> Path:
    """One name per folder, however it was written or linked to."""
    return Path(os.path.realpath(folder.expanduser()))


def export_clusters(
    plan: ExportPlan,
    images: SortedImages,
    journals: Path,
    task: Task,
    thumbnail: Thumbnail = _no_thumbnail,
    preview: Preview = preview_safely,
) -> ExportResult:
    """Carry out a plan that the user has seen. `journals` is where this program keeps its export journals.

    `thumbnail` gives the small JPEG of an image for the contact sheet, or None where there is none; `preview` unpacks
    the pictures that objects are cut out of.

    Raises Cancelled, StorageFull or ExportRefused; then `resume_export` goes on and `undo_export` takes back.
    """
    if not plan.fits:
        raise StorageFull(
            Sentence(
                "The export needs {needed}, and the drive of {root} has {free} left.",
                needed=_megabytes(plan.bytes_needed),
                root=plan.root,
                free=_megabytes(plan.free_bytes or 0),
            ),
            Sentence("Make room on it or choose another folder."),
        )
    _settle_unfinished(plan.root, journals)
    made_at, crops = datetime.now(UTC).isoformat(), plan.options.crops
    header = ExportHeader(uuid4().hex, plan.root, plan.options.action, made_at, crops=crops)
    remarks = SidecarRemarks()
    steps, contents = export_steps(plan, header, images, _documents(plan, images, thumbnail), remarks, task)
    if not steps:
        return _result(plan, "", Outcome(()), remarks)
    with create_journal(journals, header, steps, contents) as journal:
        outcome = _carried_out(journal, header, plan.root, task, preview)
    return _result(plan, header.id, outcome, remarks)


def resume_export(folder: Path, journals: Path, task: Task, preview: Preview = preview_safely) -> ExportResult:
    """Go on with the newest export into this folder that was cut off, or that had to leave files out."""
    header = unfinished_export(folder, journals)
    if header is None:
        raise ExportRefused(
            Sentence("No export into {folder} is waiting to be finished.", folder=folder), Sentence("Start a new one.")
        )
    root = real_folder(folder)
    with _opened(journals, header) as journal:
        outcome = _carried_out(journal, header, root, task, preview)
    return ExportResult(header.id, root, outcome.done, (), outcome.left_out, outcome.originals_kept)


def _carried_out(
    journal: SqliteExportJournal, header: ExportHeader, root: Path, task: Task, preview: Preview
) -> Outcome:
    return carry_out(journal, root, task, CUTTING if header.crops else MESSAGES[header.action], Cutter(preview).jpeg)


def undo_export(folder: Path, journals: Path, task: Task) -> UndoOutcome:
    """Take back the newest export into this folder, finished or not; called again, the one before it.

    Exports that were cut off and that the newest went on with go too.
    Raises Cancelled, StorageFull or ExportRefused; then it may be called again and goes on.
    """
    root = real_folder(folder)
    waiting = [header for header in _exports_into(root, journals) if not header.undone]
    if not waiting:
        raise ExportRefused(
            Sentence("{folder} holds no export that can be undone.", folder=folder),
            Sentence("Give the folder that was exported to."),
        )
    newest, *older = waiting
    outcome = UndoOutcome(0)
    for header in [newest, *takewhile(lambda header: header.continued, older)]:
        with _opened(journals, header) as journal:
            outcome += undo(journal, root, task)
    return outcome


def trash_what_stayed(folder: Path, files: Collection[Path], journals: Path, move: MoveToTrash, task: Task) -> Trashed:
    """Move files that `undo_export` kept in this folder to the trash: those that the user has seen and agreed to.

    Raises Cancelled or ExportRefused.
    """
    root, wanted, outcome = real_folder(folder), frozenset(files), Trashed()
    for header in _exports_into(root, journals):
        if not header.undone:
            with _opened(journals, header) as journal:
                outcome += trash_kept(journal, root, wanted, move, task)
    return outcome


def placed_elsewhere(plan: ExportPlan, journals: Path) -> tuple[Path, ...]:
    """Files of earlier exports that still stand in the folder, although the plan puts their pictures elsewhere in it.

    Carried out all the same, the plan would leave those pictures in two clusters at once.
    """
    planned: dict[Path | None, set[Path]] = defaultdict(set)
    for file in plan.files:
        planned[file.source.path].add(file.target)
    strays = []
    for header in _exports_into(plan.root, journals):
        with _opened(journals, header) as journal:
            done = [step for step in journal.steps() if step.state is StepState.DONE]
        targets = [(plan.root / step.target, planned.get(step.source, set())) for step in done if step.source]
        strays += [there for there, wanted in targets if wanted and there not in wanted and os.path.lexists(there)]
    return tuple(strays)


def unfinished_export(folder: Path, journals: Path) -> ExportHeader | None:
    """The newest export into this folder that `resume_export` would go on with."""
    headers = _exports_into(real_folder(folder), journals)
    return next(filter(is_cut_off, headers), None)


def past_exports(journals: Path) -> list[ExportHeader]:
    """The newest export into each folder that has not been taken back, the newest first."""
    headers = [header for id_ in journal_ids(journals) if (header := read_header(journals, id_)) and not header.undone]
    headers.sort(key=lambda header: header.made_at, reverse=True)
    newest: dict[Path, ExportHeader] = {}
    for header in headers:
        newest.setdefault(header.root, header)
    return list(newest.values())


def is_cut_off(header: ExportHeader) -> bool:
    """Whether it was interrupted, by whatever, and nothing has been done about that."""
    return not (header.finished or header.undone or header.continued)


def read_table(table: Path) -> list[ReadRow]:
    """The rows of a clusters.csv or clusters.json, as written or edited since. Raises UserFacingError."""
    try:
        return read_clusters_table(table.read_bytes())
    except OSError as error:
        raise UserFacingError(
            Sentence("{table} cannot be read ({reason}).", table=table, reason=error.strerror),
            Sentence("Choose a clusters.csv."),
        ) from error


def import_clusters(table: Path, records: Sequence[ImageRecord]) -> ImportedClusters:
    """Read a clusters.csv or clusters.json, edited or not. Raises UserFacingError."""
    rows = read_table(table)
    finder = _ImageFinder(records, table.absolute().parent)
    names: dict[ImageId, str] = {}
    unknown = []
    for row in rows:
        image = finder.find(row)
        if image is None:
            unknown.append(row.source or row.path)
        else:
            names[image] = row.cluster
    return ImportedClusters(names, tuple(unknown))


class _ImageFinder:
    """Finds the image that a row of a table means: by its original, by the exported file, or by how its path ends."""

    def __init__(self, records: Sequence[ImageRecord], folder: Path) -> None:
        self._folder = folder
        self._by_path = {path_text(record.path): record.id for record in records}
        self._by_name: dict[str, list[tuple[str, ImageId]]] = {}
        for path, image in self._by_path.items():
            self._by_name.setdefault(path.rpartition("/")[2], []).append((path, image))

    def find(self, row: ReadRow) -> ImageId | None:
        for text in (row.source, row.path, path_text(self._folder / row.path)):
            if text in self._by_path:
                return self._by_path[text]
        ending = "/" + row.path.replace("\\", "/").lstrip("/")
        alike = [image for path, image in self._by_name.get(ending.rpartition("/")[2], ()) if path.endswith(ending)]
        return alike[0] if len(alike) == 1 else None


def _exports_into(root: Path, journals: Path) -> list[ExportHeader]:
    """Newest first: by the markers in the folder, and by what it was called then, for a marker may be lost."""
    marked = set(marked_exports(root))
    headers = [read_header(journals, id_) for id_ in {*marked, *journal_ids(journals)}]
    found = [header for header in headers if header and (header.id in marked or header.root == root)]
    return sorted(found, key=lambda header: header.made_at, reverse=True)


def _opened(journals: Path, header: ExportHeader) -> SqliteExportJournal:
    journal = open_journal(journals, header.id)
    if journal is None:
        raise ExportRefused(
            Sentence("The journal of this export has gone."), Sentence("What was exported stays as it is.")
        )
    return journal


def _settle_unfinished(root: Path, journals: Path) -> None:
    """A new plan takes the place of exports that were cut off: what they left half done goes, and they rest."""
    for header in filter(is_cut_off, _exports_into(root, journals)):
        with _opened(journals, header) as journal:
            recover(journal, root)
            journal.set_continued()


def _documents(plan: ExportPlan, images: SortedImages, thumbnail: Thumbnail) -> dict[Path, bytes]:
    """What is written beside the pictures; a document that an earlier export wrote, equal in every byte, is not due."""
    export, makers = Delivered(plan, images, thumbnail), {spec.name: partial(content_of, spec) for spec in DOCUMENTS}
    due: dict[Path, bytes] = {}
    for name, path in plan.documents.items():
        made = makers[name](export)
        if not all(_holds(plan.root / name / part, content) for part, content in made.items()):
            due |= {path / part: content for part, content in made.items()}
    return due


def _holds(path: Path, content: bytes) -> bool:
    try:
        return not path.is_symlink() and path.is_file() and path.read_bytes() == content
    except OSError:
        return False


def _result(plan: ExportPlan, export_id: str, outcome: Outcome, sidecars: SidecarRemarks) -> ExportResult:
    present = tuple(file.target for file in plan.files if file.present)
    left_out = (*plan.left_out, *outcome.left_out)
    return ExportResult(export_id, plan.root, outcome.done, present, left_out, outcome.originals_kept, sidecars)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
