import errno
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.support.export_world import ExportWorld, files_below, make_world, record_of
from tests.support.untouched import tree_state

from shoal.delivering.exporting import (
    export_clusters,
    plan_clusters,
    resume_export,
    undo_export,
    unfinished_export,
)
from shoal.delivering.table_import import import_clusters
from shoal.domain.errors import Cancelled, ExportRefused, StorageFull
from shoal.domain.export_plan import TABLES, ExportOptions
from shoal.domain.geometry import EmbeddingMatrix, MapLayout, Rows, StageKey
from shoal.domain.task import Progress, Task
from shoal.exports.tables import read_clusters_table
from shoal.files import safe_files

ACTIONS = ["copy", "move", "hardlink", "symlink"]


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path)


@pytest.fixture
def far_world(tmp_path):
    """The export folder lies on another drive than the pictures."""
    shared_memory = Path("/dev/shm")
    if not shared_memory.is_dir() or shared_memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("needs a second file system: /dev/shm")
    far = shared_memory / f"shoal-test-{os.getpid()}"
    far.mkdir()
    try:
        yield make_world(tmp_path, out=far / "out")
    finally:
        shutil.rmtree(far)


def exported_pictures(world: ExportWorld) -> list[Path]:
    return [path for path in sorted(world.out.glob("*/*")) if not path.name.startswith(".")]


def contents(paths) -> list[bytes]:
    return sorted(path.read_bytes() for path in paths)


@pytest.mark.changes_pictures("has them moved")
@pytest.mark.parametrize("action", ACTIONS)
def test_every_picture_is_in_exactly_one_folder_byte_for_byte(world, action):
    before = contents(files_below(world.pictures))
    result = world.export(action)
    assert contents(exported_pictures(world)) == before
    assert result.left_out == ()
    assert (world.out / "clusters.csv").is_file()
    assert not list(world.out.rglob("*.part"))


@pytest.mark.parametrize("action", ["copy", "symlink"])
def test_the_originals_are_untouched(world, action):
    before = tree_state(world.pictures)
    world.export(action)
    assert tree_state(world.pictures) == before


def test_copies_keep_their_times(world):
    world.export()
    times = {path.name: path.stat().st_mtime_ns for path in exported_pictures(world)}
    assert times == {path.name: path.stat().st_mtime_ns for path in files_below(world.pictures)}


@pytest.mark.changes_pictures("has them moved")
def test_moving_leaves_each_picture_exactly_once(world):
    before = contents(files_below(world.pictures))
    world.export("move")
    assert files_below(world.pictures) == []
    assert contents(exported_pictures(world)) == before


@pytest.mark.changes_pictures("has them moved")
def test_moving_to_another_drive_leaves_each_picture_exactly_once(far_world):
    before = contents(files_below(far_world.pictures))
    far_world.export("move")
    assert files_below(far_world.pictures) == []
    assert contents(exported_pictures(far_world)) == before


@pytest.mark.parametrize("action", ACTIONS)
def test_undo_brings_back_the_exact_tree(world, action):
    before = tree_state(world.pictures.parent)
    world.journals.mkdir()
    world.export(action)
    outcome = undo_export(world.out, world.journals, Task())
    shutil.rmtree(world.journals)
    modified = before[f"{world.pictures.parent}/"][1]
    assert isinstance(modified, int)
    os.utime(world.pictures.parent, ns=(0, modified))
    assert tree_state(world.pictures.parent) == before
    assert (outcome.kept, outcome.kept_folders) == ((), ())


@pytest.mark.changes_pictures("has them moved")
@pytest.mark.parametrize("action", ["copy", "move", "symlink"])
def test_undo_across_drives_brings_back_names_times_and_contents(far_world, action):
    before = tree_state(far_world.pictures, inodes=action != "move")
    far_world.export(action)
    assert undo_export(far_world.out, far_world.journals, Task()).kept == ()
    assert tree_state(far_world.pictures, inodes=action != "move") == before
    assert not far_world.out.exists()


def test_hard_links_across_drives_are_refused_with_a_sentence(far_world):
    with pytest.raises(ExportRefused, match="another drive"):
        far_world.export("hardlink")
    undo_export(far_world.out, far_world.journals, Task())
    assert not far_world.out.exists()


def test_what_is_in_the_export_folder_stays(world):
    there = world.out / "cluster 1" / "img_0000.JPG"
    there.parent.mkdir(parents=True)
    (world.out / "clusters.csv").write_text("mine")
    there.write_text("mine")
    before = tree_state(world.out)
    world.export()
    assert there.read_text() == (world.out / "clusters.csv").read_text() == "mine"
    assert (world.out / "clusters (2).csv").is_file()
    undo_export(world.out, world.journals, Task())
    assert tree_state(world.out) == before


def test_a_second_export_adds_nothing(world):
    world.export()
    before = tree_state(world.out)
    result = world.export()
    assert tree_state(world.out) == before
    assert (result.id, result.done) == ("", ())
    assert len(result.present) == len(exported_pictures(world))


def test_undo_goes_one_export_at_a_time(world):
    world.export(include_unsorted=False)
    first = tree_state(world.out, folder_times=False)
    world.export()
    undo_export(world.out, world.journals, Task())
    assert tree_state(world.out, folder_times=False) == first
    undo_export(world.out, world.journals, Task())
    with pytest.raises(ExportRefused, match="no export"):
        undo_export(world.out, world.journals, Task())


def test_undo_finds_an_export_folder_that_was_moved(world):
    world.export()
    elsewhere = world.out.rename(world.out.with_name("elsewhere"))
    assert undo_export(elsewhere, world.journals, Task()).kept == ()
    assert not elsewhere.exists()


def test_undo_finds_an_export_whose_marker_was_deleted(world):
    world.export()
    for marker in world.out.glob(".shoal-export-*"):
        marker.unlink()
    assert undo_export(world.out, world.journals, Task()).kept == ()
    assert not world.out.exists()


# --- undo refuses


def test_undo_keeps_what_has_changed_since_and_says_why(world):
    world.export()
    edited, gone = exported_pictures(world)[:2]
    edited.write_bytes(b"edited")
    gone.unlink()
    (world.out / "my notes.txt").write_text("mine")
    outcome = undo_export(world.out, world.journals, Task())
    assert [(item.path, "changed" in item.reason) for item in outcome.kept] == [(edited, True)]
    assert files_below(world.out) == sorted([edited, world.out / "my notes.txt"])
    assert set(outcome.kept_folders) == {world.out, edited.parent}


@pytest.mark.changes_pictures("changes them itself")
def test_undo_keeps_a_copy_that_may_be_the_last(world):
    world.export()
    originals = {path.name: path for path in files_below(world.pictures)}
    first, second = exported_pictures(world)[:2]
    originals[first.name].unlink()
    originals[second.name].write_bytes(b"edited")
    outcome = undo_export(world.out, world.journals, Task())
    assert [item.path for item in outcome.kept] == [first, second]
    assert all("last copy" in item.reason for item in outcome.kept)


def test_undo_of_a_move_replaces_nothing(world):
    world.export("move")
    moved = exported_pictures(world)[0]
    original = next(record.path for record in world.records if record.path.name == moved.name)
    original.write_text("a new picture of that name")
    outcome = undo_export(world.out, world.journals, Task())
    assert [item.path for item in outcome.kept] == [moved]
    assert original.read_text() == "a new picture of that name"
    original.unlink()
    assert undo_export(world.out, world.journals, Task()).kept == ()
    assert original.is_file()


@pytest.mark.changes_pictures("has them moved")
def test_undo_of_a_move_makes_the_folders_again_that_were_deleted_since(world):
    before = contents(files_below(world.pictures))
    world.export("move")
    shutil.rmtree(world.pictures)
    undo_export(world.out, world.journals, Task())
    assert contents(files_below(world.pictures)) == before


# --- left out


@pytest.mark.changes_pictures("changes them itself")
def test_files_that_changed_or_went_after_the_plan_are_left_out_with_a_reason(world):
    plan = world.plan()
    gone, changed = (file.source.path for file in plan.files[:2])
    gone.unlink()
    changed.write_bytes(b"changed")
    result = export_clusters(plan, world.images, world.journals, Task())
    assert {item.path: item.reason for item in result.left_out} == {
        gone: "it is no longer there",
        changed: "it has changed since it was looked at",
    }


@pytest.mark.changes_pictures("changes them itself")
def test_a_change_that_keeps_size_and_time_is_noticed_when_copying(world):
    plan = world.plan()
    path = plan.files[0].source.path
    stamp = path.stat()
    path.write_bytes(b"x" * stamp.st_size)
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    result = export_clusters(plan, world.images, world.journals, Task())
    assert [item.path for item in result.left_out] == [path]


@pytest.mark.changes_pictures("changes them itself")
def test_a_name_that_was_taken_after_the_plan_is_left_alone(world):
    plan = world.plan("move")
    file = plan.files[0]
    file.target.parent.mkdir(parents=True)
    file.target.write_text("somebody else's")
    result = export_clusters(plan, world.images, world.journals, Task())
    assert [item.path for item in result.left_out] == [file.source.path]
    assert file.target.read_text() == "somebody else's"
    assert file.source.path.is_file()


def test_a_drive_that_went_away_stops_the_export_and_it_goes_on_later(world):
    plan = world.plan()
    hidden = world.pictures.rename(world.pictures.with_name("unplugged"))
    with pytest.raises(ExportRefused, match="is not there"):
        export_clusters(plan, world.images, world.journals, Task())
    hidden.rename(world.pictures)
    result = resume_export(world.out, world.journals, Task())
    assert result.left_out == ()
    assert contents(exported_pictures(world)) == contents(files_below(world.pictures))


def test_a_folder_that_became_a_link_is_not_written_through(world, tmp_path):
    plan = world.plan()
    (tmp_path / "precious").mkdir()
    plan.files[0].target.parent.parent.mkdir()
    plan.files[0].target.parent.symlink_to(tmp_path / "precious")
    with pytest.raises(ExportRefused, match="no longer a folder"):
        export_clusters(plan, world.images, world.journals, Task())
    assert list((tmp_path / "precious").iterdir()) == []


# --- refused, cancelled, resumed


def test_an_export_that_does_not_fit_is_refused_before_it_begins(world, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 0))
    with pytest.raises(StorageFull, match="has 0 MB left"):
        world.export()
    assert not world.out.exists()


def test_a_file_as_export_folder_is_refused(world):
    world.out.write_text("mine")
    with pytest.raises(ExportRefused, match="is a file"):
        world.plan()


def test_the_folder_of_the_originals_is_refused_however_it_is_called(world, tmp_path):
    (tmp_path / "shortcut").symlink_to(world.pictures)
    world.out = tmp_path / "shortcut" / "sorted"
    with pytest.raises(ExportRefused, match="lies inside"):
        world.plan()


def cancelling_after(steps: int) -> Task:
    def cancel(progress: Progress) -> None:
        if progress.done >= steps:
            task.cancel()

    task = Task(cancel)
    return task


@pytest.mark.changes_pictures("has them moved")
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("steps", [0, 5, 40])
def test_cancelling_leaves_a_state_from_which_it_goes_on(tmp_path, action, steps):
    world = make_world(tmp_path, 60)
    before = contents(files_below(world.pictures))
    with pytest.raises(Cancelled):
        world.export(action, cancelling_after(steps))
    assert not list(world.out.rglob("*.part"))
    everything = [*files_below(world.pictures), *(path for path in exported_pictures(world) if action == "move")]
    assert contents(everything) == before
    assert unfinished_export(world.out, world.journals)
    resume_export(world.out, world.journals, Task())
    assert contents(exported_pictures(world)) == before
    assert unfinished_export(world.out, world.journals) is None
    with pytest.raises(ExportRefused, match="waiting"):
        resume_export(world.out, world.journals, Task())


@pytest.mark.parametrize("action", ACTIONS)
def test_a_cancelled_export_is_undone(tmp_path, action):
    world = make_world(tmp_path, 60)
    before = tree_state(world.pictures)
    with pytest.raises(Cancelled):
        world.export(action, cancelling_after(40))
    undo_export(world.out, world.journals, Task())
    assert tree_state(world.pictures) == before
    assert not world.out.exists()


def test_a_new_export_takes_the_place_of_one_that_was_cut_off(world):
    with pytest.raises(Cancelled):
        world.export("copy", cancelling_after(5))
    world.export()
    assert contents(exported_pictures(world)) == contents(files_below(world.pictures))
    assert unfinished_export(world.out, world.journals) is None


@pytest.mark.parametrize("action", ["copy", "move"])
def test_one_undo_takes_back_an_export_and_those_cut_off_before_it(tmp_path, action):
    world = make_world(tmp_path, 90)
    before = tree_state(world.pictures)
    for steps in (10, 40):
        with pytest.raises(Cancelled):
            world.export(action, cancelling_after(steps))
        world.records = [item for item in world.records if item.path.exists()]
    world.export(action)
    outcome = undo_export(world.out, world.journals, Task())
    assert (outcome.kept, outcome.kept_folders) == ((), ())
    assert tree_state(world.pictures) == before
    assert not world.out.exists()


def test_undo_may_be_cancelled_and_goes_on(tmp_path):
    world = make_world(tmp_path, 60)
    before = tree_state(world.pictures)
    world.export("move")
    with pytest.raises(Cancelled):
        undo_export(world.out, world.journals, cancelling_after(32))
    undo_export(world.out, world.journals, Task())
    assert tree_state(world.pictures) == before


# --- sorting in place


def test_sorting_in_place_and_back(world):
    before = tree_state(world.pictures)
    world.out = world.pictures
    world.export("move")
    assert all(path.parent.name.startswith(("cluster", "Unsorted", "day")) for path in exported_pictures(world))
    undo_export(world.out, world.journals, Task())
    assert tree_state(world.pictures) == before


@pytest.mark.changes_pictures("changes them itself")
def test_a_linked_picture_is_copied_as_a_file(tmp_path):
    world = make_world(tmp_path, 2)
    link = world.pictures / "link.jpg"
    link.symlink_to(world.records[0].path)
    world.records = [record_of(0, link)]
    world.export()
    (copy,) = world.out.rglob("link.jpg")
    assert not copy.is_symlink()
    assert copy.read_bytes() == world.records[0].path.read_bytes()


# --- contact sheet


def test_the_contact_sheet_is_one_file_with_the_pictures_in_it(world):
    plan = world.plan(documents=(*TABLES, "contact-sheet.html"))
    thumbnails = {record.id: b"\xff\xd8" + record.path.name.encode() for record in world.records}
    export_clusters(plan, world.images, world.journals, Task(), thumbnails.get)
    page = (world.out / "contact-sheet.html").read_text()
    assert page.count("data:image/jpeg;base64") == len(world.records)
    assert "cluster 1" in page


def test_tables_carry_positions_silhouettes_and_distances(world):
    count = len(world.records)
    ids, rng = np.arange(count), np.random.default_rng(0)
    vectors = rng.normal(size=(count, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    key = StageKey("x")
    images = replace(
        world.images,
        embeddings=EmbeddingMatrix(Rows(ids, key), vectors),
        layout=MapLayout(key, Rows(ids), rng.normal(size=(count, 2)).astype(np.float32)),
        facts={"model": "none"},
    )
    plan = plan_clusters(images, world.out, ExportOptions())
    export_clusters(plan, images, world.journals, Task())
    listed = json.loads((world.out / "clusters.json").read_text())
    assert listed["model"] == "none"
    sorted_images = [image for image in listed["images"] if image["cluster"] != "Unsorted"]
    for name in {image["cluster"] for image in sorted_images}:
        distances = [image["distance"] for image in sorted_images if image["cluster"] == name]
        assert min(distances) == pytest.approx(0, abs=1e-6)
        assert max(distances) <= 2
    assert all(isinstance(image["x"], float) for image in listed["images"])
    assert (world.out / listed["images"][0]["path"]).is_file()


# --- tables


def test_an_edited_table_is_read_back_as_clusters(world):
    world.export()
    table = world.out / "clusters.csv"
    rows = read_clusters_table(table.read_bytes())
    moved = world.records[3].path
    text = table.read_text().splitlines()
    edited = [
        line if moved.name not in line else line.replace(rows_cluster(rows, moved), '=birds, "big"') for line in text
    ]
    edited = [line.replace('=birds, "big"', '"\'=birds, ""big"""') for line in edited]
    table.write_text("\n".join([*edited, "nowhere/x.jpg,birds"]))
    imported = import_clusters(table, world.images.records)
    after = world.grouping.patched(imported.patch(world.grouping))
    assert after.clusters[int(after.home[3])].name == '=birds, "big"'
    assert imported.unknown == ("nowhere/x.jpg",)
    unchanged = [number for number in range(len(world.records)) if number != 3]
    assert after.home[unchanged].tolist() == world.grouping.home[unchanged].tolist()


def rows_cluster(rows, path: Path) -> str:
    return next(row.cluster for row in rows if row.source == str(path))


@pytest.mark.changes_pictures("changes them itself")
def test_an_export_is_read_back_after_its_pictures_were_opened_from_there(world):
    world.export("move")
    exported = [path for path in exported_pictures(world) if path.suffix == ".jpg"]
    world.records = [record_of(number, path) for number, path in enumerate(exported)]
    imported = import_clusters(world.out / "clusters.csv", world.images.records)
    assert imported.unknown == ()


def test_a_plan_for_nothing(tmp_path):
    world = make_world(tmp_path, 0)
    plan = plan_clusters(world.images, world.out, world.plan(documents=()).options)
    assert export_clusters(plan, world.images, world.journals, Task()).id == ""
    assert not world.out.exists()


def test_one_flush_of_a_folder_serves_many_files(tmp_path, monkeypatch):
    """A drive takes longer for a flush than for the picture that it is for."""
    world, flushed, sync_folder = make_world(tmp_path, count=100, clusters=1), [], safe_files.sync_folder
    monkeypatch.setattr(safe_files, "sync_folder", lambda folder: (flushed.append(folder), sync_folder(folder))[1])
    files = len(world.export().done)
    assert files > 100
    assert 4 <= len(flushed) < 20


def test_a_file_that_the_drive_does_not_take_is_left_out_and_the_others_are_there(world, monkeypatch):
    copy_new, large = safe_files.copy_new, world.records[3].path

    def too_large_for_fat(source, *more):
        if source == large:
            raise OSError(errno.EFBIG, "File too large")
        return copy_new(source, *more)

    monkeypatch.setattr(safe_files, "copy_new", too_large_for_fat)
    result = world.export()
    assert [(one.path, str(one.reason)) for one in result.left_out] == [
        (large, "it cannot be written here (File too large)")
    ]
    exported = {path.name for path in files_below(world.out)}
    assert {record.path.name for record in world.records} - exported == {large.name}
