"""What is written below a large picture of its stack."""

from shoal.domain.sentence import Sentence
from shoal.qt.session import Session


def said_of_stack(session: Session, image: int) -> list[str]:
    """The name of its series, and whether somebody put it on top; nothing more, for the rest is seen."""
    stacks = session.stacks
    if stacks is None or not 0 <= image < len(stacks.numbers) or stacks.numbers[image] < 0:
        return []
    on_top = [Sentence("on top of its stack")] if stacks.chosen[image] else []
    return [*filter(None, [stacks.kind_name(image)]), *on_top]
