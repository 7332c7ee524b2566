"""The steps a user has done, and where they are kept."""

from collections.abc import Sequence
from typing import Protocol

from shoal.domain.grouping import Grouping, Patch


class GroupingJournal(Protocol):
    """Steps 0..position-1 are done, those from `position` on were undone.

    `record` and `move_to` return once the change is safe, or raise and have changed nothing.
    """

    @property
    def labels(self) -> Sequence[str]: ...

    @property
    def position(self) -> int: ...

    def patch(self, step: int) -> Patch:
        """What a step did, as it was done."""
        ...

    def record(self, label: str, patch: Patch, after: Grouping) -> None:
        """Keep a new step behind those done; those undone are gone. May let the oldest steps go (lower position)."""
        ...

    def move_to(self, position: int, patch: Patch, after: Grouping) -> None:
        """Keep that one step was undone or redone: `patch` led to `after`."""
        ...


class MemoryJournal:
    """For work that need not outlast the process."""

    def __init__(self) -> None:
        self._steps: list[tuple[str, Patch]] = []
        self._position = 0

    @property
    def labels(self) -> Sequence[str]:
        return [label for label, _patch in self._steps]

    @property
    def position(self) -> int:
        return self._position

    def patch(self, step: int) -> Patch:
        return self._steps[step][1]

    def record(self, label: str, patch: Patch, _after: Grouping) -> None:
        self._steps[self._position :] = [(label, patch)]
        self._position += 1

    def move_to(self, position: int, _patch: Patch, _after: Grouping) -> None:
        self._position = position
