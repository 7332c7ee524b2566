import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shoal.domain.errors import Cancelled, FolderNotReadable
from shoal.domain.natural_order import in_natural_order
from shoal.domain.task import Task
from shoal.imaging.folder_scan import scan_folders


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def scan(*roots: Path):
    return scan_folders(roots, Task())


def names(*roots: Path) -> list[str]:
    return [image.path.relative_to(roots[0]).as_posix() for image in scan(*roots).images]


def test_images_of_all_sub_folders_come_in_natural_order(tmp_path):
    touch(tmp_path, "img10.jpg", "img2.JPG", "img1.png", "notes.txt", "b10/x.webp", "b2/y.heic", "b2/deep/z.CR3")
    assert names(tmp_path) == ["img1.png", "img2.JPG", "img10.jpg", "b2/y.heic", "b2/deep/z.CR3", "b10/x.webp"]


def test_the_label_is_the_folder_below_the_root(tmp_path):
    touch(tmp_path, "a.jpg", "dogs/a.jpg", "dogs/small/a.jpg")
    assert [image.label for image in scan(tmp_path).images] == ["", "dogs", "dogs/small"]


def test_a_missing_root_is_refused_in_words(tmp_path):
    with pytest.raises(FolderNotReadable, match="cannot be read"):
        scan(tmp_path / "nowhere")


def test_scanning_can_be_cancelled(tmp_path):
    touch(tmp_path, "a.jpg")
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        scan_folders([tmp_path], task)


def test_raw_and_jpeg_of_one_shot_are_one_image(tmp_path):
    touch(tmp_path, "IMG_1.JPG", "img_1.cr2", "IMG_1.xmp", "IMG_1.CR2.xmp", "IMG_2.nef", "IMG_3.jpg")
    images = {image.path.name: [companion.name for companion in image.companions] for image in scan(tmp_path).images}
    assert set(images) == {"IMG_1.JPG", "IMG_2.nef", "IMG_3.jpg"}
    assert sorted(images["IMG_1.JPG"]) == ["IMG_1.CR2.xmp", "IMG_1.xmp", "img_1.cr2"]
    assert images["IMG_2.nef"] == images["IMG_3.jpg"] == []


def reasons(*roots: Path) -> dict[str, str]:
    return {skipped.path.name: skipped.reason for skipped in scan(*roots).skipped}


def test_a_heic_takes_its_raw_and_each_file_belongs_to_one_image(tmp_path):
    touch(tmp_path, "a.HEIC", "a.dng", "b.jpg", "b.png", "b.arw", "b.xmp", "c.nef", "c.dng", "lost.xmp")
    images = {image.path.name: {companion.name for companion in image.companions} for image in scan(tmp_path).images}
    assert images == {"a.HEIC": {"a.dng"}, "b.jpg": {"b.arw", "b.xmp"}, "b.png": set(), "c.dng": {"c.nef"}}


def test_equal_names_in_different_folders_stay_apart(tmp_path):
    touch(tmp_path, "a/1.jpg", "b/1.cr2", "b/1.jpg", "c/1.cr2")
    assert [(image.label, len(image.companions)) for image in scan(tmp_path).images] == [("a", 0), ("b", 1), ("c", 0)]


def test_hidden_files_and_system_folders_are_left_out(tmp_path):
    touch(tmp_path, ".a.jpg", "._b.jpg", ".cache/c.jpg", "__MACOSX/d.jpg", "@eaDir/e.jpg", "Thumbs.db", "f.jpg")
    assert names(tmp_path) == ["f.jpg"]


def test_overlapping_roots_count_each_file_once(tmp_path):
    touch(tmp_path, "a/1.jpg", "a/deep/2.jpg", "3.jpg")
    for roots in (
        [tmp_path, tmp_path / "a"],
        [tmp_path / "a" / "deep", tmp_path, tmp_path],
        [tmp_path / "3.jpg", tmp_path],
        [tmp_path, tmp_path / "3.jpg"],
    ):
        found = [image.path for image in scan(*roots).images]
        assert sorted(found) == [tmp_path / "3.jpg", tmp_path / "a/1.jpg", tmp_path / "a/deep/2.jpg"]
        assert scan(*roots).count == 3


def test_a_single_file_is_a_root_too(tmp_path):
    touch(tmp_path, "1.jpg", "2.jpg")
    assert names(tmp_path) == ["1.jpg", "2.jpg"]
    assert [image.path for image in scan(tmp_path / "2.jpg").images] == [tmp_path / "2.jpg"]


def test_loops_of_links_are_survived_and_real_names_win(tmp_path):
    touch(tmp_path, "z/1.jpg", "outside/2.jpg")
    (tmp_path / "z" / "up").symlink_to("..")
    (tmp_path / "a").symlink_to("z")
    (tmp_path / "self").symlink_to("self")
    assert names(tmp_path) == ["outside/2.jpg", "z/1.jpg"]


def test_linked_files_count_and_dead_links_have_a_reason(tmp_path):
    touch(tmp_path, "real/1.jpg")
    (tmp_path / "link.jpg").symlink_to("real/1.jpg")
    (tmp_path / "dead.jpg").symlink_to("nowhere")
    (tmp_path / "dead.txt").symlink_to("nowhere")
    assert names(tmp_path) == ["link.jpg", "real/1.jpg"]
    assert set(reasons(tmp_path)) == {"dead.jpg"}


def test_pipes_and_sockets_are_skipped_with_a_reason(tmp_path):
    os.mkfifo(tmp_path / "f.jpg")
    os.mkfifo(tmp_path / "f.txt")
    (tmp_path / "g.jpg").symlink_to("f.jpg")
    assert names(tmp_path) == []
    assert set(reasons(tmp_path)) == {"f.jpg", "g.jpg"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not look")
@pytest.mark.changes_pictures("is looked at by a user who may not see all of it, and compared by one who may")
def test_a_folder_that_may_not_be_read_is_skipped_with_a_reason(tmp_path):
    touch(tmp_path, "open/1.jpg", "closed/2.jpg")
    for folder in [tmp_path, *tmp_path.parents]:
        if folder != Path("/"):
            folder.chmod(0o755)
    (tmp_path / "closed").chmod(0o700)
    os.seteuid(65534)
    try:
        found = scan(tmp_path)
        with pytest.raises(FolderNotReadable, match="Permission"):
            scan(tmp_path / "closed")
    finally:
        os.seteuid(0)
    assert [image.path.name for image in found.images] == ["1.jpg"]
    assert [(skipped.path.name, "Permission" in skipped.reason) for skipped in found.skipped] == [("closed", True)]


def test_unusual_names_survive(tmp_path):
    composed, decomposed = "caf\u00e9.jpg", "cafe\u0301.jpg"
    touch(tmp_path, composed, decomposed, "two\nlines.jpg", "\u732b" * 80 + ".jpg", "-rf.jpg", " .jpg")
    with open(os.fsencode(tmp_path) + b"/not \xff utf-8.jpg", "wb") as file:
        file.write(b"x")
    found = scan(tmp_path).images
    assert len(found) == 7
    assert all(image.path.read_bytes() == b"x" for image in found)
    assert {composed, decomposed} <= {image.path.name for image in found}


@given(st.lists(st.text("ab0123456789.-\u00c4\u0130", min_size=1, max_size=8), unique=True))
def test_the_fast_orders_agree_with_the_slow_one(given_names):
    def slow(name: str) -> tuple[list[tuple[str, int]], str]:
        parts = re.findall(r"[0-9]+|[^0-9]", name.lower())
        return [("0", int(part)) if part[0] in "0123456789" else (part, 0) for part in parts], name

    assert in_natural_order(given_names) == sorted(given_names, key=slow)


@pytest.mark.parametrize("pattern", ["IMG_{:04}.JPG", "img{}.jpg", "{}-{}.png"])
def test_numbers_count_as_numbers(pattern):
    ordered = [pattern.format(number, number) for number in range(1, 300)]
    assert in_natural_order(ordered[::-1]) == ordered


def left(*roots: Path, include: tuple[str, ...] = ()) -> dict[str, str]:
    return {one.path.name: one.what for one in scan_folders(roots, Task(), include).left_alone.folders}


def test_libraries_bins_and_caches_are_left_alone_and_told(tmp_path):
    touch(
        tmp_path,
        "a.jpg",
        "X.photoslibrary/originals/0/b.jpeg",
        "Previews.lrdata/0/c.dng",
        "day/@Recycle/d.jpg",
        "#recycle/e.jpg",
        ".Trash-1000/files/f.jpg",
        ".hidden/g.jpg",
    )
    assert names(tmp_path) == ["a.jpg"]
    assert set(left(tmp_path)) == {
        "X.photoslibrary",
        "Previews.lrdata",
        "@Recycle",
        "#recycle",
        ".Trash-1000",
        ".hidden",
    }
    assert "Apple Photos" in left(tmp_path)["X.photoslibrary"]


@pytest.mark.parametrize("wanted", ["X.photoslibrary", "x.PHOTOSLIBRARY", "*.photoslibrary", "path"])
def test_what_is_asked_for_is_looked_into(tmp_path, wanted):
    touch(tmp_path, "X.photoslibrary/originals/b.jpeg", "X.photoslibrary/.thumbnails/c.jpg", "@Recycle/d.jpg")
    include = (str(tmp_path / "X.photoslibrary") if wanted == "path" else wanted,)
    found = scan_folders([tmp_path], Task(), include)
    assert [image.path.name for image in found.images] == ["b.jpeg"]
    assert set(left(tmp_path, include=include)) == {".thumbnails", "@Recycle"}


def test_a_root_is_looked_into_whatever_it_is(tmp_path):
    touch(tmp_path, "X.photoslibrary/originals/b.jpeg")
    assert names(tmp_path / "X.photoslibrary") == ["originals/b.jpeg"]


def test_a_link_into_a_library_is_left_alone(tmp_path):
    touch(tmp_path, "libraries/X.photoslibrary/originals/b.jpeg", "pics/a.jpg")
    (tmp_path / "pics" / "more").symlink_to(tmp_path / "libraries" / "X.photoslibrary" / "originals")
    assert names(tmp_path / "pics") == ["a.jpg"]
    assert set(left(tmp_path / "pics")) == {"more"}


def test_files_of_other_kinds_are_counted(tmp_path):
    touch(tmp_path, "a.jpg", "a.xmp", "b.psd", "deep/c.psd", "deep/clip.mp4", "noending", "Thumbs.db", ".DS_Store")
    touch(tmp_path, "x.jpg?w=640", "CaptureOne/Settings50/gone.CR2.cos")
    assert scan(tmp_path).left_alone.kinds == {"psd": 2, "mp4": 1, "": 2}


def test_companions_in_folders_of_programs_are_found(tmp_path):
    touch(tmp_path, "IMG_1.CR2", "IMG_2.CR2", "CaptureOne/Settings50/IMG_1.CR2.cos", "CaptureOne/Cache/IMG_1.CR2.cot")
    touch(tmp_path, "NKSC_PARAM/IMG_2.CR2.nksc", "NKSC_PARAM/d.jpg")
    images = {
        image.path.name: [path.relative_to(tmp_path).as_posix() for path in image.companions]
        for image in scan(tmp_path).images
    }
    assert images == {
        "IMG_1.CR2": ["CaptureOne/Settings50/IMG_1.CR2.cos"],
        "IMG_2.CR2": ["NKSC_PARAM/IMG_2.CR2.nksc"],
        "d.jpg": [],
    }


def test_a_single_file_brings_its_family(tmp_path):
    touch(tmp_path, "IMG_1.JPG", "IMG_1.CR2", "IMG_1.xmp", "IMG_2.JPG", "IMG_2.MOV")
    for roots in ([tmp_path / "IMG_1.JPG"], [tmp_path / "IMG_1.CR2", tmp_path / "IMG_1.JPG"]):
        (image,) = scan(*roots).images
        assert image.path.name == "IMG_1.JPG"
        assert {path.name for path in image.companions} == {"IMG_1.CR2", "IMG_1.xmp"}
    every = scan(*(tmp_path / name for name in ("IMG_2.MOV", "IMG_2.JPG", "IMG_1.JPG")), tmp_path)
    assert [image.path.name for image in every.images] == ["IMG_2.JPG", "IMG_1.JPG"]
    assert every.count == 2
