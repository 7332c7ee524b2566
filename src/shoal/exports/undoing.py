"""Taking a whole export back: copies and links go, moved files return, the tree is as it was.

A file that has changed since stays, with the reason; so does a copy whose original has gone, for it may be the last.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from errno import EXDEV
from pathlib import Path

from shoal.domain.errors import ExportRefused
from shoal.domain.export_journal import ExportJournal, Step, StepState
from shoal.domain.images import SkippedImage
from shoal.domain.sentence import NOTHING, Sentence, reason_of
from shoal.domain.task import Task
from shoal.exports.drive_trouble import plain_error
from shoal.exports.folder_records import is_offline, restore_folders
from shoal.exports.folders import BATCH_STEPS
from shoal.exports.recovery import holds, recover
from shoal.exports.step_paths import StepPaths
from shoal.exports.trashing import may_be_trashed
from shoal.files import safe_files
from shoal.files.safe_files import SourceTrouble, WrittenWrong, is_folder

_TO_UNDO = {StepState.PUBLISHED, StepState.DONE, StepState.UNDOING, StepState.KEPT}


@dataclass(frozen=True, slots=True)
class UndoOutcome:
    """`undone` counts files; `kept` are those that stay, each with its reason; `kept_folders` are not empty.

    `trashable` are those of `kept` that may go to the trash if the user says so: copies, never an original.
    """

    undone: int
    kept: tuple[SkippedImage, ...] = ()
    kept_folders: tuple[Path, ...] = ()
    trashable: tuple[SkippedImage, ...] = ()

    def __add__(self, other: "UndoOutcome") -> "UndoOutcome":
        """What came of undoing one export and then the one before it, which may have made a folder that was kept."""
        folders = [folder for folder in (*self.kept_folders, *other.kept_folders) if is_folder(folder)]
        kept, trashable = self.kept + other.kept, self.trashable + other.trashable
        return UndoOutcome(self.undone + other.undone, kept, tuple(dict.fromkeys(folders)), trashable)


class _Kept(Exception):
    """This file stays; says why."""


def undo(journal: ExportJournal, root: Path, task: Task) -> UndoOutcome:
    """Undo every step, the last one first. `root` is what the export folder is called now.

    May be cancelled and called again. Raises Cancelled, StorageFull or ExportRefused.
    """
    try:
        recover(journal, root)
        run = _Run(journal, StepPaths(journal.header().id, root), task)
        waiting = [step for step in journal.steps() if step.state in _TO_UNDO]
        waiting.reverse()
        for first in range(0, len(waiting), BATCH_STEPS):
            task.report(Sentence("Undoing the export"), first, len(waiting))
            run.undo(waiting[first : first + BATCH_STEPS])
        task.report(Sentence("Undoing the export"), len(waiting), len(waiting))
        kept_folders = restore_folders(journal, root)
    except OSError as error:
        raise plain_error(error, root) from error
    return _outcome(journal, root, kept_folders)


def _outcome(journal: ExportJournal, root: Path, kept_folders: Sequence[Path]) -> UndoOutcome:
    steps = journal.steps()
    stay = [step for step in steps if step.state is StepState.KEPT]
    if not stay:
        journal.set_undone()
    kept = tuple(SkippedImage(root / step.target, step.reason) for step in stay)
    trashable = tuple(one for one, step in zip(kept, stay, strict=True) if may_be_trashed(step, one.path))
    return UndoOutcome(sum(step.state is StepState.UNDONE for step in steps), kept, tuple(kept_folders), trashable)


class _Run:
    """One pass over the steps of a journal, backwards."""

    def __init__(self, journal: ExportJournal, paths: StepPaths, task: Task) -> None:
        self._journal = journal
        self._paths = paths
        self._task = task
        self._folders = {record.path: record for record in journal.folders()}

    def undo(self, batch: Sequence[Step]) -> None:
        self._journal.update([replace(step, state=StepState.UNDOING) for step in batch])
        undone = [self._undone(step) for step in batch]
        for folder in {self._paths.target(step).parent for step in batch}:
            if is_folder(folder):
                safe_files.sync_folder(folder)
        self._journal.update(undone)

    def _undone(self, step: Step) -> Step:
        target = self._paths.target(step)
        try:
            self._paths.refuse_detours(target.parent)
            if step.action == "move":
                self._move_back(step, target)
            elif safe_files.look(target) is not None:
                _REMOVALS.get(step.action, _remove_copy)(step, target)
        except PermissionError as error:
            return replace(
                step,
                state=StepState.KEPT,
                reason=Sentence("it could not be taken back ({reason})", reason=error.strerror),
            )
        except (_Kept, SourceTrouble, WrittenWrong) as reason:
            return replace(step, state=StepState.KEPT, reason=reason_of(reason))
        return replace(step, state=StepState.UNDONE, reason=NOTHING)

    def _move_back(self, step: Step, target: Path) -> None:
        source = _source_of(step)
        self._refuse_absent_drive(source.parent)
        safe_files.remove_own(self._paths.temporary_in(source.parent, step))
        if safe_files.look(target) is None:
            if not holds(source, step):
                raise _Kept(Sentence("it is no longer in the export folder"))
            return
        _require_unchanged(step, target)
        if safe_files.look(source) is None:
            self._return(step, target, source)
        elif holds(source, step):
            _remove(target)  # an earlier undo was cut off after it had put the file back: here is what it left
        else:
            raise _Kept(Sentence("another file has taken its old place"))

    def _refuse_absent_drive(self, folder: Path) -> None:
        """Or the folder would be made anew, and filled, on the drive that is there."""
        record = self._folders.get(folder)
        if record is not None and is_offline(record):
            raise ExportRefused(
                Sentence("The drive of {folder} is not there.", folder=folder),
                Sentence("Plug in or mount it, then undo again."),
            )

    def _return(self, step: Step, target: Path, source: Path) -> None:
        _make_folders(source.parent)
        try:
            safe_files.publish(target, source)
        except OSError as error:
            if error.errno != EXDEV:
                raise
            self._copy_back(step, target, source)
        safe_files.sync_folder(source.parent)

    def _copy_back(self, step: Step, target: Path, source: Path) -> None:
        temporary = self._paths.temporary_in(source.parent, step)
        safe_files.copy_new(target, temporary, step.content_hash, self._task.check)
        if step.stamp is not None:
            safe_files.set_file_time(temporary, step.stamp.modified_ns)
        safe_files.publish(temporary, source)
        safe_files.sync_folder(source.parent)
        _remove(target)


def _source_of(step: Step) -> Path:
    if step.source is None:
        raise ValueError(f"step {step.number} has no source")
    return step.source


def _remove_copy(step: Step, target: Path) -> None:
    """A copy goes only while what it was copied from is still there, the same in every byte."""
    _require_unchanged(step, target)
    if step.source is not None:
        found = safe_files.look_at_file(step.source)
        if found is None:
            raise _Kept(Sentence("its original is not there, and this may be the last copy"))
        if safe_files.hash_file(step.source) != step.content_hash:
            raise _Kept(Sentence("its original has changed since, and this may be the last copy of what it was"))
    _remove(target)


def _remove_crop(step: Step, target: Path) -> None:
    """It is no copy of anything: what becomes of the picture it was cut from does not matter."""
    _require_unchanged(step, target)
    _remove(target)


def _remove_hard_link(step: Step, target: Path) -> None:
    """Another name of the original: changes to either are changes to both, and lose nothing."""
    if safe_files.look(target) != safe_files.look(_source_of(step)):
        raise _Kept(Sentence("it is no longer the same file as its original"))
    _remove(target)


def _remove_symbolic_link(step: Step, target: Path) -> None:
    if safe_files.links_to(target) != step.source:
        raise _Kept(Sentence("it has changed since it was exported"))
    _remove(target)


_REMOVALS = {"hardlink": _remove_hard_link, "symlink": _remove_symbolic_link, "crop": _remove_crop}


def _require_unchanged(step: Step, target: Path) -> None:
    if not holds(target, step):
        raise _Kept(Sentence("it has changed since it was exported"))


def _remove(target: Path) -> None:
    found = safe_files.look(target)
    if found is None or not safe_files.remove_unchanged(target, found):
        raise _Kept(Sentence("it changed while the export was being undone"))


def _make_folders(folder: Path) -> None:
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    for parent in reversed(missing):
        safe_files.make_folder(parent)
