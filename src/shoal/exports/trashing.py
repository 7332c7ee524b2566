"""What taking an export back had to leave, moved to the trash if the user says so. Nothing is ever deleted here."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from shoal.domain.errors import ExportRefused
from shoal.domain.export_journal import ExportJournal, Step, StepState
from shoal.domain.images import SkippedImage
from shoal.domain.sentence import NOTHING, Sentence, reason_of
from shoal.domain.task import Task
from shoal.exports.drive_trouble import plain_error
from shoal.exports.folder_records import restore_folders
from shoal.exports.step_paths import StepPaths
from shoal.files.safe_files import look, look_at_file
from shoal.files.trash import MoveToTrash, NotTrashed, to_trash


@dataclass(frozen=True, slots=True)
class Trashed:
    """`moved` are in the trash; `kept` stay where they are, each with its reason; `kept_folders` are not empty."""

    moved: tuple[Path, ...] = ()
    kept: tuple[SkippedImage, ...] = ()
    kept_folders: tuple[Path, ...] = ()

    def __add__(self, other: "Trashed") -> "Trashed":
        folders = dict.fromkeys((*self.kept_folders, *other.kept_folders))
        return Trashed(self.moved + other.moved, self.kept + other.kept, tuple(filter(Path.is_dir, folders)))


def may_be_trashed(step: Step, target: Path) -> bool:
    """A file that the export made and that is no original: not one that was moved, not another name of its source."""
    file = look_at_file(target)
    if step.state is not StepState.KEPT or step.action in {"move", "symlink"} or file is None:
        return False
    return step.source is None or look(step.source) != file


def trash_kept(journal: ExportJournal, root: Path, targets: Collection[Path], move: MoveToTrash, task: Task) -> Trashed:
    """Move those of `targets` to the trash that an undo of this export kept. May be called again.

    Raises Cancelled or ExportRefused.
    """
    paths = StepPaths(journal.header().id, root)
    moved, kept = [], []
    steps = [step for step in journal.steps() if step.state is StepState.KEPT and paths.target(step) in targets]
    try:
        for number, step in enumerate(steps):
            task.report(Sentence("Moving to the trash"), number, len(steps))
            after = _trashed(step, paths, move)
            journal.update([after])
            if after.state is StepState.UNDONE:
                moved.append(paths.target(step))
            else:
                kept.append(SkippedImage(paths.target(step), after.reason))
        task.report(Sentence("Moving to the trash"), len(steps), len(steps))
        folders = restore_folders(journal, root)
    except OSError as error:
        raise plain_error(error, root) from error
    if not any(step.state is StepState.KEPT for step in journal.steps()):
        journal.set_undone()
    return Trashed(tuple(moved), tuple(kept), tuple(folders))


def _trashed(step: Step, paths: StepPaths, move: MoveToTrash) -> Step:
    target = paths.target(step)
    try:
        paths.refuse_detours(target.parent)
        if not may_be_trashed(step, target):
            raise NotTrashed(Sentence("it is an original, or no file of this export, and those are never trashed"))
        to_trash(target, paths.temporary(step), move)
    except NotTrashed as reason:
        return replace(step, reason=reason_of(reason))
    except ExportRefused as refusal:
        return replace(step, reason=refusal.summary)
    return replace(step, state=StepState.UNDONE, reason=NOTHING)
