"""Carrying out an export, step by journalled step.

A batch of steps goes through the protocol together, so that one flush of the journal and of a folder serves all of
them: start, write under temporary names, publish, remove sources. Whatever ends a batch early (a full disk, cancelling,
kill -9) leaves a journal from which `recovery` sees how far each step came.
"""

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shoal.domain.errors import ExportRefused, ShoalError
from shoal.domain.export_journal import ExportJournal, Step, StepState
from shoal.domain.images import SkippedImage, Snapshot
from shoal.domain.sentence import NOTHING, Sentence, reason_of
from shoal.domain.task import Task
from shoal.exports.drive_trouble import plain_error
from shoal.exports.folder_records import prepare_folders
from shoal.exports.recovery import recover, remove_original
from shoal.exports.step_paths import StepPaths, is_inside
from shoal.files import safe_files
from shoal.files.safe_files import SourceTrouble, Written, WrittenWrong

BATCH_STEPS = 32  # each batch costs a sync of the journal; a power cut loses one at the most
BATCH_BYTES = 64 << 20  # large files end a batch early, so that little has to be done again
# What is wrong with one file only: too large for FAT, a name this drive does not take, or no right to read it.
_ONE_FILE = {errno.EFBIG, errno.ENAMETOOLONG, errno.EILSEQ, errno.EINVAL, errno.EEXIST}
_LINKED = {"hardlink", "symlink"}
_LACKING = {errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.ENOTTY, errno.EINVAL, errno.EXDEV, errno.EPERM}
_LACKS = {
    "reflink": Sentence("The drive cannot share the contents of files between two names."),
    "hardlink": Sentence(
        "The drive cannot give these files a second name: it lies on another drive, or has no such links."
    ),
    "symlink": Sentence("The drive has no symbolic links, or you may not make them."),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands in the export folder after carrying out a plan; `left_out` says what does not, and why.

    `originals_kept` after a move: what stands there and in its old place too, and why. Of what stands, `written`
    are files of families that are new there, `moved` had another place in the folder before, and `documents` are
    tables and sidecars; what is left is the export's own marker.
    """

    done: tuple[Path, ...]
    left_out: tuple[SkippedImage, ...] = ()
    originals_kept: tuple[SkippedImage, ...] = ()
    written: int = 0
    moved: int = 0
    documents: int = 0


MakeCrop = Callable[[Path, bytes], bytes]
"""From a picture, and what the journal keeps about the crop, the file to write. Raises SourceTrouble."""


def carry_out(journal: ExportJournal, root: Path, task: Task, message: Sentence, make_crop: MakeCrop) -> Outcome:
    """Do every step that is not done yet. Goes on where an earlier try was cut off; may be called again at any time.

    Raises Cancelled, StorageFull or ExportRefused, each of which leaves a state from which it goes on.
    """
    try:
        recover(journal, root)
        prepare_folders(journal, root)
        waiting = [step for step in journal.steps() if step.state in {StepState.PLANNED, StepState.LEFT_OUT}]
        # Left out ones are tried again: a drive may be back, a name free, a right given.
        run = _Run(journal, StepPaths(journal.header().id, root), task, message, len(waiting), make_crop)
        for batch in _batches(waiting):
            run.carry_out(batch)
        task.report(message, len(waiting), len(waiting))
    except OSError as error:
        raise plain_error(error, root) from error
    steps = journal.steps()
    if all(step.state is StepState.DONE for step in steps):
        journal.set_finished()
    return _outcome(steps, root)


def _outcome(steps: Sequence[Step], root: Path) -> Outcome:
    stand = [step for step in steps if step.state in {StepState.DONE, StepState.PUBLISHED} and step.role != "aside"]
    left_out = [step for step in steps if step.state is StepState.LEFT_OUT]
    return Outcome(
        tuple(root / step.target for step in stand),
        tuple(SkippedImage(root / (step.source or step.target), step.reason) for step in left_out),
        tuple(SkippedImage(root / step.source, step.reason) for step in stand if step.source and step.reason),
        sum(step.action != "write" and not _is_moved_inside(step) for step in stand),
        sum(_is_moved_inside(step) for step in stand),
        sum(step.action == "write" and step.role != "" for step in stand),
    )


def _is_moved_inside(step: Step) -> bool:
    return step.action == "move" and step.source is not None and not step.source.is_absolute()


def _batches(steps: Sequence[Step]) -> Iterator[list[Step]]:
    batch: list[Step] = []
    size = 0
    for step in steps:
        batch.append(step)
        size += step.stamp.size if step.stamp else 0
        if len(batch) == BATCH_STEPS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class _Run:
    """One pass over the steps of a journal."""

    def __init__(
        self, journal: ExportJournal, paths: StepPaths, task: Task, message: Sentence, total: int, make_crop: MakeCrop
    ) -> None:
        self._journal = journal
        self._paths = paths
        self._task = task
        self._message = message
        self._total = total
        self._make_crop = make_crop
        self._seen = 0

    def carry_out(self, batch: Sequence[Step]) -> None:
        # The journal runs ahead of the disk, never behind it: after a crash `recovery` looks only at what is said to be
        # under way, and a file that no journal tells of would stay for ever.
        started = self._record([self._start(step) for step in batch])
        try:
            written = self._record([self._write(step) for step in started])
        except BaseException:  # cancelled, disk full, interrupted: nothing of the batch has its name yet
            self._take_back(started)
            raise
        published = self._record(self._publish_all(written))
        self._record([remove_original(step) for step in published])

    def _record(self, steps: Sequence[Step]) -> list[Step]:
        """Put states on the disk; return the steps that are still under way."""
        self._journal.update(steps)
        return [step for step in steps if step.state not in {StepState.LEFT_OUT, StepState.DONE}]

    # --- start

    def _start(self, step: Step) -> Step:
        """Look at the source once more. For what is only renamed or linked this is when we learn which file it is."""
        started = replace(step, state=StepState.STARTED, made=None, reason=NOTHING)
        if step.source is None:
            return started
        source = self._paths.source(step)
        source_now = self._look(step, source)
        if source_now is None:
            _refuse_missing_drive(source)
            return _left_out(step, Sentence("it is no longer there"))
        if source_now.stamp != step.stamp:
            return _left_out(step, Sentence("it has changed since it was looked at"))
        stays_one_file = step.action == "hardlink" or (
            step.action == "move" and self._paths.is_on_drive(step, source_now)
        )
        return replace(started, made=source_now) if stays_one_file else started

    @staticmethod
    def _look(step: Step, source: Path) -> Snapshot | None:
        """In the export folder links have their place changed like any file."""
        return safe_files.look(source) if is_inside(step) else safe_files.look_at_file(source)

    # --- write

    def _write(self, step: Step) -> Step:
        self._task.report(self._message, self._seen, self._total)
        self._seen += 1
        # A rename or a link writes nothing; its turn comes when names are given.
        is_written = step.made is None and step.action not in _LINKED
        return self._written(step) if is_written else step

    def _written(self, step: Step) -> Step:
        try:
            written = self._new_file(step)
        except (SourceTrouble, WrittenWrong) as trouble:
            return _left_out(step, reason_of(trouble))
        except OSError as error:
            _refuse_what_the_drive_lacks(step, error)
            if error.errno not in _ONE_FILE:
                raise
            return _left_out(step, Sentence("it cannot be written here ({reason})", reason=error.strerror))
        return replace(step, state=StepState.WRITTEN, made=written.made, content_hash=written.content_hash)

    def _new_file(self, step: Step) -> Written:
        temporary = self._paths.temporary(step)
        if step.source is None:
            return safe_files.write_new(temporary, self._journal.content(step.number), step.picture)
        if step.action == "crop":
            crop = self._make_crop(step.source, self._journal.content(step.number))
            return safe_files.write_new(temporary, crop, step.source)
        clone = step.action == "reflink"
        return safe_files.copy_new(self._paths.source(step), temporary, step.content_hash, self._task.check, clone)

    def _take_back(self, started: Sequence[Step]) -> None:
        """As if the batch had never begun. If the drive is gone this fails, and `recover` does it next time."""
        try:
            for step in started:
                safe_files.remove_own(self._paths.temporary(step))
            self._journal.update([replace(step, state=StepState.PLANNED, made=None) for step in started])
        except (OSError, ShoalError):
            return

    # --- publish

    def _publish_all(self, steps: Sequence[Step]) -> list[Step]:
        published = [self._published(step) for step in steps]
        # A name is on the disk only once its folder is, and a move may drop the old name only after that.
        for folder in {self._paths.target(step).parent for step in steps}:
            safe_files.sync_folder(folder)
        for folder in {self._paths.source(step).parent for step in steps if step.action == "move"}:
            safe_files.sync_folder(folder)
        return published

    def _published(self, step: Step) -> Step:
        try:
            return self._publish(step)
        except OSError as error:
            # Whether a rename will work is known only by trying it.
            if error.errno == errno.EXDEV and step.action == "move" and step.state is StepState.STARTED:
                return self._published_as_a_copy(step)
            _refuse_what_the_drive_lacks(step, error)
            if error.errno not in {*_ONE_FILE, errno.EPERM, errno.EACCES, errno.EMLINK}:
                raise
            if step.state is StepState.WRITTEN:
                safe_files.remove_own(self._paths.temporary(step))
            return _left_out(step, _why_not_published(error))

    def _published_as_a_copy(self, step: Step) -> Step:
        """Two mounts of one drive have one device number, and yet no file can be renamed from one to the other."""
        written = self._written(replace(step, made=None))
        self._journal.update([written])
        return self._publish(written) if written.state is StepState.WRITTEN else written

    def _publish(self, step: Step) -> Step:
        target = self._paths.target(step)
        if step.state is StepState.WRITTEN:
            safe_files.publish(self._paths.temporary(step), target)
            across = step.action == "move"
            return replace(step, state=StepState.PUBLISHED if across else StepState.DONE)
        source = self._paths.source(step)
        if step.action == "move":
            safe_files.publish(source, target)
        elif step.action == "hardlink":
            safe_files.make_hard_link(source, target)
        else:
            safe_files.make_symbolic_link(source, target)
        return replace(step, state=StepState.DONE, made=safe_files.look(target))


def _left_out(step: Step, reason: Sentence) -> Step:
    return replace(step, state=StepState.LEFT_OUT, made=None, reason=reason)


def _why_not_published(error: OSError) -> Sentence:
    if error.errno == errno.EEXIST:
        return Sentence("a file of this name has appeared in the export folder meanwhile")
    return Sentence("it cannot be put there ({reason})", reason=os.strerror(error.errno or 0))


def _refuse_what_the_drive_lacks(step: Step, error: OSError) -> None:
    """One file that cannot be linked means that none can: say so once instead of leaving out every one."""
    if step.action in _LACKS and error.errno in _LACKING:
        raise ExportRefused(_LACKS[step.action], Sentence("Choose to copy instead.")) from error


def _refuse_missing_drive(source: Path) -> None:
    """A missing picture is one thing, a missing folder another: its drive is offline, and nothing was deleted."""
    if not source.parent.exists():
        raise ExportRefused(
            Sentence("The folder {folder} is not there.", folder=source.parent),
            Sentence("Plug in or mount its drive, then export again: it goes on."),
        )
