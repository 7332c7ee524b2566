"""The open project: the one owner of state. Everyone else holds a reference to it, never a copy of it."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from shoal.domain.digits import Claim
from shoal.domain.errors import ProjectNotReadable, UserFacingError
from shoal.domain.grouping import ClusterId, Grouping, Patch
from shoal.domain.history import GroupingJournal, Made, MemoryJournal, Step, Turn, nothing_more
from shoal.domain.sentence import Sentence
from shoal.projects.cluster_digits import ClusterDigits
from shoal.projects.digit_steps import DigitStep, DigitSteps
from shoal.projects.stack_rule import ChosenStackRule

Listener = Callable[[Patch, object | None], None]
"""Hears which patch was applied, and who asked for it (so that a view can ignore its own echo)."""

DIGITS_ONLY = Patch()
"""What is announced where number keys were given, and nothing else has changed."""


@dataclass(frozen=True, slots=True, eq=False)
class Takeover:
    """What a look found, as a change: `patch` fits `grown`, the grouping of now with room for images met since.

    `also` keeps what belongs to it in the same transaction; `then` swaps what else is in memory once all is kept.
    """

    label: Sentence
    grown: Grouping
    patch: Patch
    made: Made
    also: Callable[[], None] = nothing_more
    then: Callable[[], None] = nothing_more


class Project:
    """Lives on the thread that opened it. Not thread-safe, on purpose: workers return values, they do not call in.

    Each change goes: compute, persist, swap, record, announce. If persisting fails, nothing has changed.
    """

    def __init__(
        self,
        grouping: Grouping,
        journal: GroupingJournal | None = None,
        only_to_look_at: UserFacingError | None = None,
    ) -> None:
        """`only_to_look_at` says why nothing may be edited: every edit, whoever asks for it, raises it."""
        self._grouping, self._refusal = grouping, only_to_look_at
        self._journal: GroupingJournal = MemoryJournal() if journal is None else journal
        self._listeners: list[Listener] = []
        self.turned: Callable[[Made], None] = _nowhere
        """Called when undo or redo lead to clusters of another model or sorting, before anybody hears of the step."""
        self.digits = ClusterDigits()
        """The number keys of its clusters, kept beside the steps."""
        self.stack_rule = ChosenStackRule()
        """By what its pictures are stacked; that takes no part in the steps, either."""
        self.ahead = False
        """A first look is under way: the pictures can be sorted, but are known by their names only."""
        self._given = DigitSteps()
        self.went = 0
        """What the last change was: 1 for a step done or redone, -1 for one taken back, 0 for none that can be."""

    @property
    def made(self) -> Made:
        """What the clusters on the screen were made with."""
        return self._journal.made

    @property
    def grouping(self) -> Grouping:
        return self._grouping

    @property
    def editable(self) -> bool:
        return self._refusal is None

    @property
    def undo_label(self) -> str | None:
        """The step that `undo` takes back."""
        position = self._journal.position
        given = self._given.last(position)
        return given.label if given else self._journal.labels[position - 1] if position else None

    @property
    def redo_label(self) -> str | None:
        position, labels = self._journal.position, self._journal.labels
        given = self._given.next(position)
        return given.label if given else labels[position] if position < len(labels) else None

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every change; returns what ends the subscription."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def apply(self, label: Sentence, patch: Patch, *, initiator: object | None = None) -> None:
        """Do a step. Raises ValueError, changing nothing, if the patch was made for another grouping."""
        self._require_editable()
        if not patch:
            return
        after = self._grouping.patched(patch)
        self._journal.record(Step(label, patch), after)
        self._given.cut(self._journal.position - 1)
        self.went = 1
        self._swap(after, patch, initiator)

    def give_digit(self, label: Sentence, digit: int, cluster: ClusterId) -> None:
        """A number key to a cluster, as a step that can be taken back as long as the project is open."""
        self._require_editable()
        before = self.digits.claims
        self.digits.give(digit, cluster)
        self._given.add(DigitStep(self._journal.position, label, before, self.digits.claims))
        self.went = 1
        self._swap(self._grouping, DIGITS_ONLY, None)

    def undo(self, *, initiator: object | None = None) -> Patch:
        """Take the last step back; does nothing if there is none. Returns what changed."""
        self._require_editable()
        position = self._journal.position
        if (given := self._given.last(position)) is not None:
            self._given.undo()
            return self._put_digits(given.before, -1, initiator)
        if not position:
            return Patch()
        return self._replay(self._journal.patch(position - 1).inverse, position - 1, initiator)

    def redo(self, *, initiator: object | None = None) -> Patch:
        """Do the last step undone again; does nothing if there is none. Returns what changed."""
        self._require_editable()
        position = self._journal.position
        if (given := self._given.next(position)) is not None:
            self._given.redo()
            return self._put_digits(given.after, 1, initiator)
        if position == len(self._journal.labels):
            return Patch()
        return self._replay(self._journal.patch(position), position + 1, initiator)

    def take_over(self, takeover: Takeover) -> None:
        """A step where clusters or what they were made with change, and there was something to go back to.

        All of it is kept or nothing has changed. In a project that is only looked at nothing is kept.
        """
        after, journal = takeover.grown.patched(takeover.patch), self._journal
        turn = Turn(journal.made, takeover.made) if takeover.made != journal.made else None
        begins = not takeover.grown.clusters and not journal.position
        self.went = 0 if begins or not self.editable or not (takeover.patch or turn) else 1
        if not self.went:
            journal.keep(takeover.patch, after, takeover.made, takeover.also)
        else:
            journal.record(Step(takeover.label, takeover.patch, turn, takeover.also), after)
            self._given.cut(journal.position - 1)
        takeover.then()
        self._swap(after, takeover.patch, None)

    def go_to(self, takeover: Takeover) -> None:
        """The same as a step of the user's own. Raises UserFacingError where nothing may be edited."""
        self._require_editable()
        if takeover.patch or takeover.made != self._journal.made:
            self.take_over(takeover)

    def sort_ahead(self, grouping: Grouping, journal: GroupingJournal) -> None:
        """What is sorted while a first look is under way; nobody is told. It ends with `begin`, or with nothing."""
        self._grouping, self._journal, self.ahead = grouping, journal, True

    def give_up_ahead(self, journal: GroupingJournal) -> None:
        """The look has found no picture."""
        self._grouping, self._journal, self.ahead = Grouping(), journal, False

    def begin(self, takeover: Takeover, ahead: Sequence[Step], journal: GroupingJournal) -> None:
        """The first look is over: what was sorted ahead of it (steps from nothing sorted), then what it found.

        All of it is kept in `journal`, which had no steps, or nothing has changed.
        """
        after = takeover.grown.patched(takeover.patch)
        if not ahead:
            journal.keep(takeover.patch, after, takeover.made, takeover.also)
        else:
            journal.begin(takeover.made, _in_turn(takeover, ahead))
        self._journal, self.ahead, self.went = journal, False, 1 if ahead else 0
        takeover.then()
        self._swap(after, takeover.patch, None)

    def _put_digits(self, claims: Sequence[Claim], went: int, initiator: object | None) -> Patch:
        self.digits.put_back(claims)
        self.went = went
        self._swap(self._grouping, DIGITS_ONLY, initiator)
        return DIGITS_ONLY

    def _require_editable(self) -> None:
        if self._refusal is not None:
            raise self._refusal.with_traceback(None)

    def _replay(self, patch: Patch, position: int, initiator: object | None) -> Patch:
        try:
            after = self._grouping.patched(patch)
        except ValueError as error:  # patches fitted when they were recorded, so what was kept is not what was done
            raise ProjectNotReadable(
                Sentence("This step cannot be taken back: the history in the project file is damaged."),
                Sentence("Everything is as it was; go on from here, or open a backup of the project."),
            ) from error
        made, self.went = self._journal.made, 1 if position > self._journal.position else -1
        self._journal.move_to(position, patch, after)
        if self._journal.made != made:
            self.turned(self._journal.made)
        self._swap(after, patch, initiator)
        return patch

    def _swap(self, after: Grouping, patch: Patch, initiator: object | None) -> None:
        """Announce last of all: a listener that fails loses no step, and the others hear of it all the same."""
        self._grouping = after
        with ExitStack() as announcements:
            for listener in reversed(self._listeners):
                announcements.callback(listener, patch, initiator)


def _in_turn(takeover: Takeover, ahead: Sequence[Step]) -> list[tuple[Step, Grouping]]:
    """Each step with what it led to; what is found goes with the first of them."""
    steps = [replace(ahead[0], also=takeover.also), *ahead[1:]]
    if takeover.patch:
        steps.append(Step(takeover.label, takeover.patch))
    done, now = [], Grouping().grown_to(len(takeover.grown.home))
    for step in steps:
        now = now.patched(step.patch)
        done.append((step, now))
    return done


def _nowhere(_made: Made) -> None: ...
