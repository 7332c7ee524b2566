"""What taking an export back has to keep can go to the trash: copies, if the user says so, and never an original."""

import os

import pytest
from tests.support.export_world import files_below, make_world

from shoal.delivering.exporting import past_exports, trash_what_stayed, undo_export
from shoal.domain.task import Task


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path)


@pytest.fixture
def move(tmp_path):
    trash = tmp_path / "trash"
    trash.mkdir()

    def rename(path):
        where = trash / f"{len(list(trash.iterdir()))} {path.name}"
        path.rename(where)
        return where

    return rename


def pictures_in(world):
    return [path for path in files_below(world.out) if path.suffix == ".jpg"]


def take_back(world):
    return undo_export(world.out, world.journals, Task())


def paths(listed):
    return [one.path for one in listed]


@pytest.mark.changes_pictures("an original goes, so that a copy may be the last")
def test_what_was_changed_and_what_may_be_the_last_go_and_the_tree_is_as_it_was(world, move, tmp_path):
    world.export()
    edited, last = pictures_in(world)[:2]
    edited.write_bytes(b"edited")
    next(path for path in files_below(world.pictures) if path.name == last.name).unlink()
    outcome = take_back(world)
    assert set(paths(outcome.trashable)) == set(paths(outcome.kept)) == {edited, last}
    trashed = trash_what_stayed(world.out, paths(outcome.trashable), world.journals, move, Task())
    assert (set(trashed.moved), trashed.kept, trashed.kept_folders) == ({edited, last}, (), ())
    assert not world.out.exists()
    assert b"edited" in [path.read_bytes() for path in (tmp_path / "trash").iterdir()]
    assert past_exports(world.journals) == []


def test_only_what_the_user_has_seen_goes(world, move):
    world.export()
    one, other = pictures_in(world)[:2]
    one.write_bytes(b"edited")
    other.write_bytes(b"edited too")
    outcome = take_back(world)
    trashed = trash_what_stayed(world.out, [one, world.records[0].path], world.journals, move, Task())
    assert trashed.moved == (one,)
    assert pictures_in(world) == [other]
    assert trash_what_stayed(world.out, paths(outcome.trashable), world.journals, move, Task()).moved == (other,)


@pytest.mark.changes_pictures("has them moved")
def test_a_moved_file_is_an_original_and_never_offered(world, move):
    world.export("move")
    moved = pictures_in(world)[0]
    moved.write_bytes(b"edited")
    next(one.path for one in world.records if one.path.name == moved.name).write_bytes(b"another picture")
    outcome = take_back(world)
    assert paths(outcome.kept) == [moved]
    assert outcome.trashable == ()
    trashed = trash_what_stayed(world.out, [moved], world.journals, move, Task())
    assert trashed.moved == ()
    assert "original" in trashed.kept[0].reason
    assert moved.read_bytes() == b"edited"


def test_another_name_of_an_original_is_not_trashed(world, move):
    """Between the question and the answer somebody has put the original there."""
    world.export()
    picture = pictures_in(world)[0]
    picture.write_bytes(b"edited")
    outcome = take_back(world)
    picture.unlink()
    original = next(record.path for record in world.records if record.path.name == picture.name)
    os.link(original, picture)
    trashed = trash_what_stayed(world.out, paths(outcome.trashable), world.journals, move, Task())
    assert (trashed.moved, picture.exists()) == ((), True)


def test_nothing_goes_by_a_way_that_leads_out_of_the_export(world, move, tmp_path):
    world.export()
    picture = pictures_in(world)[0]
    picture.write_bytes(b"edited")
    outcome = take_back(world)
    elsewhere = tmp_path / "elsewhere"
    picture.parent.rename(elsewhere)
    picture.parent.symlink_to(elsewhere)
    trashed = trash_what_stayed(world.out, paths(outcome.trashable), world.journals, move, Task())
    assert trashed.moved == ()
    assert "no longer a folder" in trashed.kept[0].reason
    assert (elsewhere / picture.name).read_bytes() == b"edited"


def test_a_trash_that_deletes_is_told_and_the_file_stays(world):
    world.export()
    picture = pictures_in(world)[0]
    picture.write_bytes(b"edited")
    outcome = take_back(world)

    def delete(path):
        path.unlink()
        return path.parent / "gone"

    trashed = trash_what_stayed(world.out, paths(outcome.trashable), world.journals, delete, Task())
    assert (trashed.moved, paths(trashed.kept)) == ((), [picture])
    assert "deleted" in trashed.kept[0].reason
    assert picture.read_bytes() == b"edited"
    assert files_below(world.out) == [picture]
