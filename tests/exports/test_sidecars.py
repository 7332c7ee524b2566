import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shoal.domain.marks import Marks
from shoal.exports.sidecars import merged_sidecar, new_sidecar
from shoal.exports.xmp_names import DUBLIN_CORE, RDF, XMP

MARKS = Marks(("birds & <b>",), 4, "Grün")
EXISTING = b"""\xef\xbb\xbf<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- a comment to keep -->
<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<r:Description r:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="2"
 xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:Exposure2012="+0.35">
 <dc:subject xmlns:dc="http://purl.org/dc/elements/1.1/"><r:Bag>\n  <r:li>holiday</r:li>\n </r:Bag></dc:subject>
</r:Description></r:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def facts(data: bytes) -> tuple[list[str], list[str], list[str]]:
    """Keywords, stars, labels, read by another parser and as a cataloguing program would."""
    root = ET.fromstring(data)
    keywords = [item.text for item in root.iterfind(f".//{{{DUBLIN_CORE}}}subject/{{{RDF}}}Bag/{{{RDF}}}li")]
    stars = [item.attrib[f"{{{XMP}}}Rating"] for item in root.iter() if f"{{{XMP}}}Rating" in item.attrib]
    labels = [item.attrib[f"{{{XMP}}}Label"] for item in root.iter() if f"{{{XMP}}}Label" in item.attrib]
    return keywords, stars, labels


def test_a_new_sidecar_says_it_all():
    assert facts(new_sidecar(MARKS)) == (["birds & <b>"], ["4"], ["Grün"])


def test_a_new_sidecar_says_nothing_that_the_user_did_not_say():
    assert facts(new_sidecar(Marks(("birds",)))) == (["birds"], [], [])


def test_what_a_sidecar_lacks_is_put_in_what_it_has_brought_to_the_same_and_the_rest_stays():
    merged = merged_sidecar(EXISTING, MARKS)
    assert facts(merged) == (["holiday", "birds & <b>"], ["4"], ["Grün"])
    remaining = iter(merged)
    assert all(byte in remaining for byte in EXISTING.replace(b'Rating="2"', b'Rating="4"'))  # in this order
    assert b"<!-- a comment to keep -->" in merged


def test_merging_twice_adds_nothing():
    merged = merged_sidecar(EXISTING, MARKS)
    assert merged_sidecar(merged, MARKS) == merged


def test_our_own_sidecar_takes_another_keyword():
    assert facts(merged_sidecar(new_sidecar(MARKS), Marks(("cats",), 5)))[0] == ["birds & <b>", "cats"]


def test_a_sidecar_without_keywords_gets_some():
    without = new_sidecar(Marks((), 1))
    assert facts(merged_sidecar(without, MARKS)) == (["birds & <b>"], ["4"], ["Grün"])
    assert facts(merged_sidecar(without, Marks(("birds",)))) == (["birds"], ["1"], [])


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<x xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:RDF>&b;</rdf:RDF></x>"""


@pytest.mark.parametrize(
    "existing",
    [
        b"",
        b"not xml",
        b"<a/>",
        EXISTING[:-60],
        EXISTING.replace(b"<r:Bag>\n  <r:li>holiday</r:li>\n </r:Bag>", b"<acme:Words xmlns:acme='acme'/>"),
        EXISTING.replace(b"holiday", b"\xff\xfe"),
        LAUGHS,
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        b"<a>" * 100_000,
        EXISTING + b" " * (5 << 20),
    ],
)  # fmt: skip
def test_a_sidecar_that_is_not_as_we_know_it_is_left_alone(existing):
    assert merged_sidecar(existing, MARKS) is None


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(max_size=20), max_size=3), st.none() | st.integers(), st.text(max_size=20))
def test_whatever_the_names_are_the_sidecar_can_be_read(keywords, stars, label):
    marks = Marks(tuple(keywords), stars, label)
    for data in (new_sidecar(marks), merged_sidecar(EXISTING, marks)):
        words, stars_read, _ = facts(data)
        assert stars_read in ([], ["2"]) or -1 <= int(stars_read[0]) <= 5
        assert len(words) >= len({" ".join(word.split()) for word in keywords if word.isprintable() and word.strip()})
