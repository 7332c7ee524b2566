"""Names chosen for clusters, with vectors that are easy to see through."""

import numpy as np
import pytest

from shoal.analysis.zero_shot import choose_word

SHOE, BAG, HAT = np.eye(4, dtype=np.float32)[:3]
NEUTRAL = np.array([0.3, 0.3, 0.3, (1 - 0.27) ** 0.5], np.float32)
WORDS = np.stack([SHOE, BAG, HAT])


def unit(*parts: float) -> np.ndarray:
    row = np.array(parts, np.float32)
    return row / np.linalg.norm(row)


def test_a_cluster_gets_the_word_its_pictures_are_nearest_to():
    pictures = np.stack([unit(0.9, 0.1, 0, 0.2), unit(0.8, 0.2, 0.1, 0.1), unit(0.7, 0, 0.3, 0)])
    choice = choose_word(pictures, WORDS, NEUTRAL)
    assert (choice.word, choice.agreeing, choice.sure) == (0, 1.0, True)
    assert choice.margin > 0.3


def test_pictures_that_are_not_of_one_mind_leave_it_unsure():
    pictures = np.stack([unit(0.9, 0.1, 0, 0), unit(0.1, 0.88, 0, 0)] * 3)
    choice = choose_word(pictures, WORDS, NEUTRAL)
    assert choice.agreeing == pytest.approx(0.5)
    assert not choice.sure


def test_where_no_word_says_more_than_any_text_it_is_unsure():
    pictures = np.stack([unit(0.2, 0.1, 0.1, 1)] * 5)
    choice = choose_word(pictures, WORDS, NEUTRAL)
    assert (choice.word, choice.sure) == (0, False)


def test_one_word_alone_has_to_beat_the_neutral_text():
    assert choose_word(SHOE[None], SHOE[None], NEUTRAL).sure
    assert not choose_word(BAG[None], SHOE[None], NEUTRAL).sure
