"""What somebody has said about a picture in another program: keywords, stars, a colour label, a pick."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from shoal.domain.label_colours import COLOURS
from shoal.domain.sentence import Sentence

MOST_STARS = 5
REJECTED = -1

PICK_REJECTED, PICK_PENDING, PICK_ACCEPTED = 1, 2, 3
"""digiKam's flags; 0 is none."""

PICKS: Final = {
    PICK_REJECTED: Sentence("rejected"),
    PICK_PENDING: Sentence("pending"),
    PICK_ACCEPTED: Sentence("picked"),
}

_SEPARATORS = re.compile(r"\s*[|/\\]\s*")


@dataclass(frozen=True, slots=True)
class Marks:
    """`stars` 0 to 5, or REJECTED; None and "" where nobody said anything. `label`: most often the name of a colour.

    `trees` are keywords below others, "Places|Norway|Bergen". `pick` is digiKam's flag, 0 if there is none.
    """

    keywords: tuple[str, ...] = ()
    stars: int | None = None
    label: str = ""
    pick: int = 0
    trees: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.keywords or self.stars is not None or self.label or self.pick or self.trees)


@dataclass(frozen=True, slots=True)
class Said:
    """What one place says: a property of a sidecar, or a field inside the picture.

    `by_hand`: not by a camera, which writes 0 stars into every picture.
    """

    place: str
    marks: Marks
    by_hand: bool = True


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two places that do not say the same, the one that counts first."""

    place: str
    value: str
    other_place: str
    other_value: str

    @property
    def sentence(self) -> Sentence:
        return Sentence(
            "{place} says {value}, {other_place} says {other_value}",
            place=self.place,
            value=self.value,
            other_place=self.other_place,
            other_value=self.other_value,
        )


def same_word(word: str) -> str:
    """Equal for words that only differ in what programs make of them: blanks, and the signs between levels."""
    return _SEPARATORS.sub("/", " ".join(word.split()))


def joined(marks: Sequence[Marks]) -> Marks:
    """All keywords, each once. Of stars, labels and picks the first; no stars count only where nobody gave any."""
    stars = [marked.stars for marked in marks if marked.stars is not None]
    return Marks(
        _once(word for marked in marks for word in marked.keywords),
        next(filter(None, stars), stars[0] if stars else None),
        next((marked.label for marked in marks if marked.label), ""),
        next((marked.pick for marked in marks if marked.pick), 0),
        _once(tree for marked in marks for tree in marked.trees),
    )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for word in words:
        first.setdefault(same_word(word), word)
    return tuple(first.values())


def contradictions(said: Sequence[Said]) -> tuple[Contradiction, ...]:
    """Where two places do not agree. Words in no common language cannot be compared and contradict nothing."""
    counts = joined([source.marks for source in said])
    return (
        *_against(said, counts, lambda source: _stars_said(source, counts)),
        *_against(said, counts, lambda source: source.marks.label if source.marks.label in COLOURS else ""),
        *_against(said, counts, lambda source: PICKS.get(source.marks.pick, "")),
    )


def _stars_said(place: Said, counts: Marks) -> str:
    """No stars say something only if a person took them away."""
    stars = place.marks.stars
    if stars is None or (stars == 0 and not (counts.stars and place.by_hand)):
        return ""
    return Sentence("rejected") if stars == REJECTED else Sentence("%n star(s)", n=stars)


def _against(said: Sequence[Said], counts: Marks, value: Callable[[Said], str]) -> Iterable[Contradiction]:
    """The place that counts, and the first with each other value."""
    of = {source.place: text for source in said if (text := value(source))}
    chosen = value(Said("", counts))
    first = next((place for place, text in of.items() if text == chosen), None)
    if first is None:
        return
    others: dict[str, str] = {}
    for place, text in of.items():
        others.setdefault(text, place)
    for text, place in others.items():
        if text != chosen:
            yield Contradiction(first, chosen, place, text)
