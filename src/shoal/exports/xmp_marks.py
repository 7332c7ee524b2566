"""What an XMP packet says of its picture, be it a sidecar or from inside the picture's own file."""

from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from typing import Final

from shoal.domain.marks import MOST_STARS, PICK_ACCEPTED, PICK_REJECTED, REJECTED, Marks, Said, joined, same_word
from shoal.exports.keyword_lists import Levels, as_word, keywords_in, list_of, one_line, words_of
from shoal.exports.xmp_names import (
    ACDSEE_RATING,
    COLOUR_LABEL,
    DARKTABLE_COLOURS,
    FLAG,
    LABEL,
    PERCENT_RATING,
    PICK_LABEL,
    RATING,
    STARS_AND_LABELS,
    SUBJECT,
    colour_numbered,
    darktable_colour,
    short_name,
    stars_of_percent,
)
from shoal.exports.xmp_tree import NotXmp, Packet, read_packet


def read_marks(packet: bytes) -> Marks:
    """Nothing for what is no XMP."""
    return joined([place.marks for place in read_said(packet)])


def read_said(packet: bytes, by_hand: bool = True) -> tuple[Said, ...]:
    """What each property says, in the order in which they count. Nothing for what is no XMP."""
    try:
        return said_in(read_packet(packet), by_hand)
    except NotXmp:
        return ()


def said_in(packet: Packet, by_hand: bool = True) -> tuple[Said, ...]:
    return tuple(_said(packet, by_hand))


def _said(packet: Packet, by_hand: bool) -> Iterator[Said]:
    label = ""
    for name in STARS_AND_LABELS:
        marks = _colours(packet, label) if name == DARKTABLE_COLOURS else _first(packet, name)
        label = label or marks.label
        if marks:
            yield Said(short_name(name), marks, by_hand)
    keywords = _keywords(packet)
    if keywords:
        yield Said(short_name(SUBJECT), keywords, by_hand)


def _first(packet: Packet, name: str) -> Marks:
    """What a simple property says, the first time that it says something."""
    texts = map(one_line, packet.simple(name))
    return next(filter(None, (_meant(name, text) for text in texts if text)), Marks())


def _meant(name: str, text: str) -> Marks:
    if name == LABEL:
        return Marks(label=text)
    number = _number(text)
    return _NUMBERS[name](number) if number is not None and name in _NUMBERS else Marks()


def _stars(number: float) -> Marks:
    return Marks(stars=round(number)) if REJECTED <= number <= MOST_STARS else Marks()


def _percent(number: float) -> Marks:
    return Marks(stars=stars_of_percent(number)) if 0 <= number <= 100 else Marks()


def _colour(number: float) -> Marks:
    return Marks(label=colour_numbered(int(number)) if abs(number) < 100 else "")


def _pick(number: float) -> Marks:
    return Marks(pick=int(number)) if 1 <= number <= PICK_ACCEPTED else Marks()


def _flag(number: float) -> Marks:
    return Marks(pick={1.0: PICK_ACCEPTED, -1.0: PICK_REJECTED}.get(number, 0))


_NUMBERS: Final[Mapping[str, Callable[[float], Marks]]] = {
    RATING: _stars,
    ACDSEE_RATING: _stars,
    PERCENT_RATING: _percent,
    COLOUR_LABEL: _colour,
    PICK_LABEL: _pick,
    FLAG: _flag,
}


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _colours(packet: Packet, label: str) -> Marks:
    """Of several the one that another label names, else the first."""
    colours = darktable_colours(packet)
    return Marks(label=label if label in colours else next(iter(colours), ""))


def darktable_colours(packet: Packet) -> list[str]:
    """darktable's labels, of which a picture may have several."""
    containers = [container for property_ in packet.properties(DARKTABLE_COLOURS) if (container := list_of(property_))]
    numbers = [_number(one_line(word.text)) for container in containers for word in words_of(container)]
    colours = [darktable_colour(int(number)) for number in numbers if number is not None and abs(number) < 100]
    return list(filter(None, colours))


def _keywords(packet: Packet) -> Marks:
    """The flat ones, then the last levels of those that are below others, unless they are among the flat ones."""
    flat: dict[str, str] = {}
    trees: dict[tuple[str, ...], Levels] = {}
    for _name, levels in keywords_in(packet):
        if levels:
            flat.setdefault(same_word(levels[-1]), levels[-1])
        if len(levels) > 1:
            trees.setdefault(tuple(map(same_word, levels)), levels)
    return Marks(tuple(flat.values()), trees=tuple(as_word(levels, "|") for levels in trees.values()))
