"""What the user says of a picture, as other programs write it."""

from shoal.domain.label_colours import COLOURS
from shoal.domain.marks import PICK_REJECTED, REJECTED, Marks
from shoal.domain.verdicts import UNSAID, Verdict


def verdict_of(marks: Marks) -> Verdict:
    """What other programs say of a picture, as one of ours. A rejection is a flag here, and leaves the stars open."""
    rejected = marks.stars == REJECTED
    stars = UNSAID if marks.stars is None or rejected else marks.stars
    flag = PICK_REJECTED if rejected else marks.pick or UNSAID
    label = marks.label.capitalize()
    return stars, flag, COLOURS.index(label) + 1 if label in COLOURS else UNSAID


def marks_of(verdict: Verdict) -> Marks:
    """A verdict that is in effect, as other programs have it: who is rejected has no stars."""
    stars, flag, colour = verdict
    return Marks(
        stars=REJECTED if flag == PICK_REJECTED else max(0, stars),
        label=COLOURS[colour - 1] if colour > 0 else "",
        pick=max(0, flag),
    )
