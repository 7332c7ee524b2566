"""Keywords that stand in pictures outside XMP."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.written_facts import iptc

from shoal.imaging.written_keywords import iptc_keywords


@pytest.mark.parametrize(
    ("announced", "encoding", "word"),
    [
        (b"\x1b%G", "utf-8", "Hafenstraße 鸟"),
        (b"\x1b-A", "latin-1", "Hafenstraße"),
        (b"\x1b.A", "latin-1", "Ã¤rger"),
        (b"\x1b-B", "iso8859-2", "Łódź"),
        (b"\x1b-L", "iso8859-5", "Жизнь"),
        (b"\x1b-F", "iso8859-7", "Θάλασσα"),
        (b"\x1b-H", "iso8859-8", "ים"),
        (b"", "utf-8", "Łódź"),
        (b"", "latin-1", "Hafenstraße"),
        (b"", "cp1252", "“sea”"),
        (b"\x1b%G", "latin-1", "Hafenstraße"),  # announced, and not so
        (b"\x1b-Z", "latin-1", "Hafenstraße"),
    ],
)
def test_iptc_keywords_are_read_in_the_character_set_that_the_block_names(announced, encoding, word):
    head = b"\x1c\x01\x5a\0" + bytes([len(announced)]) + announced if announced else b""
    assert iptc_keywords(head + iptc((25, word.encode(encoding)), (5, b"title"), (25, b"two"))) == (word, "two")


def test_blanks_and_empty_words_are_no_keywords():
    assert iptc_keywords(iptc((25, b" Jardins  del Real \0"), (25, b"  "), (25, b""))) == ("Jardins del Real",)
    assert iptc_keywords(b"") == ()


@given(st.binary(max_size=200))
def test_nothing_breaks_it(block):
    assert all(isinstance(word, str) for word in iptc_keywords(b"\x1c\x02\x19" + block))
