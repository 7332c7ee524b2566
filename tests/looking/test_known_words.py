"""The words that ship with the program."""

import re

from shoal.domain.words import WordTree
from shoal.looking.known_words import known_words


def words() -> WordTree:
    tree = known_words()
    assert tree is not None
    return tree


def test_there_is_one_for_each_of_the_thousand_classes_and_wider_ones_above() -> None:
    tree = words()
    assert tree.class_count == 1000
    assert 150 < len(tree.words) - 1000 < 400
    numbered = [word for word in tree.words if word.number >= 0]
    assert len({word.name.casefold() for word in numbered}) == 1000


def test_each_is_in_chinese_too() -> None:
    assert [word.name for word in words().words if not re.search("[\u4e00-\u9fff]", word.chinese)] == []


def test_every_wider_word_holds_some_class() -> None:
    tree = words()
    below = [any(n in tree.upwards(m) for m, other in enumerate(tree.words) if other.number >= 0) for n in range(60)]
    assert all(below)


def test_the_classes_stand_in_the_order_of_the_network() -> None:
    """Some that every list of ImageNet-1k has in these places."""
    places = {0: "tench", 1: "goldfish", 7: "rooster", 162: "beagle", 207: "golden retriever", 291: "lion",
        340: "zebra", 404: "airliner", 508: "computer keyboard", 620: "laptop", 779: "school bus", 817: "sports car",
        852: "tennis ball", 951: "lemon", 954: "banana", 963: "pizza", 980: "volcano", 999: "toilet roll"}  # fmt: skip
    by_number = {word.number: word.name for word in words().words}
    assert {number: by_number[number] for number in places} == places


def test_a_beagle_is_a_dog_and_an_animal() -> None:
    tree = words()
    place = tree.find("beagle")
    assert place is not None
    assert [tree.words[one].name for one in tree.upwards(place)] == [
        "beagle", "hound", "dog", "canine", "mammal", "animal",
    ]  # fmt: skip


def test_everyday_words_are_known() -> None:
    english = ("dogs", "cats", "car", "sneakers", "bikes", "flowers", "people", "boats", "phone")
    asked = (*english, "鞋子", "猫", "汽车", "海滩")
    assert [text for text in asked if words().find(text) is None] == []
