"""What other programs write about a picture, as a verdict of ours."""

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
