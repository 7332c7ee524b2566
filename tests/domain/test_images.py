"""What a file's times tell of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from shoal.domain.images import (
    ContentHash,
    FileStamp,
    ImageFacts,
    ImageId,
    ImageRecord,
    Region,
    Snapshot,
    is_settled,
)

SECOND = 1_000_000_000
FACTS = ImageFacts(400, 300, "JPEG", difference_hash=5)


@pytest.mark.parametrize(
    ("modified", "later", "settled"),
    [
        (7 * SECOND + 123, SECOND // 10, False),
        (7 * SECOND + 123, SECOND // 10 + 1, True),
        (7 * SECOND, 2 * SECOND, False),  # perhaps a drive that keeps times to two seconds
        (7 * SECOND, 2 * SECOND + 1, True),
        (7 * SECOND + 123, -SECOND, False),  # from the future
    ],
)
def test_a_time_tells_of_a_later_change_once_the_drives_clock_has_moved(modified, later, settled):
    assert is_settled(FileStamp(10, modified), modified + later) is settled


def record(content: str = "a", facts: ImageFacts = FACTS) -> ImageRecord:
    return ImageRecord(ImageId(0), Path("/p/a.raw"), "", FileStamp(1, 1), ContentHash(content), facts)


@pytest.mark.parametrize(
    ("now", "same"),
    [
        (record(), True),
        (record("b"), False),
        (record(facts=replace(FACTS, width=300, height=400)), False),  # turned by a quarter
        (record(facts=replace(FACTS, difference_hash=7)), False),  # turned by a half
        (record(facts=replace(FACTS, difference_hash=None)), True),  # nobody has measured it
        (record(facts=replace(FACTS, camera="another")), True),
    ],
)
def test_a_picture_shows_the_same_if_its_contents_and_its_direction_are(now, same):
    assert now.shows_the_same_as(record()) is same
    assert record().shows_the_same_as(now) is same


def test_a_part_is_told_by_its_picture_and_its_place_alone():
    part = Region(1, 2, 11, 22, "cat", 0.9, ContentHash("a"))
    assert part.box == (1, 2, 11, 22)
    assert part.area == 200
    assert part.content_hash == replace(part, kind="dog", confidence=0.1).content_hash
    others = [replace(part, left=0), replace(part, bottom=23), replace(part, picture=ContentHash("b"))]
    assert len({part.content_hash, *(other.content_hash for other in others)}) == 4
    assert replace(record("x"), region=part).file_hash == "a"
    assert record("x").file_hash == "x"


def test_drives_that_number_files_anew_are_told_by_size_and_time():
    seen = Snapshot(3, 4, 500, 600)
    assert seen.stamp == FileStamp(500, 600)
