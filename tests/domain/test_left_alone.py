from pathlib import Path, PurePosixPath

import pytest

from shoal.domain.left_alone import (
    FOLDER_KINDS,
    LeftAlone,
    LeftFolder,
    each_left,
    folder_kind,
    is_included,
    kept_by,
    kinds_of,
    named_folders,
    named_kinds,
    said_of_folders,
)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("Photos Library.photoslibrary", "Apple Photos"),
        ("iPhoto Library", "iPhoto"),
        ("Lightroom Catalog Smart Previews.lrdata", "Lightroom"),
        ("Mine.COCATALOG", "Capture One"),
        (".dtrash", "digiKam"),
        ("Logos.library", "a library of a program"),
        ("_gsdata_", "a bin"),
        ("files_trashbin", "a bin"),
        ("THMBNL", "previews"),
        ("@Recycle", "a bin"),
        ("#recycle", "a bin"),
        ("$RECYCLE.BIN", "a bin"),
        (".Trash-1000", "a bin"),
        ("@eaDir", "previews"),
        (".@__thumb", "previews"),
        (".thumbnails", "previews"),
        ("#snapshot", "older states"),
        ("__MACOSX", "system"),
        ("found.000", "system"),
        (".cache", "cache"),
        (".anything", "hidden"),
    ],
)
def test_folders_that_are_nobodys_loose_pictures(name, what):
    kind = folder_kind(name)
    assert kind is not None
    assert what in kind.what


@pytest.mark.parametrize("name", ["holiday", "2024.05.31", "recycle", "My Library", "trash", "photos.backup", "app"])
def test_other_folders_are_looked_into(name):
    assert folder_kind(name) is None


def test_every_row_is_met_by_a_name():
    for kind in FOLDER_KINDS:
        for pattern in kind.names:
            assert folder_kind(pattern.replace("[0-9]", "0").replace("*", "Mine")) is kind


def test_nothing_is_moved_out_of_what_programs_keep():
    roots = [PurePosixPath("/home/me/.cache/pics")]
    for kept in ("/home/me/.cache/pics/@Recycle/a.jpg", "/home/me/.cache/pics/X.photoslibrary/originals/0/a.jpg"):
        assert kept_by(PurePosixPath(kept), roots) is not None
    for free in ("/home/me/.cache/pics/a.jpg", "/home/me/.cache/pics/.hidden/a.jpg"):
        assert kept_by(PurePosixPath(free), roots) is None
    inside = PurePosixPath("/home/me/X.photoslibrary/originals/a.jpg")
    assert kept_by(inside, [inside.parent]) is folder_kind("X.photoslibrary")


def test_what_somebody_asks_for_is_included(tmp_path):
    folder = tmp_path / "Photos Library.photoslibrary"
    assert all(
        is_included(folder, [wanted]) for wanted in ("photos library.photoslibrary", "*.photoslibrary", str(folder))
    )
    assert not is_included(folder, ["@Recycle", str(tmp_path)])


def test_folders_and_kinds_are_told_in_one_line():
    folders = [LeftFolder(Path(f"/p/{n}.lrdata"), FOLDER_KINDS[1].what) for n in range(7)]
    assert named_folders(folders[:1]) == "0.lrdata (a catalogue of Lightroom, or its previews)"
    assert named_folders(folders).endswith("4.lrdata (a catalogue of Lightroom, or its previews) and 2 more")
    assert "Add folder" in said_of_folders(folders)
    kinds = kinds_of(["a.psd", "b.PSD", "c.mp4", "noending", "x.jpg?w=640", "Thumbs.db", ".DS_Store.longer-than-that"])
    assert named_kinds(kinds) == "2 PSD, 1 MP4, 3 without a known ending"


def test_a_list_has_a_line_for_each_folder_and_each_kind():
    left = LeftAlone((LeftFolder(Path("/p/@Recycle"), FOLDER_KINDS[1].what),), {"": 1, "mp4": 2, "psd": 3})
    lines = [(name, path) for name, _why, path in each_left(left)]
    assert lines[0] == ("@Recycle", Path("/p/@Recycle"))
    assert [name for name, _path in lines[1:]] == ["3 PSD", "2 MP4", "1 without a known ending"]
    assert left.count == 7
