"""Conditions on pictures in a few words: `stars>=3 and not rejected`, `camera~canon or (dark and sharpness<20)`.

    condition  = both { "or" both }
    both       = one { ["and"] one }
    one        = "not" one | "(" condition ")" | WORD | FIELD SIGN VALUE
    SIGN       = "=" "!=" "<" "<=" ">" ">=" for numbers and dates, "=" "!=" "~" (contains) for texts
    VALUE      = a number, a date such as 2024, 2024-05 or 2024-05-31, a word, or a text in quotes

Letters may be large or small. A text in quotes by itself is looked for in names, folders, cameras, lenses and keywords.
What nobody knows of a picture (its date, its camera) is no match.
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import UserFacingError
from shoal.domain.sentence import Sentence

Mask = NDArray[np.bool_]


class Table(Protocol):
    """What is known of pictures, a value of each in their order. Read only where a condition asks for it."""

    def __len__(self) -> int: ...

    def numbers(self, field: str) -> NDArray[np.float64]:
        """Infinite where nobody knows."""
        ...

    def texts(self, field: str) -> Sequence[str]:
        """In small letters; empty where nobody knows."""
        ...


NUMBERS: Final[Mapping[str, str]] = {
    "stars": "0 to 5",
    "sharpness": "0 (blurred) to 100",
    "brightness": "0 (black) to 100 (white), the middle of all pixels",
    "clipped": "percent of the picture that is nothing but white or black",
    "width": "in pixels",
    "height": "in pixels",
    "megapixels": "width times height, in millions",
    "size": "of the file, in MB",
    "shape": "width divided by height",
}
TEXTS: Final[Mapping[str, str]] = {
    "pick": "picked, rejected, pending or none",
    "label": "red, orange, yellow, green, blue, purple, grey, black, white, or none",
    "camera": "the camera",
    "lens": "the lens",
    "folder": "the sub-folder",
    "name": "the name of the file",
    "cluster": "the name of the cluster",
    "keyword": "keywords from other programs",
    "text": "any of these texts",
}
DATES: Final[Mapping[str, str]] = {"date": "when it was taken: 2024, 2024-05, 2024-05-31"}
WORDS: Final[Mapping[str, str]] = {
    "picked": "pick=picked",
    "rejected": "pick=rejected",
    "pending": "pick=pending",
    "unflagged": "pick=none",
    "labelled": "label!=none",
    "red": "label=red",
    "orange": "label=orange",
    "yellow": "label=yellow",
    "green": "label=green",
    "blue": "label=blue",
    "purple": "label=purple",
    "dark": "brightness<20",
    "bright": "brightness>75",
    "clipped": "clipped>5",
    "blurred": "sharpness<18",
    "sharp": "sharpness>=50",
    "wide": "shape>1.05",
    "tall": "shape<0.95",
    "square": "shape>=0.95 and shape<=1.05",
}
"""What stands for a longer condition."""

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<quoted>"[^"]*"|'[^']*')|(?P<sign>[<>!]=|[=<>~()])|(?P<word>[^\s"'()<>=!~]+))"""
)
_COMPARE: Final[Mapping[str, Callable[[NDArray[np.float64], float], Mask]]] = {
    "=": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
}  # fmt: skip
_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Condition:
    """What was written, and what it asks for. `holds` says of each picture of a table whether it is so."""

    text: str
    fields: frozenset[str]
    holds: Callable[[Table], Mask]


def parse(text: str) -> Condition:
    """Raises UserFacingError, which names the place."""
    return _Parser(text).read()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int

    @property
    def low(self) -> str:
        return self.text.lower()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text, self._tokens, self._next = text, list(_tokens(text)), 0
        self._fields: set[str] = set()

    def read(self) -> Condition:
        if self._now.kind == "end":
            raise _wrong(self._text, 0, Sentence("it is empty"))
        holds = self._condition()
        if self._now.kind != "end":
            raise _wrong(self._text, self._now.at, Sentence("“{word}” is one too many", word=self._now.text))
        return Condition(self._text, frozenset(self._fields), holds)

    @property
    def _now(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._now
        self._next += token.kind != "end"
        return token

    def _is(self, word: str) -> bool:
        return self._now.kind in ("word", "sign") and self._now.low == word

    def _condition(self) -> Callable[[Table], Mask]:
        parts = [self._both()]
        while self._is("or"):
            self._take()
            parts.append(self._both())
        return _joined(parts, np.logical_or)

    def _both(self) -> Callable[[Table], Mask]:
        parts = [self._one()]
        while self._is("and") or not (self._now.kind == "end" or self._is("or") or self._is(")")):
            if self._is("and"):
                self._take()
            parts.append(self._one())
        return _joined(parts, np.logical_and)

    def _one(self) -> Callable[[Table], Mask]:
        token = self._take()
        if token.kind == "word" and token.low == "not":
            inner = self._one()
            return lambda table: ~inner(table)
        if token.text == "(":
            return self._in_brackets(token)
        if token.kind == "quoted":
            return self._contains("text", token.text[1:-1])
        if token.kind == "word" and token.low not in ("and", "or"):
            return self._test(token)
        raise _wrong(self._text, token.at, Sentence("a word or a field is expected here"))

    def _in_brackets(self, opening: _Token) -> Callable[[Table], Mask]:
        inner = self._condition()
        if self._take().text != ")":
            raise _wrong(self._text, opening.at, Sentence("this bracket is never closed"))
        return inner

    def _test(self, token: _Token) -> Callable[[Table], Mask]:
        """A field with a sign and a value, or a word that stands for that."""
        field = token.low
        if self._now.kind != "sign" or self._now.text in "()":
            if field not in WORDS:
                raise _wrong(self._text, token.at, Sentence("“{word}” is no word of it", word=token.text))
            meant = parse(WORDS[field])
            self._fields |= meant.fields
            return meant.holds
        if field in NUMBERS:
            return self._number(field)
        if field in DATES:
            return self._date(field)
        if field in TEXTS:
            return self._text_test(field)
        raise _wrong(self._text, token.at, Sentence("there is no field “{word}”", word=token.text))

    def _number(self, field: str) -> Callable[[Table], Mask]:
        sign, value = self._take(), self._take()
        compare = _COMPARE.get(sign.text)
        try:
            limit = float(value.text) if compare else None
        except ValueError:
            limit = None
        if compare is None or limit is None or not np.isfinite(limit):
            raise _wrong(self._text, value.at, Sentence("{field} is compared with a number", field=field))
        self._fields.add(field)

        def holds(table: Table) -> Mask:
            numbers = table.numbers(field)
            return np.isfinite(numbers) & compare(numbers, limit)

        return holds

    def _date(self, field: str) -> Callable[[Table], Mask]:
        sign, value = self._take(), self._take()
        if sign.text not in _COMPARE or not _DATE.fullmatch(value.text):
            raise _wrong(self._text, value.at, Sentence("a date is written like 2024-05-31, 2024-05 or 2024"))
        self._fields.add(field)
        compare, limit = getattr(operator, _OPERATORS[sign.text]), value.text

        def holds(table: Table) -> Mask:
            begun = (text[: len(limit)] for text in table.texts(field))
            return _mask((len(date) == len(limit) and compare(date, limit) for date in begun), table)

        return holds

    def _text_test(self, field: str) -> Callable[[Table], Mask]:
        sign, value = self._take(), self._take()
        if sign.text not in ("=", "!=", "~") or value.kind not in ("word", "quoted"):
            raise _wrong(self._text, sign.at, Sentence("{field} goes with =, != or ~ and a text", field=field))
        sought = (value.text[1:-1] if value.kind == "quoted" else value.text).casefold()
        if sign.text == "~":
            return self._contains(field, sought)
        self._fields.add(field)
        same = sign.text == "="
        return lambda table: _mask(((text == sought) == same for text in table.texts(field)), table)

    def _contains(self, field: str, sought: str) -> Callable[[Table], Mask]:
        self._fields.add(field)
        words = sought.casefold().split()
        return lambda table: _mask((all(word in text for word in words) for text in table.texts(field)), table)


_OPERATORS: Final = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


def _joined(parts: Sequence[Callable[[Table], Mask]], join: np.ufunc) -> Callable[[Table], Mask]:
    if len(parts) == 1:
        return parts[0]
    return lambda table: join.reduce([part(table) for part in parts])


def _mask(values: object, table: Table) -> Mask:
    return np.fromiter(values, np.bool_, len(table))  # type: ignore[call-overload,no-any-return]  # a generator


def _tokens(text: str) -> list[_Token]:
    tokens, at = [], 0
    stripped = text.rstrip()
    while at < len(stripped):
        match = _TOKEN.match(stripped, at)
        if match is None:
            raise _wrong(text, at, Sentence("this cannot be read"))
        kind = str(match.lastgroup)
        tokens.append(_Token(kind, match[kind], match.start(kind)))
        at = match.end()
    return [*tokens, _Token("end", "", len(text))]


def _wrong(text: str, at: int, what: Sentence) -> UserFacingError:
    """`at` counts from 0; people count from 1."""
    return UserFacingError(
        Sentence(
            "The condition “{text}” makes no sense at character {place}: {what}.", text=text, place=at + 1, what=what
        ),
        Sentence("Write for example {example}.", example="stars>=3 and not rejected"),
    )
