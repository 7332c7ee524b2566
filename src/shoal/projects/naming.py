"""Names for clusters out of the user's own list of words, by a model that reads text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from shoal.analysis.zero_shot import choose_word
from shoal.domain.edits import clean_name
from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import TextEncoder
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.grouping import ClusterId, Grouping
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.looking.text_search import directions

PROMPTS = ("a photo of a {}.", "a photo of {}.", "a photo of the {}.", "a good photo of a {}.", "a close-up of a {}.")
NEUTRAL = ("a photo.", "a picture.", "a photo of something.")
"""What any picture is: a word that says no more than this is no name."""
NAMING = Sentence("Name clusters from a word list")
MOST_WORDS = 2000
LARGEST_LIST = 1 << 20


@dataclass(frozen=True, slots=True)
class NameOffer:
    """`word` is what fits cluster `cluster` best; `sure`: well enough to be called so.

    `agreeing`: the share of its pictures that fit it better than the next best word; `margin`: by how much (cosine).
    """

    cluster: ClusterId
    word: str
    sure: bool
    agreeing: float
    margin: float


def words_of(text: str) -> tuple[str, ...]:
    """One name a line, each once; blank lines and those that start with # are left out. Raises UserFacingError."""
    lines = (line.strip() for line in text.splitlines())
    first: dict[str, str] = {}
    for name in (clean_name(line) for line in lines if line and not line.startswith("#") and line.isprintable()):
        first.setdefault(name.casefold(), name)
    words = tuple(first.values())
    if not words:
        raise UserFacingError(Sentence("The list holds no words."), Sentence("Write one name a line."))
    if len(words) > MOST_WORDS:
        raise UserFacingError(
            Sentence("The list holds more than {limit} words.", limit=MOST_WORDS),
            Sentence("Leave out what does not occur."),
        )
    return words


def read_words(path: Path) -> tuple[str, ...]:
    """Raises UserFacingError for a file that is no such list."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_LIST + 1)
        if len(content) > LARGEST_LIST:
            raise UserFacingError(
                Sentence("{path} is too large for a list of words.", path=path), Sentence("Choose another file.")
            )
        return words_of(content.decode("utf-8-sig"))
    except OSError as error:
        raise UserFacingError(
            Sentence("{path} cannot be read ({reason}).", path=path, reason=error.strerror), Sentence("Check the path.")
        ) from error
    except UnicodeDecodeError as error:
        raise UserFacingError(
            Sentence("{path} is not text in UTF-8.", path=path), Sentence("Save it as plain text in UTF-8.")
        ) from error


def offer_names(
    grouping: Grouping, embeddings: EmbeddingMatrix, words: Sequence[str], encoder: TextEncoder, task: Task
) -> tuple[NameOffer, ...]:
    """For every cluster with pictures that the user has not named. Raises `Cancelled`."""
    meanings = directions(words, PROMPTS, encoder, task)
    neutral = directions([""], NEUTRAL, encoder, task)
    homes = grouping.homes.of(embeddings.rows)
    offers = []
    for id_ in task.track(
        [id_ for id_, cluster in grouping.clusters.items() if not cluster.named], Sentence("Naming clusters")
    ):
        pictures = embeddings.vectors[np.flatnonzero(homes == id_)]
        if len(pictures):
            choice = choose_word(pictures, meanings, neutral)
            offers.append(NameOffer(id_, words[choice.word], choice.sure, choice.agreeing, choice.margin))
    return tuple(offers)


def sure_names(offers: Sequence[NameOffer]) -> Mapping[ClusterId, str]:
    """What an unsure offer is about keeps the name it has."""
    return {offer.cluster: offer.word for offer in offers if offer.sure}
