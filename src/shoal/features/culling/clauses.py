"""What the filter bar offers: for each kind of thing a few conditions, which join to one as on the command line."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shoal.domain.errors import UserFacingError
from shoal.domain.images import ImageRecord
from shoal.domain.where import parse
from shoal.widgets.translation import QT_TRANSLATE_NOOP

MOST_OFFERED = 30


@dataclass(frozen=True, slots=True)
class Choice:
    """`label` is translated where it is shown; `condition` as `domain.where` reads it."""

    label: str
    condition: str


FLAG_CHOICES = (
    Choice(QT_TRANSLATE_NOOP("filters", "Picked"), "picked"),
    Choice(QT_TRANSLATE_NOOP("filters", "Not rejected"), "not rejected"),
    Choice(QT_TRANSLATE_NOOP("filters", "Rejected"), "rejected"),
    Choice(QT_TRANSLATE_NOOP("filters", "Without a flag"), "unflagged"),
)
STAR_CHOICES = (
    *(Choice(f"≥ {'★' * stars}", f"stars>={stars}") for stars in range(1, 6)),
    *(Choice(f"= {'★' * stars}", f"stars={stars}") for stars in range(1, 5)),
    Choice(QT_TRANSLATE_NOOP("filters", "No stars"), "stars=0"),
)
LABEL_CHOICES = (
    Choice(QT_TRANSLATE_NOOP("filters", "Any label"), "labelled"),
    Choice(QT_TRANSLATE_NOOP("filters", "Red"), "red"),
    Choice(QT_TRANSLATE_NOOP("filters", "Yellow"), "yellow"),
    Choice(QT_TRANSLATE_NOOP("filters", "Green"), "green"),
    Choice(QT_TRANSLATE_NOOP("filters", "Blue"), "blue"),
    Choice(QT_TRANSLATE_NOOP("filters", "Purple"), "purple"),
    Choice(QT_TRANSLATE_NOOP("filters", "No label"), "label=none"),
)
FIXED: Mapping[str, Sequence[Choice]] = {
    QT_TRANSLATE_NOOP("filters", "Exposure"): (
        Choice(QT_TRANSLATE_NOOP("filters", "Dark"), "dark"),
        Choice(QT_TRANSLATE_NOOP("filters", "Bright"), "bright"),
        Choice(QT_TRANSLATE_NOOP("filters", "Clipped"), "clipped"),
    ),
    QT_TRANSLATE_NOOP("filters", "Sharpness"): (
        Choice(QT_TRANSLATE_NOOP("filters", "Looks blurred"), "blurred"),
        Choice(QT_TRANSLATE_NOOP("filters", "Sharp"), "sharp"),
    ),
    QT_TRANSLATE_NOOP("filters", "Shape"): (
        Choice(QT_TRANSLATE_NOOP("filters", "Wide"), "wide"),
        Choice(QT_TRANSLATE_NOOP("filters", "Tall"), "tall"),
        Choice(QT_TRANSLATE_NOOP("filters", "Square"), "square"),
    ),
    QT_TRANSLATE_NOOP("filters", "Size"): (
        Choice(QT_TRANSLATE_NOOP("filters", "Under 2 megapixels"), "megapixels<2"),
        Choice(QT_TRANSLATE_NOOP("filters", "From 12 megapixels"), "megapixels>=12"),
        Choice(QT_TRANSLATE_NOOP("filters", "From 24 megapixels"), "megapixels>=24"),
    ),
}
FOUND_KINDS: Mapping[str, str] = {
    "camera": QT_TRANSLATE_NOOP("filters", "Camera"),
    "lens": QT_TRANSLATE_NOOP("filters", "Lens"),
    "date": QT_TRANSLATE_NOOP("filters", "Date"),
    "folder": QT_TRANSLATE_NOOP("filters", "Folder"),
}
"""What is offered of these is what there is among the pictures."""


def found_choices(kind: str, records: Iterable[ImageRecord], lenses: Iterable[str] = ()) -> list[Choice]:
    """The most frequent ones, in the order of their names; dates by day, or by month where there are many days."""
    if kind == "date":
        return _dates([record.facts.taken or "" for record in records])
    if kind == "lens":
        names = Counter(filter(None, lenses))
    elif kind == "camera":
        names = Counter(record.facts.camera for record in records if record.facts.camera)
    else:
        names = Counter(record.label for record in records if record.label)
    return [Choice(f"{name}  ({count:,})", equal_to(kind, name)) for name, count in _frequent(names)]


def _dates(taken: Sequence[str]) -> list[Choice]:
    for length in (10, 7, 4):
        days = Counter(text[:length] for text in taken if len(text) >= length)
        if len(days) <= MOST_OFFERED:
            break
    return [Choice(f"{day}  ({count:,})", f"date={day}") for day, count in _frequent(days)]


def _frequent(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.most_common(MOST_OFFERED))


def equal_to(kind: str, value: str) -> str:
    """A condition that survives quotes in a name: what has both kinds is only looked for by its parts."""
    if '"' not in value:
        return f'{kind}="{value}"'
    if "'" not in value:
        return f"{kind}='{value}'"
    return f'{kind}~"{max(value.split(chr(34)), key=len)}"'


def joined(conditions: Iterable[str]) -> str:
    """All of them at once."""
    given = [condition for condition in conditions if condition]
    return (
        given[0]
        if len(given) == 1
        else " and ".join(f"({condition})" if " or " in condition else condition for condition in given)
    )


def text_condition(typed: str) -> str:
    """What stands in the field: a condition if it is one, or has a sign of one; else words to be looked for."""
    typed = typed.strip()
    if not typed or any(sign in typed for sign in "=<>~()\"'"):
        return typed
    try:
        return parse(typed).text
    except UserFacingError:
        return f'"{typed}"'
