import copy
import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shoal.domain.errors import FolderNotReadable, UserFacingError
from shoal.domain.sentence import NOTHING, Sentence, from_stored, reason_of, to_stored, verbatim

GERMAN = {
    "{path} cannot be opened: {why}.": "{why}: {path} geht nicht auf.",
    "it is damaged": "Es ist beschädigt",
    "%n picture(s) in {folder}": "%n Bilder in {folder}",
}
SENTENCE = Sentence("{path} cannot be opened: {why}.", path=Path("a.shoal"), why=Sentence("it is damaged"))


def in_german(text: Sentence) -> str:
    return text.told(lambda template, _count: GERMAN.get(template, template))


def test_it_is_its_english_text():
    assert SENTENCE == "a.shoal cannot be opened: it is damaged."
    assert json.dumps({"reason": SENTENCE}) == '{"reason": "a.shoal cannot be opened: it is damaged."}'
    assert not NOTHING
    assert verbatim(7) == "7"


def test_template_and_values_are_put_together_in_any_language():
    assert in_german(SENTENCE) == "Es ist beschädigt: a.shoal geht nicht auf."


@pytest.mark.parametrize(
    ("count", "english"), [(1, "1 picture in x"), (0, "0 pictures in x"), (150, "150 pictures in x")]
)
def test_it_counts(count, english):
    sentence = Sentence("%n picture(s) in {folder}", n=count, folder="x")
    assert sentence == english
    assert in_german(sentence) == f"{count} Bilder in x"


def test_braces_and_per_cent_signs_of_values_are_text():
    assert Sentence("{a} and {b}, %n", a="{b}", b="%n", n=3) == "{b} and %n, 3"
    assert Sentence("The template has no field {{field}}.", field="moon") == "The template has no field {moon}."
    assert Sentence("Only {seq} takes a width.") == "Only {seq} takes a width."


@pytest.mark.parametrize("travel", [copy.deepcopy, lambda text: pickle.loads(pickle.dumps(text, 5))])
def test_it_crosses_process_boundaries_whole(travel):
    assert in_german(travel(SENTENCE)) == in_german(SENTENCE)
    error = travel(FolderNotReadable(SENTENCE, NOTHING))
    assert isinstance(error, FolderNotReadable)
    assert in_german(error.summary) == in_german(SENTENCE)


def test_it_comes_back_from_a_file_and_can_still_be_translated():
    back = from_stored(to_stored(SENTENCE))
    assert back == SENTENCE
    assert in_german(back) == in_german(SENTENCE)


@given(st.text(), st.dictionaries(st.from_regex(r"\w+", fullmatch=True), st.text() | st.integers() | st.floats()))
def test_whatever_is_stored_comes_back(template, values):
    for text in (
        template,
        Sentence(template),
        Sentence("{inner}", **{**values, "inner": Sentence("x {y}", y=template)}),
    ):
        assert from_stored(to_stored(text)) == text


@pytest.mark.parametrize("text", ["it is empty", '{"sentence": 3}', '{"sentence":', '{"sentence": "a", "values": []}'])
def test_what_older_versions_or_other_hands_stored_is_read_as_it_is(text):
    assert from_stored(text) == text


def test_errors_say_what_they_were_raised_with():
    assert in_german(reason_of(ValueError(Sentence("it is damaged")))) == "Es ist beschädigt"
    assert reason_of(OSError(28, "No space left on device")) == "No space left on device"
    assert reason_of(ValueError("odd")) == "odd"
    both = reason_of(UserFacingError(Sentence("it is damaged"), Sentence("Mend it.")))
    assert in_german(both) == "Es ist beschädigt Mend it."
