"""The steps a user has done, and where they are kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from shoal.domain.grouping import Grouping, Patch
from shoal.domain.rows import NO_KEY, StageKey


@dataclass(frozen=True, slots=True)
class Made:
    """What the clusters on the screen were made with: the model as after --model, and how map and clusters were made.

    `look` names the network with everything that decides about its vectors. The keys name results that the project
    keeps, whatever the pictures. All are "" where nothing was made yet. `moment`: how much it counted beside looks when
    pictures were taken, 0 (not at all) to 1 (nothing else).
    """

    model: str = ""
    look: StageKey = NO_KEY
    layout: StageKey = NO_KEY
    clusters: StageKey = NO_KEY
    moment: float = 0.0


NOTHING_MADE = Made()


class Turn(NamedTuple):
    """A step that led to clusters of another model or another sorting: what they were made with on both sides."""

    before: Made
    after: Made


def nothing_more() -> None:
    """Nothing is kept beside a step."""


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What a user has done, in words and as a change; `also` keeps what belongs to it, all of it or nothing."""

    label: str
    patch: Patch
    turn: Turn | None = None
    also: Callable[[], None] = nothing_more


class GroupingJournal(Protocol):
    """Steps 0..position-1 are done, those from `position` on were undone.

    `record`, `move_to`, `keep` and `begin` return once the change is safe, or raise and have changed nothing.
    """

    @property
    def labels(self) -> Sequence[str]: ...

    @property
    def position(self) -> int: ...

    @property
    def made(self) -> Made:
        """What the clusters were made with, as of the last step done."""
        ...

    def patch(self, step: int) -> Patch:
        """What a step did, as it was done."""
        ...

    def turn(self, step: int) -> Turn | None:
        """From what a step led to what; None for one that changed no more than places and clusters."""
        ...

    def record(self, step: Step, after: Grouping) -> None:
        """Keep a new step behind those done; those undone are gone. May let the oldest steps go (lower position)."""
        ...

    def keep(self, patch: Patch, after: Grouping, made: Made, also: Callable[[], None]) -> None:
        """Keep a change that is no step: what was found when there was nothing yet to go back to."""
        ...

    def begin(self, made: Made, done: Sequence[tuple[Step, Grouping]]) -> None:
        """Keep the first steps, each with what it led to: there are none yet. `made` holds before the first of them."""
        ...

    def move_to(self, position: int, patch: Patch, after: Grouping) -> None:
        """Keep that one step was undone or redone: `patch` led to `after`."""
        ...


class MemoryJournal:
    """For work that need not outlast the process."""

    def __init__(self, made: Made = NOTHING_MADE) -> None:
        self._steps: list[Step] = []
        self._position = 0
        self._made = made

    @property
    def labels(self) -> Sequence[str]:
        return [step.label for step in self._steps]

    @property
    def position(self) -> int:
        return self._position

    @property
    def made(self) -> Made:
        return self._made

    def patch(self, step: int) -> Patch:
        return self._steps[step].patch

    def turn(self, step: int) -> Turn | None:
        return self._steps[step].turn

    def record(self, step: Step, _after: Grouping) -> None:
        step.also()
        self._steps[self._position :] = [step]
        self._position += 1
        self._made = step.turn.after if step.turn else self._made

    def keep(self, _patch: Patch, _after: Grouping, made: Made, also: Callable[[], None]) -> None:
        also()
        self._made = made

    def begin(self, made: Made, done: Sequence[tuple[Step, Grouping]]) -> None:
        self._made = made
        for step, after in done:
            self.record(step, after)

    def move_to(self, position: int, _patch: Patch, _after: Grouping) -> None:
        self._made = made_at(self, position)
        self._position = position


def made_at(journal: GroupingJournal, position: int) -> Made:
    """What the clusters were made with, one step away from where `journal` stands."""
    turn = journal.turn(min(position, journal.position))
    if turn is None:
        return journal.made
    return turn.before if position < journal.position else turn.after
