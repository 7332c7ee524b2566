import os
from pathlib import Path

import pytest

from shoal.imaging.fingerprint import content_hash, read_beginning, read_image_file, read_stamp
from shoal.imaging.limits import DecodeLimits, UnreadableImage


def reason(path: Path, **limits) -> str:
    with pytest.raises(UnreadableImage) as refusal:
        read_image_file(path, DecodeLimits(**limits))
    return refusal.value.reason


def test_equal_bytes_have_equal_hashes():
    assert content_hash(b"one") == content_hash(b"one") != content_hash(b"two")
    assert len(content_hash(b"")) == 32


def test_a_file_and_a_link_to_it_give_the_same_bytes(tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"pixels")
    (tmp_path / "link.jpg").symlink_to("a.jpg")
    assert read_image_file(tmp_path / "a.jpg") == read_image_file(tmp_path / "link.jpg") == b"pixels"
    assert read_stamp(tmp_path / "link.jpg") == read_stamp(tmp_path / "a.jpg")
    assert read_stamp(tmp_path / "a.jpg").size == 6


@pytest.mark.timeout(20)
def test_pipes_devices_and_folders_are_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "f.jpg")
    (tmp_path / "link.jpg").symlink_to("f.jpg")
    (tmp_path / "zero.jpg").symlink_to("/dev/zero")
    (tmp_path / "folder.jpg").mkdir()
    for name in ("f.jpg", "link.jpg", "zero.jpg", "folder.jpg"):
        assert reason(tmp_path / name).startswith("not a file")
        with pytest.raises(UnreadableImage):
            read_stamp(tmp_path / name)


@pytest.mark.timeout(20)
def test_a_pipe_put_in_the_place_of_a_file_is_refused_too(tmp_path, monkeypatch):
    path = tmp_path / "a.jpg"
    path.write_bytes(b"pixels")
    opened = os.open

    def swap_then_open(target, flags):
        os.unlink(target)
        os.mkfifo(target)
        return opened(target, flags)

    monkeypatch.setattr(os, "open", swap_then_open)
    assert reason(path).startswith("not a file")


def test_empty_large_and_missing_files_give_reasons(tmp_path):
    (tmp_path / "empty.jpg").write_bytes(b"")
    (tmp_path / "large.jpg").write_bytes(b"x" * 2_000_000)
    (tmp_path / "loop.jpg").symlink_to("loop.jpg")
    assert reason(tmp_path / "empty.jpg") == "the file is empty"
    assert "too large" in reason(tmp_path / "large.jpg", max_file_bytes=1_000_000)
    assert reason(tmp_path / "gone.jpg") == "the file is gone"
    assert reason(tmp_path / "loop.jpg")
    assert reason(Path("a\0b.jpg"))


def test_a_file_that_changes_meanwhile_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.jpg"
    path.write_bytes(b"pixels")
    looked = os.fstat
    looks = []

    def look_and_append(descriptor):
        looks.append(descriptor)
        if len(looks) == 2:
            with path.open("ab") as file:
                file.write(b"more")
        return looked(descriptor)

    monkeypatch.setattr(os, "fstat", look_and_append)
    assert "changed" in reason(path)


def test_the_beginning_of_a_file_is_read_and_no_more(tmp_path):
    (tmp_path / "long.jpg").write_bytes(bytes(range(256)) * 4)
    assert read_beginning(tmp_path / "long.jpg", 300) == (bytes(range(256)) * 4)[:300]
    assert len(read_beginning(tmp_path / "long.jpg", 5000)) == 1024


def test_the_beginning_of_what_is_no_file_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    for name in ("pipe.jpg", "absent.jpg"):
        with pytest.raises(UnreadableImage):
            read_beginning(tmp_path / name, 100)
