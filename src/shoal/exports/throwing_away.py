"""Pictures moved to the system's trash with all that belongs to them, and back: journalled, and nothing is deleted.

A file has a second name in its own folder from before the system is asked until the journal says where in the trash
it is. So whatever is cut off, and whenever: it can be found, and `settle` gives it its place again.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from shoal.domain.export_journal import ExportJournal, Step, StepState
from shoal.domain.images import ContentHash, SkippedImage
from shoal.domain.sentence import NOTHING, Sentence, reason_of
from shoal.domain.task import Task
from shoal.exports.drive_trouble import plain_error
from shoal.exports.units import units_of
from shoal.files.safe_files import SourceTrouble, hash_file, look_at_file, remove_own
from shoal.files.trash import MoveToTrash, NotTrashed, from_trash, into_trash, put_back

MayGo = Callable[[Step], Sentence]
"""Asked before the picture of a family goes: why it has to stay, or `NOTHING`."""


@dataclass(frozen=True, slots=True)
class Thrown:
    """`moved`: by the places that they had; `kept`: what stays, each with its reason; `id` of the journal."""

    moved: tuple[Path, ...] = ()
    kept: tuple[SkippedImage, ...] = ()
    id: str = ""

    def __add__(self, other: "Thrown") -> "Thrown":
        return Thrown(self.moved + other.moved, self.kept + other.kept, self.id)


def throw_away(journal: ExportJournal, move: MoveToTrash, may_go: MayGo, task: Task) -> Thrown:
    """Whole families, or nothing of them. Raises Cancelled between two: what went until then can be brought back."""
    families = units_of([step for step in journal.steps() if step.state is StepState.PLANNED])
    trash, thrown = _Trash(journal, move), Thrown(id=journal.header().id)
    try:
        for family in task.track(families, Sentence("Moving to the trash")):
            thrown += trash.throw_away(family, may_go(family[0]))
    except OSError as error:
        raise plain_error(error, journal.header().root) from error
    journal.set_finished()
    return thrown


def bring_back(journal: ExportJournal, task: Task) -> Thrown:
    """What is still in the trash as it was goes where it came from, its picture first. May be called again."""
    waiting = [step for step in journal.steps() if step.state in {StepState.DONE, StepState.KEPT}]
    trash, back = _Trash(journal, lambda _path: None), Thrown()
    for family in task.track(units_of(waiting), Sentence("Bringing back from the trash")):
        back += trash.bring_back(family)
    if not back.kept:
        journal.set_undone()
    return back


def settle(journal: ExportJournal) -> None:
    """After being cut off: what is in doubt stands in its place again, and no second names are left."""
    trash = _Trash(journal, lambda _path: None)
    for step in journal.steps():
        if step.state is StepState.STARTED:
            put_back(trash.spare(step), place(step))
            journal.update([replace(step, state=StepState.LEFT_OUT, reason=Sentence("moving it was cut off"))])
        elif step.state is StepState.DONE:
            remove_own(trash.spare(step))


def place(step: Step) -> Path:
    """Where a file was before it went to the trash."""
    if step.source is None:
        raise ValueError(f"step {step.number} has no source")
    return step.source


class _Trash:
    def __init__(self, journal: ExportJournal, move: MoveToTrash) -> None:
        self._journal, self._move, self._id = journal, move, journal.header().id

    def spare(self, step: Step) -> Path:
        return place(step).with_name(f".shoal-{self._id}-{step.number}.part")

    def throw_away(self, steps: Sequence[Step], reason: Sentence) -> Thrown:
        gone: list[Step] = []
        try:
            if reason != NOTHING:
                raise NotTrashed(reason)
            started = [replace(step, state=StepState.STARTED, content_hash=_content(step)) for step in steps]
            self._journal.update(started)
            for step in started:
                gone.append(self._throw(step))
        except NotTrashed as why:
            self._undo(gone)
            return self._stays(steps, reason_of(why))
        self._journal.update(gone)
        for step in gone:
            remove_own(self.spare(step))
        return Thrown(tuple(map(place, gone)))

    def bring_back(self, family: Sequence[Step]) -> Thrown:
        back = Thrown()
        for step in family:
            try:
                self._bring(step)
                after = replace(step, state=StepState.UNDONE, reason=NOTHING)
                back += Thrown((place(step),))
            except NotTrashed as why:
                after = replace(step, state=StepState.KEPT, reason=reason_of(why))
                back += Thrown((), (SkippedImage(place(step), after.reason),))
            self._journal.update([after])
        return back

    def _bring(self, step: Step) -> None:
        if not step.target.is_absolute():
            raise NotTrashed(Sentence("the system did not say where in the trash it is: bring it back there"))
        from_trash(step.target, place(step), self.spare(step), step.content_hash or ContentHash(""))

    def _throw(self, step: Step) -> Step:
        where = into_trash(place(step), self.spare(step), self._move)
        return replace(step, state=StepState.DONE, target=where or Path())

    def _undo(self, gone: Sequence[Step]) -> None:
        """A family is not parted: its second names become its names again, and the trash lets go of it."""
        for step in reversed(gone):
            with suppress(NotTrashed):
                self._bring(step)
            put_back(self.spare(step), place(step))

    def _stays(self, steps: Sequence[Step], reason: Sentence) -> Thrown:
        self._journal.update([replace(step, state=StepState.LEFT_OUT, reason=reason) for step in steps])
        return Thrown((), tuple(SkippedImage(place(step), reason) for step in steps))


def _content(step: Step) -> ContentHash:
    """What the file holds now. Raises NotTrashed where it is not the one that was looked at."""
    path = place(step)
    now = look_at_file(path)
    if now is None:
        raise NotTrashed(Sentence("it is not a regular file"))
    if step.stamp is not None and now.stamp != step.stamp:
        raise NotTrashed(Sentence("it has changed since it was looked at"))
    try:
        return hash_file(path)
    except SourceTrouble as trouble:
        raise NotTrashed(reason_of(trouble)) from trouble
