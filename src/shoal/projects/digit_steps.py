"""Number keys that were given by hand, as steps between those of the project: undo takes back whichever came last."""

from collections.abc import Sequence
from dataclasses import dataclass

from shoal.domain.digits import Claim
from shoal.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class DigitStep:
    """`position`: how many steps of the project were done when the key was given."""

    position: int
    label: Sentence
    before: Sequence[Claim]
    after: Sequence[Claim]


class DigitSteps:
    """Of one project, as long as it is open."""

    def __init__(self) -> None:
        self._done: list[DigitStep] = []
        self._undone: list[DigitStep] = []

    def add(self, step: DigitStep) -> None:
        self._done = [earlier for earlier in self._done if earlier.position <= step.position]
        self._done.append(step)
        self._undone = []

    def cut(self, position: int) -> None:
        """A new step was done there: what had been undone, and what came behind it, is gone."""
        self._done = [earlier for earlier in self._done if earlier.position <= position]
        self._undone = []

    def last(self, position: int) -> DigitStep | None:
        """What is to be taken back before the last step of the project."""
        return self._done[-1] if self._done and self._done[-1].position == position else None

    def next(self, position: int) -> DigitStep | None:
        """What is to be done again before the next step of the project."""
        return self._undone[-1] if self._undone and self._undone[-1].position == position else None

    def undo(self) -> None:
        self._undone.append(self._done.pop())

    def redo(self) -> None:
        self._done.append(self._undone.pop())
