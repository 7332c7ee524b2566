"""Objects written as pictures of their own."""

import io

import numpy as np
import pytest
from PIL import Image
from tests.support.coloured_things import COLOURS, ColourFinder, draw_scene
from tests.support.export_world import ExportWorld
from tests.support.untouched import tree_state

from shoal.domain.errors import Cancelled, ExportRefused
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.objects import ObjectChoice
from shoal.domain.task import Progress, Task
from shoal.exports.tables import read_clusters_table
from shoal.services.export_details import whole_pictures
from shoal.services.exporting import resume_export, undo_export
from shoal.services.extraction import Caches, ExtractionOptions, extract
from shoal.store.feature_cache import FeatureCache
from shoal.store.thumbnail_cache import ThumbnailCache

CROPS = ["blue/a blue 1.jpg", "blue/b blue 1.jpg", "red/a red 1 (2).jpg", "red/a red 1.jpg", "red/b red 1.jpg"]


@pytest.fixture
def world(tmp_path):
    """Three pictures, two of one name, with a red thing each and two blue ones; sorted by colour."""
    folder = tmp_path / "pictures"
    found = [
        draw_scene(folder / "a.png", {"red": (20, 30, 60, 90), "blue": (100, 10, 140, 50)}),
        draw_scene(folder / "b.png", {"red": (90, 40, 150, 100), "blue": (0, 0, 30, 30)}, shade=160),
        draw_scene(folder / "more" / "a.png", {"red": (40, 20, 120, 100)}),
    ]
    with FeatureCache(tmp_path / "features.sqlite") as features, ThumbnailCache(tmp_path / "small.sqlite") as small:
        options = ExtractionOptions(objects=ObjectChoice("every"))
        records = extract(found, ColourFinder(), Caches(features, small), Task(), (), options).records
    names = {ClusterId(number): Cluster(ClusterId(number), kind) for number, kind in enumerate(("red", "blue"), 1)}
    home = np.array([1 if record.region.kind == "red" else 2 for record in records], np.int32)
    grouping = Grouping(names, home, np.zeros(len(home), np.bool_), highest_id=ClusterId(2))
    return ExportWorld(folder, tmp_path / "out", tmp_path / "journals", records, grouping)


def written(world: ExportWorld) -> list[str]:
    return sorted(path.relative_to(world.out).as_posix() for path in world.out.glob("*/*"))


def test_every_object_is_written_into_its_cluster_and_the_originals_stay(world):
    before = tree_state(world.pictures)
    plan = world.plan(crops=True)
    assert sorted(file.target.relative_to(world.out).as_posix() for file in plan.files) == CROPS
    result = world.export(crops=True)
    assert written(world) == CROPS
    assert result.left_out == ()
    assert plan.bytes_needed >= sum(path.stat().st_size for path in world.out.glob("*/*"))  # flat colours need little
    assert tree_state(world.pictures) == before
    rows = read_clusters_table((world.out / "clusters.csv").read_bytes())
    assert sorted((row.path, row.cluster) for row in rows) == [(path, path.split("/")[0]) for path in CROPS]


def test_a_crop_shows_the_object_with_a_little_around_it_and_ends_where_the_picture_ends(world):
    world.export(crops=True)
    for name, size in {"red/a red 1.jpg": (44, 64), "blue/b blue 1.jpg": (31, 31)}.items():
        with Image.open(io.BytesIO((world.out / name).read_bytes())) as crop:
            assert crop.format == "JPEG"
            assert crop.size == size
            middle = np.array(crop, int)[size[1] // 2, size[0] // 2]
            assert np.abs(middle - COLOURS[name.split("/")[0]]).max() < 12
    with Image.open(world.out / "red/a red 1.jpg") as crop:
        assert np.abs(np.array(crop, int)[0, 0] - 128).max() < 30  # the margin shows what is around it


def test_a_second_export_knows_the_crops_that_are_there(world):
    world.export(crops=True)
    plan = world.plan(crops=True, tables=False)
    assert plan.to_do == ()
    assert plan.bytes_needed == 0
    assert plan.conflicts == world.plan(crops=True, tables=False).conflicts
    (world.out / "red/a red 1.jpg").write_bytes(b"mine")
    world.export(crops=True, tables=False)
    assert (world.out / "red/a red 1.jpg").read_bytes() == b"mine"


def test_an_export_that_was_cut_off_goes_on(world):
    def stop(progress: Progress) -> None:
        if progress.done == 3:
            task.cancel()

    task = Task(stop)
    with pytest.raises(Cancelled):
        world.export(task=task, crops=True)
    assert resume_export(world.out, world.journals, Task()).left_out == ()
    assert written(world) == CROPS


def test_undo_takes_crops_back_even_if_a_picture_has_gone_since(world):
    world.export(crops=True)
    (world.pictures / "a.png").unlink()
    (world.out / "red/b red 1.jpg").write_bytes(b"edited")
    outcome = undo_export(world.out, world.journals, Task())
    assert [one.path.name for one in outcome.kept] == ["b red 1.jpg"]
    assert written(world) == ["red/b red 1.jpg"]


def test_a_picture_that_changed_after_the_plan_is_left_out_with_a_reason(world):
    plan = world.plan(crops=True)
    assert plan.left_out == ()
    (world.pictures / "a.png").write_bytes(b"something else")
    result = world.export(crops=True)
    assert {one.reason for one in result.left_out} == {"it has changed since it was looked at"}
    assert "red/b red 1.jpg" in written(world)


def test_what_cannot_be_done_with_crops_is_refused(world):
    with pytest.raises(ExportRefused, match="cannot be moved or linked"):
        world.plan("move", crops=True)
    world.records = whole_pictures(world.records)
    with pytest.raises(ExportRefused, match="nothing can be cut out"):
        world.plan(crops=True)
