"""What the rooms below say in plain English, as rows for translators: they know neither Qt nor languages.

The rows stand in `sentence_rows` and `sentence_rows_of_exports`; a test holds them against the sources.
"""

import re
from functools import cache

from shoal.widgets import sentence_rows, sentence_rows_of_exports
from shoal.widgets.translation import translated

ROWS = (*sentence_rows.ROWS, *sentence_rows_of_exports.ROWS)
_PLACE = re.compile(r"\{(\d)\}")
_WITHOUT_PLACES = frozenset(row for row in ROWS if not _PLACE.search(row))


def told(text: str) -> str:
    """A text from below in the language of the window, also where it holds values; else as it is."""
    if text in _WITHOUT_PLACES:
        return translated("sentences", text)
    for row, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return _with_values(translated("sentences", row), [told(value) for value in found.groups()])
    return text


def _with_values(sentence: str, values: list[str]) -> str:
    return _PLACE.sub(lambda place: values[int(place[1])], sentence)


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """The rows with places, those with the most words of their own first: of two that fit, that one says more."""
    rows = sorted((row for row in ROWS if row not in _WITHOUT_PLACES), key=lambda row: -len(_PLACE.sub("", row)))
    return [(row, re.compile("(.+)".join(map(re.escape, _PLACE.split(row)[::2])), re.DOTALL)) for row in rows]
