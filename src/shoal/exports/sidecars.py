"""XMP sidecars: the cluster as a keyword, stars and a colour label, for Lightroom, Capture One, digiKam and darktable.

Each of these reads one sidecar of a picture and no other (digiKam IMG.xmp, darktable IMG.JPG.xmp), and of the lists of
keywords in it most often only one. So every sidecar of a picture is brought to the same values, in each place that it
has for them; none lacks what another says; and every byte that says something else stays as it is. A sidecar that this
cannot be done to safely (not well formed, with a document type, too large, keywords in no list) is left alone.
"""

import re
from collections.abc import Iterable, Sequence

from shoal.domain.label_colours import COLOURS, COMMON_COLOURS
from shoal.domain.marks import MOST_STARS, PICK_ACCEPTED, PICK_REJECTED, REJECTED, Marks, joined, same_word
from shoal.exports.keyword_lists import (
    Levels,
    as_levels,
    categories,
    keywords_in,
    lacking,
    with_categories,
    without_categories,
)
from shoal.exports.xmp_editing import Edits, empty_packet, plain
from shoal.exports.xmp_marks import darktable_colours, said_in
from shoal.exports.xmp_names import (
    ACDSEE_RATING,
    CAMERA_RAW,
    CATEGORIES,
    COLOUR_LABEL,
    DARKTABLE,
    DARKTABLE_COLOURS,
    FLAG,
    GOOD,
    LABEL,
    LEVELS_IN,
    MEDIA_MANAGEMENT,
    PERCENT_RATING,
    PERCENTS,
    PICK_LABEL,
    RATING,
    RDF,
    SUBJECT,
    TIFF,
    TREES,
    URGENCY,
    XMP_NOTE,
    stars_of_percent,
)
from shoal.exports.xmp_tree import LONGEST_PACKET, NotXmp, Packet, read_packet

LONGEST_SIDECAR = LONGEST_PACKET
_PADDING = re.compile(rb"\s{100,}(?=<\?xpacket end)")
_NEVER_SHARED = (RDF, MEDIA_MANAGEMENT, DARKTABLE, XMP_NOTE)
"""What says which file it is, and how darktable develops it: of its properties it takes all or none for its own."""
_OF_ONE_FILE = (*_NEVER_SHARED, CAMERA_RAW, TIFF)
"""What of a RAW file is not so of the JPEG beside it."""


def new_sidecar(marks: Marks) -> bytes:
    return _brought(read_packet(empty_packet("Shoal")), _sayable(marks)).data


def merged_sidecar(existing: bytes, marks: Marks) -> bytes | None:
    """`existing` brought to these values; its own keywords stay. None if it has to be left alone."""
    return full_sidecar(existing, (), (), marks)


def full_sidecar(base: bytes, same: Sequence[bytes], beside: Sequence[bytes], marks: Marks) -> bytes | None:
    """`base` with every property that it lacks and another packet has, brought to these values; None as above.

    `same` are packets of the same picture, `beside` those of another file of the shot, which share less.
    """
    try:
        packet = read_packet(base)
        for others, unshared in ((same, _NEVER_SHARED), (beside, _OF_ONE_FILE)):
            packet = _with_properties(packet, others, unshared)
        sayable = _sayable(marks)
        brought = _brought(packet, sayable)
        return brought.as_it_was(brought.data) if _says(brought, sayable) else None
    except NotXmp:
        return None


def as_sidecar(embedded: bytes) -> bytes | None:
    """What stands inside a picture, as a file beside it; None if it cannot be followed.

    Without the direction, which the picture goes on saying itself, often better: programs that turn a JPEG upright
    forget what XMP says of it.
    """
    try:
        packet = read_packet(_PADDING.sub(b"\n", embedded.rstrip(b"\0 \n")))
        edits = Edits(packet)
        edits.remove(f"{TIFF} Orientation")
        edits.remove(f"{XMP_NOTE} HasExtendedXMP")
        bare = edits.applied()
        return bare.as_it_was(bare.data)
    except NotXmp:
        return None


def develops(sidecar: bytes) -> bool:
    """Whether it says how a RAW file is developed in Lightroom, which darktable takes over from IMG.xmp only."""
    try:
        packet = read_packet(sidecar)
    except NotXmp:
        return False
    names = {property_.name for property_ in packet.properties()}.union(
        *(property_.attributes for property_ in packet.descriptions)
    )
    return any(name.startswith(f"{CAMERA_RAW} ") for name in names)


def reclustered_sidecar(sidecar: bytes, old: str, new: str) -> bytes | None:
    """A sidecar that somebody has worked in, with another cluster; all else in it stays. None as above.

    `old` and `new` are the names of clusters, "" for none.
    """
    try:
        packet = read_packet(sidecar)
        if same_word(old) != same_word(new):
            packet = _without_words(packet, [" ".join(plain(old).split())])
        sayable = _sayable(Marks((new,)))
        brought = _brought(packet, sayable)
        return brought.as_it_was(brought.data) if _says(brought, sayable) else None
    except NotXmp:
        return None


def _only_in(words: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    among = set(map(same_word, others))
    return tuple(word for word in words if same_word(word) not in among)


def _marks_in(packet: Packet) -> Marks:
    return joined([place.marks for place in said_in(packet)])


def _sayable(marks: Marks) -> Marks:
    """As XMP can hold it; who is rejected is so in digiKam, too, which knows no stars of -1."""
    words = (" ".join(plain(word).split()) for word in marks.keywords)
    stars = None if marks.stars is None else min(max(marks.stars, REJECTED), MOST_STARS)
    pick = marks.pick or (PICK_REJECTED if stars == REJECTED else 0)
    label = " ".join(plain(marks.label).split())
    return Marks(tuple(filter(None, words)), stars, label, pick, tuple(map(plain, marks.trees)))


def _says(packet: Packet, marks: Marks) -> bool:
    said = _marks_in(packet)
    return not _only_in(marks.keywords, said.keywords) and (
        marks.stars in {None, said.stars} and marks.label in {"", said.label} and marks.pick in {0, said.pick}
    )


def _with_properties(packet: Packet, others: Sequence[bytes], unshared: Sequence[str]) -> Packet:
    """With what only other packets say. Each that cannot be followed says nothing."""
    for data in others:
        try:
            other = read_packet(data)
        except NotXmp:
            continue
        present = {property_.name for property_ in packet.properties()} | {
            name for description in packet.descriptions for name in description.attributes
        }
        edits = Edits(packet)
        attributes = {
            name: value
            for description in other.descriptions
            for name, value in description.attributes.items()
            if name not in present and _is_shared(name, unshared)
        }
        elements = [each for each in other.properties() if each.name not in present and _is_shared(each.name, unshared)]
        edits.copy_properties(elements, attributes, other)
        packet = edits.applied()
    return packet


def _is_shared(name: str, unshared: Sequence[str]) -> bool:
    return " " in name and name.split(" ", maxsplit=1)[0] not in unshared


def _brought(packet: Packet, marks: Marks) -> Packet:
    """To these values, in all places that there are."""
    edits = Edits(packet)
    if marks.stars is not None:
        bring_stars(packet, edits, marks.stars)
    if marks.label:
        bring_label(packet, edits, marks.label)
    if marks.pick:
        bring_pick(packet, edits, marks.pick)
    trees = [as_levels(tree, "|") for tree in marks.trees]
    _bring_keywords(packet, edits, marks.keywords, trees)
    _bring_categories(packet, edits, marks.keywords, trees)
    return edits.applied()


def bring_stars(packet: Packet, edits: Edits, stars: int) -> None:
    """Beside a rejection digiKam would show the stars that another property still has."""
    shown = max(0, stars)
    edits.set_simple(RATING, str(stars))
    edits.set_simple(ACDSEE_RATING, str(shown), everywhere=False)
    if any(_percent_stars(text) != shown for text in packet.simple(PERCENT_RATING)):
        edits.set_simple(PERCENT_RATING, str(PERCENTS[shown]), everywhere=False)


def _percent_stars(text: str) -> int | None:
    try:
        return stars_of_percent(float(text))
    except ValueError:
        return None


def bring_pick(packet: Packet, edits: Edits, pick: int, *, everywhere: bool = True) -> None:
    """digiKam's flag, and Lightroom's where that is there, which knows no pending."""
    edits.set_simple(PICK_LABEL, str(pick), everywhere=everywhere)
    flag = {PICK_ACCEPTED: 1, PICK_REJECTED: -1}.get(pick, 0)
    edits.set_simple(FLAG, str(flag), everywhere=False)
    if flag:
        edits.set_simple(GOOD, str(flag > 0), everywhere=False)
    else:
        edits.remove(GOOD)


def bring_label(packet: Packet, edits: Edits, label: str, *, darktable: bool = True) -> None:
    """A word that is no colour is a label of its own. Colours that only digiKam knows are no label elsewhere.

    `darktable`: its list, too, unless the label is among the several that it may hold.
    """
    edits.set_simple(LABEL, label, everywhere=label not in COLOURS or label in COMMON_COLOURS)
    if label not in COLOURS:
        return
    number = str(COLOURS.index(label) + 1)
    if set(packet.simple(COLOUR_LABEL)) & set(packet.simple(URGENCY)):
        edits.set_simple(URGENCY, number, everywhere=False)  # digiKam put the number there, too
    edits.set_simple(COLOUR_LABEL, number)
    colours = darktable_colours(packet) if darktable else []
    if label in COMMON_COLOURS and colours and label not in colours:
        edits.set_numbers(DARKTABLE_COLOURS, [COMMON_COLOURS.index(label)])


def _bring_keywords(packet: Packet, edits: Edits, words: Sequence[str], trees: Sequence[Levels]) -> None:
    """Into every list that there is; keywords below others also where there is none that could hold them."""
    listed = list(keywords_in(packet))
    has_trees = any(len(levels) > 1 for _name, levels in listed)
    for name, separator in LEVELS_IN.items():
        present = [levels for property_, levels in listed if property_ == name]
        needed = name == SUBJECT or (name == TREES and bool(trees) and not has_trees)
        edits.add_words(name, lacking(present, words, trees, separator), everywhere=needed)


def _bring_categories(packet: Packet, edits: Edits, words: Sequence[str], trees: Sequence[Levels]) -> None:
    for text in packet.simple(CATEGORIES):
        more = lacking(categories(text), words, trees, "|")
        longer = with_categories(text, more) if more else None
        if longer is not None:
            edits.set_simple(CATEGORIES, longer, everywhere=False)


def _without_words(packet: Packet, words: Sequence[str]) -> Packet:
    edits = Edits(packet)
    for name in LEVELS_IN:
        edits.remove_words(name, words)
    for text in packet.simple(CATEGORIES):
        edits.set_simple(CATEGORIES, without_categories(text, words), everywhere=False)
    return edits.applied()
