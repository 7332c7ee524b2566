from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shoal.domain.companions import COMPANION_KINDS, RAW_SUFFIXES, shot_stem
from shoal.domain.families import find_families, forms_of, may_hold_companions

PICTURES = frozenset({"jpg", "jpeg", "png", "heic", *RAW_SUFFIXES})
CAMERAS = frozenset({"jpg", "jpeg", "heic"})
FOLDER = Path("/pictures")


def families(*names: str, aside: tuple[str, ...] = ()) -> dict[str, set[str]]:
    """Each picture that stands for itself, and what belongs to it."""
    found = find_families(sorted(names), PICTURES, CAMERAS, aside)
    return {name: set(found.companions.get(name, ())) for name in found.pictures}


def others(*names: str) -> set[str]:
    return set(find_families(sorted(names), PICTURES, CAMERAS).others)


def called(picture: str, *members: str, stem: str = "Beach_0001", number: str = "") -> list[str]:
    """What the members of a family are called when it is called something else."""
    forms = forms_of(FOLDER / picture, [FOLDER / member for member in members])
    return ["/".join((*form.folder, form.name(stem, number, keeps=False))) for form in forms]


def kept(picture: str, *members: str, stem: str) -> list[str]:
    forms = forms_of(FOLDER / picture, [FOLDER / member for member in members])
    return ["/".join((*form.folder, form.name(stem, "", keeps=True))) for form in forms]


@pytest.mark.parametrize("kind", COMPANION_KINDS, ids=lambda kind: f"{kind.program}, {kind.example[1][:12]}")
def test_each_kind_belongs_to_its_picture_and_to_no_other(kind):
    picture, companion = kind.example
    beside = "other.jpg", "IMG_12.JPG", "IMG_1234567.JPG", "unheard-of.doc"
    if kind.folder:
        companion = f"{kind.folder}/{companion}"
        found = families(picture, *beside, aside=(companion,))
        assert may_hold_companions(Path(companion).parent)
    else:
        found = families(picture, companion, *beside)
    assert found[picture] == {companion}
    assert all(not members for name, members in found.items() if name != picture)


@pytest.mark.parametrize("kind", COMPANION_KINDS, ids=lambda kind: f"{kind.program}, {kind.example[1][:12]}")
@pytest.mark.parametrize("change", [str.upper, str.lower], ids=["upper", "lower"])
def test_case_does_not_count(kind, change):
    picture, companion = kind.example
    if not kind.folder and ".RAW-" not in picture and "PORTRAIT" not in picture and "BURST" not in picture:
        assert families(picture, change(companion)) == {picture: {change(companion)} - {picture}}


@pytest.mark.parametrize("kind", COMPANION_KINDS, ids=lambda kind: f"{kind.program}, {kind.example[1][:12]}")
def test_under_another_name_it_still_belongs_to_its_picture(kind):
    picture, companion = kind.example
    path = f"{kind.folder}/{companion}" if kind.folder else companion
    for stem, number in (("Beach_0001", ""), ("2024-05-31_10-00-00", " (2)"), ("IMG_0007", "")):
        picture_now, now = called(picture, path, stem=stem, number=number)
        assert picture_now.startswith(stem + number)
        beside = () if kind.folder else (now,)
        assert families(picture_now, *beside, aside=(now,) if kind.folder else ()) == {picture_now: {now}}


@pytest.mark.parametrize("kind", COMPANION_KINDS, ids=lambda kind: f"{kind.program}, {kind.example[1][:12]}")
def test_an_unchanged_family_keeps_its_names(kind):
    picture, companion = kind.example
    path = f"{kind.folder}/{companion}" if kind.folder else companion
    assert kept(picture, path, stem=shot_stem(picture)) == [picture, path]


def test_versions_keep_their_numbers():
    versions = "IMG_4.JPG.xmp", "IMG_4_01.JPG.xmp", "IMG_4_02.JPG.xmp", "IMG_4_100.JPG.xmp"
    assert families("IMG_4.JPG", *versions) == {"IMG_4.JPG": set(versions)}
    assert called("IMG_4.JPG", *versions, stem="x", number=" (2)")[1:] == [
        "x (2).JPG.xmp",
        "x (2)_01.JPG.xmp",
        "x (2)_02.JPG.xmp",
        "x (2)_100.JPG.xmp",
    ]


def test_what_looks_like_a_version_but_has_its_own_picture_is_its_own():
    found = families("IMG.JPG", "IMG_01.JPG", "IMG_01.JPG.xmp", "IMG_0002.JPG.xmp", "IMG_02.CR2.xmp", "IMG.CR2")
    assert found == {"IMG.JPG": {"IMG.CR2", "IMG_02.CR2.xmp"}, "IMG_01.JPG": {"IMG_01.JPG.xmp"}}


def test_a_sidecar_of_both_raw_and_jpeg_goes_once():
    found = families("IMG_1.JPG", "IMG_1.dng", "IMG_1.xmp", "IMG_1.dng.xmp", "IMG_1.JPG.xmp", "IMG_1.png")
    assert found == {"IMG_1.JPG": {"IMG_1.dng", "IMG_1.xmp", "IMG_1.dng.xmp", "IMG_1.JPG.xmp"}, "IMG_1.png": set()}


def test_what_belongs_to_a_companion_belongs_to_the_picture():
    chain = "IMG_1.MOV", "IMG_1.MOV.xmp", "IMG_1.MOV.xmp.bak", "IMG_1.CR2", "IMG_1.CR2.pp3", "IMG_1.CR2.pp3~"
    assert families("IMG_1.HEIC", *chain) == {"IMG_1.HEIC": set(chain)}


def test_a_live_photo_with_its_edits():
    members = "IMG_1234.MOV", "IMG_1234.AAE", "IMG_E1234.HEIC", "IMG_E1234.MOV", "IMG_O1234.AAE", "IMG_E1234.HEIC.xmp"
    assert families("IMG_1234.HEIC", *members) == {"IMG_1234.HEIC": set(members)}
    assert kept("IMG_1234.HEIC", *members, stem="IMG_1234")[1:] == list(members)
    now = called("IMG_1234.HEIC", *members)
    assert now[1:4] == ["Beach_0001.MOV", "Beach_0001.AAE", "Beach_0001.E.HEIC"]
    assert families(*now) == {now[0]: set(now[1:])}
    alone = "IMG_E1234.HEIC", "IMG_E1234.MOV"
    assert families(*alone) == {"IMG_E1234.HEIC": {"IMG_E1234.MOV"}}


def test_pixel_pictures_with_all_that_belongs_to_them():
    shot = "PXL_20250126_164931991"
    members = {f"{shot}.RAW-02.ORIGINAL.dng", f"{shot}.RAW-02.ORIGINAL.xmp", f"{shot}.RAW-01.MP.COVER.jpg.json"}
    lead = f"{shot}.RAW-01.MP.COVER.jpg"
    assert families(lead, *members, "PXL_20250126_164931992.jpg") == {
        lead: members,
        "PXL_20250126_164931992.jpg": set(),
    }
    night = families(f"{shot}.NIGHT.jpg", f"{shot}.dng", f"{shot}.MP.jpg", f"{shot}.MP.mp4", f"{shot}~2.jpg")
    assert night[f"{shot}.MP.jpg"] == {f"{shot}.dng", f"{shot}.MP.mp4"}
    assert night[f"{shot}.NIGHT.jpg"] == night[f"{shot}~2.jpg"] == set()


@pytest.mark.parametrize(
    "name",
    [
        "IMG_1.JPG.json",
        "IMG_1.JPG.supplemental-metadata.json",
        "IMG_1.JPG.supplemental-meta.json",
        "IMG_1.JPG.supp.json",
        "IMG_1.JPG.s.json",
        "IMG_1.json",
    ],
)
def test_what_google_photos_says_about_a_picture(name):
    assert families("IMG_1.JPG", "IMG_1(1).JPG", name) == {"IMG_1.JPG": {name}, "IMG_1(1).JPG": set()}


@pytest.mark.parametrize(
    "name",
    [
        "IMG_1.JPG(1).json",
        "IMG_1(1).JPG.json",
        "IMG_1.JPG.supplemental-metadata(1).json",
        "IMG_1.JPG.suppl(1).json",
        "IMG_1(1).json",
    ],
)
def test_google_photos_puts_numbers_in_either_place(name):
    assert families("IMG_1.JPG", "IMG_1(1).JPG", name) == {"IMG_1.JPG": set(), "IMG_1(1).JPG": {name}}
    assert kept("IMG_1(1).JPG", name, stem="IMG_1(1)") == ["IMG_1(1).JPG", name]


def test_google_photos_cuts_long_names():
    first = "Our holiday by the sea with all of the family, 2024 - one.jpg"
    second = "Our holiday by the sea with all of the family, 2024 - one(1).jpg"
    third = "Our holiday by the sea with all of the family, 2025 - two.jpg"
    cut = first[:46]
    found = families(first, second, f"{cut}.json", f"{cut}(1).json")
    assert found == {first: {f"{cut}.json"}, second: {f"{cut}(1).json"}}
    assert families(third, f"{cut}.json") == {third: {f"{cut}.json"}}
    chinese = "和家人一起在海边度过的假期照片第一张.jpg"
    assert families(chinese, chinese[:15] + ".json") == {chinese: {chinese[:15] + ".json"}}
    assert called(first, f"{cut}.json", stem="x") == ["x.jpg", "x.jpg.json"]


def test_what_belongs_to_nobody_is_told():
    names = "notes.txt", "clip.mp4", "retouched.psd", "noending", "shop.jpg?w=640", "metadata.json", "IMG_2.xmp"
    assert others("shop.jpg", "IMG_1.JPG", *names) == set(names)


def test_companions_in_folders_of_programs_keep_their_folders():
    aside = "CaptureOne/Settings50/IMG_1.CR2.cos", "CaptureOne/Settings50/IMG_2.CR2.cos", "NKSC_PARAM/IMG_1.JPG.nksc"
    found = families("IMG_1.JPG", "IMG_1.CR2", aside=aside)
    assert found == {"IMG_1.JPG": {"IMG_1.CR2", aside[0], aside[2]}}
    assert called("IMG_1.JPG", aside[0], aside[2], stem="x", number=" (2)") == [
        "x (2).JPG",
        "CaptureOne/Settings50/x (2).CR2.cos",
        "NKSC_PARAM/x (2).JPG.nksc",
    ]
    for folder in ("CaptureOne", "CaptureOne/Cache", "captureone/settings50/deep", "NKSC_PARAM/deep"):
        assert not may_hold_companions(Path(folder))


NAMES = st.from_regex(
    r"[ab]{1,2}(_0\d|\(1\)|\.E|_COVER)?(\.(jpg|dng|xmp|mov|json|png)){0,3}(~|\(1\)\.json)?", fullmatch=True
)


@given(st.lists(NAMES, unique=True, max_size=12))
def test_every_file_is_in_one_family_or_in_none(names):
    found = find_families(names, PICTURES, CAMERAS)
    listed = [*found.pictures, *(one for members in found.companions.values() for one in members), *found.others]
    assert sorted(listed) == sorted(names)
    for picture, members in found.companions.items():
        forms = forms_of(FOLDER / picture, [FOLDER / member for member in members])
        for keeps, stem, number in ((True, "a", ""), (False, "IMG_1", ""), (False, "x", " (2)")):
            now = [form.name(stem, number, keeps).lower() for form in forms]
            assert len(set(now)) == len(now)


def test_of_names_that_differ_in_case_only_each_keeps_its_own():
    names = "IMG_1.JPG.xmp", "img_1.jpg.xmp", "IMG_1.MOV", "img_1.mov", "img_1.jpg_original", "IMG_1.cr2"
    assert families("IMG_1.JPG", "img_1.jpg", *names) == {
        "IMG_1.JPG": {"IMG_1.JPG.xmp", "IMG_1.MOV", "IMG_1.cr2"},
        "img_1.jpg": {"img_1.jpg.xmp", "img_1.mov", "img_1.jpg_original"},
    }


EDITED = "IMG_1-edited.jpg", "IMG_1-bearbeitet.jpg", "IMG_1-modifié.jpg", "IMG_1-編集済み.jpg", "IMG_1_edited.jpeg"


@pytest.mark.parametrize("edited", [*EDITED, "IMG_1-EFFECTS.jpg", "IMG_1-ha editado.jpg"])
def test_what_a_cloud_edited_goes_with_what_it_was_made_from(edited):
    assert families("IMG_1.jpg", edited, "IMG_1.jpg.json") == {"IMG_1.jpg": {edited, "IMG_1.jpg.json"}}
    assert families(edited, "IMG_1.jpg.json", "IMG_2.jpg.json") == {edited: {"IMG_1.jpg.json"}}
    picture, now = called("IMG_1.jpg", edited, number=" (2)")
    assert families(picture, now) == {picture: {now}}


def test_numbers_of_edited_pictures_stand_behind():
    found = families("IMG_1.jpg", "IMG_1(2).jpg", "IMG_1-edited.jpg", "IMG_1-edited(2).jpg", "IMG_1.jpg(2).json")
    assert found == {"IMG_1.jpg": {"IMG_1-edited.jpg"}, "IMG_1(2).jpg": {"IMG_1-edited(2).jpg", "IMG_1.jpg(2).json"}}


def test_an_edit_without_its_original_takes_what_belonged_to_that():
    assert families("IMG_E0001.JPG", "IMG_O0001.AAE", "IMG_0001.MOV") == {
        "IMG_E0001.JPG": {"IMG_O0001.AAE", "IMG_0001.MOV"}
    }


@pytest.mark.parametrize("name", ["credited.jpg", "edited.jpg", "unedited photos.jpg", "IMG_1-edited-by-me.jpg"])
def test_not_all_that_sounds_edited_is(name):
    assert families("IMG_1.jpg", "cr.jpg", name) == {"IMG_1.jpg": set(), "cr.jpg": set(), name: set()}


NFC, NFD = "Caf\N{LATIN SMALL LETTER E WITH ACUTE}", "Cafe\N{COMBINING ACUTE ACCENT}"


@pytest.mark.parametrize(("one", "other"), [(NFC, NFD), (NFD, NFC)], ids=["composed", "decomposed"])
def test_accents_may_be_written_in_either_way(one, other):
    members = f"{other}.JPG.xmp", f"{one}.xmp", f"{other}.CR3", f"{other}_01.JPG.xmp", f"{other}.JPG.unheard-of"
    assert families(f"{one}.JPG", *members) == {f"{one}.JPG": set(members)}
    assert called(f"{one}.JPG", *members)[1:] == [
        "Beach_0001.JPG.xmp", "Beach_0001.xmp", "Beach_0001.CR3", "Beach_0001_01.JPG.xmp", "Beach_0001.JPG.unheard-of",
    ]  # fmt: skip
    aside = f"CaptureOne/Settings50/{other}.JPG.cos"
    assert families(f"{one}.JPG", aside=(aside,)) == {f"{one}.JPG": {aside}}


def test_two_pictures_whose_accents_are_written_differently_keep_their_own():
    found = families(f"{NFC}.JPG", f"{NFD}.JPG", f"{NFC}.JPG.xmp", f"{NFD}.JPG.xmp", f"{NFD}.MOV")
    assert found == {f"{NFC}.JPG": {f"{NFC}.JPG.xmp"}, f"{NFD}.JPG": {f"{NFD}.JPG.xmp", f"{NFD}.MOV"}}


@pytest.mark.parametrize(
    ("lead", "raw"),
    [
        ("PXL_3.RAW-01.COVER(1).jpg", "PXL_3.RAW-02.ORIGINAL(1).dng"),
        ("PXL_3.RAW-01.COVER (1).jpg", "PXL_3.RAW-02.ORIGINAL (1).dng"),
        ("pxl_4.raw-01.mp.cover.jpg", "pxl_4.raw-02.original.dng"),
        ("PXL_3.PORTRAIT-01.COVER(2).jpg", "PXL_3.PORTRAIT-02.ORIGINAL(2).jpg"),
        ("WP_2015_Pro.jpg", "WP_2015_Pro__highres.jpg"),
    ],
)
def test_shots_of_telephones_whose_names_were_changed_on_the_way(lead, raw):
    beside = "PXL_3.RAW-01.COVER.jpg", "PXL_3.RAW-02.ORIGINAL.dng"
    found = families(lead, raw, f"{raw}.xmp", *beside)
    assert found[lead] == {raw, f"{raw}.xmp"}
    assert found[beside[0]] == {beside[1]}


@pytest.mark.parametrize("suffix", ["png", "PNG"])
def test_a_raw_goes_with_what_was_developed_from_it_where_no_camera_wrote_a_picture(suffix):
    developed = f"IMG_1.{suffix}"
    assert families("IMG_1.CR3", "IMG_1.DNG", developed, "IMG_1.xmp") == {
        developed: {"IMG_1.CR3", "IMG_1.DNG", "IMG_1.xmp"}
    }
    assert families("IMG_1.CR3", developed, "IMG_1.HEIC") == {"IMG_1.HEIC": {"IMG_1.CR3"}, developed: set()}


def test_a_folder_of_twenty_thousand_takes_no_minute():
    """A tenth of a second is usual; what is looked through for each picture again takes twenty."""
    names = sorted(f"IMG_{number:05}.{suffix}" for number in range(10_000) for suffix in ("JPG", "CR2"))
    before = process_time()
    found = find_families(names, PICTURES, CAMERAS)
    assert process_time() - before < 5
    assert len(found.pictures) == len(found.companions) == 10_000
