"""What XMP says of a picture, however it is put, and nothing from packets that are made to do damage."""

import pytest

from shoal.domain.marks import Marks
from shoal.exports.sidecars import LONGEST_SIDECAR, merged_sidecar, new_sidecar
from shoal.exports.xmp_marks import read_marks
from shoal.exports.xmp_names import DUBLIN_CORE, RDF, XMP

NAMES = f'xmlns:r="{RDF}" xmlns:x="{XMP}" xmlns:dc="{DUBLIN_CORE}"'


def packet(attributes: str = "", inside: str = "") -> bytes:
    return f"<r:RDF {NAMES}><r:Description {attributes}>{inside}</r:Description></r:RDF>".encode()


def test_what_we_write_we_read():
    marks = Marks(("birds & <b>", "Grün"), 4, "Red")
    assert read_marks(new_sidecar(marks)) == marks


@pytest.mark.parametrize("stars", [-1, 0, 5])
def test_rejected_and_unrated_are_said_too(stars):
    assert read_marks(new_sidecar(Marks(stars=stars))).stars == stars


@pytest.mark.parametrize(
    ("said", "stars"),
    [("3", 3), ("3.0", 3), (" 4\n", 4), ("-1", -1), ("6", None), ("-2", None), ("nan", None), ("inf", None),
     ("many", None), ("", None), ("9" * 400, None)],
)  # fmt: skip
def test_stars_as_attribute_and_as_element(said, stars):
    assert read_marks(packet(f'x:Rating="{said}"')).stars == stars
    assert read_marks(packet(inside=f"<x:Rating>{said}</x:Rating>")).stars == stars


def test_a_label_is_one_line_and_not_endless():
    assert read_marks(packet(inside="<x:Label> To\n do </x:Label>")).label == "To do"
    assert read_marks(packet(f'x:Label="{"x" * 2000}"')).label == ""


def test_only_what_is_said_of_the_picture_itself_counts():
    other = '<x:Pantry><r:Bag><r:li x:Rating="5" x:Label="Red"/></r:Bag></x:Pantry>'
    nested = f'<x:Pantry><r:Description x:Rating="5">{other}</r:Description></x:Pantry>'
    assert read_marks(packet(inside=other)) == Marks()
    assert read_marks(packet(inside=nested)) == Marks()
    assert read_marks(packet('x:Rating="2"', inside=nested)) == Marks(stars=2)
    assert read_marks(f'<other {NAMES} x:Rating="5"/>'.encode()) == Marks()


def test_padding_byte_order_marks_and_utf_16_are_no_hindrance():
    plain = packet('x:Rating="3"')
    assert read_marks(b"\xef\xbb\xbf" + plain + b"\0" * 100).stars == 3
    assert read_marks(b'<?xpacket begin="" id="x"?>' + plain + b'<?xpacket end="w"?>' + b" " * 3000).stars == 3
    assert read_marks(plain.decode().encode("utf-16")).stars == 3


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"not xml",
        packet('x:Rating="3"')[:-9],
        b'<!DOCTYPE x [<!ENTITY a "5">]>' + packet('x:Rating="&a;"'),
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + packet('x:Rating="5"'),
        packet('x:Rating="3"') + b" " * LONGEST_SIDECAR,
        packet(inside="\xff").replace(b"\xc3\xbf", b"\xff"),
    ],
)
def test_what_is_broken_or_hostile_says_nothing(hostile):
    assert read_marks(hostile) == Marks()


@pytest.mark.parametrize(
    "inside",
    ["\n" * 3_900_000, "&amp;" * 700_000, "<a>" * 100_000 + "</a>" * 100_000, "<a>\n" * 100_000 + "</a>" * 100_000],
    ids=["lines", "references", "depth", "both"],
)  # fmt: skip
def test_packets_that_would_keep_a_reader_busy_for_minutes_take_a_moment(inside):
    """Text put together piece by piece took a quarter of an hour for the first of these."""
    marks = Marks(("birds",), 1, "Red")
    assert read_marks(packet('x:Rating="3"', inside)).stars == 3
    assert read_marks(merged_sidecar(packet('x:Rating="3"', inside), marks)) == Marks(("birds",), 1, "Red")


def test_keywords_in_endless_number_end_somewhere():
    words = "".join(f"<r:li>{number}</r:li>" for number in range(20_000))
    found = read_marks(packet(inside=f"<dc:subject><r:Bag>{words}</r:Bag></dc:subject>")).keywords
    assert found[:2] == ("0", "1")
    assert len(found) == 10_000


DYNAMIC_MEDIA, ACDSEE = "http://ns.adobe.com/xmp/1.0/DynamicMedia/", "http://ns.acdsee.com/iptc/1.0/"


@pytest.mark.parametrize(("said", "pick"), [("1", 3), ("-1", 1), ("0", 0), ("2", 0), ("", 0), ("nan", 0)])
def test_lightrooms_flags_as_attribute_and_as_element(said, pick):
    space = f'xmlns:dm="{DYNAMIC_MEDIA}"'
    assert read_marks(packet(f'{space} dm:pick="{said}"')).pick == pick
    assert read_marks(packet(space, f"<dm:pick>{said}</dm:pick>")).pick == pick


def test_acdsees_own_list_of_keywords_is_read_and_gets_what_is_added():
    there = packet(f'xmlns:a="{ACDSEE}"', "<a:keywords><r:Bag><r:li>harbour</r:li></r:Bag></a:keywords>")
    assert read_marks(there).keywords == ("harbour",)
    merged = merged_sidecar(there, Marks(("Beach",)))
    assert merged is not None
    own = merged.partition(b"<a:keywords>")[2].partition(b"</a:keywords>")[0]
    assert b"harbour" in own
    assert b"Beach" in own
