"""A list that others may add to: the program's own rows, and those of plugins."""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar, overload


class Row(Protocol):
    @property
    def name(self) -> str: ...


R = TypeVar("R", bound=Row)


class Catalogue(Sequence[R]):
    """Rows with names of their own, in the order in which they are offered.

    `extend` is for plugins, which the program loads once, when it starts; whoever reads the list later finds theirs.
    """

    def __init__(self, *rows: R) -> None:
        self._rows = rows

    @overload
    def __getitem__(self, index: int) -> R: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[R]: ...

    def __getitem__(self, index: int | slice) -> R | Sequence[R]:
        return self._rows[index]

    def __iter__(self) -> Iterator[R]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(row.name for row in self._rows)

    def named(self, name: str) -> R | None:
        return next((row for row in self._rows if row.name == name), None)

    def extend(self, rows: Sequence[R]) -> None:
        """All of them or none. Raises ValueError for a name that is taken."""
        names = [*self.names, *(row.name for row in rows)]
        taken = next((name for name in names if names.count(name) > 1), None)
        if taken is not None:
            raise ValueError(f"the name {taken} is taken")
        self._rows = (*self._rows, *rows)
