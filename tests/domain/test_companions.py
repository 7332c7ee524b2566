"""Whose companion a file is by its name: what each program's habit says, and names that only look like it."""

from pathlib import Path

import pytest

from shoal.domain.companions import (
    Claim,
    claims_of,
    continues,
    is_hidden,
    same_name,
    shot_key,
    shot_stem,
    sidecars_of,
    stands_behind,
    stem_of,
    suffix_of,
    swapped_stem,
)

GOOGLES = "a name of forty letters, all of them told"


def claims(name: str) -> list[tuple[str, str]]:
    return [(claim.by, claim.of) for claim in claims_of(name)]


@pytest.mark.parametrize(
    ("name", "likeliest"),
    [
        ("IMG_1.CR2.xmp", ("name", "img_1.cr2")), ("IMG_1.xmp", ("name", "img_1")),
        ("IMG_1.JPG(2).json", ("name", "img_1(2).jpg")), ("IMG_4_01.JPG.xmp", ("name", "img_4_01.jpg")),
        ("IMG_1.JPG_original", ("name", "img_1")), ("IMG_1.JPG~", ("name", "img_1")),
    ],
)  # fmt: skip
def test_what_a_name_most_likely_belongs_to_comes_first(name, likeliest):
    assert claims(name)[0] == likeliest


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("IMG_1.xmp", ("stem", "img_1")), ("IMG_1.MP4", ("stem", "img_1")), ("a.b.JPG.pp3", ("name", "a.b.jpg")),
        ("a.b.JPG.pp3", ("name", "a.b")), ("a.b.JPG.pp3", ("stem", "a.b.jpg")),
        ("IMG_4_01.JPG.xmp", ("name", "img_4.jpg")), ("IMG_4_123.JPG.xmp", ("name", "img_4.jpg")),
        ("IMG_1.JPG_original", ("name", "img_1.jpg")), ("IMG_1.JPG~", ("name", "img_1.jpg")),
        ("IMG_1.JPG~~", ("name", "img_1.jpg")), ("IMG_E1234.JPG", ("stem", "img_1234")),
        ("IMG_O1234 (2).AAE", ("stem", "img_1234 (2)")), ("SND_1234.WAV", ("stem", "img_1234")),
        ("IMG_1_HEVC.MOV", ("stem", "img_1")), ("IMG_1.supplemental-metadata.json", ("name", "img_1")),
        ("PXL_1.MP.COVER.xmp", ("stem", "pxl_1")), ("PXL_1.RAW-01.COVER(1).xmp", ("stem", "pxl_1(1)")),
    ],
)  # fmt: skip
def test_what_a_name_may_belong_to(name, claim):
    assert claim in claims(name)


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("IMG_4_1.JPG.xmp", ("name", "img_4.jpg")), ("IMG_4_007.JPG.xmp", ("name", "img_4.jpg")),
        ("IMG_4_01.JPG.pp3", ("name", "img_4.jpg")), ("IMG_4_01.xmp", ("name", "img_4")),
        ("IMG_1.JPG_originals", ("name", "img_1.jpg")), ("IMG_Q1234.JPG", ("stem", "img_1234")),
        ("IMG_Eabcd.JPG", ("stem", "img_abcd")), ("SND_1234.MP3", ("stem", "img_1234")),
        ("IMG_1_HEVC.MP4", ("stem", "img_1")), ("IMG_1.docx", ("stem", "img_1")), ("IMG_1.CR2", ("stem", "img_1")),
    ],
)  # fmt: skip
def test_names_that_only_look_like_it(name, claim):
    assert claim not in claims(name)


@pytest.mark.parametrize("length", [38, 39, 40, 46, 47, 48])
def test_google_cuts_long_names_and_never_short_ones(length):
    told = (GOOGLES * 2)[:length]
    beginnings = [claim.of for claim in claims_of(f"{told}.json") if claim.by == "beginning"]
    assert beginnings == ([told] if 40 <= length <= 47 else [])
    numbered = [claim for claim in claims_of(f"{told}(3).json") if claim.by == "beginning" and claim.number]
    assert numbered == ([Claim(told, "beginning", "3")] if 40 <= length <= 47 else [])


def test_letters_beyond_ascii_count_for_more():
    told = "\u56fe" * 14
    assert Claim(told, "beginning") in list(claims_of(f"{told}.json"))
    assert not [claim for claim in claims_of(f"{told[1:]}.json") if claim.by == "beginning"]


def test_a_cut_name_goes_on_in_that_of_its_picture():
    assert continues("our holiday by the", "our holiday by the sea.jpg")
    assert continues("img_1.jpg.supplemental-met", "img_1.jpg")
    assert not continues("img_1.jpg.supplemental-met", "img_12.jpg")
    assert not continues("img_1.jpg.metadata", "img_1.jpg")


@pytest.mark.parametrize(
    ("name", "stem", "key", "behind"),
    [
        ("IMG_1.JPG", "IMG_1", "IMG_1", False), ("IMG_1", "IMG_1", "IMG_1", False),
        ("PXL_1.RAW-01.COVER.jpg", "PXL_1", "PXL_1", False), ("PXL_1.RAW-02.ORIGINAL.dng", "PXL_1", "PXL_1", True),
        ("PXL_1.PORTRAIT-02.ORIGINAL (2).jpg", "PXL_1", "PXL_1 (2)", True), ("PXL_1.MP.jpg", "PXL_1", "PXL_1", False),
        ("PXL_1.RAW-01.MP.COVER(1).jpg", "PXL_1", "PXL_1(1)", False), ("IMG_BURST003_COVER.jpg", "IMG_BURST003",
        "IMG_BURST003", False), ("WP_1_Raw__highres.dng", "WP_1_Raw", "WP_1_Raw", True),
        ("WP_1_Raw__HIGHRES.dng", "WP_1_Raw", "WP_1_Raw", True), ("Beach_1.E.JPG", "Beach_1", "Beach_1", True),
        ("pxl_1.portrait-01.cover.jpg", "pxl_1", "pxl_1", False), ("pxl_1.night.original(3).jpg", "pxl_1", "pxl_1(3)",
        False), ("Mr. Smith.jpg", "Mr. Smith", "Mr. Smith", False), (".MP.jpg", ".MP", ".MP", False),
        ("v1.0.jpg", "v1.0", "v1.0", False), ("a.cover.jpg", "a.cover", "a.cover", False),
    ],
)  # fmt: skip
def test_pictures_of_one_shot_share_what_telephones_put_nothing_into(name, stem, key, behind):
    assert (shot_stem(name), shot_key(name), stands_behind(name)) == (stem, key, behind)


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("IMG_E1234.JPG", "img_1234"), ("img_e1234.heic", "img_1234"), ("IMG_O12.AAE", "img_12"),
        ("IMG_E1234 (2).JPG", "img_1234 (2)"), ("SND_12.WAV", None), ("SND_12.JPG", None), ("IMG_1234.JPG", None),
        ("IMG_E12x.JPG", None), ("IMG_E1234", None),
    ],
)  # fmt: skip
def test_edited_pictures_of_telephones_are_called_by_another_letter(name, original):
    assert swapped_stem(name) == original


def test_names_have_a_stem_and_a_suffix_if_they_have_a_dot():
    assert [(stem_of(name), suffix_of(name)) for name in ("a.B.JPG", "a", ".x", "a.")] == [
        ("a.B", "jpg"), ("a", ""), ("", "x"), ("a", ""),
    ]  # fmt: skip
    assert is_hidden(".x")
    assert not is_hidden("x.")
    assert same_name("CAFE\u0301") == same_name("caf\u00e9")


def test_the_sidecar_of_the_picture_itself_counts_before_that_of_its_family():
    picture = Path("/p/IMG_1.JPG")
    companions = [Path(f"/p/{name}") for name in ("IMG_1_01.JPG.xmp", "img_1.XMP", "IMG_1.CR2", "IMG_1.jpg.xmp")]
    assert [path.name for path in sidecars_of(picture, companions)] == [
        "IMG_1.jpg.xmp",
        "img_1.XMP",
        "IMG_1_01.JPG.xmp",
    ]
