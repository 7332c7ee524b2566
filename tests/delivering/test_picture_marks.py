"""What was said about a picture, in its own file and in the sidecars beside it."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.support.foreign_sidecars import listed, sidecar
from tests.support.picture_files import rendered, saved, tiff
from tests.support.written_facts import LONG, RATING, exif, iptc, jpeg_with, keywords, png_with, raw_profile, xmp

from shoal.delivering.picture_marks import look_at_shot
from shoal.domain.marks import Marks
from shoal.exports.sidecars import new_sidecar


@pytest.fixture
def picture(tmp_path) -> Path:
    """Three stars and a label inside, and two that Windows gave it."""
    path, block = tmp_path / "IMG.JPG", rendered().getexif()
    block[0x4746] = 2
    path.write_bytes(saved(rendered(), "JPEG", exif=block, xmp=new_sidecar(Marks(("sea",), 3, "Green"))))
    return path


def marks_beside(path: Path, companions: Sequence[Path] = ()) -> Marks:
    return look_at_shot(path, companions).marks


def beside(path: Path, ending: str, marks: Marks) -> Path:
    sidecar = path.with_name(f"{path.stem}{ending}")
    sidecar.write_bytes(new_sidecar(marks))
    return sidecar


def test_the_picture_itself_says_it(picture):
    assert marks_beside(picture) == Marks(("sea",), 3, "Green")


def test_where_xmp_names_no_stars_those_of_windows_count(tmp_path):
    path, block = tmp_path / "a.jpg", rendered().getexif()
    block[0x4746] = 2
    path.write_bytes(saved(rendered(), "JPEG", exif=block, xmp=new_sidecar(Marks(("sea",)))))
    assert marks_beside(path) == Marks(("sea",), 2)
    block[0x4746] = 99
    path.write_bytes(saved(rendered(), "JPEG", exif=block))
    assert marks_beside(path) == Marks()


def test_a_sidecar_counts_before_the_picture_and_what_it_lacks_comes_from_there(picture):
    assert marks_beside(picture, [beside(picture, ".xmp", Marks((), 1))]) == Marks(("sea",), 1, "Green")


def test_of_two_sidecars_that_of_the_picture_counts_and_keywords_join(picture):
    shared = beside(picture, ".xmp", Marks(("sun", "sea"), 1, "Red"))
    own = beside(picture, ".jpg.xmp", Marks(("sand",), 5))
    assert marks_beside(picture, [shared, own]) == Marks(("sand", "sun", "sea"), 5, "Red")


def test_a_raw_file_is_asked_last(picture):
    raw, packet = picture.with_suffix(".CR2"), new_sidecar(Marks(("raw",), 4, "Blue"))
    raw.write_bytes(tiff([[(700, 1, len(packet), packet)]]))
    assert marks_beside(raw) == Marks(("raw",), 4, "Blue")
    assert marks_beside(picture, [raw]) == Marks(("sea", "raw"), 3, "Green")


def test_what_cannot_be_read_says_nothing(tmp_path, picture):
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "folder.xmp").mkdir()
    (tmp_path / "large.xmp").write_bytes(b" " * (5 << 20))
    gone = [tmp_path / name for name in ("pipe.jpg", "folder.xmp", "large.xmp", "gone.xmp", "gone.cr2")]
    assert marks_beside(tmp_path / "gone.jpg", gone) == Marks()
    assert marks_beside(picture, gone).stars == 3


JPEG, PNG = saved(rendered(), "JPEG"), saved(rendered(), "PNG")
STREET = "Hafenstraße"
WINDOWS = {0x9C9E: (STREET + "; sea;;").encode("utf-16-le") + b"\0\0"}


@pytest.mark.parametrize(
    ("name", "content", "marks"),
    [
        ("a.jpg", jpeg_with(JPEG, iptc=iptc((25, STREET.encode()), (25, b"sea "), utf8=True)), Marks((STREET, "sea"))),
        ("a.jpg", jpeg_with(JPEG, iptc=iptc((25, STREET.encode()))), Marks((STREET,))),
        ("a.jpg", jpeg_with(JPEG, iptc=iptc((25, STREET.encode("latin-1")))), Marks((STREET,))),
        ("a.jpg", jpeg_with(JPEG, exif=exif({RATING: (LONG, 3)})), Marks(stars=3)),
        ("a.jpg", jpeg_with(JPEG, exif=exif(WINDOWS)), Marks((STREET, "sea"))),
        ("a.jpg", jpeg_with(JPEG, xmp=xmp({"xmp:Rating": "4"}, keywords(["a", "b"], "Seq"))), Marks(("a", "b"), 4)),
        ("a.jpg", jpeg_with(JPEG, xmp=xmp(inside=keywords(["a"], "Alt"))), Marks(("a",))),
        ("a.jpg", jpeg_with(JPEG, xmp=xmp(inside=keywords(["a"])), iptc=iptc((25, b"old"))), Marks(("a",))),
        ("a.jpg", jpeg_with(JPEG, iptc=iptc((25, b"agency")), exif=exif(WINDOWS)), Marks(("agency",))),
        ("a.png", png_with(PNG, raw_profile("xmp", xmp({"xmp:Rating": "2"}, keywords(["a"])))), Marks(("a",), 2)),
        ("a.png", png_with(PNG, raw_profile("iptc", iptc((25, b"a")), packed=False)), Marks(("a",))),
    ],
)
def test_keywords_and_stars_in_the_places_of_older_programs(tmp_path, name, content, marks):
    (tmp_path / name).write_bytes(content)
    assert marks_beside(tmp_path / name) == marks


def test_no_stars_of_a_camera_do_not_outrank_stars(tmp_path):
    picture, raw = tmp_path / "a.jpg", tmp_path / "a.dng"
    picture.write_bytes(jpeg_with(JPEG, xmp=xmp({"xmp:Rating": "0"}), exif=exif({RATING: 0})))
    assert marks_beside(picture).stars == 0
    packet = xmp({"xmp:Rating": "5"})
    raw.write_bytes(tiff([[(700, 1, len(packet), packet)]]))
    shot = look_at_shot(picture, [raw])
    assert (shot.marks.stars, shot.contradictions) == (5, ())
    sidecar = beside(picture, ".xmp", Marks(stars=0))
    shot = look_at_shot(picture, [raw, sidecar])
    assert shot.marks.stars == 5
    assert [str(one.sentence) for one in shot.contradictions] == [
        "a.dng (xmp:Rating) says 5 stars, a.xmp (xmp:Rating) says 0 stars"
    ]


def test_two_sidecars_that_contradict_each_other_are_named(picture):
    shared, own = beside(picture, ".xmp", Marks((), 2, "Red")), beside(picture, ".JPG.xmp", Marks((), 4, "Red"))
    said = look_at_shot(picture, [shared, own]).contradictions
    assert [(one.place, one.value, one.other_place, one.other_value) for one in said] == [
        ("IMG.JPG.xmp (xmp:Rating)", "4 stars", "IMG.xmp (xmp:Rating)", "2 stars"),
        ("IMG.JPG.xmp (xmp:Rating)", "4 stars", "IMG.JPG (xmp:Rating)", "3 stars"),
        ("IMG.JPG.xmp (xmp:Label)", "Red", "IMG.JPG (xmp:Label)", "Green"),
    ]


def test_a_second_version_of_darktable_speaks_for_itself_only(picture):
    version = beside(picture, "_01.JPG.xmp", Marks(("black and white",), 1, "Blue"))
    assert marks_beside(picture, [version]) == Marks(("sea",), 3, "Green")
    another = picture.with_name("IMG_01.JPG")
    another.write_bytes(JPEG)
    assert marks_beside(another, [version]).stars == 1


def test_marks_of_darktable_and_digikam(picture):
    path = picture.with_name("b.jpg")
    path.write_bytes(JPEG)
    own = path.with_name("b.jpg.xmp")
    own.write_bytes(sidecar('digiKam:PickLabel="3"', listed("darktable:colorlabels", ["2"], "Seq")))
    assert marks_beside(path, [own]) == Marks(label="Green", pick=3)
