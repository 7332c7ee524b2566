"""Giving a sidecar other stars, another flag or label: replaced where they stand, and every other byte stays.

Programs keep the same thing in several properties and read one of them each, so all that are there are changed. What
no property says is added only where it says something: a flag that was never there is not written as none.
"""

from dataclasses import dataclass

from shoal.domain.label_colours import COLOURS, COMMON_COLOURS
from shoal.domain.marks import PICK_REJECTED, REJECTED, Marks
from shoal.exports.sidecars import bring_label, bring_pick, bring_stars, full_sidecar, new_sidecar
from shoal.exports.xmp_editing import Edits
from shoal.exports.xmp_marks import darktable_colours, said_in
from shoal.exports.xmp_names import COLOUR_LABEL, DARKTABLE_COLOURS, LABEL, URGENCY
from shoal.exports.xmp_tree import NotXmp, Packet, read_packet


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody has said; None leaves what a file says.

    `pick` counts as digiKam does, 0 for none; of a rejected picture no file has the stars. `colour`: the number of the
    label, 0 for none.
    """

    stars: int | None = None
    pick: int | None = None
    colour: int | None = None

    def __bool__(self) -> bool:
        return any(value is not None for value in (self.stars, self.pick, self.colour))


def marked_sidecar(existing: bytes, given: Given, stars: int) -> bytes | None:
    """A sidecar with these marks. None if it has to be left alone: it is no XMP that can be changed safely.

    `stars`: those that the picture has when it is not rejected, for a rejection takes their place.
    """
    try:
        packet = read_packet(existing)
        marked = _marked(packet, given, stars)
        return existing if marked is packet else marked.as_it_was(marked.data)
    except NotXmp:
        return None


def first_sidecar(inside: bytes, said: Marks, given: Given, stars: int) -> bytes:
    """For a picture that has none yet: with all that the picture says itself, for it is read instead of that.

    `inside`: its own packet as a sidecar, empty if there is none. `said`: its marks, wherever they are from.
    """
    for base in filter(None, (inside, new_sidecar(Marks()))):
        full = full_sidecar(base, (), (), said)
        marked = marked_sidecar(full, given, stars) if full is not None else None
        if marked is not None:
            return marked
    raise NotXmp  # our own empty one can always be filled


def _marked(packet: Packet, given: Given, stars: int) -> Packet:
    edits = Edits(packet)
    rating = _rating(packet, given, stars)
    if rating is not None:
        bring_stars(packet, edits, rating)
    if given.pick is not None:
        bring_pick(packet, edits, given.pick, everywhere=given.pick > 0)
    if given.colour == 0:
        _take_label_off(packet, edits)
    elif given.colour is not None:
        _bring_colour(packet, edits, COLOURS[given.colour - 1])
    return edits.applied()


def _rating(packet: Packet, given: Given, stars: int) -> int | None:
    """A rejection is a rating of -1; the stars come back when it is taken back."""
    if given.pick == PICK_REJECTED:
        return REJECTED
    if any(place.marks.stars == REJECTED for place in said_in(packet)):
        return None if given.pick is None else stars
    return given.stars


def _bring_colour(packet: Packet, edits: Edits, label: str) -> None:
    bring_label(packet, edits, label, darktable=False)
    present = darktable_colours(packet)
    if label in COMMON_COLOURS and present and present != [label]:
        edits.set_numbers(DARKTABLE_COLOURS, [COMMON_COLOURS.index(label)])
    elif label not in COMMON_COLOURS:
        edits.remove(DARKTABLE_COLOURS)


def _take_label_off(packet: Packet, edits: Edits) -> None:
    """An urgency is a label only where digiKam put the same number there."""
    if set(packet.simple(COLOUR_LABEL)) & set(packet.simple(URGENCY)):
        edits.remove(URGENCY)
    for name in (LABEL, DARKTABLE_COLOURS):
        edits.remove(name)
    edits.set_simple(COLOUR_LABEL, "0", everywhere=False)
