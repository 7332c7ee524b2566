"""A date that somebody edited in another program stands in a sidecar, and counts."""

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.support.picture_files import rendered, saved
from tests.support.picture_folders import MeanColours
from tests.support.written_facts import DIGITIZED, ORIGINAL, exif, jpeg_with, xmp

from shoal.domain.companions import sidecars_of
from shoal.domain.images import FoundImage, ImageRecord
from shoal.domain.task import Task
from shoal.looking.extraction import Caches, extract
from shoal.looking.settled import NEVER, Before, settled
from shoal.store.feature_cache import FeatureCache

LONG_AGO = 1_600_000_000
LATER_NS = 10**10
EDITED = xmp({"exif:DateTimeOriginal": "2011-07-19T10:11:12.5"})


@pytest.fixture
def caches(tmp_path: Path) -> Iterator[Caches]:
    with FeatureCache(tmp_path / "features.sqlite") as features:
        yield Caches(features)


@pytest.fixture
def image(tmp_path: Path) -> FoundImage:
    return written(tmp_path / "a.jpg", {ORIGINAL: "2024:05:31 14:03:59"})


def written(path: Path, details: dict[int, str]) -> FoundImage:
    path.write_bytes(jpeg_with(saved(rendered(), "JPEG"), exif=exif({}, details)))
    os.utime(path, (LONG_AGO, LONG_AGO))
    return FoundImage(path)


def beside(image: FoundImage, packet: bytes, name: str = "a.xmp") -> FoundImage:
    path = image.path.with_name(name)
    path.write_bytes(packet)
    os.utime(path, (LONG_AGO, LONG_AGO))
    return replace(image, companions=(*image.companions, path))


def look(image: FoundImage, caches: Caches, before: Before = NEVER) -> ImageRecord:
    return extract([image], MeanColours(), caches, Task(), before).records[0]


def after(record: ImageRecord) -> Before:
    """A look so late that no change before it can be missed."""
    return Before([record], time.time_ns() + LATER_NS)


def test_a_date_in_a_sidecar_wins(image, caches):
    assert look(image, caches).facts.taken == "2024-05-31T14:03:59"
    assert look(beside(image, EDITED), caches).facts.taken == "2011-07-19T10:11:12.5"


def test_the_pictures_own_sidecar_comes_before_that_of_its_family(image, caches):
    family = beside(image, xmp({"photoshop:DateCreated": "1999-01-01T00:00:00"}))
    assert look(beside(family, EDITED, "A.JPG.XMP"), caches).facts.taken == "2011-07-19T10:11:12.5"
    both = beside(beside(family, EDITED, "a_01.jpg.xmp"), EDITED, "a.jpg.xmp")
    assert [path.name for path in sidecars_of(both.path, both.companions)] == ["a.jpg.xmp", "a.xmp", "a_01.jpg.xmp"]


@pytest.mark.parametrize("packet", [b"", b"no XMP", xmp({"xmp:Rating": "3"}), xmp({"xmp:CreateDate": "2020-01-01"})])
def test_a_sidecar_that_does_not_say_when_changes_nothing(image, caches, packet):
    assert look(beside(image, packet), caches).facts.taken == "2024-05-31T14:03:59"


def test_the_date_of_a_scan_in_a_sidecar_counts_before_that_in_the_file(caches, tmp_path):
    scanned = written(tmp_path / "a.jpg", {DIGITIZED: "2024:05:31 14:03:59"})
    assert look(beside(scanned, xmp({"xmp:CreateDate": "2020-01-01T00:00:01"})), caches).facts.taken == (
        "2020-01-01T00:00:01"
    )
    a_day = beside(scanned, xmp({"photoshop:DateCreated": "2024-05-31"}))
    assert look(a_day, caches).facts.taken == "2024-05-31T14:03:59"
    gone = replace(scanned, companions=(tmp_path / "gone.xmp",))
    assert look(gone, caches).facts.taken == "2024-05-31T14:03:59"


def test_an_edit_shows_at_the_next_look_and_so_does_its_end(image, caches):
    paired = beside(image, EDITED)
    first = look(paired, caches)
    assert settled({image.path: paired}, after(first)) == {image.path: first}
    beside(image, EDITED.replace(b"2011", b"2012"))  # of the same size, and as old
    os.utime(paired.companions[0], ns=((time.time_ns() + 2 * LATER_NS,) * 2))
    second = look(paired, caches, after(first))
    assert second.facts.taken == "2012-07-19T10:11:12.5"
    assert look(image, caches, after(second)).facts.taken == "2024-05-31T14:03:59"


def test_an_older_sidecar_put_in_its_place_is_noticed(image, caches):
    paired = beside(image, EDITED)
    first = look(paired, caches)
    looked_ns = time.time_ns()
    older = image.path.with_name("backup")
    older.write_bytes(EDITED.replace(b"2011", b"2010"))
    os.utime(older, (LONG_AGO, LONG_AGO))
    shutil.move(older, paired.companions[0])
    assert look(paired, caches, Before([first], looked_ns)).facts.taken == "2010-07-19T10:11:12.5"
