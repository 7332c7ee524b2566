"""Objects written as pictures of their own."""

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.processes import errands
from tests.support.coloured_things import COLOURS, ColourFinder, draw_scene
from tests.support.export_world import ExportWorld
from tests.support.picture_files import saved
from tests.support.untouched import as_it_is_now, tree_state

from shoal.delivering.export_details import object_of, shown_by, whole_pictures
from shoal.delivering.exporting import past_exports, resume_export, undo_export
from shoal.domain.errors import Cancelled, ExportRefused
from shoal.domain.export_plan import TABLES
from shoal.domain.focus import SUBJECT
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.images import FoundImage
from shoal.domain.marks import Marks
from shoal.domain.objects import Look, ObjectChoice
from shoal.domain.task import Progress, Task
from shoal.exports.sidecars import new_sidecar
from shoal.exports.tables import read_clusters_table
from shoal.exports.xmp_marks import read_marks
from shoal.imaging.limits import DecodeLimits
from shoal.looking.extraction import Caches, ExtractionOptions, extract
from shoal.looking.picture_decoder import PictureDecoder
from shoal.store.feature_cache import FeatureCache
from shoal.store.thumbnail_cache import ThumbnailCache

CROPS = ["blue/a blue 1.jpg", "blue/b blue 1.jpg", "red/a red 1 (2).jpg", "red/a red 1.jpg", "red/b red 1.jpg"]


def looked_at(folder: Path, found: Sequence[FoundImage], look: Look = "every") -> ExportWorld:
    """Sorted by the colour of the thing, or of the main one; what has none is in Unsorted."""
    beside = folder.parent
    with FeatureCache(beside / "features.sqlite") as features, ThumbnailCache(beside / "small.sqlite") as small:
        options = ExtractionOptions(objects=ObjectChoice(look))
        records = extract(found, ColourFinder(), Caches(features, small), Task(), options=options).records
    names = {ClusterId(number): Cluster(ClusterId(number), kind) for number, kind in enumerate(("red", "blue"), 1)}
    things = [record.region or record.main for record in records]
    home = np.array([{"red": 1, "blue": 2}.get(thing.kind, 0) if thing else 0 for thing in things], np.int32)
    grouping = Grouping(names, home, np.zeros(len(home), np.bool_), highest_id=ClusterId(2))
    return ExportWorld(folder, beside / "out", beside / "journals", list(records), grouping)


@pytest.fixture
def scenes(tmp_path):
    """Three pictures, two of one name, with a red thing each and two blue ones."""
    folder = tmp_path / "pictures"
    return [
        draw_scene(folder / "a.png", {"red": (20, 30, 60, 90), "blue": (100, 10, 140, 50)}),
        draw_scene(folder / "b.png", {"red": (90, 40, 150, 100), "blue": (0, 0, 30, 30)}, shade=160),
        draw_scene(folder / "more" / "a.png", {"red": (40, 20, 120, 100)}),
    ]


@pytest.fixture
def world(tmp_path, scenes):
    return looked_at(tmp_path / "pictures", scenes)


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
    plan = world.plan(crops=True, documents=())
    assert plan.to_do == ()
    assert plan.bytes_needed == 0
    assert plan.conflicts == world.plan(crops=True, documents=()).conflicts
    (world.out / "red/a red 1.jpg").write_bytes(b"mine")
    world.export(crops=True, documents=())
    assert (world.out / "red/a red 1.jpg").read_bytes() == b"mine"


def test_an_export_that_was_cut_off_goes_on(world):
    def stop(progress: Progress) -> None:
        if progress.done == 3:
            task.cancel()

    task = Task(stop)
    with pytest.raises(Cancelled):
        world.export(task=task, crops=True)
    (cut_off,) = past_exports(world.journals)
    assert (cut_off.crops, cut_off.action) == (True, "copy")
    said: set[str] = set()
    resumed = resume_export(world.out, world.journals, Task(lambda progress: said.add(progress.message)))
    assert resumed.left_out == ()
    assert said == {"Cutting out objects"}
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


def test_of_pictures_sorted_by_their_main_object_that_is_cut_out(tmp_path, scenes):
    empty = draw_scene(tmp_path / "pictures" / "empty.png", {})
    world = looked_at(tmp_path / "pictures", [*scenes, empty], "main")
    result = world.export(crops=True, documents=(*TABLES, "contact-sheet.html"))
    assert written(world) == ["red/a red 1 (2).jpg", "red/a red 1.jpg", "red/b red 1.jpg"]
    assert [(one.path.name, one.reason) for one in result.left_out] == [("empty.png", "no object was found in it")]
    with Image.open(world.out / "red/a red 1.jpg") as crop:
        assert crop.size == (44, 64)
    assert undo_export(world.out, world.journals, Task()).kept == ()
    assert written(world) == []
    world.export()
    assert written(world) == ["Unsorted/empty.png", "red/a (2).png", "red/a.png", "red/b.png"]


def test_the_part_that_a_network_looks_at_is_no_object_to_cut_out(tmp_path, scenes):
    world = looked_at(tmp_path / "pictures", scenes, "main")
    world.records = [replace(one, main=replace(one.main, kind=SUBJECT)) for one in world.records]
    assert not any(map(object_of, world.records))
    assert shown_by(world.records, crops=True) == {one.id: (one.content_hash,) * 2 for one in world.records}
    with pytest.raises(ExportRefused, match="nothing can be cut out"):
        world.plan(crops=True)


def test_a_small_picture_of_the_object_goes_before_one_of_the_whole(tmp_path, scenes):
    record = looked_at(tmp_path / "pictures", scenes, "main").records[0]
    assert shown_by([record], crops=True) == {record.id: (record.main.content_hash, record.content_hash)}
    assert shown_by([record], crops=False) == {record.id: (record.content_hash,)}


def test_a_sidecar_beside_a_crop_says_what_was_said_about_the_picture(tmp_path):
    scene = draw_scene(tmp_path / "pictures" / "a.png", {"red": (20, 30, 60, 90)})
    sidecar = scene.path.with_suffix(".xmp")
    sidecar.write_bytes(new_sidecar(Marks(("holiday",), 5, "Blue")))
    world = looked_at(tmp_path / "pictures", [replace(scene, companions=(sidecar,))])
    world.export(crops=True, sidecars=True)
    assert written(world) == ["red/a red 1.jpg", "red/a red 1.jpg.xmp", "red/a red 1.xmp"]
    for name in ("a red 1.xmp", "a red 1.jpg.xmp"):
        assert read_marks((world.out / "red" / name).read_bytes()) == Marks(("red", "holiday"), 5, "Blue")


@pytest.fixture(scope="module")
def decoder():
    with PictureDecoder(1, unpack=errands.preview_or_crash) as decoder:
        yield decoder


@pytest.mark.parametrize("ending", [".jpg", ".tif", ".webp", ".avif", ".heic"])
def test_a_crop_is_upright_and_as_large_as_in_the_picture_wherever_that_is_unpacked(tmp_path, decoder, ending):
    """The file lies on its side, and says so; the picture is far larger than what a network sees of it."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    upright = np.full((1200, 900, 3), 128, np.uint8)
    upright[600:1000, 100:400] = COLOURS["red"]
    stored, exif = Image.fromarray(upright).transpose(Image.Transpose.ROTATE_90), Image.Exif()
    exif[0x0112] = 6
    path = folder / f"a{ending}"
    if ending == ".heic":
        path.write_bytes(saved(Image.fromarray(upright), "HEIF", quality=95))
    else:
        stored.save(path, exif=exif)
    world = looked_at(folder, [FoundImage(path)])
    world.preview = decoder.preview_within(DecodeLimits())
    assert world.export(crops=True).left_out == ()
    with Image.open(world.out / "red/a red 1.jpg") as crop:
        width, height = crop.size
        pixels = np.array(crop, int)
    assert 310 <= width <= 370
    assert 420 <= height <= 470  # the box is told to the pixel of what the network saw
    assert np.abs(pixels[height // 2, width // 2] - COLOURS["red"]).max() < 30
    assert np.abs(pixels[0, 0] - 128).max() < 40


def test_a_decoder_that_crashes_on_one_picture_costs_its_objects_and_nothing_else(tmp_path, decoder, scenes):
    poison = draw_scene(tmp_path / "pictures" / "poison.webp", {"red": (20, 30, 60, 90)})
    with poison.path.open("ab") as file:
        file.write(b"crash")
    as_it_is_now(tmp_path / "pictures")
    world = looked_at(tmp_path / "pictures", [*scenes, poison])
    world.preview = decoder.preview_within(DecodeLimits())
    result = world.export(crops=True)
    assert [(one.path.name, one.reason) for one in result.left_out] == [
        ("poison.webp", "its decoder crashed on it, twice")
    ]
    assert written(world) == CROPS
