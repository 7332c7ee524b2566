"""Conditions on pictures: what they mean, and where one that makes no sense goes wrong."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shoal.domain.errors import UserFacingError
from shoal.domain.where import DATES, NUMBERS, TEXTS, WORDS, parse


class Pictures:
    """Four of them: two good ones, a rejected one, and one of which nothing is known."""

    def __init__(self) -> None:
        self._numbers = {
            "stars": [5, 3, 4, 0], "sharpness": [80, 10, 40, np.inf], "brightness": [50, 10, 90, np.inf],
            "clipped": [0, 9, 1, np.inf], "width": [600, 400, 500, 1], "height": [400, 600, 500, 1],
            "megapixels": [24, 12, 2, 1], "size": [8, 4, 1, 0.5], "shape": [1.5, 0.67, 1.0, 1.0],
        }  # fmt: skip
        self._texts = {
            "pick": ["picked", "none", "rejected", "none"], "label": ["red", "green", "none", "none"],
            "camera": ["canon eos r5", "nikon z6", "canon eos r5", ""], "lens": ["rf 50", "", "", ""],
            "folder": ["trip/day 1", "trip/day 2", "home", ""], "name": ["a.jpg", "b.nef", "c.jpg", "d.jpg"],
            "cluster": ["cats", "dogs", "cats", "unsorted"], "keyword": ["sea, sun", "", "rain", ""],
            "date": ["2024-05-31t10:00:00", "2024-06-01t09:00:00", "2023", ""],
        }  # fmt: skip

    def __len__(self) -> int:
        return 4

    def numbers(self, field: str):
        return np.array(self._numbers[field], np.float64)

    def texts(self, field: str):
        if field == "text":
            return [" ".join(texts) for texts in zip(*(self._texts[one] for one in self._texts), strict=True)]
        return self._texts[field]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("stars>=3 and not rejected", [0, 1]),
        ("STARS >= 4", [0, 2]),
        ("picked or rejected", [0, 2]),
        ("stars>=3 sharp", [0]),
        ("not (picked or rejected)", [1, 3]),
        ("not picked and not rejected", [1, 3]),
        ("picked or stars=3 and green", [0, 1]),
        ("camera~canon", [0, 2]),
        ("camera='Canon EOS R5' label!=none", [0]),
        ('camera~"eos canon"', [0, 2]),
        ("camera!=''", [0, 1, 2]),
        ("date>=2024-06", [1]),
        ("date=2024", [0, 1]),
        ("date<=2024-05", [0]),
        ("date<2024", [2]),
        ("date!=2024-05-31", [1]),
        ("sharpness<50", [1, 2]),
        ("not sharpness<50", [0, 3]),
        ("dark", [1]),
        ("bright or clipped", [1, 2]),
        ("wide", [0]),
        ("square tall", []),
        ("'sea sun'", [0]),
        ("'trip'", [0, 1]),
        ("cluster=cats size>2", [0]),
        ("stars != 3", [0, 2, 3]),
    ],
)
def test_a_condition_finds_what_it_says(text, found):
    assert np.flatnonzero(parse(text).holds(Pictures())).tolist() == found


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("", 1, "empty"),
        ("   ", 1, "empty"),
        ("stars>=", 8, "number"),
        ("stars>=many", 8, "number"),
        ("stars~3", 7, "number"),
        ("stars>=nan", 8, "number"),
        ("camera>5", 7, "goes with"),
        ("colour=red", 1, "no field"),
        ("stars>=3 and nice", 14, "no word"),
        ("(stars>=3", 1, "never closed"),
        ("stars>=3)", 9, "too many"),
        ("stars>=3 or", 12, "expected"),
        ("and picked", 1, "expected"),
        ("date>=31.5.2024", 7, "2024-05-31"),
        ("camera~\"canon", 8, "cannot be read"),
        ("picked ! rejected", 7, "cannot be read"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told_with_its_place(text, place, what):
    with pytest.raises(UserFacingError) as raised:
        parse(text)
    assert f"at character {place}: " in raised.value.summary
    assert what in raised.value.summary


@pytest.mark.parametrize("word", WORDS)
def test_every_word_stands_for_a_condition(word):
    known = {*NUMBERS, *TEXTS, *DATES}
    assert parse(word).fields <= known
    assert parse(word).holds(Pictures()).tolist() == parse(WORDS[word]).holds(Pictures()).tolist()


def test_it_says_what_it_asks_for():
    assert parse("stars>=3 and (dark or 'sea')").fields == {"stars", "brightness", "text"}


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="stars picked()=<>!~'\"0123- andornt", max_size=30))
def test_nonsense_is_refused_or_means_something(text):
    try:
        condition = parse(text)
    except UserFacingError:
        return
    assert condition.holds(Pictures()).shape == (4,)
