"""A list that plugins may add to takes whole rows with names of their own, all of them or none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import pytest

from shoal.domain.catalogue import Catalogue
from shoal.domain.sentence import NOTHING, Sentence


class Run(Protocol):
    def __call__(self, number: int, /) -> int: ...


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    label: Sentence = NOTHING
    size: float = 0.0
    run: Run | None = None
    words: tuple[str, ...] = ()
    make: Callable[[], int] | None = None


def test_rows_are_found_by_place_and_by_name():
    first, second = Row("first"), Row("second")
    rows = Catalogue(first, second)
    assert (rows[0], list(rows[1:]), len(rows), list(rows)) == (first, [second], 2, [first, second])
    assert (rows.names, rows.named("second"), rows.named("third")) == (("first", "second"), second, None)
    rows.extend([Row("third"), Row("fourth")])
    assert rows.names == ("first", "second", "third", "fourth")


@pytest.mark.parametrize("names", [["first"], ["new", "first"], ["new", "new"]])
def test_a_name_is_taken_once_and_then_none_of_the_rows_comes_in(names):
    rows = Catalogue(Row("first"))
    with pytest.raises(ValueError, match=f"the name {names[-1]} is taken"):
        rows.extend([Row(name) for name in names])
    assert rows.names == ("first",)


@pytest.mark.parametrize("name", ["", "two words", "a/b", "a\\b", "a:b", "-a", ".a", "a\n", "a\u202eb"])
def test_a_name_can_be_typed_and_is_no_path(name):
    rows = Catalogue(Row("first"))
    with pytest.raises(ValueError, match="is no name"):
        rows.extend([Row("new"), Row(name)])
    assert rows.names == ("first",)


@pytest.mark.parametrize("row", [
    Row("a", Sentence("A")), Row("a", "A plain text"), Row("a", size=2), Row("a", size=2.5),  # type: ignore[arg-type]
    Row("a", run=abs), Row("a", run=None), Row("a", words=("x",)), Row("a", make=int), Row("name-1.2_x"),
])  # fmt: skip
def test_whole_rows_come_in(row):
    rows: Catalogue[Row] = Catalogue()
    rows.extend([row])
    assert list(rows) == [row]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", 3), ("name", None), ("label", 3), ("size", "large"), ("size", None), ("run", 3),
        ("run", "not to be called"), ("words", "x"), ("words", ["x"]), ("make", 3),
    ],
)  # fmt: skip
def test_rows_with_gaps_do_not(field, value):
    rows: Catalogue[Row] = Catalogue()
    values: dict[str, object] = {"name": "a", field: value}
    with pytest.raises(TypeError, match=f"its {field} is "):
        rows.extend([Row("new"), Row(**values)])  # type: ignore[arg-type]
    assert list(rows) == []
