"""Exporting again, and again, after originals have got other names, and after a whole export folder was thrown away."""

import os
import shutil
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from tests.support.export_world import FAMILIES_OF_FIVE, ExportWorld, make_world, record_of

from shoal.delivering.earlier import earlier_exports
from shoal.delivering.export_steps import export_steps
from shoal.delivering.exporting import undo_export
from shoal.delivering.shot_sidecars import SidecarRemarks
from shoal.domain.export_journal import ExportHeader
from shoal.domain.families import find_families
from shoal.domain.grouping import Grouping
from shoal.domain.task import Task
from shoal.store.export_journal import create_journal

pytestmark = pytest.mark.changes_pictures("life goes on among the originals, too")
ACTIONS = ["copy", "hardlink", "symlink"]


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path, count=8, families=FAMILIES_OF_FIVE)


def exported(world: ExportWorld) -> list[str]:
    paths = [path for path in world.out.rglob("*") if not path.is_dir() or path.is_symlink()]
    below = [path.relative_to(world.out) for path in paths if not path.name.startswith(".")]
    return sorted(str(path) for path in below if not path.parts[0].startswith(".") and len(path.parts) > 1)


def rename(world: ExportWorld, number: int, stem: str, *more: str) -> None:
    """A whole family; `more`: endings of what comes to it at the same time."""
    record = world.records[number]
    family = [record.path, *record.companions]
    now = [path.rename(path.with_name(path.name.replace(record.path.stem, stem))) for path in family]
    for ending in more:
        now.append(now[0].with_name(now[0].name + ending))
        now[-1].write_bytes(b"new")
    world.records[number] = record_of(number, now[0], now[1:], record.label)


def family_of(world: ExportWorld, stem: str) -> list[str]:
    return [name for name in exported(world) if Path(name).name.startswith((f"{stem}.", f"{stem} "))]


@pytest.mark.parametrize("action", ACTIONS)
def test_a_renamed_original_is_exported_once_however_often(world, action):
    world.export(action)
    before = exported(world)
    rename(world, 3, "beach")
    for _ in range(3):
        result = world.export(action)
        assert result.left_out == ()
        assert len(exported(world)) == len(before)
        assert [Path(name).name[5:] for name in family_of(world, "beach")] == [
            ".AAE", ".CR2", ".MOV", ".jpg", ".jpg.xmp",
        ]  # fmt: skip
    assert world.plan(action).to_do == ()


def test_what_came_with_the_new_name_stays_one_family_with_what_was_there(world):
    world.export()
    rename(world, 3, "beach", ".pp3")
    for _ in range(2):
        world.export()
        assert len(family_of(world, "beach")) == 6
    companion = next(path for path in world.records[3].companions if path.suffix == ".MOV")
    companion.write_bytes(b"another film")
    world.export()
    (film,) = [world.out / name for name in exported(world) if name.endswith("beach.MOV")]
    assert film.read_bytes() == b"another film"
    assert len(family_of(world, "beach")) == 6


def test_renamed_twice_and_sorted_elsewhere_in_between(world):
    world.export()
    count = len(exported(world))
    for stem in ("one", "two", "IMG_0003"):
        rename(world, 3, stem)
        homes = world.grouping.home.copy()
        homes[3] = homes[3] % 3 + 1
        world.grouping = replace(world.grouping, home=homes)
        world.export()
        world.export()
        assert len(exported(world)) == count
        assert len({os.path.dirname(name) for name in family_of(world, stem)}) == 1
        assert len(family_of(world, stem)) == 5
    while True:
        outcome = undo_export(world.out, world.journals, Task())
        if outcome.came_to_nothing or not world.out.exists():
            break
    assert not world.out.exists()


def test_another_picture_under_the_old_name_is_another_one(world):
    world.export()
    count = len(exported(world))
    old = world.records[3].path
    rename(world, 3, "beach")
    world.export()
    old.write_bytes(b"a new picture, taken after the counter of the camera had wrapped")
    world.records.append(record_of(8, old))
    grouping = world.grouping
    world.grouping = Grouping(grouping.clusters, _longer(grouping.home), _longer(grouping.pinned))
    for _ in range(2):
        world.export()
        assert len(exported(world)) == count + 1
        assert len(family_of(world, "beach")) == 5


def _longer(values):
    return values[[*range(len(values)), 0]]


@pytest.mark.parametrize("action", ACTIONS)
def test_an_export_folder_that_was_thrown_away_is_made_anew(world, action):
    world.export(action)
    before = exported(world)
    shutil.rmtree(world.out)
    result = world.export(action)
    assert exported(world) == before
    assert result.notes == ()
    homes = world.grouping.home.copy()
    homes[:] = homes % 3 + 1
    world.grouping = replace(world.grouping, home=homes)
    for _ in range(2):
        world.export(action)
        assert len(exported(world)) == 40
    shutil.rmtree(world.out)
    world.export(action)
    assert len({Path(name).name for name in exported(world)}) == len(exported(world)) == 40


def test_a_marker_that_is_gone_from_files_that_a_later_export_moved_makes_nothing_new(world):
    """The later export's journal says where the file was, and only the first one's what it was made from."""
    world.export()
    (first,) = world.out.glob(".shoal-export-*.json")
    count = len(exported(world))
    homes = world.grouping.home.copy()
    for _ in range(2):
        homes[:] = homes % 3 + 1
        world.grouping = replace(world.grouping, home=homes.copy())
        world.export()
        first.unlink(missing_ok=True)
        assert len(exported(world)) == count
        assert len({Path(name).name for name in exported(world)}) == count


def test_an_export_that_was_cut_off_before_its_first_file_is_not_one_that_got_lost(world):
    plan = world.plan()
    header = ExportHeader("c" * 32, plan.root, "copy", "2026-01-01T00:00:00+00:00")
    steps, contents = export_steps(plan, header, world.images, {}, SidecarRemarks(), Task())
    create_journal(world.journals, header, steps, contents).close()
    world.out.mkdir()
    (world.out / "notes.txt").write_text("of the user")
    before = earlier_exports(world.out, world.journals)
    assert (list(before.files), before.is_lost) == ([], False)


def test_a_marker_alone_that_is_gone_makes_nothing_new(world):
    world.export()
    before = exported(world)
    for marker in world.out.glob(".shoal-export-*.json"):
        marker.unlink()
    (world.out / before[0]).unlink()
    assert [str(note.path.relative_to(world.out)) for note in world.export().notes] == [before[0]]
    assert exported(world) == before[1:]


@pytest.mark.parametrize("action", ["copy", "move"])
@pytest.mark.parametrize("sidecars", [False, True])
@pytest.mark.parametrize(("form", "other"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_families_whose_accents_are_written_differently_stay_together(tmp_path, action, sidecars, form, other):
    """As copies by way of a Mac come back; exported, changed and exported again, taken back."""
    world = make_world(tmp_path, count=4, families=FAMILIES_OF_FIVE)
    for number in range(4):
        rename(world, number, unicodedata.normalize(form, f"Café {number}"))
        record = world.records[number]
        now = [path.rename(path.with_name(unicodedata.normalize(other, path.name))) for path in record.companions]
        found = find_families(
            sorted([record.path.name, *(path.name for path in now)]), {"jpg", "cr2"}, {"jpg"}
        ).companions[record.path.name]
        world.records[number] = record_of(number, record.path, sorted(record.path.with_name(name) for name in found))
    before = sorted(path.name for path in world.pictures.rglob("*.*"))
    world.export(action, sidecars=sidecars)
    count = len(exported(world))
    assert count == 20 + (8 if sidecars else 0)
    for name in exported(world):
        assert unicodedata.is_normalized("NFC", name)
    if action == "copy":
        put_elsewhere = world.grouping.home.copy()
        put_elsewhere[2] = put_elsewhere[2] % 3 + 1
        world.grouping = replace(world.grouping, home=put_elsewhere)
        result = world.export(action, sidecars=sidecars)
        assert (result.left_out, result.notes, len(exported(world))) == ((), (), count)
        assert len({os.path.dirname(name) for name in family_of(world, "Café 2")}) == 1
    while not undo_export(world.out, world.journals, Task()).came_to_nothing and world.out.exists():
        pass
    assert sorted(path.name for path in world.pictures.rglob("*.*")) == before
