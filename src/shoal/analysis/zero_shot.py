"""A name for each cluster out of a list of words, by a model that sees pictures and reads text.

Radford et al.: "Learning transferable visual models from natural language supervision", 2021, name one picture that
way. A cluster gets the word that is nearest to its pictures on average, if they are of one mind about it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

OF_ONE_MIND = 2 / 3
"""The share of a cluster's pictures that must prefer the best word to the next best."""


@dataclass(frozen=True, slots=True)
class WordChoice:
    """For one cluster. `word`: the place of the nearest word; `agreeing`: the share of the pictures that prefer it to
    the next best; `margin`: how much nearer it is on average (cosine); `sure` if that is enough for a name.
    """

    word: int
    agreeing: float
    margin: float
    sure: bool


def choose_word(pictures: NDArray[np.float32], words: NDArray[np.float32], neutral: NDArray[np.float32]) -> WordChoice:
    """All rows of unit length, at least one picture and one word.

    `neutral` (one row) stands for text that fits any picture: a word that is no nearer than that is not meant.
    """
    similarities = pictures @ np.vstack([words, neutral]).T
    best, second = (int(place) for place in np.argsort(-similarities.mean(axis=0), kind="stable")[:2])
    lead = similarities[:, best] - similarities[:, second]
    agreeing, margin = float((lead > 0).mean()), float(lead.mean())
    nothing_fits = best == len(words)
    word = second if nothing_fits else best
    return WordChoice(word, agreeing, margin, not nothing_fits and agreeing >= OF_ONE_MIND)
