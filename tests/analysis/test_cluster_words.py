"""Which word a cluster gets, and when it gets none."""

import numpy as np
from tests.support.small_words import TREE, pictures_of

from shoal.analysis.cluster_words import FittingWord, fitting_words
from shoal.domain.seen_classes import SeenClasses, joined, nothing_seen

LEMONS = ({"lemon": 0.9, "banana": 0.05},) * 6
LIONS = ({"lion": 0.95},) * 6


def words_of(*clusters: tuple[dict[str, float], ...]) -> list[str | None]:
    labels = np.repeat(np.arange(len(clusters), dtype=np.int32), [len(one) for one in clusters])
    found = fitting_words(pictures_of(*[picture for one in clusters for picture in one]), labels, TREE)
    return [None if one is None else TREE.words[one.word].name for one in found]


def test_pictures_of_one_thing_are_called_so() -> None:
    assert words_of(LEMONS, LIONS) == ["lemon", "lion"]


def test_mixed_ones_get_the_wider_word_that_fits_most_of_them() -> None:
    hounds = ({"beagle": 0.9},) * 4 + ({"fox terrier": 0.9},) * 4
    terriers = ({"Border terrier": 0.6, "fox terrier": 0.3}, {"Border terrier": 0.3, "fox terrier": 0.6}) * 4
    assert words_of(hounds, LEMONS) == ["dog", "lemon"]
    assert words_of(terriers, LEMONS) == ["terrier", "lemon"]


def test_where_the_network_wavers_it_gets_the_wider_word() -> None:
    assert words_of(({"lion": 0.6, "tiger": 0.3},) * 6, LEMONS) == ["cat", "lemon"]


def test_two_things_that_share_no_word_get_none() -> None:
    assert words_of(LEMONS[:3] + LIONS[:3], ({"beagle": 0.9},) * 6)[0] is None


def test_pictures_that_look_like_nothing_known_get_none() -> None:
    assert words_of(({"lion": 0.3, "lemon": 0.2, "beagle": 0.2},) * 6, LEMONS)[0] is None


def test_a_few_loud_pictures_do_not_speak_for_the_others() -> None:
    loud = ({"lemon": 1.0},) * 4 + ({"lemon": 0.45, "lion": 0.05},) * 6
    assert words_of(loud, LIONS)[0] is None


def test_a_word_that_fits_the_whole_folder_says_nothing() -> None:
    yellow = ({"lemon": 0.75, "banana": 0.2},) * 6
    assert words_of(({"banana": 0.85, "lemon": 0.1},) * 6, yellow, yellow) == ["banana", None, None]


def test_what_things_lie_in_is_no_name_unless_it_is_all_there_is_and_never_leads_to_a_wider_word() -> None:
    assert words_of(({"grocery": 0.75, "lemon": 0.2},) * 6, LIONS)[0] is None
    assert words_of(({"grocery": 0.95},) * 6, LIONS)[0] == "grocery"


def test_one_picture_proves_less_than_many() -> None:
    assert words_of(LEMONS[:1], LIONS)[0] == "fruit"


def test_what_belongs_nowhere_counts_as_elsewhere() -> None:
    seen = pictures_of(*LEMONS, *LEMONS)
    labels = np.array([0] * 6 + [-1] * 6, np.int32)
    assert fitting_words(seen, labels, TREE) == [None]


def test_pictures_that_nothing_is_known_of_have_no_words() -> None:
    assert fitting_words(nothing_seen(4), np.array([0, 0, 1, 1], np.int32), TREE) == [None, None]
    assert fitting_words(nothing_seen(0), np.empty(0, np.int32), TREE) == []


def test_it_says_how_sure_it_is() -> None:
    seen = joined([pictures_of(*LEMONS[:3], {"lemon": 0.4, "banana": 0.6}), pictures_of(*LIONS)])
    found = fitting_words(seen, np.array([0] * 4 + [1] * 6, np.int32), TREE)[0]
    assert isinstance(found, FittingWord)
    assert TREE.words[found.word].name == "fruit"
    assert (round(found.probability, 2), round(found.agreeing, 2)) == (round(3.85 / 4.5, 2), 1.0)
    assert isinstance(seen, SeenClasses)


def test_two_that_share_a_wide_word_are_told_apart_by_narrower_ones_where_these_will_do() -> None:
    lions, tigers = ({"lion": 0.65, "tiger": 0.1},) * 8, ({"tiger": 0.65, "lion": 0.1},) * 8
    assert words_of(lions, tigers, LEMONS * 3) == ["lion", "tiger", "lemon"]
    assert words_of(lions, LEMONS) == ["cat", "lemon"]
    alike = ({"lion": 0.5, "tiger": 0.3},) * 4
    assert words_of(alike, alike, LEMONS * 4) == ["cat", "cat", "lemon"]
