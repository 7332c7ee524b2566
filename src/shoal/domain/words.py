"""The words for what a network knows: a tree from the thousand classes of ImageNet-1k up to animal, food, vehicle.

Each word stands in English, one and many, and in Chinese. A word may have others that mean it, which only find it.
"""

import csv
import difflib
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

COLUMNS = ("class", "word", "plural", "chinese", "wider", "also", "note")
BEHIND = "behind"
MOST_NEARBY = 5
_NEAR = 0.7  # of difflib's ratio: two letters of ten may be wrong
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_ARTICLE = re.compile(r"^(a|an|the|some|any) (?=\S)")


@dataclass(frozen=True, slots=True)
class Word:
    """`wider`: the place of the next wider word among the words, -1 at the top; `number`: of the class, -1 for none.

    `behind`: it tells what things lie in, stand before or are printed on (a shop, a crate, a menu), so that a wider
    word must not be concluded from it. `also`: what else people call it.
    """

    name: str
    plural: str
    chinese: str
    wider: int = -1
    number: int = -1
    also: tuple[str, ...] = ()
    behind: bool = False

    def called(self, count: int, chinese: bool = False) -> str:
        """The name of so many of it."""
        if chinese:
            return self.chinese
        return self.name if count == 1 else self.plural

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.name, self.plural, self.chinese, *self.also)


class WordTree:
    """`words` in any order; every class from 0 on has one. Raises ValueError for anything that is no tree of words."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = tuple(words)
        self.depth = np.array([sum(1 for _ in self.upwards(place)) for place in range(len(words))], np.int64)
        classes = sorted((word.number, place) for place, word in enumerate(words) if word.number >= 0)
        if [number for number, _place in classes] != list(range(len(classes))):
            raise ValueError("the classes are not numbered from 0 on, each once")
        self.class_count = len(classes)
        self.holds = np.zeros((len(classes), len(words)), np.bool_)
        """Classes x words: whether the class is one of what the word means."""
        for number, place in classes:
            self.holds[number, [place] if words[place].behind else list(self.upwards(place))] = True
        self._places = self._by_spelling()

    def upwards(self, place: int) -> Iterator[int]:
        """The place itself, and those of all wider words."""
        steps = 0
        while place >= 0:
            yield place
            place, steps = self.words[place].wider, steps + 1
            if steps > len(self.words):
                raise ValueError("a word is wider than itself")

    def below(self, place: int) -> NDArray[np.bool_]:
        """For each word whether it is narrower than the one there."""
        return np.array([other != place and place in self.upwards(other) for other in range(len(self.words))], np.bool_)

    def find(self, text: str) -> int | None:
        """The place of the word that the text means, one or many of it, in English or Chinese."""
        return next((self._places[form] for form in _forms(text) if form in self._places), None)

    def nearby(self, text: str) -> list[str]:
        """A few words that are known and may be meant by a text that is not; none if there are no such."""
        sought = _plain(text)
        parts = [form for part in re.split(r"[\s,-]+", sought) for form in _forms(part) if form in self._places]
        within = sorted((form for form in self._places if not form.isascii() and form in sought), key=len, reverse=True)
        longer = sorted((form for form in self._places if _tells(sought) and sought in form), key=len)
        alike = difflib.get_close_matches(sought, self._places, MOST_NEARBY, _NEAR)
        places = dict.fromkeys(self._places[form] for form in (*parts, *within, *alike, *longer))
        for place in list(places)[:1]:
            places |= dict.fromkeys(self._sisters(place))
        return [self.words[place].name for place in places][:MOST_NEARBY]

    def _sisters(self, place: int) -> list[int]:
        wider = self.words[place].wider
        sisters = [other for other, word in enumerate(self.words) if word.wider == wider and other != place]
        return [wider, *sisters] if wider >= 0 else []

    def _by_spelling(self) -> dict[str, int]:
        places: dict[str, int] = {}
        for place, word in enumerate(self.words):
            for spelling in map(_plain, word.spellings):
                if places.setdefault(spelling, place) != place or not spelling:
                    raise ValueError(f"“{spelling}” stands for two words, or for none")
        return places


def _tells(text: str) -> bool:
    """A letter says nothing, a Chinese character does."""
    return len(text) > 1 or (bool(text) and not text.isascii())


def _plain(text: str) -> str:
    """Whatever the case and the width of its letters; without what stands around them, as in "Dogs!"."""
    letters = _AROUND.sub("", unicodedata.normalize("NFKC", text).casefold())
    return _ARTICLE.sub("", " ".join(letters.split()))


def _forms(text: str) -> Iterator[str]:
    """As it stands, then as if it were the plural of what is known."""
    plain = _plain(text)
    yield plain
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if plain.endswith(ending):
            yield plain.removesuffix(ending) + instead


def read_words(text: str) -> WordTree:
    """A table with tabs between its columns, named in its first line. Raises ValueError."""
    table = csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
    if tuple(table.fieldnames or ()) != COLUMNS:
        raise ValueError(f"the columns are not {', '.join(COLUMNS)}")
    rows = list(table)
    places = {row["word"]: place for place, row in enumerate(rows)}
    return WordTree([_word(row, places) for row in rows])


def _word(row: dict[str, str], places: dict[str, int]) -> Word:
    if not (row["word"] and row["plural"] and row["chinese"]):
        raise ValueError(f"a word lacks its name, its plural or its Chinese: {row}")
    if row["wider"] and row["wider"] not in places:
        raise ValueError(f"{row['word']} stands below {row['wider']}, which is not there")
    return Word(
        row["word"],
        row["plural"],
        row["chinese"],
        places[row["wider"]] if row["wider"] else -1,
        int(row["class"]) if row["class"] else -1,
        tuple(filter(None, row["also"].split(","))),
        row["note"] == BEHIND,
    )
