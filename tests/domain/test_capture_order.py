from pathlib import Path
from typing import Any

import pytest
from tests.support.planned_world import record

from shoal.domain.capture_order import capture_order

PICTURES = Path("/pictures")


def order(*taken: tuple[str, str | None]) -> list[str]:
    """Names in the order in which pictures were taken, of names and moments."""
    facts: list[dict[str, Any]] = [{} if moment is None else {"taken": moment} for _, moment in taken]
    records = [record(n, PICTURES / name, **facts[n]) for n, (name, _) in enumerate(taken)]
    return [records[row].path.stem for row in capture_order(records)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2024-05-31T09:59:59", "2024-05-31T10:00:00"),
        ("2024-05-31T10:00:00.1", "2024-05-31T10:00:00.25"),
        ("2024-05-31T10:00:00.09", "2024-05-31T10:00:00.9"),
        ("2024-05-31T10:00:00", "2024-05-31T10:00:00.01"),
        ("2024-05-31T12:00:00+02:00", "2024-05-31T10:30:00+00:00"),
        ("2024-05-31T20:00:00-03:30", "2024-06-01T01:00:00+01:00"),
        ("2024-05-31T12:00:00.10+02:00", "2024-05-31T10:00:00.90+00:00"),
        ("1985", "1986"),
        ("2024-05-31", "2024-05-31T00:00:01"),
        ("2024-05-31T10:00:00", None),
    ],
)
def test_what_was_taken_first_comes_first_whatever_it_is_called(first, second):
    assert order(("b9", second), ("a10", first)) == ["a10", "b9"]
    assert order(("a10", first), ("b9", second)) == ["a10", "b9"]


def test_what_was_taken_at_once_goes_by_name_as_people_count():
    now = "2024-05-31T10:00:00"
    assert order(("IMG_10.jpg", now), ("IMG_9.jpg", now), ("img_2.jpg", now)) == ["img_2", "IMG_9", "IMG_10"]
    assert order(("b.jpg", None), ("a10.jpg", None), ("a9.jpg", None)) == ["a9", "a10", "b"]


def test_a_clock_that_says_no_offset_has_the_usual_one():
    with_offset = [(f"c{n}", f"2024-05-31T12:0{n}:00+02:00") for n in (1, 3)]
    assert order(("a2", "2024-05-31T12:02:00"), *with_offset, ("z0", "2024-05-31T10:00:30+00:00")) == [
        "z0",
        "c1",
        "a2",
        "c3",
    ]


def test_nothing_has_an_order():
    assert order() == []
