"""Names that can be written on Linux, macOS and Windows alike, and how they are compared.

A cluster may be called anything, and a picture may come from a stranger. What leaves here is one path component that no
system reads as a folder change, a device, a hidden file or another name.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import count

NAME_LIMIT = 255
"""Bytes of UTF-8 on Linux, UTF-16 units on Windows and macOS (HFS+ counts the decomposed form)."""
ENDING_LIMIT = 64
REPLACEMENT = "_"

_EDGES = re.compile(r"^[\s.]+|[\s.]+$")
_FORBIDDEN = frozenset('<>:"/\\|?*')
_RESERVED = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$"]
    + [device + digit for device in ("COM", "LPT") for digit in "0123456789"]
)
# Characters that Unicode calls default-ignorable although their category is a letter or a mark, and the blank Braille
# cell: two names that differ only in these look the same, and HFS+ takes them for the same.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ufdd0-\ufdef\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def safe_name(text: str, fallback: str = "unnamed") -> str:
    """The name of a folder, or of a file whose extension does not matter."""
    return safe_stem(text, ("",), fallback)


def safe_stem(text: str, endings: Collection[str], fallback: str = "unnamed") -> str:
    """A stem such that stem + ending is a safe name for each of the endings, which come from `safe_ending`.

    One stem for several endings keeps a RAW, its JPEG and their sidecar together when a long name is cut.
    """
    stem = _without_reserved_name(_cleaned(text)[: NAME_LIMIT + 1] or fallback)
    while not all(_fits(stem + ending) for ending in endings):
        stem = stem[:-1]
    return _without_reserved_name(_EDGES.sub("", stem) or fallback)


def safe_ending(ending: str) -> str:
    """A file's extension, or several (".CR2.xmp"), with its leading dot; "" where nothing is left of it."""
    parts = [_cleaned(part) for part in ending.split(".")]
    safe = "".join("." + part for part in parts if part)
    return safe if len(safe.encode()) <= ENDING_LIMIT else ""


def safe_tail(text: str) -> str:
    """What follows a stem and need not begin with a dot, `_01.JPG.xmp`; "" where nothing is left of it."""
    head, *rest = text.split(".")
    safe = _cleaned(head) + safe_ending("." + ".".join(rest))
    return safe if len(safe.encode()) <= ENDING_LIMIT else ""


def numbered(stem: str, first: int = 1) -> Iterator[tuple[str, str]]:
    """The ways to tell equal names apart, as (stem, text to put after it): nothing first, then " (2)", " (3)" ..."""
    for number in count(first):
        yield stem, f" ({number})" if number > 1 else ""


def name_key(name: str) -> str:
    """Equal for two names that some file system takes for the same one: case and composition do not count."""
    decomposed = unicodedata.normalize("NFD", name)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", decomposed.upper()).casefold())


def distinct_names(texts: Iterable[str]) -> list[str]:
    """A safe name for each text, no two alike without case; earlier texts keep the plainer name."""
    taken: set[str] = set()
    names = []
    for text in texts:
        name = next(name for name in _candidates(text) if name_key(name) not in taken)
        taken.add(name_key(name))
        names.append(name)
    return names


def _candidates(text: str) -> Iterator[str]:
    for stem, number in numbered(text):
        yield safe_stem(stem, (number,)) + number


def _cleaned(text: str) -> str:
    """Composed, without what cannot be seen or written, and without blanks or dots at either end."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(map(_writable, composed))
    return _EDGES.sub("", unicodedata.normalize("NFC", visible))


@lru_cache(4096)
def _writable(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or _UNSEEN.match(character) or ord(character) & 0xFFFE == 0xFFFE:
        return ""
    # Private characters stand for forbidden ones on drives shared with old Macs; lone surrogates are undecodable bytes.
    if character in _FORBIDDEN or category in {"Cc", "Cs", "Co", "Zl", "Zp"}:
        return REPLACEMENT
    return character


def _without_reserved_name(stem: str) -> str:
    """Windows reads NUL, "nul .txt" and COM¹.tar.gz as devices: what counts is the part before the first dot."""
    base, dot, rest = stem.partition(".")
    if unicodedata.normalize("NFKC", base).strip().upper() in _RESERVED:
        return base.rstrip() + REPLACEMENT + dot + rest
    return stem


def _fits(name: str) -> bool:
    decomposed = unicodedata.normalize("NFD", name)
    return max(len(name.encode()), len(decomposed.encode("utf-16-le")) // 2) <= NAME_LIMIT
