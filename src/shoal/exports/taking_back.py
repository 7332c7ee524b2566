"""Taking back the files of one family: first see whether all of them can be, then do it."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from errno import EXDEV
from pathlib import Path

from shoal.domain.errors import ExportRefused
from shoal.domain.export_journal import ExportJournal, Step, StepState
from shoal.domain.families import is_side_folder
from shoal.domain.kin import called_as
from shoal.domain.sentence import NOTHING, Sentence, reason_of
from shoal.domain.task import Task
from shoal.exports.beside import Beside
from shoal.exports.folder_records import is_offline
from shoal.exports.recovery import holds
from shoal.exports.step_paths import StepPaths, is_inside
from shoal.exports.strangers import Entry, Strangers, entry_at
from shoal.files import safe_files
from shoal.files.safe_files import SourceTrouble, WrittenWrong, is_folder


class _Kept(Exception):
    """This file stays; says why."""


@dataclass(frozen=True, slots=True)
class Others:
    """What else is in the export folder."""

    beside: Beside
    strangers: Strangers


class TakingBack:
    """One pass over the steps of a journal, family by family.

    `went_home`: what belonged to moved pictures and went with them. `worked_on`: numbers of steps whose files stay for
    what stands beside them, or because the user has put them elsewhere.
    """

    def __init__(self, journal: ExportJournal, paths: StepPaths, others: Others, task: Task) -> None:
        self._journal = journal
        self._paths = paths
        self._beside, self._strangers = others.beside, others.strangers
        self._task = task
        self._folders = {record.path: record for record in journal.folders()}
        self.went_home: list[Path] = []
        self.worked_on: set[int] = set()

    def take_back(self, units: Sequence[Sequence[Step]]) -> None:
        steps = [step for unit in units for step in unit]
        # Said before anything is touched, so that an undo that was cut off can be gone on with.
        self._journal.update([replace(step, state=StepState.UNDOING) for step in steps])
        undone = [after for unit in units for after in self._of_family(unit)]
        for folder in {self._paths.target(step).parent for step in steps}:
            if is_folder(folder):
                safe_files.sync_folder(folder)
        self._journal.update(undone)

    def _of_family(self, unit: Sequence[Step]) -> list[Step]:
        leaving = self._what_goes_home(unit)
        reasons = self._reasons(unit, leaving)
        if reasons:
            first = next(step for step in unit if step.number in reasons)
            stays = Sentence("it stays with {name}", name=first.target.name)
            return [self._kept(step, reasons.get(step.number, stays)) for step in unit]
        undone = [self._undone(step, leaving) for step in unit]
        # After the picture: should the undo be cut off here, no sidecar stands in the old place without its picture.
        for path, home in leaving.items():
            self._go_home(path, home)
        return undone

    def _at(self, step: Step) -> Path:
        """Where the file is: where the export has put it, unless the user has moved it since; or a name nothing has."""
        target, made = self._paths.target(step), step.made
        if made is None:
            return target
        entry = entry_at(str(target))
        is_another = entry is not None and self._strangers.is_visited(str(step.target), entry)
        if entry is not None and not is_another:
            return target
        moved = self._strangers.moved(target.name, Entry(made.size, made.modified_ns, str(made.inode), True))
        if moved:
            return self._paths.root / moved[0]
        # A stranger stands under the name: a path that cannot exist keeps every caller from touching it.
        return self._paths.temporary_in(target.parent, step) if is_another else target

    def _kept(self, step: Step, reason: Sentence) -> Step:
        gone = safe_files.look(self._at(step)) is None and step.action != "move"
        state = StepState.UNDONE if gone else StepState.KEPT
        return replace(step, state=state, reason=NOTHING if gone else reason)

    # --- what goes home with a moved picture

    def _what_goes_home(self, unit: Sequence[Step]) -> dict[Path, Path]:
        """File -> where it goes: what nobody exported, and sidecars of ours in which somebody has worked."""
        picture = next((step for step in unit if step.is_picture and step.action == "move"), None)
        if picture is None:
            return {}
        at = self._at(picture)
        written = [step for step in unit if step.action == "write"]
        worked_in = [self._paths.target(step) for step in written if self._has_changed(step)]
        members = {self._at(step) for step in unit}
        leaving = [*(path for path in self._beside.of(at) if path not in members), *worked_in]
        return dict(zip(leaving, called_as(leaving, at, self._paths.source(picture)), strict=True))

    def _has_changed(self, step: Step) -> bool:
        target = self._paths.target(step)
        return safe_files.look(target) is not None and not holds(target, step)

    def _go_home(self, path: Path, home: Path) -> None:
        file = safe_files.look_at_file(path)
        if file is None:
            return
        _make_folders(home.parent)
        try:
            safe_files.publish(path, home)
        except OSError as error:
            if error.errno != EXDEV:
                raise
            temporary = home.with_name(f".shoal-{self._paths.export_id}-{file.inode}.part")
            safe_files.remove_own(temporary)
            self._copy_back(None, path, home, temporary)
        safe_files.sync_folder(home.parent)
        self.went_home.append(home)
        self._leave_side_folders(path.parent)

    def _leave_side_folders(self, folder: Path) -> None:
        """A program made them for what lay in them, and nothing does any more."""
        below = folder.relative_to(self._paths.root).parts
        for depth in range(len(below), 0, -1):
            if not any(map(is_side_folder, below[:depth])):
                return
            safe_files.remove_empty_folder(self._paths.root.joinpath(*below[:depth]))

    # --- why a family stays

    def _reasons(self, unit: Sequence[Step], leaving: Mapping[Path, Path]) -> dict[int, Sentence]:
        """By step number, why a file cannot be taken back; what has only gone already is no reason."""
        reasons: dict[int, Sentence] = {}
        free = {self._at(step) for step in unit}
        for step in unit:
            try:
                self._check(step, leaving, free)
            except (_Kept, SourceTrouble) as reason:
                reasons[step.number] = reason_of(reason)
            # A drive that is away is away for all of them: nobody wants a reason for each of ten thousand files.
            except ExportRefused:
                raise
            except PermissionError as error:
                reasons[step.number] = Sentence("it could not be taken back ({reason})", reason=error.strerror)
        return reasons

    def _check(self, step: Step, leaving: Mapping[Path, Path], free: Set[Path]) -> None:
        """`free`: the names that the family itself will have left by then."""
        target = self._at(step)
        self._refuse_detours(target.parent)
        if step.action == "move":
            self._check_move(step, target, leaving, free)
        elif safe_files.look(target) is None:
            return
        elif target != self._paths.target(step):
            self.worked_on.add(step.number)
            raise _Kept(Sentence("it was moved to {place} since, and stays there", place=target))
        elif target not in leaving:
            _CHECKS.get(step.action, _check_copy)(step, target)
            beside = self._beside.of(target) if step.is_picture else ()
            if beside:
                self.worked_on.add(step.number)
                names = ", ".join(path.name for path in beside[:3])
                raise _Kept(Sentence("another program has put {names} beside it since", names=names))

    def _refuse_detours(self, folder: Path) -> None:
        try:
            self._paths.refuse_detours(folder)
        except ExportRefused as refusal:
            raise _Kept(refusal.summary) from refusal

    def _check_move(self, step: Step, target: Path, leaving: Mapping[Path, Path], free: Set[Path]) -> None:
        """An edited picture goes home with its edits. Only where its old place is taken nothing can go."""
        source = self._paths.source(step)
        self._refuse_absent_drive(source.parent)
        if safe_files.look(target) is None:
            return
        # Something is there and no plain file: a link or a folder that took its name.
        if safe_files.look_at_file(target) is None and not is_inside(step):
            raise _Kept(Sentence("it has changed since it was exported"))
        is_taken = source != target and safe_files.look(source) is not None and source not in free
        if is_taken and not _is_twice(source, target):
            raise _Kept(Sentence("another file has taken its old place"))
        taken = [home for home in leaving.values() if safe_files.look(home) is not None]
        if step.is_picture and taken:
            raise _Kept(Sentence("{name} belongs to it, and that name is taken in its old place", name=taken[0].name))

    def _refuse_absent_drive(self, folder: Path) -> None:
        """Or the folder would be made anew, and filled, on the drive that is there."""
        record = self._folders.get(folder)
        if record is not None and is_offline(record):
            raise ExportRefused(
                Sentence("The drive of {folder} is not there.", folder=folder),
                Sentence("Plug in or mount it, then undo again."),
            )

    # --- doing it

    def _undone(self, step: Step, leaving: Mapping[Path, Path]) -> Step:
        target = self._at(step)
        if step.role == "aside" and self._paths.source(step) in leaving.values():
            return replace(step, state=StepState.KEPT, reason=Sentence("a newer one has gone home in its place"))
        try:
            if step.action == "move":
                self._move_back(step, target)
            elif safe_files.look(target) is not None and target not in leaving:
                _remove(target)
        except PermissionError as error:
            reason = Sentence("it could not be taken back ({reason})", reason=error.strerror)
            return replace(step, state=StepState.KEPT, reason=reason)
        except (_Kept, SourceTrouble, WrittenWrong) as trouble:
            return replace(step, state=StepState.KEPT, reason=reason_of(trouble))
        return replace(step, state=StepState.UNDONE, reason=NOTHING)

    def _move_back(self, step: Step, target: Path) -> None:
        source = self._paths.source(step)
        temporary = self._paths.temporary_in(source.parent, step)
        safe_files.remove_own(temporary)
        if safe_files.look(target) is None:
            if not is_inside(step) and not _is_home(source, step):
                raise _Kept(Sentence("it is no longer in the export folder"))
        # Both places are taken. Only where they hold the same bytes is it safe to let one of them go.
        elif source != target and safe_files.look(source) is not None:
            if not _is_twice(source, target):
                raise _Kept(Sentence("another file has taken its old place"))
            _remove(target)
        elif source != target:
            self._return(step, target, source, temporary)

    def _return(self, step: Step, target: Path, source: Path, temporary: Path) -> None:
        _make_folders(source.parent)
        try:
            safe_files.publish(target, source)
        except OSError as error:
            if error.errno != EXDEV:
                raise
            # An edited file goes home with its edits, so its contents cannot be held against those of the export.
            self._copy_back(step if holds(target, step) else None, target, source, temporary)
        safe_files.sync_folder(source.parent)

    def _copy_back(self, unchanged: Step | None, target: Path, source: Path, temporary: Path) -> None:
        """To another drive. `unchanged`: the step, if the file is still the one that it made."""
        expected = unchanged.content_hash if unchanged else None
        safe_files.copy_new(target, temporary, expected, self._task.check)
        # By its time other programs, and our own cache, take it for the file that it was before the export.
        if unchanged and unchanged.stamp is not None:
            safe_files.set_file_time(temporary, unchanged.stamp.modified_ns)
        safe_files.publish(temporary, source)
        safe_files.sync_folder(source.parent)
        _remove(target)


def _is_twice(source: Path, target: Path) -> bool:
    """An earlier undo put the file back, and ended before it could take this one away: the same in every byte."""
    source_now, target_now = safe_files.look_at_file(source), safe_files.look_at_file(target)
    if source_now is None or target_now is None or source_now.size != target_now.size:
        return False
    return source_now == target_now or safe_files.hash_file(source) == safe_files.hash_file(target)


def _is_home(source: Path, step: Step) -> bool:
    """Also one that was edited before it went home, and then its undo was cut off."""
    file = safe_files.look_at_file(source)
    if file is None or step.made is None:
        return False
    return file.inode == step.made.inode or holds(source, step)


def _check_copy(step: Step, target: Path) -> None:
    """A copy goes only while what it was copied from is still there, the same in every byte."""
    _require_unchanged(step, target)
    if step.source is not None:
        original = safe_files.look_at_file(step.source)
        if original is None:
            raise _Kept(Sentence("its original is not there, and this may be the last copy"))
        if safe_files.hash_file(step.source) != step.content_hash:
            raise _Kept(Sentence("its original has changed since, and this may be the last copy of what it was"))


def _check_hard_link(step: Step, target: Path) -> None:
    """Another name of the original: changes to either are changes to both, and lose nothing."""
    if step.source is None or safe_files.look(target) != safe_files.look(step.source):
        raise _Kept(Sentence("it is no longer the same file as its original"))


def _check_symbolic_link(step: Step, target: Path) -> None:
    if safe_files.links_to(target) != step.source:
        raise _Kept(Sentence("it has changed since it was exported"))


def _require_unchanged(step: Step, target: Path) -> None:
    if not holds(target, step):
        raise _Kept(Sentence("it has changed since it was exported"))


_CHECKS: Mapping[str, Callable[[Step, Path], None]] = {
    "hardlink": _check_hard_link,
    "symlink": _check_symbolic_link,
    "crop": _require_unchanged,  # no copy of anything: what becomes of the picture it was cut from does not matter
}


def _remove(target: Path) -> None:
    file = safe_files.look(target)
    if file is None or not safe_files.remove_unchanged(target, file):
        raise _Kept(Sentence("it changed while the export was being undone"))


def _make_folders(folder: Path) -> None:
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    for parent in reversed(missing):
        safe_files.make_folder(parent)
