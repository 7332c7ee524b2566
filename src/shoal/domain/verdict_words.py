"""Stars, flags and labels in words."""

from shoal.domain.label_colours import COLOURS
from shoal.domain.marks import PICK_ACCEPTED, PICK_PENDING, PICK_REJECTED
from shoal.domain.sentence import Sentence
from shoal.domain.verdicts import FLAG, STARS, UNSAID


def mark_label(column: int, value: int, count: int) -> Sentence:
    """What a step is called that gives so many pictures this."""
    if value == UNSAID:
        return Sentence("Leave %n picture(s) as their files say", n=count)
    if column == STARS:
        return Sentence("Give %n picture(s) {stars}", n=count, stars=stars_in_words(value))
    if column == FLAG:
        return _flag_label(value, count)
    if not value:
        return Sentence("Take the label off %n picture(s)", n=count)
    return Sentence("Label %n picture(s) {colour}", n=count, colour=colour_in_words(value))


def stars_in_words(stars: int) -> Sentence:
    return Sentence("%n star(s)", n=stars)


def colour_in_words(colour: int) -> Sentence:
    """As `Verdicts` count them, from 1."""
    return _COLOURS[COLOURS[colour - 1]]


def _flag_label(flag: int, count: int) -> Sentence:
    if flag == PICK_REJECTED:
        return Sentence("Reject %n picture(s)", n=count)
    if flag == PICK_PENDING:
        return Sentence("Mark %n picture(s) as pending", n=count)
    if flag == PICK_ACCEPTED:
        return Sentence("Pick %n picture(s)", n=count)
    return Sentence("Take the flag off %n picture(s)", n=count)


_COLOURS = {
    "Red": Sentence("red"),
    "Orange": Sentence("orange"),
    "Yellow": Sentence("yellow"),
    "Green": Sentence("green"),
    "Blue": Sentence("blue"),
    "Purple": Sentence("purple"),
    "Grey": Sentence("grey"),
    "Black": Sentence("black"),
    "White": Sentence("white"),
}
