"""Taking a whole export back: copies and links go, moved files return, the tree is as it was.

A file that has changed since stays, with the reason; so does a copy whose original has gone, for it may be the last.
A picture and what belongs to it stay together: what another program has put beside a moved picture goes home with it,
and a copy beside which there is something newer stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shoal.domain.earlier_exports import ExportedFile
from shoal.domain.export_journal import ExportJournal, Step, StepState
from shoal.domain.images import SkippedImage
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.exports.beside import Beside
from shoal.exports.drive_trouble import plain_error
from shoal.exports.folder_records import restore_folders
from shoal.exports.folders import BATCH_STEPS
from shoal.exports.recovery import recover
from shoal.exports.step_paths import StepPaths
from shoal.exports.strangers import Strangers
from shoal.exports.taking_back import Others, TakingBack
from shoal.exports.trashing import may_be_trashed
from shoal.exports.units import units_of
from shoal.files.safe_files import is_folder

_TO_UNDO = {StepState.PUBLISHED, StepState.DONE, StepState.UNDOING, StepState.KEPT}


@dataclass(frozen=True, slots=True)
class UndoOutcome:
    """`undone` counts files; `kept` are those that stay, each with its reason; `kept_folders` are not empty.

    `trashable` are those of `kept` that may go to the trash if the user says so: copies, never an original.
    `went_home`: what belonged to moved pictures by its name, although no export had put it there.
    `came_to_nothing`: all that could be taken back was taken back before.
    """

    undone: int
    kept: tuple[SkippedImage, ...] = ()
    kept_folders: tuple[Path, ...] = ()
    trashable: tuple[SkippedImage, ...] = ()
    went_home: tuple[Path, ...] = ()
    came_to_nothing: bool = False

    def __add__(self, other: "UndoOutcome") -> "UndoOutcome":
        """What came of undoing one export and then the one before it, which may have made a folder that was kept."""
        folders = [folder for folder in (*self.kept_folders, *other.kept_folders) if is_folder(folder)]
        kept, trashable = self.kept + other.kept, self.trashable + other.trashable
        home = self.went_home + other.went_home
        undone, kept_folders = self.undone + other.undone, tuple(dict.fromkeys(folders))
        return UndoOutcome(undone, kept, kept_folders, trashable, home, other.came_to_nothing)


def undo(
    journal: ExportJournal,
    root: Path,
    task: Task,
    ours: Sequence[ExportedFile] = (),
) -> UndoOutcome:
    """Undo every step, the last one first. `root` is what the export folder is called now.

    `ours`: what all exports have put there; if there is nothing, only this one has.
    May be cancelled and called again. Raises Cancelled, StorageFull or ExportRefused.
    """
    try:
        recover(journal, root)
        steps = journal.steps()
        others = _others(root, steps, {file.target: file for file in (*journal.exported(), *ours)})
        taking = TakingBack(journal, StepPaths(journal.header().id, root), others, task)
        waiting = [step for step in steps if step.state in _TO_UNDO]
        done = 0
        for batch in _batches(waiting):
            task.report(Sentence("Undoing the export"), done, len(waiting))
            taking.take_back(batch)
            done += sum(map(len, batch))
        task.report(Sentence("Undoing the export"), len(waiting), len(waiting))
        kept_folders = restore_folders(journal, root)
    except OSError as error:
        raise plain_error(error, root) from error
    outcome = _outcome(journal, root, kept_folders, taking)
    again = bool(waiting) and all(step.state is StepState.KEPT for step in waiting)
    return replace(outcome, came_to_nothing=again and len(outcome.kept) == len(waiting))


def _others(root: Path, steps: Sequence[Step], ours: Mapping[str, ExportedFile]) -> Others:
    # What was taken back before has left its name: whatever is called so now was put there by the user.
    standing = [step for step in steps if step.state is not StepState.UNDONE]
    put_there = {str(step.target): step.is_picture for step in standing}
    put_there |= {file.target: file.is_picture for file in ours.values()}
    made = {(str(step.made.inode), step.made.size, step.made.modified_ns) for step in steps if step.made}
    made |= {(file.made_inode, file.made_size or 0, file.made_modified_ns or 0) for file in ours.values()}
    originals = {str(step.source) for step in steps}
    strangers = Strangers(root, put_there, originals, ours)
    return Others(Beside(root, put_there, made), strangers)


def _batches(waiting: Sequence[Step]) -> list[list[list[Step]]]:
    """Whole families, the last one first, about so many steps at a time."""
    batches: list[list[list[Step]]] = [[]]
    for unit in units_of(waiting):
        if sum(map(len, batches[-1])) >= BATCH_STEPS:
            batches.append([])
        batches[-1].append(unit)
    return batches


def _outcome(journal: ExportJournal, root: Path, kept_folders: Sequence[Path], taking: TakingBack) -> UndoOutcome:
    steps = journal.steps()
    stay = [step for step in steps if step.state is StepState.KEPT]
    if not stay:
        journal.set_undone()
    kept = tuple(SkippedImage(root / step.target, step.reason) for step in stay)
    trashable = tuple(
        file
        for file, step in zip(kept, stay, strict=True)
        if may_be_trashed(step, file.path) and step.number not in taking.worked_on
    )
    undone = sum(step.state is StepState.UNDONE for step in steps)
    return UndoOutcome(undone, kept, tuple(kept_folders), trashable, tuple(taking.went_home))
