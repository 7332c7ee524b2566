"""Writing the result out, and taking it back: plan, carry out, go on after a crash, undo."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from shoal.delivering.crops import CropDisk, Cutter
from shoal.delivering.document import Delivered, Thumbnail, content_of
from shoal.delivering.documents import DOCUMENTS
from shoal.delivering.earlier import earlier_exports, exports_into, folders_made, opened, real_folder, what_was_before
from shoal.delivering.export_details import SortedImages, objects_of, whole_pictures
from shoal.delivering.export_steps import export_steps
from shoal.delivering.many_values import uncollected
from shoal.delivering.picture_table import verdicts_in_effect
from shoal.delivering.shot_sidecars import SidecarRemarks
from shoal.domain.errors import ExportRefused, StorageFull
from shoal.domain.export_changes import Origin
from shoal.domain.export_journal import ExportHeader
from shoal.domain.export_plan import ExportOptions, ExportPlan
from shoal.domain.export_planner import plan_export
from shoal.domain.grouping import Grouping
from shoal.domain.images import ImageId, SkippedImage
from shoal.domain.name_templates import parse_template
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.exports.folder_records import remove_emptied
from shoal.exports.folders import Outcome, carry_out
from shoal.exports.recovery import recover
from shoal.exports.trashing import Trashed, trash_kept
from shoal.exports.undoing import UndoOutcome, undo
from shoal.files.trash import MoveToTrash
from shoal.looking.picture_decoder import Preview, preview_safely
from shoal.store.export_journal import SqliteExportJournal, create_journal, journal_ids, read_header

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
    `sidecars`: what there is to tell of those that were written; `notes` are about files in the folder that stay as the
    user has made them. Of what is `done`, `written` are new files of families, `moved` had another place in the
    folder before, and `documents` are tables and sidecars.
    """

    id: str
    root: Path
    done: tuple[Path, ...]
    present: tuple[Path, ...] = ()
    left_out: tuple[SkippedImage, ...] = ()
    originals_kept: tuple[SkippedImage, ...] = ()
    sidecars: SidecarRemarks = field(default_factory=SidecarRemarks)
    notes: tuple[SkippedImage, ...] = ()
    written: int = 0
    moved: int = 0
    documents: int = 0


@dataclass(frozen=True, slots=True)
class PlanSetting:
    """What a plan goes by besides the pictures. `source_roots`: the folders they were found under.

    `journals`: where this program keeps those of its exports; None: nothing was ever exported. `preview` unpacks the
    pictures that objects are cut out of, here to compare them with what is there already.
    """

    source_roots: Sequence[Path] = ()
    journals: Path | None = None
    preview: Preview = preview_safely


def plan_clusters(
    images: SortedImages,
    root: Path,
    options: ExportOptions,
    setting: PlanSetting = PlanSetting(),
    task: Task | None = None,
) -> ExportPlan:
    """The plan for a folder as it is now: what has to be written there, or what has to change since earlier exports.

    No file is touched. Raises Cancelled, or ExportRefused with what to do.
    """
    root, task = real_folder(root), task or Task()
    if root.exists() and not root.is_dir():
        raise ExportRefused(Sentence("{root} is a file.", root=root), Sentence("Choose a folder."))
    try:
        with uncollected():
            origin = Origin([real_folder(source_root) for source_root in setting.source_roots])
            if setting.journals is not None:
                origin = replace(origin, before=what_was_before(root, setting.journals, task, origin.source_roots))
            records = objects_of(images.records) if options.crops else whole_pictures(images.records)
            grouping = _with_marks(images, options)
            return plan_export(grouping, records, root, options, CropDisk(setting.preview, task), origin)
    except OSError as error:
        raise ExportRefused(
            Sentence("{root} cannot be looked into ({reason}).", root=root, reason=error.strerror),
            Sentence("Choose another folder."),
        ) from error


def _with_marks(images: SortedImages, options: ExportOptions) -> Grouping:
    """With what files say of stars, flags and labels, where names of files are made of them."""
    if not parse_template(options.template).asks_for_marks:
        return images.grouping
    verdicts, records = images.grouping.verdicts.copy(), list(images.records)
    verdicts[[record.id for record in records]] = verdicts_in_effect(records, images.grouping)
    return replace(images.grouping, verdicts=verdicts)


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
    cut_off = _settled_unfinished(plan.root, journals)
    made_at, crops = datetime.now(UTC).isoformat(), plan.options.crops
    header = ExportHeader(uuid4().hex, plan.root, plan.options.action, made_at, crops=crops)
    remarks = SidecarRemarks()
    steps, contents = export_steps(plan, header, images, _documents(plan, images, thumbnail), remarks, task)
    if not steps:
        _lay_to_rest(cut_off, journals, SqliteExportJournal.set_finished)
        return _result(plan, "", Outcome(()), remarks)
    ours = folders_made(plan.root, journals)
    with create_journal(journals, header, steps, contents) as journal:
        _lay_to_rest(cut_off, journals, SqliteExportJournal.set_continued)
        outcome = _carried_out(journal, plan.root, ours, task, preview)
    return _result(plan, header.id, outcome, remarks)


def resume_export(folder: Path, journals: Path, task: Task, preview: Preview = preview_safely) -> ExportResult:
    """Go on with the newest export into this folder that was cut off, or that had to leave files out."""
    header = unfinished_export(folder, journals)
    if header is None:
        raise ExportRefused(
            Sentence("No export into {folder} is waiting to be finished.", folder=folder), Sentence("Start a new one.")
        )
    root = real_folder(folder)
    ours = folders_made(root, journals)
    with opened(journals, header) as journal:
        outcome = _carried_out(journal, root, ours, task, preview)
    return _result_of(outcome, ExportResult(header.id, root, ()))


def _carried_out(
    journal: SqliteExportJournal, root: Path, ours: Collection[Path], task: Task, preview: Preview
) -> Outcome:
    """`ours`: the folders that exports have made, which go when nothing is left in them."""
    header = journal.header()
    outcome = carry_out(journal, root, task, CUTTING if header.crops else MESSAGES[header.action], Cutter(preview).jpeg)
    remove_emptied(journal, root, ours)
    return outcome


def undo_export(folder: Path, journals: Path, task: Task) -> UndoOutcome:
    """Take back the newest export into this folder, finished or not; called again, the one before it.

    Exports that were cut off and that the newest went on with go too; and where nothing of the newest can be taken back
    that has not been already, the one before it.
    Raises Cancelled, StorageFull or ExportRefused; then it may be called again and goes on.
    """
    root = real_folder(folder)
    waiting = [header for header in exports_into(root, journals) if not header.undone]
    if not waiting:
        raise ExportRefused(
            Sentence("{folder} holds no export that can be undone.", folder=folder),
            Sentence("Give the folder that was exported to."),
        )
    outcome, ours = UndoOutcome(0), earlier_exports(root, journals).files
    for number, header in enumerate(waiting):
        if number and not (header.continued or outcome.came_to_nothing):
            break
        with opened(journals, header) as journal:
            outcome += undo(journal, root, task, ours)
    return outcome


def trash_what_stayed(folder: Path, files: Collection[Path], journals: Path, move: MoveToTrash, task: Task) -> Trashed:
    """Move files that `undo_export` kept in this folder to the trash: those that the user has seen and agreed to.

    Raises Cancelled or ExportRefused.
    """
    root, agreed, outcome = real_folder(folder), frozenset(files), Trashed()
    for header in exports_into(root, journals):
        if not header.undone:
            with opened(journals, header) as journal:
                outcome += trash_kept(journal, root, agreed, move, task)
    return outcome


def unfinished_export(folder: Path, journals: Path) -> ExportHeader | None:
    """The newest export into this folder that `resume_export` would go on with."""
    headers = exports_into(real_folder(folder), journals)
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


def _settled_unfinished(root: Path, journals: Path) -> list[ExportHeader]:
    """A new plan takes the place of exports that were cut off: what they left half done goes."""
    cut_off = [header for header in exports_into(root, journals) if is_cut_off(header)]
    for header in cut_off:
        with opened(journals, header) as journal:
            recover(journal, root)
    return cut_off


def _lay_to_rest(cut_off: Sequence[ExportHeader], journals: Path, rest: Callable[[SqliteExportJournal], None]) -> None:
    """Either another export went on in their place, or nothing is left to do that they had begun."""
    for header in cut_off:
        with opened(journals, header) as journal:
            rest(journal)


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
    told = ExportResult(export_id, plan.root, (), present, plan.left_out, sidecars=sidecars, notes=plan.notes)
    return _result_of(outcome, told)


def _result_of(outcome: Outcome, told: ExportResult) -> ExportResult:
    return replace(
        told,
        done=outcome.done,
        left_out=(*told.left_out, *outcome.left_out),
        originals_kept=outcome.originals_kept,
        written=outcome.written,
        moved=outcome.moved,
        documents=outcome.documents,
    )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
