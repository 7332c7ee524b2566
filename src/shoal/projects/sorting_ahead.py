"""Sorting by hand while a first look is under way: steps that can be undone, kept by file until the look is over."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shoal.domain.grouping import Grouping, Patch
from shoal.domain.history import MemoryJournal, Step
from shoal.domain.sentence import Sentence
from shoal.domain.sorted_ahead import SortedAhead, numbers_now, put_back, renumbered, taken_down

BEFORE = Sentence("Sort by hand")
Keep = Callable[[SortedAhead], object]


class AheadJournal(MemoryJournal):
    """Steps in memory; what they came to is kept before each of them counts."""

    def __init__(self, steps: Sequence[Step], position: int, keep: Callable[[Grouping], object]) -> None:
        super().__init__()
        self._steps, self._position, self._keep = list(steps), position, keep

    @property
    def steps(self) -> Sequence[Step]:
        return self._steps

    def record(self, step: Step, after: Grouping) -> None:
        self._keep(after)
        super().record(step, after)

    def move_to(self, position: int, patch: Patch, after: Grouping) -> None:
        self._keep(after)
        super().move_to(position, patch, after)


class SortingAhead:
    """Belongs to the owner of the project. `kept`: what was sorted before the program ended, in an earlier look."""

    def __init__(self, files: Sequence[Path], kept: SortedAhead, keep: Keep) -> None:
        self._files, self._keep = files, keep
        first = put_back(kept, files)
        self.journal = self._journal([Step(BEFORE, first)] if first else [], 1 if first else 0)

    @property
    def done(self) -> Sequence[Step]:
        """From nothing sorted to what is."""
        return self.journal.steps[: self.journal.position]

    @property
    def grouping(self) -> Grouping:
        grouping = Grouping().grown_to(len(self._files))
        for step in self.done:
            grouping = grouping.patched(step.patch)
        return grouping

    def renumber(self, files: Sequence[Path]) -> NDArray[np.int32]:
        """These are the files now, by image id. Returns the number of each by the one it had, -1 for what is gone."""
        now = numbers_now(self._files, files)
        steps = [Step(step.label, renumbered(step.patch, now)) for step in self.journal.steps]
        self._files, self.journal = files, self._journal(steps, self.journal.position)
        return now

    def _journal(self, steps: Sequence[Step], position: int) -> AheadJournal:
        return AheadJournal(steps, position, lambda after: self._keep(taken_down(after, self._files)))
