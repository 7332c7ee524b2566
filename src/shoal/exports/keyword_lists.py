"""Keywords as the lists of an XMP packet have them: with or without levels, and ACDSee's tree within a text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape, unescape
from typing import Final

from shoal.domain.marks import same_word
from shoal.exports.xmp_names import CATEGORIES, CONTAINERS, LEVELS_IN, LI
from shoal.exports.xmp_tree import Element, Packet

MOST_KEYWORDS = 10_000  # nobody keeps so many for a picture: the packet was made to keep us busy
LONGEST_WORD = 1_000
_CATEGORY = re.compile(r'<Category\s+Assigned\s*=\s*"?(\d)"?\s*>([^<]*)|</Category>')
_END_OF_CATEGORIES: Final = "</Categories>"
_INSTEAD: Final = {"|": "/", "/": "\\"}
"""What digiKam and darktable leave whole where the sign itself would part two levels."""

Levels = tuple[str, ...]
"""A keyword with those that it is below, the uppermost first."""


def one_line(text: str) -> str:
    """Without what is no part of a word; empty if it is too long to be meant."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_WORD else ""


def words_of(container: Element) -> list[Element]:
    return [element for element in container.children if element.name == LI]


def list_of(element: Element) -> Element | None:
    """The Bag, Seq or Alt of a property."""
    return next((child for child in element.children if child.name in CONTAINERS), None)


def keywords_in(packet: Packet) -> Iterator[tuple[str, Levels]]:
    """The property and the keyword, in the order of `LEVELS_IN`; at most `MOST_KEYWORDS` of each property."""
    for name, separator in LEVELS_IN.items():
        words = [word for text in _texts(packet, name) if (word := one_line(text))]
        for word in words[:MOST_KEYWORDS]:
            yield name, as_levels(word, separator)
    for text in packet.simple(CATEGORIES):
        for levels in categories(text)[:MOST_KEYWORDS]:
            yield CATEGORIES, levels


def _texts(packet: Packet, name: str) -> Iterator[str]:
    """Of a list that was written as a plain text, too."""
    for element in packet.properties(name):
        container = list_of(element)
        yield from (word.text for word in words_of(container)) if container else [element.text]
    for description in packet.descriptions:
        yield description.attributes.get(name, "")


def as_levels(word: str, separator: str) -> Levels:
    parts = word.split(separator) if separator else [word]
    return tuple(filter(None, map(str.strip, parts)))


def as_word(levels: Levels, separator: str) -> str:
    """In the notation of a list; a sign in a word that would part it there becomes another."""
    if not separator:
        return levels[-1]
    return separator.join(level.replace(separator, _INSTEAD[separator]) for level in levels)


def lacking(listed: Iterable[Levels], flat: Sequence[str], trees: Sequence[Levels], separator: str) -> list[Levels]:
    """What a list still needs so that a program which reads only this one finds every keyword."""
    paths = {tuple(map(same_word, levels)) for levels in listed}
    beginnings = {path[:length] for path in paths for length in range(1, len(path) + 1)}
    missing: list[Levels] = []
    for tree in trees if separator else ():
        path = tuple(map(same_word, tree))
        if path not in beginnings:
            beginnings |= {path[:length] for length in range(1, len(path) + 1)}
            missing.append(tree)
    listed_words = {level for path in beginnings for level in path}
    for word in flat:
        if same_word(word) not in listed_words:
            listed_words.add(same_word(word))
            missing.append((word,))
    return missing


def categories(text: str) -> list[Levels]:
    """ACDSee's: of nested categories those that are assigned."""
    paths: list[Levels] = []
    path: list[str] = []
    for match in _CATEGORY.finditer(text):
        if match[1] is None:
            del path[-1:]
            continue
        path.append(one_line(unescape(match[2])))
        if match[1] == "1" and all(path):
            paths.append(tuple(path))
    return paths


def with_categories(text: str, more: Sequence[Levels]) -> str | None:
    """The text with more of them; None if it is not written as we know it."""
    if not text.rstrip().endswith(_END_OF_CATEGORIES):
        return None
    added = "".join(_category(levels) for levels in more)
    end = text.rindex(_END_OF_CATEGORIES)
    return text[:end] + added + text[end:]


def _category(levels: Levels) -> str:
    inner = "" if len(levels) == 1 else _category(levels[1:])
    return f'<Category Assigned="{0 if inner else 1}">{escape(levels[0], quote=False)}{inner}</Category>'


def without_categories(text: str, words: Sequence[str]) -> str:
    """Without those that stand alone on the uppermost level, as `with_categories` puts them."""
    for word in words:
        text = text.replace(_category((word,)), "")
    return text
