"""Sidecars as darktable, digiKam, Lightroom, exiftool and others write them, brought up to date in place."""

from collections.abc import Mapping, Sequence
from html import escape

import pytest
from tests.support.foreign_sidecars import NAMES, listed, parsed, sidecar, simple, words

from shoal.domain.marks import Contradiction, Marks, contradictions
from shoal.exports.sidecars import as_sidecar, full_sidecar, merged_sidecar, new_sidecar, reclustered_sidecar
from shoal.exports.xmp_marks import read_marks, read_said
from shoal.exports.xmp_names import DUBLIN_CORE, RDF

CLUSTER = Marks(("Cluster 1",))


LISTS: Mapping[str, Sequence[str]] = {
    "dc:subject": ["A", "B"],
    "lr:hierarchicalSubject": ["A|B"],
    "digiKam:TagsList": ["A/B"],
    "MicrosoftPhoto:LastKeywordXMP": ["A/B"],
    "mediapro:CatalogSets": ["A|B"],
}


@pytest.mark.parametrize("kind", ["Bag", "Seq", "Alt"])
@pytest.mark.parametrize("name", LISTS)
def test_the_cluster_goes_into_every_list_that_is_there(name, kind):
    there = sidecar(inside=listed(name, LISTS[name], kind))
    merged = merged_sidecar(there, CLUSTER)
    assert words(merged, name) == [*LISTS[name], "Cluster 1"]
    assert "Cluster 1" in words(merged, "dc:subject")
    assert merged_sidecar(merged, CLUSTER) == merged


def test_all_lists_at_once_and_only_those_that_are_there():
    merged = merged_sidecar(sidecar(inside="".join(listed(name, found) for name, found in LISTS.items())), CLUSTER)
    for name, found in LISTS.items():
        assert words(merged, name) == [*found, "Cluster 1"]
    assert b"TagsList" not in merged_sidecar(sidecar(inside=listed("dc:subject", ["A"])), CLUSTER)


@pytest.mark.parametrize(
    "emptied",
    ["<{0}><rdf:Bag/></{0}>", "<{0}/>", "<{0}></{0}>", "<{0}><rdf:Seq></rdf:Seq></{0}>",
     "<{0}>\n <rdf:Alt>\n </rdf:Alt></{0}>"],
)  # fmt: skip
@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_was_emptied_takes_the_cluster(name, emptied):
    merged = merged_sidecar(sidecar(inside=emptied.format(name)), CLUSTER)
    assert words(merged, name) == ["Cluster 1"]
    assert words(merged, "dc:subject") == ["Cluster 1"]


@pytest.mark.parametrize("odd", ["<rdf:_1>sea</rdf:_1>", "\n sea \n", "<!-- sea -->", "<acme:word>sea</acme:word>"])
@pytest.mark.parametrize("name", LISTS)
def test_what_else_stands_in_a_list_stays_there(name, odd):
    merged = merged_sidecar(sidecar(inside=f"<{name}><rdf:Bag>{odd}</rdf:Bag></{name}>"), CLUSTER)
    assert words(merged, name) == ["Cluster 1"]
    assert odd.encode() in merged


def test_a_text_too_long_for_a_keyword_is_left_as_it_is():
    there = sidecar(inside=f"<lr:hierarchicalSubject>{'sea ' * 300}</lr:hierarchicalSubject>")
    assert merged_sidecar(there, CLUSTER) is None


@pytest.mark.parametrize("there", [sidecar(inside="<dc:subject>sea</dc:subject>"), sidecar('dc:subject="sea"')])
def test_keywords_as_plain_text_become_a_list(there):
    assert words(merged_sidecar(there, CLUSTER), "dc:subject") == ["sea", "Cluster 1"]


def test_acdsees_tree_of_keywords_takes_it_too():
    tree = escape(
        '<Categories><Category Assigned="0">A<Category Assigned="1">B</Category></Category></Categories>', quote=False
    )
    there = sidecar(f"acdsee:categories='{tree}'")
    assert read_marks(there) == Marks(("B",), trees=("A|B",))
    (written,) = simple(merged_sidecar(there, Marks(("Cluster 1",), trees=("A|B", "C|D"))), "acdsee:categories")
    assert written.count("<Category ") == 5
    assert '<Category Assigned="1">Cluster 1</Category>' in written
    assert '<Category Assigned="0">C<Category Assigned="1">D</Category></Category>' in written


def test_a_keyword_with_a_blank_at_its_end_is_not_there_twice():
    there = sidecar(inside=listed("dc:subject", ["Jardins del Real ", " two\n  lines"]))
    merged = merged_sidecar(there, Marks(("Jardins del Real", "two lines")))
    assert merged == there


def test_signs_that_part_levels_do_not_part_a_cluster():
    there = sidecar(inside=listed("lr:hierarchicalSubject", ["A|B"]) + listed("digiKam:TagsList", ["A/B"]))
    merged = merged_sidecar(there, Marks(("day|night", "24/7")))
    assert words(merged, "dc:subject") == ["day|night", "24/7"]
    assert words(merged, "lr:hierarchicalSubject") == ["A|B", "day/night", "24/7"]
    assert words(merged, "digiKam:TagsList") == ["A/B", "day|night", "24\\7"]
    assert read_marks(merged).keywords == ("day|night", "24/7", "B")


def test_keywords_below_others_find_a_list_where_there_is_none():
    merged = merged_sidecar(sidecar(inside=listed("dc:subject", ["B"])), Marks(("B", "C"), trees=("A|B",)))
    assert words(merged, "lr:hierarchicalSubject") == ["A|B", "C"]
    assert read_marks(new_sidecar(Marks(("B",), trees=("A|B",)))) == Marks(("B",), trees=("A|B",))


def test_levels_are_not_repeated_as_words_and_trees_go_from_list_to_list():
    there = sidecar(inside=listed("lr:hierarchicalSubject", ["A|B|C"]))
    merged = merged_sidecar(there, Marks(("A", "B", "C", "D"), trees=("A|B", "X|Y")))
    assert words(merged, "lr:hierarchicalSubject") == ["A|B|C", "X|Y", "D"]


@pytest.mark.parametrize(
    ("attributes", "inside", "marks"),
    [
        ('xmp:Rating="4" xmp:Label="Green"', "", Marks(stars=4, label="Green")),
        ('acdsee:rating="4"', "", Marks(stars=4)),
        ('MicrosoftPhoto:Rating="75"', "", Marks(stars=4)),
        ('MicrosoftPhoto:Rating="99"', "", Marks(stars=5)),
        ('MicrosoftPhoto:Rating="40"', "", Marks(stars=3)),
        ('MicrosoftPhoto:Rating="0"', "", Marks(stars=0)),
        ('MicrosoftPhoto:Rating="175"', "", Marks()),
        ('xmp:Rating="0" MicrosoftPhoto:Rating="75"', "", Marks(stars=4)),
        ('xmp:Rating="-1" MicrosoftPhoto:Rating="75"', "", Marks(stars=-1)),
        ('digiKam:ColorLabel="2"', "", Marks(label="Orange")),
        ('digiKam:ColorLabel="0" digiKam:PickLabel="0"', "", Marks()),
        ('digiKam:ColorLabel="77" digiKam:PickLabel="9"', "", Marks()),
        ('digiKam:PickLabel="3"', "", Marks(pick=3)),
        ("", "<digiKam:PickLabel>1</digiKam:PickLabel>", Marks(pick=1)),
        ("", listed("darktable:colorlabels", ["1"], "Seq"), Marks(label="Yellow")),
        ("", listed("darktable:colorlabels", ["0", "3"], "Seq"), Marks(label="Red")),
        ('xmp:Label="Blue"', listed("darktable:colorlabels", ["0", "3"], "Seq"), Marks(label="Blue")),
        ("", listed("darktable:colorlabels", ["9", "x"], "Seq"), Marks()),
        ('photoshop:Urgency="1"', "", Marks()),
        ("", listed("digiKam:TagsList", ["A/B", "sea"], "Seq"), Marks(("B", "sea"), trees=("A|B",))),
        ("", listed("lr:hierarchicalSubject", ["A|B"]) + listed("dc:subject", ["B"]), Marks(("B",), trees=("A|B",))),
    ],
)
def test_marks_are_read_from_every_place_that_programs_use(attributes, inside, marks):
    assert read_marks(sidecar(attributes, inside)) == marks


def test_stars_go_to_every_place_that_has_them():
    there = sidecar('xmp:Rating="2" MicrosoftPhoto:Rating="25"', "<acdsee:rating>2</acdsee:rating>")
    merged = merged_sidecar(there, Marks(stars=4))
    assert simple(merged, "xmp:Rating") == ["4"]
    assert simple(merged, "MicrosoftPhoto:Rating") == ["75"]
    assert simple(merged, "acdsee:rating") == ["4"]
    assert simple(merged_sidecar(sidecar("xmp:Rating='3.0'"), Marks(stars=3)), "xmp:Rating") == ["3"]  # not for digiKam
    assert simple(merged_sidecar(sidecar(inside="<xmp:Rating/>"), Marks(stars=3)), "xmp:Rating") == ["3"]


def test_who_is_rejected_is_so_in_digikam_too():
    merged = merged_sidecar(sidecar('xmp:Rating="-1" MicrosoftPhoto:Rating="75" acdsee:rating="4"'), Marks(stars=-1))
    assert simple(merged, "digiKam:PickLabel") == ["1"]
    assert simple(merged, "MicrosoftPhoto:Rating") == ["0"]
    assert simple(merged, "acdsee:rating") == ["0"]


def test_labels_go_to_every_place_that_has_them():
    there = sidecar(
        'xmp:Label="Red" digiKam:ColorLabel="1" photoshop:Urgency="1"', listed("darktable:colorlabels", ["0"], "Seq")
    )
    merged = merged_sidecar(there, Marks(label="Blue"))
    assert simple(merged, "xmp:Label") == ["Blue"]
    assert simple(merged, "digiKam:ColorLabel") == ["5"]
    assert simple(merged, "photoshop:Urgency") == ["5"]
    assert words(merged, "darktable:colorlabels") == ["3"]


def test_a_label_is_not_put_where_its_program_would_not_put_it():
    merged = merged_sidecar(sidecar(), Marks(label="Orange"))
    assert (simple(merged, "xmp:Label"), simple(merged, "digiKam:ColorLabel")) == ([], ["2"])
    merged = merged_sidecar(sidecar('photoshop:Urgency="4"'), Marks(label="Rot"))
    assert (simple(merged, "xmp:Label"), simple(merged, "digiKam:ColorLabel")) == (["Rot"], [])
    assert simple(merged, "photoshop:Urgency") == ["4"]
    several = sidecar(inside=listed("darktable:colorlabels", ["0", "3"], "Seq"))
    assert words(merged_sidecar(several, Marks(label="Blue")), "darktable:colorlabels") == ["0", "3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_stays(encoding):
    there = sidecar(inside=listed("dc:subject", ["Hafenstraße"])).decode().encode(encoding)
    merged = merged_sidecar(there, Marks(("鸟",), 3))
    assert read_marks(merged) == Marks(("Hafenstraße", "鸟"), 3)
    assert [*merged.decode(encoding).splitlines()][:2] == [*there.decode(encoding).splitlines()][:2]
    assert "鸟" in merged.decode(encoding)


def test_a_western_sidecar_takes_what_its_encoding_lacks_as_a_number():
    there = b'<?xml version="1.0" encoding="ISO-8859-1"?>\n' + sidecar('xmp:Label="Gr\xfcn"').decode().encode("latin-1")
    merged = merged_sidecar(there, Marks(("鸟",)))
    assert b"&#40479;" in merged
    assert read_marks(merged) == Marks(("鸟",), label="Grün")


def test_several_descriptions_other_prefixes_and_padding_are_no_hindrance():
    there = (
        f"<r:RDF xmlns:r='{RDF}'><r:Description r:about='' xmlns:a='{NAMES['xmp']}' a:Rating = '2'/>"
        f"<r:Description r:about='' xmlns='{DUBLIN_CORE}'><subject><r:Bag><r:li>sea</r:li></r:Bag></subject>"
        f"</r:Description></r:RDF>".encode()
        + b"\0" * 50
    )
    merged = merged_sidecar(there, Marks(("Cluster 1",), 5, "Red"))
    assert read_marks(merged) == Marks(("sea", "Cluster 1"), 5, "Red")
    assert b'a:Rating="5"' in merged
    assert b"<r:li>sea</r:li><r:li>Cluster 1</r:li>" in merged


def test_an_empty_packet_is_opened():
    there = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><q:RDF xmlns:q="{RDF}"/></x:xmpmeta>'.encode()
    assert read_marks(merged_sidecar(there, Marks(("sea",), 1))) == Marks(("sea",), 1)


TITLE = '   <dc:title>\n    <rdf:Alt><rdf:li xml:lang="x-default">My title</rdf:li></rdf:Alt>\n   </dc:title>\n'


def test_a_sidecar_takes_over_what_only_another_says():
    full = sidecar(
        'digiKam:PickLabel="3" acme:Thing="a &amp; b" crs:Exposure2012="+1" tiff:Orientation="6"',
        TITLE
        + listed("lr:hierarchicalSubject", ["A|B"])
        + "<acme:Part><!-- <rdf:li/> --><acme:Deep acme:x='1'/></acme:Part>",
    )
    thin = sidecar('xmp:Rating="3"')
    got = full_sidecar(thin, [full], [], joined_with(full, thin))
    assert read_marks(got) == Marks(("B", "Cluster 1"), 3, "", 3, ("A|B",))
    assert words(got, "dc:title") == ["My title"]
    assert words(got, "lr:hierarchicalSubject") == ["A|B", "Cluster 1"]
    assert simple(got, "acme:Thing") == ["a & b"]
    assert b"<acme:Deep acme:x='1'/>" in got
    assert simple(got, "crs:Exposure2012") == ["+1"]
    beside = full_sidecar(thin, [], [full], joined_with(full, thin))
    assert words(beside, "dc:title") == ["My title"]
    assert simple(beside, "crs:Exposure2012") == simple(beside, "tiff:Orientation") == []


def joined_with(*sidecars: bytes) -> Marks:
    marks = [read_marks(one) for one in sidecars]
    return Marks(
        (*(word for one in marks for word in one.keywords), "Cluster 1"),
        next((one.stars for one in marks if one.stars), None),
        pick=max(one.pick for one in marks),
        trees=tuple(tree for one in marks for tree in one.trees),
    )


def test_prefixes_that_mean_something_else_do_not_mix():
    one = f"<r:RDF xmlns:r='{RDF}'><r:Description xmlns:a='u:1' xmlns:b='u:2'><a:p><b:q/></a:p></r:Description></r:RDF>"
    two = f"<r:RDF xmlns:r='{RDF}'><r:Description><a:s xmlns:a='u:3'/><a:t xmlns:a='u:4'/></r:Description></r:RDF>"
    got = parsed(full_sidecar(new_sidecar(Marks()), [one.encode(), two.encode()], [], CLUSTER))
    for name in ("{u:1}p", "{u:2}q", "{u:3}s", "{u:4}t"):
        assert len(list(got.iter(name))) == 1


def test_a_packet_from_inside_a_picture_becomes_a_file_without_its_padding_and_direction():
    inside = sidecar('tiff:Orientation="6" xmp:Rating="4"', TITLE)
    inside = (
        b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        + inside
        + b" " * 2000
        + b'<?xpacket end="w"?>\0'
    )
    got = as_sidecar(inside)
    assert read_marks(got) == Marks(stars=4)
    assert words(got, "dc:title") == ["My title"]
    assert simple(got, "tiff:Orientation") == []
    assert len(got) < len(inside) - 1900
    assert as_sidecar(b"no xmp") is None


def test_where_places_contradict_it_is_said():
    said = read_said(
        sidecar('xmp:Rating="2" acdsee:rating="4" xmp:Label="Red"', listed("darktable:colorlabels", ["2"], "Seq"))
    )
    assert contradictions(said) == (
        Contradiction("xmp:Rating", "2 stars", "acdsee:rating", "4 stars"),
        Contradiction("xmp:Label", "Red", "darktable:colorlabels", "Green"),
    )
    assert str(contradictions(said)[0].sentence) == "xmp:Rating says 2 stars, acdsee:rating says 4 stars"
    assert not contradictions(read_said(sidecar('xmp:Rating="4" MicrosoftPhoto:Rating="75" acdsee:rating="4"')))
    assert not contradictions(read_said(sidecar('xmp:Label="Rot" digiKam:ColorLabel="1"')))


def test_no_stars_contradict_only_where_a_person_took_them_away():
    said = sidecar('xmp:Rating="0" MicrosoftPhoto:Rating="75"')
    assert contradictions(read_said(said)) == (
        Contradiction("MicrosoftPhoto:Rating", "4 stars", "xmp:Rating", "0 stars"),
    )
    assert contradictions(read_said(said, by_hand=False)) == ()


def test_the_cluster_of_a_sidecar_in_which_somebody_has_worked_is_replaced_and_all_else_stays():
    lists = listed("lr:hierarchicalSubject", ["A|B", "Cluster 1"]) + listed(
        "digiKam:TagsList", ["Cluster 1", "A/B"], "Seq"
    )
    there = sidecar('acme:Thing="theirs" xmp:Rating="5"', lists + listed("dc:subject", [" Cluster 1 ", "B", "theirs"]))
    renewed = reclustered_sidecar(there, "Cluster 1", "boats")
    assert read_marks(renewed) == Marks(("B", "theirs", "boats"), 5, trees=("A|B",))
    assert words(renewed, "lr:hierarchicalSubject") == ["A|B", "boats"]
    assert words(renewed, "digiKam:TagsList") == ["A/B", "boats"]
    assert simple(renewed, "acme:Thing") == ["theirs"]
    assert reclustered_sidecar(renewed, "boats", "boats") == renewed
    assert read_marks(reclustered_sidecar(renewed, "boats", "")).keywords == ("B", "theirs")
    assert reclustered_sidecar(there[:-40], "Cluster 1", "boats") is None
    tree = sidecar('acdsee:categories="&lt;Categories>&lt;/Categories>"')
    told = merged_sidecar(tree, CLUSTER)
    assert "Cluster 1" in simple(told, "acdsee:categories")[0]
    assert "Cluster 1" not in simple(reclustered_sidecar(told, "Cluster 1", "boats"), "acdsee:categories")[0]
