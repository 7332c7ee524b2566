"""A second export into the same folder is a change of the first."""

import gc
import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.support.export_world import FAMILIES_OF_FIVE, ExportWorld, files_below, make_world, record_of
from tests.support.untouched import tree_state

from shoal.delivering.earlier import exports_into, opened
from shoal.delivering.exporting import PlanSetting, plan_clusters, undo_export
from shoal.domain.errors import ExportRefused
from shoal.domain.export_journal import StepState
from shoal.domain.export_plan import UNSORTED_NAME, ExportOptions
from shoal.domain.grouping import UNSORTED, Cluster, ClusterId
from shoal.domain.marks import Marks
from shoal.domain.task import Task
from shoal.exports.sidecars import new_sidecar
from shoal.exports.xmp_marks import read_marks
from shoal.store.export_journal import open_journal

pytestmark = pytest.mark.changes_pictures("life goes on among the originals, too")
ACTIONS = ["copy", "move", "hardlink", "symlink"]


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path)


def visible(world: ExportWorld) -> list[str]:
    paths = [path for path in world.out.rglob("*") if not path.is_dir() or path.is_symlink()]
    below = [path.relative_to(world.out) for path in paths]
    return sorted(path.as_posix() for path in below if not path.parts[0].startswith("."))


def pictures(world: ExportWorld) -> list[str]:
    return [name for name in visible(world) if "/" in name]


def stands(world: ExportWorld, name: str) -> Path:
    (found,) = [world.out / path for path in pictures(world) if Path(path).name == name]
    return found


def put(world: ExportWorld, number: int, cluster: int) -> None:
    homes = world.grouping.home.copy()
    homes[number] = cluster
    world.grouping = replace(world.grouping, home=homes)


def elsewhere(world: ExportWorld, number: int) -> int:
    return int(world.grouping.home[number]) % 3 + 1


def looked_at_again(world: ExportWorld, number: int, *companions: Path) -> None:
    record = world.records[number]
    world.records[number] = record_of(number, record.path, (*record.companions, *companions), record.label)


def back(world: ExportWorld):
    return undo_export(world.out, world.journals, Task())


def notes(world: ExportWorld) -> dict[str, str]:
    return {one.path.name: str(one.reason) for one in world.plan().notes}


@pytest.mark.parametrize("action", ACTIONS)
def test_a_picture_of_another_cluster_changes_its_folder_with_its_family(world, action):
    world.export(action)
    before, cluster = tree_state(world.out), elsewhere(world, 0)
    put(world, 0, cluster)
    plan = world.plan(action)
    assert (plan.to_do, len(plan.moved)) == ((), 3)
    world.export(action)
    assert {path.parent.name for path in map(Path, pictures(world)) if "0000" in path.name} == {f"cluster {cluster}"}
    assert len(pictures(world)) == 28
    assert back(world).kept == ()
    assert tree_state(world.out) == before


@pytest.mark.parametrize("action", ACTIONS)
def test_a_renamed_cluster_has_one_folder_called_as_it_is_now(world, action):
    world.export(action)
    before = tree_state(world.out)
    clusters = {**world.grouping.clusters, ClusterId(2): Cluster(ClusterId(2), "birds")}
    world.grouping = replace(world.grouping, clusters=clusters)
    world.export(action)
    assert not (world.out / "cluster 2").exists()
    assert len(pictures(world)) == 28
    back(world)
    assert tree_state(world.out) == before


def test_what_is_of_the_user_keeps_the_folder_of_a_renamed_cluster(world):
    world.export()
    mine = world.out / "cluster 2" / "notes.txt"
    mine.write_text("mine")
    clusters = {**world.grouping.clusters, ClusterId(2): Cluster(ClusterId(2), "birds")}
    world.grouping = replace(world.grouping, clusters=clusters)
    world.export()
    assert files_below(world.out / "cluster 2") == [mine]


def test_tables_are_renewed_in_their_place(world):
    world.export()
    for number in (0, 1, 2):
        put(world, number, elsewhere(world, number))
        world.export()
    assert [name for name in visible(world) if "/" not in name] == ["clusters.csv", "clusters.json"]
    assert "clusters (2)" not in " ".join(visible(world))


def test_a_table_that_somebody_has_edited_is_left_to_him(world):
    world.export()
    (world.out / "clusters.csv").write_text("mine")
    put(world, 0, elsewhere(world, 0))
    world.export()
    put(world, 1, elsewhere(world, 1))
    world.export()
    assert (world.out / "clusters.csv").read_text() == "mine"
    assert "clusters (2).csv" in visible(world)
    assert "clusters (3).csv" not in visible(world)


def test_an_edited_original_gives_a_new_copy_and_undo_the_old_one(world):
    world.export()
    copy = stands(world, "IMG_0003.jpg")
    before, was = tree_state(world.out), copy.read_bytes()
    world.records[3].path.write_bytes(b"brighter")
    looked_at_again(world, 3)
    world.export()
    assert copy.read_bytes() == b"brighter"
    assert len(pictures(world)) == 28
    back(world)
    assert tree_state(world.out) == before
    assert copy.read_bytes() == was


def test_a_companion_whose_time_alone_has_changed_is_left_as_it_stands(world):
    world.export()
    before = tree_state(world.out)
    os.utime(world.records[0].companions[0], ns=(10**18, 10**18 + 5))
    assert world.plan().to_do == ()
    world.export()
    assert tree_state(world.out) == before


@pytest.mark.parametrize("action", ["copy", "hardlink"])
def test_a_new_rating_renews_the_sidecar_alone(world, action):
    world.export(action)
    picture, sidecar = stands(world, "IMG_0005.jpg"), stands(world, "IMG_0005.xmp")
    before = picture.stat()
    original = world.records[5].path.with_suffix(".xmp")
    original.unlink()
    original.write_bytes(b"five stars")
    plan = world.plan(action)
    assert [file.target for file in plan.to_do] == [sidecar]
    world.export(action)
    assert sidecar.read_bytes() == b"five stars"
    assert picture.stat() == before


def test_what_comes_to_a_family_later_is_called_as_the_family_is(world):
    world.export(template="{cluster}/{cluster}_{seq}")
    film = world.records[3].path.with_suffix(".MOV")
    film.write_bytes(b"film")
    looked_at_again(world, 3, film)
    result = world.export(template="{cluster}/{cluster}_{seq}")
    (added,) = [path for path in result.done if path.suffix == ".MOV"]
    (source,) = [file for file in world.plan(template="{cluster}/{cluster}_{seq}").files if file.source.path == film]
    lead = next(one for one in world.plan(template="{cluster}/{cluster}_{seq}").files if one.image == source.image)
    assert (added.stem, added.parent) == (lead.target.stem, lead.target.parent)


@pytest.mark.parametrize("action", ["copy", "symlink"])
def test_what_the_user_moved_stays_where_he_put_it(world, action):
    world.export(action)
    moved = stands(world, "IMG_0003.jpg")
    place = world.out / "best" / moved.name
    place.parent.mkdir()
    moved.rename(place)
    assert "was moved" in notes(world)["IMG_0003.jpg"] if action == "copy" else True
    put(world, 3, elsewhere(world, 3))
    result = world.export(action)
    assert [one.path for one in result.notes] == [place]
    assert stands(world, "IMG_0003.jpg") == place


def test_a_cluster_folder_that_the_user_has_renamed_stays_the_folder_of_the_cluster(world):
    world.export()
    (world.out / "cluster 2").rename(world.out / "birds")
    plan = world.plan()
    assert (plan.moves, plan.to_do, plan.notes) == ((), (), ())
    number = int(np.flatnonzero(world.grouping.home == 1)[0])
    put(world, number, 2)
    world.export()
    assert stands(world, world.records[number].path.name).parent == world.out / "birds"
    assert not (world.out / "cluster 2").exists()


def test_a_cluster_whose_pictures_were_put_into_another_takes_no_folder_away(world):
    world.export()
    homes = np.full(20, 2, np.int32)
    homes[3] = 1
    world.grouping = replace(world.grouping, home=homes)
    world.export()
    moved = stands(world, "IMG_0003.jpg")
    moved.rename(world.out / "cluster 2" / moved.name)
    moved.parent.rmdir()
    assert (world.plan().moves, len(world.plan().notes)) == ((), 1)


@pytest.mark.parametrize("action", ["copy", "hardlink", "symlink"])
def test_a_folder_that_an_export_made_is_no_renamed_one(world, action):
    """What is left of a cluster after undo lies where the user put it: in the folder of another cluster."""
    world.export(action)
    moved = stands(world, "IMG_0003.jpg")
    place = moved.rename(stands(world, "IMG_0008.jpg").parent / moved.name)
    back(world)
    homes = world.grouping.home
    world.grouping = replace(world.grouping, home=np.where(homes == homes[8], homes[3], homes))
    assert pictures(world) == [place.relative_to(world.out).as_posix()]
    world.export(action)
    assert stands(world, "IMG_0003.jpg") == place
    names = {UNSORTED: UNSORTED_NAME, **{n: one.name for n, one in world.grouping.clusters.items()}}
    for record in world.records[:3] + world.records[4:]:
        assert stands(world, record.path.name).parent.name == names[world.grouping.home[record.id]]


@pytest.mark.parametrize("action", ["copy", "hardlink", "symlink"])
@pytest.mark.parametrize("is_rated", [False, True])
def test_a_picture_put_where_one_stood_that_was_thrown_away_is_not_that_one(world, action, is_rated):
    """Cameras count anew: both are called the same."""
    world.export(action)
    thrown, moved = stands(world, "IMG_0003.jpg"), stands(world, "IMG_0008.jpg")
    thrown.unlink()
    moved.rename(thrown)
    if is_rated:
        original = world.records[8].path
        original.write_bytes(original.read_bytes() + b"stars")
        looked_at_again(world, 8)
    put(world, 3, elsewhere(world, 3))
    assert [str(one.reason).split(" since")[0] for one in world.plan(action).notes] == [
        "it was taken out of the export folder",
        "it was moved there",
    ]
    world.export(action)
    assert stands(world, "IMG_0003.jpg") == thrown
    assert thrown.read_bytes() == world.records[8].path.read_bytes()
    assert "IMG_0008.jpg" not in " ".join(pictures(world))


@pytest.mark.parametrize("action", ["copy", "hardlink", "symlink"])
@pytest.mark.parametrize("is_cut_off", [False, True])
def test_undo_knows_a_picture_that_was_put_where_another_stood(world, action, is_cut_off):
    """Both are kept where the user has them, be it said once or, after an undo that was cut off, again."""
    world.export(action)
    first, second = stands(world, "IMG_0003.jpg"), stands(world, "IMG_0008.jpg")
    away = first.rename(world.out / first.name)
    moved = second.rename(first)
    if is_cut_off:
        with opened(world.journals, *exports_into(world.out, world.journals)) as journal:
            journal.update([replace(step, state=StepState.UNDOING) for step in journal.steps()])
    for _ in range(2):
        outcome = back(world)
        said = {one.path.name: str(one.reason) for one in outcome.kept}
        assert said == {
            "IMG_0003.jpg": f"it was moved to {away} since, and stays there",
            "IMG_0008.jpg": f"it was moved to {moved} since, and stays there",
        }
        assert outcome.trashable == ()
    assert world.plan(action).to_do
    world.export(action)
    assert (moved.exists(), away.exists()) == (True, True)
    assert "IMG_0008.jpg" not in " ".join(pictures(world))


def test_a_moved_picture_goes_home_under_its_own_name_wherever_it_is(world):
    world.export("move")
    gone, second = stands(world, "IMG_0003.jpg"), stands(world, "IMG_0008.jpg")
    content = second.read_bytes()
    gone.unlink()
    second.rename(gone)
    outcome = back(world)
    assert [one.path.name for one in outcome.kept] == ["IMG_0003.jpg"]
    assert world.records[8].path.read_bytes() == content
    assert not world.records[3].path.exists()


def test_a_folder_is_not_taken_from_the_cluster_that_is_called_so(world):
    """The only picture of a cluster was put into the folder of another, which has no other pictures yet."""
    world.grouping = replace(world.grouping, home=np.full(20, 1, np.int32))
    world.export()
    (world.out / "cluster 1").rename(world.out / "cluster 2")
    put(world, 7, 2)
    assert {Path(file.target).parent.name for file in world.plan().files if file.image == 7} == {"cluster 2"}
    assert not [one for one in world.plan().files if "(2)" in str(one.target)]


def test_what_the_user_threw_away_comes_back_only_if_asked(world):
    world.export()
    thrown = stands(world, "IMG_0003.jpg")
    thrown.unlink()
    assert "taken out" in notes(world)["IMG_0003.jpg"]
    world.export()
    assert not thrown.exists()
    world.export(bring_back=True)
    assert thrown.is_file()
    assert len(pictures(world)) == 28


def test_what_the_user_edited_is_never_written_over(world):
    world.export()
    edited = stands(world, "IMG_0003.jpg")
    edited.write_bytes(b"mine")
    world.records[3].path.write_bytes(b"another")
    looked_at_again(world, 3)
    put(world, 3, elsewhere(world, 3))
    assert "was changed" in notes(world)["IMG_0003.jpg"]
    world.export()
    assert stands(world, "IMG_0003.jpg").read_bytes() == b"mine"
    assert stands(world, "IMG_0003.jpg").parent.name == f"cluster {int(world.grouping.home[3])}"


def test_a_picture_that_the_user_has_put_beside_another_is_no_companion_of_it(world):
    world.export()
    moved, other = stands(world, "IMG_0003.jpg"), stands(world, "IMG_0007.jpg")
    place = other.with_name("IMG_0007 (2).jpg")
    moved.rename(place)
    put(world, 7, elsewhere(world, 7))
    world.export()
    assert place.is_file()
    assert stands(world, "IMG_0007.jpg") != other


@pytest.mark.parametrize("ending", [".pp3", ".xmp", ".dop"])
def test_what_another_program_wrote_beside_a_picture_goes_where_it_goes(world, ending):
    world.export()
    picture = stands(world, "IMG_0003.jpg")
    edits = picture.with_name(picture.name + ending)
    edits.write_bytes(b"edits")
    put(world, 3, elsewhere(world, 3))
    world.export()
    assert stands(world, edits.name).parent == stands(world, picture.name).parent
    back(world)
    assert (picture.exists(), edits.exists()) == (True, True)


def test_copies_of_deleted_originals_stay_for_they_may_be_the_last(world):
    world.export()
    gone = world.records.pop(3)
    gone.path.unlink()
    plan = world.plan()
    assert (plan.moves, [one.path.name for one in plan.notes]) == ((), ["IMG_0003.jpg"])
    assert "last copy" in plan.notes[0].reason


def test_what_is_no_longer_exported_goes_and_comes_back_with_undo(world):
    world.export()
    before = tree_state(world.out)
    unsorted = [name for name in pictures(world) if name.startswith("Unsorted/")]
    world.export(include_unsorted=False)
    assert not set(unsorted) & set(pictures(world))
    back(world)
    assert tree_state(world.out) == before


def test_another_picture_under_an_old_name_is_another_picture(world, tmp_path, monkeypatch):
    """A card that was used again: the same path, taken on another day."""
    world.export()
    copy = stands(world, "IMG_0003.jpg")
    was = copy.read_bytes()
    world.records[3].path.write_bytes(b"of another day")
    looked_at_again(world, 3)
    days = {copy: "2024", world.records[3].path: "2025"}
    monkeypatch.setattr("shoal.delivering.earlier.time_taken", days.get)
    world.export()
    assert copy.read_bytes() == was
    assert "IMG_0003 (2).jpg" in {Path(name).name for name in pictures(world)}


def test_moved_pictures_change_their_cluster_where_they_are(world):
    world.export("move")
    put(world, 0, elsewhere(world, 0))
    put(world, 3, elsewhere(world, 3))
    world.export("move")
    assert stands(world, "IMG_0003.jpg").parent.name == f"cluster {int(world.grouping.home[3])}"
    assert len(pictures(world)) == 28
    back(world)
    assert back(world).kept == ()
    assert len(files_below(world.pictures)) == 28


def test_a_camera_that_counts_anew_does_not_take_the_place_of_what_was_moved(world):
    world.export("move")
    path = world.records[3].path
    path.write_bytes(b"a new picture of that name")
    looked_at_again(world, 3)
    world.export("move")
    assert {"IMG_0003.jpg", "IMG_0003 (2).jpg"} <= {Path(name).name for name in pictures(world)}


def test_an_original_folder_that_was_renamed_is_known_again(world):
    world.export()
    before = visible(world)
    renamed = world.pictures.rename(world.pictures.with_name("renamed"))
    world.records = [
        record_of(one.id, renamed / one.path.relative_to(world.pictures),
                  [renamed / path.relative_to(world.pictures) for path in one.companions])
        for one in world.records
    ]  # fmt: skip
    world.pictures = renamed
    put(world, 3, elsewhere(world, 3))
    world.export()
    assert len(visible(world)) == len(before)


@pytest.mark.parametrize(("first", "second"), [("copy", "hardlink"), ("hardlink", "copy"), ("symlink", "copy")])
def test_another_way_of_exporting_takes_the_place_of_the_first(world, first, second):
    world.export(first)
    before, names = tree_state(world.out), visible(world)
    world.export(second)
    assert visible(world) == names
    one = stands(world, "IMG_0003.jpg")
    assert os.path.samefile(one, world.records[3].path) == (second == "hardlink")
    assert back(world).kept == ()
    assert tree_state(world.out) == before


def test_the_folder_may_be_moved_between_exports_and_undo(world):
    world.export()
    world.out = world.out.rename(world.out.with_name("elsewhere"))
    before = tree_state(world.out)
    put(world, 0, elsewhere(world, 0))
    world.export()
    world.out = world.out.rename(world.out.with_name("back again"))
    assert back(world).kept == ()
    assert tree_state(world.out) == {name.replace("elsewhere", "back again"): what for name, what in before.items()}
    back(world)
    assert not world.out.exists()


def test_a_lost_journal_costs_no_second_copy(world):
    world.export()
    before = visible(world)
    shutil.rmtree(world.journals)
    world.export()
    assert pictures(world) == [name for name in before if "/" in name]


def test_without_a_journal_pictures_are_known_by_what_they_hold(world):
    """As after the program was set up anew, or on another computer."""
    world.export()
    before = pictures(world)
    shutil.rmtree(world.journals)
    put(world, 0, elsewhere(world, 0))
    put(world, 3, elsewhere(world, 3))
    assert world.plan().to_do == ()
    world.export()
    assert len(pictures(world)) == len(before)
    assert {Path(name).parent.name for name in pictures(world) if "IMG_0000" in name} == {
        f"cluster {int(world.grouping.home[0])}"
    }
    back(world)
    assert pictures(world) == before


@pytest.mark.parametrize("action", ["copy", "hardlink"])
def test_originals_below_the_export_folder_are_never_taken_for_exported_ones(world, action):
    world.out = world.pictures.parent
    world.export(action)
    before = tree_state(world.pictures)
    thrown = world.out / "Unsorted" / "IMG_0004.jpg"
    thrown.unlink()
    assert [(one.path, "stays out" in one.reason) for one in world.plan(action).notes] == [(thrown, True)]
    shutil.rmtree(world.journals)
    put(world, 3, elsewhere(world, 3))
    assert not [move for move in world.plan(action).moves if move.source.is_relative_to(world.pictures)]
    world.export(action)
    assert tree_state(world.pictures) == before


def test_an_export_under_way_is_waited_for(world):
    result = world.export()
    with open_journal(world.journals, result.id), pytest.raises(ExportRefused, match="another window"):
        world.plan()


def test_a_damaged_journal_is_no_reason_to_export_twice(world):
    result = world.export()
    before = [name for name in visible(world) if "/" in name]
    (world.journals / f"{result.id}.export").write_bytes(b"no journal")
    world.export()
    assert pictures(world) == before


def test_numbers_of_pictures_that_stay_do_not_change(world):
    options = {"template": "{cluster}/{cluster}_{seq}"}
    world.export(**options)
    before = set(pictures(world))
    number = int(np.flatnonzero(world.grouping.home == 1)[0])
    put(world, number, 2)
    plan = world.plan(**options)
    assert {file.image for file in plan.moved} == {number}
    world.export(**options)
    assert len(before - set(pictures(world))) == sum(file.image == number for file in plan.files)


def rated(stars: int) -> bytes:
    return new_sidecar(Marks(stars=stars))


def test_with_sidecars_only_those_are_written_again_that_say_something_else(world):
    sidecar = world.records[3].path.with_suffix(".xmp")
    sidecar.write_bytes(rated(1))
    looked_at_again(world, 3, sidecar)
    world.export(sidecars=True)
    before = tree_state(world.out)
    assert all(world.grouping.home[one.image] == UNSORTED for one in world.plan(sidecars=True).sidecars)
    assert world.export(sidecars=True).id == ""
    sidecar.unlink()
    sidecar.write_bytes(rated(5))
    result = world.export(sidecars=True)
    changed = {path.name for path in result.done if path.suffix == ".xmp"}
    assert changed == {"IMG_0003.xmp", "IMG_0003.jpg.xmp"}
    assert not [path for path in result.done if path.suffix == ".jpg"]
    assert all(b'Rating="5"' in stands(world, name).read_bytes() for name in changed)
    assert back(world).kept == ()
    assert tree_state(world.out) == before


def test_a_sidecar_says_the_cluster_that_its_picture_is_in_now(world):
    world.export(sidecars=True)
    before = tree_state(world.out)
    put(world, 3, elsewhere(world, 3))
    world.export(sidecars=True)
    cluster = f"cluster {int(world.grouping.home[3])}"
    for name in ("IMG_0003.xmp", "IMG_0003.jpg.xmp"):
        assert stands(world, name).parent.name == cluster
        assert cluster.encode() in stands(world, name).read_bytes()
    back(world)
    assert tree_state(world.out) == before


def test_of_a_sidecar_that_another_program_has_worked_in_only_the_cluster_is_put_right(world):
    world.export(sidecars=True)
    sidecar = stands(world, "IMG_0003.jpg.xmp")
    sidecar.write_bytes(rated(4))
    put(world, 3, elsewhere(world, 3))
    assert "was changed" in {one.path.name: one.reason for one in world.plan(sidecars=True).notes}[sidecar.name]
    worked_in = tree_state(world.out)
    world.export(sidecars=True)
    marks = read_marks(stands(world, sidecar.name).read_bytes())
    assert marks == Marks((f"cluster {int(world.grouping.home[3])}",), 4)
    assert stands(world, sidecar.name).parent == stands(world, "IMG_0003.jpg").parent
    back(world)
    assert tree_state(world.out) == worked_in


def test_the_collector_rests_while_a_plan_is_made_and_no_longer(world):
    seen = []
    world.export()
    plan_clusters(world.images, world.out, ExportOptions(), PlanSetting([world.pictures], world.journals), _Looks(seen))
    assert (seen[0], gc.isenabled()) == (False, True)


class _Looks(Task):
    """Asked now and then while a plan is made."""

    def __init__(self, seen: list[bool]) -> None:
        super().__init__()
        self._seen = seen

    def check(self) -> None:
        self._seen.append(gc.isenabled())


@pytest.mark.changes_pictures("an original is edited")
@pytest.mark.parametrize("taken_back", [0, 1, 2])
@pytest.mark.parametrize("first", ["copy", "original"])
def test_what_the_user_has_changed_stays_so_wherever_it_is_moved_to(tmp_path, first, taken_back):
    """Its original has been changed, too, and would be exported anew if the copy were nobody's work."""
    world = make_world(tmp_path, count=8, families=FAMILIES_OF_FIVE)
    world.export()
    record = world.records[3]
    (copy,) = world.out.rglob(record.path.name)
    for changed in (copy, record.path) if first == "copy" else (record.path, copy):
        changed.write_bytes(b"edited " + bytes(changed.parent.name, "utf-8"))
    edited, folder = copy.read_bytes(), copy.parent
    world.records[3] = record_of(3, record.path, record.companions, record.label)
    homes = world.grouping.home.copy()
    homes[3] = homes[3] % 3 + 1
    world.grouping = replace(world.grouping, home=homes)
    world.export()
    for _ in range(taken_back):
        undo_export(world.out, world.journals, Task())
        assert copy.read_bytes() == edited
        world.export()
    for _ in range(2):
        world.export()
        (stays,) = [path for path in world.out.rglob(record.path.name) if path.read_bytes() == edited]
        assert stays.parent != folder
        assert stays.parent.parent == world.out
