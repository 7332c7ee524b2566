import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.name_rules import broken_rules

from shoal.domain.safe_names import distinct_names, name_key, safe_ending, safe_name, safe_stem


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("birds", "birds"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..", "unnamed"),
        (".", "unnamed"),
        ("", "unnamed"),
        ("   ", "unnamed"),
        (".hidden", "hidden"),
        ("dots...", "dots"),
        ("dot . ", "dot"),
        ("..\xa0.. \u3000x\u2003.\xa0.", "x"),
        ("NUL", "NUL_"),
        ("nul ", "nul_"),
        ("NUL .txt", "NUL_.txt"),
        ("aux.tar.gz", "aux_.tar.gz"),
        ("COM¹", "COM¹_"),
        ("lpt³.jpg", "lpt³_.jpg"),
        ("CONIN$", "CONIN$_"),
        ("COM10", "COM10"),
        ("a/b\\c:d", "a_b_c_d"),
        ('<>"|?*', "______"),
        ("line\nfeed\x00\x7f\x85", "line_feed___"),
        ("gpj.\u202egif", "gpj.gif"),
        ("a\u200bb\ufeff\u2066c\u00ad", "abc"),
        ("N\u200bUL", "NUL_"),
        ("e\u0301", "\u00e9"),
        ("e\u200b\u0301", "\u00e9"),
        ("\ud800x\udcff", "_x_"),
        ("\uf022", "_"),
        ("海鸟 🐦", "海鸟 🐦"),
        ("~tilde", "~tilde"),
    ],
)
def test_names_become_safe(text, safe):
    assert safe_name(text) == safe
    assert broken_rules(safe) == []


def test_a_long_name_is_cut_by_bytes_and_keeps_its_endings():
    stem = safe_stem("鸟" * 200, (".jpg", ".CR2.xmp"))
    assert stem == "鸟" * 82
    assert not broken_rules(stem + ".CR2.xmp")


def test_a_long_name_is_cut_by_decomposed_units_too():
    assert len(unicodedata.normalize("NFD", safe_name("가" * 80 + "각" * 80))) <= 255


@pytest.mark.parametrize(
    ("ending", "safe"),
    [
        (".jpg", ".jpg"),
        (".CR2.xmp", ".CR2.xmp"),
        ("", ""),
        (".", ""),
        (".j/g", ".j_g"),
        (". ", ""),
        ("." + "x" * 80, ""),
    ],
)
def test_endings(ending, safe):
    assert safe_ending(ending) == safe


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Birds", "bIRDS"),
        ("\u00e9", "E\u0301"),
        ("straße", "STRASSE"),
        ("\u0131", "I"),
        ("\u017f", "S"),
        ("\u212a", "k"),
    ],
)
def test_names_that_some_file_system_confuses_have_one_key(one, other):
    assert name_key(one) == name_key(other)


def test_equal_names_are_told_apart_without_case():
    assert distinct_names(["Birds", "birds", "BIRDS ", "birds (2)", "cats"]) == [
        "Birds",
        "birds (2)",
        "BIRDS (3)",
        "birds (2) (2)",
        "cats",
    ]


def test_equal_names_of_full_length_are_told_apart():
    names = distinct_names(["x" * 300, "x" * 300])
    assert names[1] == "x" * 251 + " (2)"
    assert [broken_rules(name) for name in names] == [[], []]


hostile = st.text(
    st.one_of(st.characters(), st.sampled_from('./\\:*?"<>| \x00\nCONULAUX1²¹\u202e\u200b\ufe0f\u0301\uff5e'))
)


@settings(max_examples=500, deadline=None)
@given(st.lists(hostile, max_size=6))
def test_whatever_the_names_are_they_end_safe_and_distinct(texts):
    names = distinct_names(texts)
    assert [broken_rules(name) for name in names] == [[]] * len(texts)
    assert len({name_key(name) for name in names}) == len(texts)


@settings(max_examples=300, deadline=None)
@given(hostile)
def test_a_safe_name_is_left_alone(text):
    assert safe_name(safe_name(text)) == safe_name(text)
