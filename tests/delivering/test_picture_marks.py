"""What was said about a picture, in its own file and in the sidecars beside it."""

import os
from pathlib import Path

import pytest
from tests.support.picture_files import rendered, saved, tiff

from shoal.delivering.picture_marks import marks_beside
from shoal.domain.marks import Marks
from shoal.exports.sidecars import new_sidecar


@pytest.fixture
def picture(tmp_path) -> Path:
    """Three stars and a label inside, and two that Windows gave it."""
    path, block = tmp_path / "IMG.JPG", rendered().getexif()
    block[0x4746] = 2
    path.write_bytes(saved(rendered(), "JPEG", exif=block, xmp=new_sidecar(Marks(("sea",), 3, "Green"))))
    return path


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
