"""Taking back parts no picture from what other programs have put beside it, or into it, since."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from tests.support.export_world import ExportWorld, files_below, make_world

from shoal.delivering.exporting import undo_export
from shoal.domain.task import Task
from shoal.exports.undoing import UndoOutcome

pytestmark = pytest.mark.changes_pictures("has them moved")
COMPANIONS = [
    "IMG_0003.jpg.xmp",
    "IMG_0003.xmp",
    "IMG_0003.jpg.pp3",
    "IMG_0003_01.jpg.xmp",
    "IMG_0003.jpg.dop",
    "IMG_0003.on1",
    "IMG_0003-Edit.tif",
    "IMG_0003_DxO.jpg",
    "CaptureOne/Settings153/IMG_0003.jpg.cos",
]
EDITS = b"somebody's afternoon"


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path)


def exported(world: ExportWorld, number: int = 3) -> Path:
    (found,) = [path for path in world.out.glob("*/*.jpg") if path.name == world.records[number].path.name]
    return found


def put_beside(picture: Path, name: str) -> Path:
    path = picture.parent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(EDITS)
    return path


def back(world: ExportWorld) -> UndoOutcome:
    return undo_export(world.out, world.journals, Task())


@pytest.mark.parametrize("name", COMPANIONS)
def test_it_goes_home_with_a_moved_picture(world, name):
    world.export("move")
    put_beside(exported(world), name)
    outcome = back(world)
    home = world.records[3].path.parent / name
    assert (outcome.kept, outcome.kept_folders, outcome.went_home) == ((), (), (home,))
    assert home.read_bytes() == EDITS
    assert not world.out.exists()


@pytest.mark.parametrize("name", ["{}.jpg.xmp", "{}.pp3", "{}_01.jpg.xmp"])
def test_it_is_called_at_home_as_the_picture_is(world, name):
    world.export("move", template="{cluster}/{cluster}_{seq}")
    (step,) = [file for file in files_below(world.out) if file.read_bytes() == _content_of(world, 3)]
    put_beside(step, name.format(step.stem))
    assert back(world).kept == ()
    assert (world.records[3].path.parent / name.format("IMG_0003")).read_bytes() == EDITS


def _content_of(world: ExportWorld, number: int) -> bytes:
    if world.records[number].path.exists():
        return world.records[number].path.read_bytes()
    (content,) = [
        path.read_bytes()
        for path in files_below(world.out)
        if path.stat().st_size == world.records[number].stamp.size
        and path.stat().st_mtime_ns == world.records[number].stamp.modified_ns
    ]
    return content


@pytest.mark.parametrize("action", ["copy", "hardlink", "symlink"])
@pytest.mark.parametrize("name", COMPANIONS)
def test_a_copy_beside_which_it_lies_stays_and_is_named(world, action, name):
    world.export(action)
    picture = exported(world)
    beside = put_beside(picture, name)
    outcome = back(world)
    assert [one.path for one in outcome.kept] == [picture]
    assert Path(name).name in outcome.kept[0].reason
    assert (beside.read_bytes(), outcome.trashable) == (EDITS, ())
    assert picture.exists()


def test_where_its_name_is_taken_at_home_both_stay_together(world):
    world.export("move")
    picture = exported(world)
    beside = put_beside(picture, "IMG_0003.jpg.xmp")
    older = world.records[3].path.with_name("IMG_0003.jpg.xmp")
    older.write_bytes(b"older")
    outcome = back(world)
    assert [one.path for one in outcome.kept] == [picture]
    assert "IMG_0003.jpg.xmp" in outcome.kept[0].reason
    assert (beside.read_bytes(), older.read_bytes()) == (EDITS, b"older")


def test_an_edited_picture_goes_home_with_its_edits(world):
    world.export("move")
    exported(world).write_bytes(EDITS)
    assert back(world).kept == ()
    assert world.records[3].path.read_bytes() == EDITS


def test_a_sidecar_of_ours_that_somebody_has_worked_in_goes_home(world):
    world.export("move", sidecars=True)
    ours = exported(world).with_name("IMG_0003.jpg.xmp")
    assert ours.is_file()
    ours.write_bytes(EDITS)
    assert back(world).kept == ()
    assert (world.records[3].path.parent / ours.name).read_bytes() == EDITS


def test_a_family_in_which_one_copy_was_changed_stays_whole(world):
    world.export()
    raw = exported(world, 5).with_suffix(".CR2")
    raw.write_bytes(EDITS)
    outcome = back(world)
    assert {one.path.name for one in outcome.kept} == {"IMG_0005.jpg", "IMG_0005.CR2", "IMG_0005.xmp"}
    assert all("changed" in one.reason or raw.name in one.reason for one in outcome.kept)


def test_what_the_user_has_moved_in_the_folder_is_found(world):
    world.export("move")
    picture = exported(world)
    place = world.out / "best" / picture.name
    place.parent.mkdir()
    picture.rename(place)
    put_beside(place, "IMG_0003.jpg.xmp")
    assert back(world).kept == ()
    assert world.records[3].path.is_file()
    assert world.records[3].path.with_name("IMG_0003.jpg.xmp").read_bytes() == EDITS


def test_what_the_user_has_put_back_himself_is_home_already(world):
    """The file is where the undo would put it: there is only this one."""
    world.export("move")
    before = exported(world)
    homes = world.grouping.home.copy()
    homes[3] = homes[3] % 3 + 1
    world.grouping = replace(world.grouping, home=homes)
    world.export("move")
    moved, content = exported(world), exported(world).read_bytes()
    assert moved != before
    moved.rename(before)
    assert back(world).kept == ()
    assert before.read_bytes() == content
    assert back(world).kept == ()
    assert world.records[3].path.read_bytes() == content


def test_another_file_in_the_old_place_is_never_taken_for_the_same(world):
    """Of the same size and time, as files out of an archive may be."""
    world.export("move")
    picture, original = exported(world), world.records[3].path
    original.write_bytes(bytes(picture.stat().st_size))
    os.utime(original, ns=(0, picture.stat().st_mtime_ns))
    content = picture.read_bytes()
    assert [one.path for one in back(world).kept] == [picture]
    assert (picture.read_bytes(), set(original.read_bytes())) == (content, {0})


def test_a_copy_that_the_user_has_moved_stays_and_is_no_second_one_later(world):
    world.export()
    picture = exported(world)
    place = world.out / "best" / picture.name
    place.parent.mkdir()
    picture.rename(place)
    outcome = back(world)
    assert [str(place) in one.reason for one in outcome.kept] == [True]
    world.export()
    assert [path for path in files_below(world.out) if path.name == picture.name] == [place]


def test_a_copy_moved_to_where_another_was_taken_back_is_still_known(world):
    world.export()
    at, name_of_another = exported(world), exported(world, 5)
    sidecar = put_beside(at, f"{at.name}.pp3")
    back(world)
    name_of_another.parent.mkdir(exist_ok=True)
    sidecar.rename(name_of_another.with_name(f"{name_of_another.name}.pp3"))
    at.rename(name_of_another)
    (kept,) = [file for file in back(world).kept if file.path == at]
    assert str(kept.reason) == f"it was moved to {name_of_another} since, and stays there"
    world.export()
    content = world.records[3].path.read_bytes()
    assert [path for path in world.out.glob("*/*.jpg") if path.read_bytes() == content] == [name_of_another]


def test_where_nothing_more_can_be_taken_back_the_export_before_is(world):
    world.export(include_unsorted=False)
    world.export()
    (unsorted, *_) = sorted((world.out / "Unsorted").glob("*.jpg"))
    unsorted.write_bytes(EDITS)
    assert [one.path for one in back(world).kept] == [unsorted]
    back(world)
    assert files_below(world.out) == [unsorted]


def test_undo_tells_how_far_it_has_come(tmp_path):
    world, told = make_world(tmp_path, count=90), []
    files = len(world.export().done)
    undo_export(world.out, world.journals, Task(told.append))
    steps = [progress for progress in told if progress.message == "Undoing the export"]
    counts = [progress.done for progress in steps]
    assert counts[0] == 0
    assert counts[-1] == steps[-1].total == files
    assert counts == sorted(counts)
    assert len(set(counts)) > 3
