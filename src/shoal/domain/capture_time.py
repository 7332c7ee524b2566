"""When a picture was taken, as a text that sorts as the moments do: ISO 8601, local time, and only what is known.

`2024-05-31T14:03:59.25+02:00` in full; without the offset from UTC or the fraction where nobody wrote them; a day, a
month or a year alone where nobody knew more, as of a scan. Pictures are put in order by the clock on the wall where
they were taken, which is what their names show; the offset is kept, not reckoned with.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

_WRITTEN: Final = re.compile(
    r"(\d{4})(?:[-:/.](\d\d?)(?:[-:/.](\d\d?)"  # a day, or the beginning of one
    r"(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d+))?)? *(Z|[+-]\d\d:?\d\d)?)?)?)?(?!\d)",
    re.ASCII,
)
_KEPT: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(\.\d+)?)?)?)?", re.ASCII)
_UNPARTED: Final = re.compile(r"(\d{4})(\d\d)(\d\d)[T ](\d\d)(\d\d)(\d\d)(?!\d)", re.ASCII)
_OFFSET: Final = re.compile(r"([+-])(\d\d):?([0-5]\d)$", re.ASCII)
_EARLIEST_YEAR: Final = 1000
"""What is said to be older is somebody's zero: 0000:00:00, 0001-01-01."""
_MOST_DIGITS: Final = 6
_CLOCK: Final = len("2024-05-31T14:03:59")
_LEAST: Final = (1, 1, 0, 0, 0)


def capture_time(written: str, fraction: str = "", offset: str = "") -> str | None:
    """Read a moment as EXIF, XMP or people write it; `fraction` and `offset` are what EXIF keeps apart from it.

    `2024:05:31 14:03:59`, `2024-05-31T14:03:59.25+02:00`, `20240531T140359`, `1985`. None for what is none, such as
    zeros or blanks. Some telephones write 24 for the first hour of a day, some clocks 60 for a second.
    """
    match = _WRITTEN.match(_UNPARTED.sub(_parted, written.strip(), count=1))
    if match is None:
        return None
    year, month, day = (int(part or 0) for part in match.group(1, 2, 3))
    hour, minute, second = (int(part or 0) for part in match.group(4, 5, 6))
    try:
        moment = datetime(year, month or 1, day or 1, 0 if hour == 24 else hour, minute, 59 if second == 60 else second)
    except ValueError:
        return None
    if year < _EARLIEST_YEAR:
        return None
    if not (month and day and match[4]):  # archives write zeros for what they do not know
        return moment.date().isoformat()[: 4 if not month else 7 if not day else 10]
    return moment.isoformat() + _in_fractions(match[7] or fraction) + _as_offset(match[8] or offset)


def _parted(digits: re.Match[str]) -> str:
    """20240531T140359 with the signs between."""
    return "{}-{}-{} {}:{}:{}".format(*digits.groups())


def completed(taken: str, others: Iterable[str]) -> str:
    """With the hour, the fraction of a second and the offset that the first of the others knows which says the same."""
    for other in others:
        if not taken[_CLOCK:] and other.startswith(taken):
            taken = other
        elif len(taken) >= _CLOCK and other[:_CLOCK] == taken[:_CLOCK]:
            fraction = parts_of(taken)[-1] or parts_of(other)[-1] or ""
            taken = taken[:_CLOCK] + fraction + (offset_of(taken) or offset_of(other))
    return taken


def parts_of(taken: str) -> tuple[str | None, ...]:
    """Year, month, day, hour, minute, second, and a fraction with its dot; None for what is not known."""
    match = _KEPT.match(taken)
    return match.groups() if match else (None,) * 7


def offset_of(taken: str) -> str:
    """Hours and minutes from UTC, +02:00; empty where they are not known."""
    match = _OFFSET.search(taken)
    return match[0] if match and "T" in taken else ""


def seconds(taken: str | None) -> float:
    """Seconds since 1970 on the clock of the place, to sort by; infinite where nobody knows."""
    year, *rest, fraction = parts_of(taken or "")
    try:
        month, day, hour, minute, second = (int(part or least) for part, least in zip(rest, _LEAST, strict=True))
        moment = datetime(int(year or 0), month, day, hour, minute, second, tzinfo=UTC)
        return moment.timestamp() + float(fraction or 0)
    except ValueError:
        return float("inf")


def _in_fractions(digits: str) -> str:
    """A fraction of a second of any length."""
    kept = digits[:_MOST_DIGITS].rstrip("0") if digits.isascii() and digits.isdigit() else ""
    return f".{kept}" if kept else ""


def _as_offset(written: str) -> str:
    if written == "Z":
        return "+00:00"
    match = _OFFSET.match(written)
    return f"{match[1]}{match[2]}:{match[3]}" if match else ""
