"""After a crash: telling from the disk how far each step came that was under way, and setting it straight."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from shoal.domain.export_journal import IN_DOUBT, ExportJournal, Step, StepState
from shoal.domain.images import Snapshot
from shoal.domain.sentence import NOTHING, Sentence, reason_of
from shoal.exports.step_paths import StepPaths
from shoal.files import safe_files
from shoal.files.safe_files import SourceTrouble


def recover(journal: ExportJournal, root: Path) -> None:
    """Leave no step under way: each is either done or as if it had never begun. Costs nothing where none is."""
    paths = StepPaths(journal.header().id, root)
    in_doubt = [step for step in journal.steps() if step.state in IN_DOUBT]
    if in_doubt:
        journal.update([_RECOVERIES[step.state](step, paths) for step in in_doubt])


def holds(path: Path, step: Step) -> bool:
    """Whether a file is the one this step made, or the one it was made from, unchanged. Reads it if it seems so."""
    file = safe_files.look_at_file(path)
    if file is None or step.made is None or file.stamp not in {step.made.stamp, step.stamp}:
        return False
    try:
        return step.content_hash is None or safe_files.hash_file(path) == step.content_hash
    except SourceTrouble:
        return False


def is_still(now: Snapshot | None, made: Snapshot | None) -> bool:
    """Whether it is the file of an earlier look. A drive plugged in again may have another device number."""
    return now is not None and made is not None and replace(now, device=made.device) == made


def _recover_started(step: Step, paths: StepPaths) -> Step:
    safe_files.remove_own(paths.temporary(step))
    target = paths.target(step)
    target_now = safe_files.look(target)
    if step.action == "symlink":
        is_done = step.source is not None and safe_files.links_to(target) == step.source
    else:
        is_done = is_still(target_now, step.made)
    if target_now is None or not is_done:
        return replace(step, state=StepState.PLANNED, made=None)
    if step.action == "move" and safe_files.look(paths.source(step)) == target_now:
        # A drive without exclusive renaming: the file has both names, and the crash came before the old one went.
        safe_files.remove_unchanged(paths.source(step), target_now)
    return replace(step, state=StepState.DONE, made=target_now)


def _recover_written(step: Step, paths: StepPaths) -> Step:
    target, temporary = paths.target(step), paths.temporary(step)
    has_lost_its_old_name = safe_files.look(temporary) is None
    is_published = is_still(safe_files.look(target), step.made) or (has_lost_its_old_name and holds(target, step))
    safe_files.remove_own(temporary)
    if not is_published:
        return replace(step, state=StepState.PLANNED, made=None)
    safe_files.sync_folder(target.parent)
    return _recover_published(step, paths) if step.action == "move" else replace(step, state=StepState.DONE)


def _recover_published(step: Step, paths: StepPaths) -> Step:
    is_finished = step.source is not None and safe_files.look(step.source) is None
    # The original goes only on the strength of the copy, so the copy is read once more.
    if is_finished or holds(paths.target(step), step):
        return remove_original(step)
    return replace(step, state=StepState.PLANNED, made=None)


def remove_original(step: Step) -> Step:
    """The last step of a move to another drive, when the copy stands verified. Only an unchanged original goes.

    One that cannot be read or removed now stays PUBLISHED, with the reason, and is tried again.
    """
    assert step.source is not None
    try:
        if not _is_removed(step, step.source):
            return replace(
                step, state=StepState.DONE, reason=Sentence("its original changed meanwhile and was left in its place")
            )
    except (SourceTrouble, PermissionError) as trouble:
        return replace(
            step,
            state=StepState.PUBLISHED,
            reason=Sentence("its original could not be removed ({reason})", reason=reason_of(trouble)),
        )
    return replace(step, state=StepState.DONE, reason=NOTHING)


def _is_removed(step: Step, source: Path) -> bool:
    source_now = safe_files.look_at_file(source)
    if source_now is None:
        return True
    if source_now.stamp != step.stamp or safe_files.hash_file(source) != step.content_hash:
        return False
    if not safe_files.remove_unchanged(source, source_now):
        return False
    safe_files.sync_folder(source.parent)
    return True


_RECOVERIES: Mapping[StepState, Callable[[Step, StepPaths], Step]] = {
    StepState.STARTED: _recover_started,
    StepState.WRITTEN: _recover_written,
    StepState.PUBLISHED: _recover_published,
}
