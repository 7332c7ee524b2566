"""The tree of words: what it takes for one, and how people's words find their place in it."""

import pytest
from tests.support.small_words import TABLE, TREE

from shoal.domain.words import read_words


def name(text: str) -> str | None:
    place = TREE.find(text)
    return None if place is None else TREE.words[place].name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dog", "dog"), ("Dogs", "dog"), ("  a  dog ", "dog"), ("狗", "dog"), ("puppies", "dog"), ("小狗", "dog"),
        ("the Border  Terriers", "Border terrier"), ("supermarket", "grocery"), ("fruits", "fruit"), ("do", None),
        ("", None), ("elephant", None),
    ],
)  # fmt: skip
def test_one_and_many_and_chinese_and_what_else_people_say_find_a_word(text: str, found: str | None) -> None:
    assert name(text) == found


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("brown dogs", "dog"), ("terier", "terrier"), ("banan", "banana"), ("lion cub", "lion"), ("柠", "lemon"),
        ("黄色的柠檬", "lemon"),
    ],
)  # fmt: skip
def test_an_unknown_text_is_told_what_is_known_nearby(text: str, first: str) -> None:
    assert TREE.find(text) is None
    assert TREE.nearby(text)[0] == first


def test_what_stands_beside_a_word_is_near_it_too() -> None:
    assert {"fruit", "banana"} <= set(TREE.nearby("lemonn"))


def test_nothing_is_near_what_is_nothing_like_any_word() -> None:
    assert TREE.nearby("xyzzyx") == []


def test_names_are_of_one_or_many() -> None:
    dog = TREE.words[TREE.find("dog") or 0]
    assert (dog.called(1), dog.called(2), dog.called(2, chinese=True)) == ("dog", "dogs", "狗")


def test_a_wider_word_holds_the_classes_below_it_but_not_what_only_stands_behind() -> None:
    held = {word.name: TREE.holds[:, place].sum() for place, word in enumerate(TREE.words)}
    assert (held["animal"], held["dog"], held["terrier"], held["beagle"]) == (5, 3, 2, 1)
    assert (held["grocery"], held["shop"]) == (1, 0)


@pytest.mark.parametrize(
    ("now", "then", "complaint"),
    [
        ("\tterrier\tterriers\t梗犬\tdog", "\tterrier\tterriers\t梗犬\twolf", "not there"),
        ("\tanimal\tanimals\t动物\t", "\tanimal\tanimals\t动物\tdog", "wider than itself"),
        ("2\tbeagle", "9\tbeagle", "not numbered"),
        ("\t狮子\t", "\t\t", "lacks"),
        ("\t狮子\t", "\t老虎\t", "two words"),
        ("puppy,小狗", "puppy,lions", "two words"),
        ("wider\talso", "also\twider", "columns"),
    ],
)
def test_a_table_that_is_no_tree_of_words_is_refused(now: str, then: str, complaint: str) -> None:
    assert now in TABLE
    with pytest.raises(ValueError, match=complaint):
        read_words(TABLE.replace(now, then))


@pytest.mark.parametrize("text", ["\uff24\uff4f\uff47", "dogs!", " Dog. ", "“dog”", "a dog?", "狗。", "狗\uff01"])
def test_the_width_of_letters_and_what_stands_around_a_word_do_not_matter(text):
    assert TREE.find(text) == TREE.find("dog")
    assert TREE.find("...") is None
