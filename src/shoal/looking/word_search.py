"""Pictures found by a word for what a network takes them for: works with every model that knows classes."""

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import ModelUnavailable, UserFacingError
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.sentence import Sentence
from shoal.domain.words import WordTree
from shoal.looking.catalogue import BACKENDS
from shoal.looking.known_words import known_words
from shoal.looking.text_search import FoundImages

LEAST = 0.1
"""What is less likely to show it is not worth showing."""
LIKELIEST = 0.3
"""And where no picture is that likely to show it, none is: of words for what is not there, one in twenty finds
something then, and one in eight without. Both were chosen on pictures of `../shared/train`."""


def require_known(text: str) -> tuple[WordTree, int]:
    """The words, and the place of the one that the text means.

    Raises UserFacingError for a text that is none of them, with some that are near it.
    """
    tree = known_words()
    if tree is None:
        raise UserFacingError(
            Sentence("The list of words is not in this copy of the program."), Sentence("Install Shoal again.")
        )
    place = tree.find(text)
    if place is None:
        nearby = ", ".join(tree.nearby(text) or ["dog", "car", "shoe", "fruit"])
        raise UserFacingError(
            Sentence("“{text}” is not among the words that this model knows.", text=text),
            Sentence("It knows, for example: {nearby}. A CLIP model reads any words.", nearby=nearby),
        )
    return tree, place


def knows_no_words(model: str) -> ModelUnavailable:
    finders = ", ".join(spec.name for spec in BACKENDS if spec.knows_classes or spec.load_texts is not None)
    return ModelUnavailable(
        Sentence("{model} sees pictures but knows no words.", model=model),
        Sentence("Choose one of: {choices}.", choices=finders),
    )


def find_by_word(text: str, embeddings: EmbeddingMatrix, model: str) -> FoundImages:
    """The scores are from 0 to 1; `count` is 0 where nothing looks like that. `model`: who looked, as it was named.

    Raises UserFacingError for a text that is no word, and `ModelUnavailable` where the model that looked, another
    than was asked for, knows no classes.
    """
    tree, place = require_known(text)
    if embeddings.classes is None:
        raise knows_no_words(Sentence("What stands in for {model}", model=model))
    likely = embeddings.classes.probability_of(tree.holds[:, place])
    shows_it = likely.max(initial=0.0) >= LIKELIEST
    near = like_the_likely(embeddings.vectors, likely) if shows_it else likely
    scores = ((likely + near) / 2).astype(np.float32, copy=False)
    order = np.argsort(-scores, kind="stable")
    return FoundImages(text, embeddings.rows.ids[order], scores[order], int((likely >= LEAST).sum()) if shows_it else 0)


def like_the_likely(vectors: NDArray[np.float32], likely: NDArray[np.float32]) -> NDArray[np.float32]:
    """How near each unit row is to the middle of those that are likely (Rocchio, 1971); 0 to 1.

    A word stands for the few things that the network was taught. A cap is none of its hats, but like them.
    """
    middle = np.where(likely >= LEAST, likely, 0) @ vectors
    near: NDArray[np.float32] = vectors @ (middle / max(float(np.linalg.norm(middle)), 1e-12))
    return np.clip(near, 0, 1)
