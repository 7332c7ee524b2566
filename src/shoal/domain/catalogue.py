"""A list that others may add to: the program's own rows, and those of plugins."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from types import UnionType
from typing import Any, Protocol, TypeVar, Union, get_args, get_origin, get_type_hints, overload


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
        """All of them or none. Raises ValueError for a name that is taken or none, TypeError for a row with gaps."""
        for row in rows:
            _require_whole(row)
        names = [*self.names, *(row.name for row in rows)]
        taken = next((name for name in names if names.count(name) > 1), None)
        if taken is not None:
            raise ValueError(f"the name {taken} is taken")
        self._rows = (*self._rows, *rows)


def _require_whole(row: Any) -> None:
    """A row is a dataclass; each of its fields holds what its annotation says."""
    hints = _hints(type(row))
    for field in fields(row):
        if not _fits(getattr(row, field.name), hints.get(field.name, object)):
            raise TypeError(f"its {field.name} is {getattr(row, field.name)!r}")
    name: str = row.name
    if not name or not name.isprintable() or name[0] in "-." or set(name) & set(" /\\:"):
        raise ValueError(f"{name!r} is no name")


def _hints(kind: type) -> dict[str, Any]:
    """Empty where an annotation names what only the type checker imports: such rows are ours, and it checks them."""
    try:
        return get_type_hints(kind)
    except NameError:
        return {}


def _fits(value: object, hint: Any) -> bool:
    """Sentences may be plain texts, and of what can be called nothing more is known."""
    choices = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    kinds = [get_origin(choice) or choice for choice in choices]
    if object in kinds or (float in kinds and isinstance(value, int)):
        return True
    texts = [issubclass(kind, str) for kind in kinds if isinstance(kind, type)]
    if isinstance(value, str):
        return any(texts)
    if any(isinstance(kind, type) and isinstance(value, kind) for kind in kinds if not _is_protocol(kind)):
        return True
    return callable(value) and any(_is_protocol(kind) for kind in kinds)


def _is_protocol(kind: Any) -> bool:
    return bool(getattr(kind, "_is_protocol", False))
