import pytest

from shoal.files.changing import change_file, make_file, temporary_beside
from shoal.files.safe_files import SourceTrouble, hash_bytes


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_changed_in_its_place_and_a_rest_of_an_earlier_try_is_no_hindrance(tmp_path):
    path = tmp_path / "a.xmp"
    path.write_bytes(b"old")
    temporary_beside(path).write_bytes(b"half of an earlier try")
    change_file(path, b"new", hash_bytes(b"old"))
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["a.xmp"]


def test_what_somebody_has_changed_meanwhile_stays(tmp_path):
    path = tmp_path / "a.xmp"
    path.write_bytes(b"somebody's")
    with pytest.raises(SourceTrouble, match="it has changed"):
        change_file(path, b"new", hash_bytes(b"old"))
    assert path.read_bytes() == b"somebody's"
    assert names(tmp_path) == ["a.xmp"]


def test_a_file_is_made_only_where_there_is_none(tmp_path):
    path = tmp_path / "a.xmp"
    temporary_beside(path).write_bytes(b"half of an earlier try")
    make_file(path, b"new")
    assert (path.read_bytes(), names(tmp_path)) == (b"new", ["a.xmp"])
    with pytest.raises(FileExistsError):
        make_file(path, b"newer")
    assert (path.read_bytes(), names(tmp_path)) == (b"new", ["a.xmp"])
