"""What stands in pictures as images of its own: found once, kept, filtered without another look."""

from pathlib import Path

import numpy as np
import pytest
from tests.support.coloured_things import ColourFinder, draw_scene

from shoal.delivering.export_details import SortedImages
from shoal.delivering.exporting import export_clusters, plan_clusters
from shoal.domain.errors import ModelUnavailable
from shoal.domain.export_plan import ExportOptions
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.objects import ObjectChoice
from shoal.domain.task import Task
from shoal.looking.extracted import Extraction
from shoal.looking.extraction import Caches, ExtractionOptions, extract
from shoal.looking.model_loading import require_kinds
from shoal.looking.settled import Before
from shoal.store.feature_cache import FeatureCache
from shoal.store.thumbnail_cache import ThumbnailCache

EVERY = ObjectChoice("every")


@pytest.fixture
def found(tmp_path):
    """Two pictures with a red and a blue thing each, one with a green one, one with nothing."""
    folder = tmp_path / "pictures"
    return [
        draw_scene(folder / "a.png", {"red": (20, 30, 60, 90), "blue": (100, 10, 140, 50)}),
        draw_scene(folder / "b.png", {"red": (90, 40, 150, 100), "blue": (10, 10, 30, 30)}, shade=160),
        draw_scene(folder / "c.png", {"green": (40, 20, 120, 100)}),
        draw_scene(folder / "d.png", {}),
    ]


@pytest.fixture
def caches(tmp_path):
    with FeatureCache(tmp_path / "features.sqlite") as features, ThumbnailCache(tmp_path / "small.sqlite") as small:
        yield Caches(features, small)


def looked(found, finder: ColourFinder, caches: Caches, choice: ObjectChoice, known=()) -> Extraction:
    return extract(found, finder, caches, Task(), Before(known), ExtractionOptions(objects=choice))


def names(extraction: Extraction) -> list[str]:
    return [f"{record.path.stem} {record.region.kind if record.region else '-'}" for record in extraction.records]


def test_every_object_is_an_image_with_its_own_vector(found, caches):
    extraction = looked(found, ColourFinder(), caches, EVERY)
    assert sorted(names(extraction)) == ["a blue", "a red", "b blue", "b red", "c green"]
    assert [(skipped.path.name, skipped.reason) for skipped in extraction.skipped] == [
        ("d.png", "no object was found in it")
    ]
    similarity = extraction.embeddings.vectors @ extraction.embeddings.vectors.T - np.eye(5)
    kinds = [record.region.kind for record in extraction.records]
    assert [kinds[row] for row in similarity[:4].argmax(axis=1)] == kinds[:4]  # the same thing in the other picture


def test_a_box_is_told_in_pixels_of_the_picture(found, caches):
    extraction = looked(found, ColourFinder(), caches, EVERY)
    boxes = dict(zip(names(extraction), [record.region.box for record in extraction.records], strict=True))
    assert boxes["a red"] == (20, 30, 60, 90)
    assert boxes["b red"] == (90, 40, 150, 100)


def test_a_second_run_and_another_choice_need_no_look(found, caches):
    finder = ColourFinder()
    first = looked(found, finder, caches, EVERY)
    assert finder.looks == 4
    assert first.cached_count == 0
    again = looked(found, finder, caches, EVERY, first.records)
    assert [record.id for record in again.records] == [record.id for record in first.records]
    assert again.embeddings.key == first.embeddings.key
    assert again.cached_count == 5
    assert names(looked(found, finder, caches, ObjectChoice("every", ("RED",)))) == ["a red", "b red"]
    assert names(looked(found, finder, caches, ObjectChoice("every", confidence=0.6))) == ["b red", "c green"]
    assert finder.looks == 4


def test_by_main_object_a_picture_stays_one_image(found, caches):
    extraction = looked(found, ColourFinder(), caches, ObjectChoice("main"))
    assert [record.path.name for record in extraction.records] == ["a.png", "b.png", "c.png", "d.png"]
    assert all(record.region is None for record in extraction.records)
    mains = [record.main.kind if record.main else "-" for record in extraction.records]
    assert mains == ["red", "red", "green", "-"]
    assert extraction.records[0].main.box == (20, 30, 60, 90)
    most = extraction.embeddings.vectors.argmax(axis=1).tolist()
    assert most == [0, 0, 1, 3]  # red, red, green, and the whole picture where there is nothing


def test_main_is_what_is_large_certain_and_in_the_middle(found, caches):
    extraction = looked(found, ColourFinder(), caches, ObjectChoice("main", ("blue",)))
    assert extraction.embeddings.vectors.argmax(axis=1).tolist() == [2, 2, 3, 3]


def test_an_object_of_a_moved_file_keeps_its_id(found, caches, tmp_path):
    finder = ColourFinder()
    before = looked(found, finder, caches, EVERY)
    moved = tmp_path / "elsewhere" / "a.png"
    moved.parent.mkdir()
    found[0].path.rename(moved)
    after = looked([type(found[0])(moved), *found[1:]], finder, caches, EVERY, before.records)
    assert {r.content_hash: r.id for r in after.records} == {r.content_hash: r.id for r in before.records}
    assert finder.looks == 4


def test_objects_that_are_large_enough_have_thumbnails_of_their_own(tmp_path, caches):
    scene = draw_scene(tmp_path / "large.png", {"red": (0, 0, 400, 300)}, 400, 300)
    finder = ColourFinder()
    finder.geometry = type(finder.geometry)(800, 800, "letterbox", "point")
    record = looked([scene], finder, caches, EVERY).records[0]
    assert record.content_hash != record.file_hash
    assert caches.thumbnails.missing([record.content_hash, record.file_hash]) == []


def test_whole_pictures_are_exported_once_into_the_cluster_of_their_main_object(found, caches, tmp_path):
    records = looked(found, ColourFinder(), caches, EVERY).records
    clusters = {"red": 1, "green": 2, "blue": 3}
    home = np.array([clusters[record.region.kind] for record in records], np.int32)
    named = {ClusterId(number): Cluster(ClusterId(number), kind) for kind, number in clusters.items()}
    grouping = Grouping(named, home, np.zeros(5, np.bool_), highest_id=ClusterId(3))
    images = SortedImages(grouping, records)
    plan = plan_clusters(images, tmp_path / "out", ExportOptions(documents=()))
    export_clusters(plan, images, tmp_path / "journals", Task())
    written = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").glob("*/*"))
    assert written == ["green/c.png", "red/a.png", "red/b.png"]
    assert (tmp_path / "out/red/a.png").read_bytes() == found[0].path.read_bytes()


def test_kinds_that_the_model_does_not_know_are_refused():
    with pytest.raises(ModelUnavailable, match=r"does not know 'person'. It finds: red, green, blue"):
        require_kinds(ColourFinder(), ObjectChoice("every", ("person",)))
    require_kinds(ColourFinder(), ObjectChoice("every", ("Red",)))


def test_two_equal_files_have_the_same_objects_under_two_paths(found, caches, tmp_path):
    twin = Path(tmp_path / "pictures" / "twin.png")
    twin.write_bytes(found[0].path.read_bytes())
    extraction = looked([found[0], type(found[0])(twin)], ColourFinder(), caches, EVERY)
    assert len({record.id for record in extraction.records}) == 4
    assert len({record.content_hash for record in extraction.records}) == 2
