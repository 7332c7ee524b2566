"""Which of the things found in a picture it is about, and where these are cut out."""

from pathlib import Path

import pytest

from shoal.domain.crops import CropNames, crop_of, read_crop
from shoal.domain.images import ContentHash, FileStamp, ImageFacts, ImageId, ImageRecord, Region
from shoal.domain.objects import WHOLE_PICTURES, ObjectChoice

PICTURE = ContentHash("p" * 32)


def region(left: int, top: int, right: int, bottom: int, kind: str = "cat", confidence: float = 0.9) -> Region:
    return Region(left, top, right, bottom, kind, confidence, PICTURE)


SMALL, LARGE = region(40, 40, 60, 60), region(20, 20, 80, 80)
ASIDE, SURE = region(0, 0, 60, 60), region(40, 40, 60, 60, "cat", 1.0)


@pytest.mark.parametrize(
    ("regions", "main"),
    [
        ([SMALL, LARGE], LARGE),
        ([LARGE, ASIDE], LARGE),  # as large, but in a corner
        ([SMALL, SURE], SURE),
        ([region(0, 45, 10, 55), region(45, 0, 55, 10), SMALL], SMALL),
        ([region(10, 45, 30, 65), region(35, 40, 55, 60)], region(35, 40, 55, 60)),
        ([region(45, 10, 65, 30), region(40, 35, 60, 55)], region(40, 35, 60, 55)),
        ([], None),
    ],
)
def test_a_picture_is_about_what_is_large_certain_and_in_the_middle(regions, main):
    assert ObjectChoice("main").main(regions, 100, 100) == main
    assert ObjectChoice("main").main(regions[::-1], 100, 100) == main


def test_in_a_wide_picture_the_middle_is_in_the_middle_of_each_way():
    near = region(190, 45, 210, 55)
    for far in (region(90, 45, 110, 55), region(290, 45, 310, 55), region(190, 5, 210, 15), region(190, 85, 210, 95)):
        assert ObjectChoice("main").main([far, near], 400, 100) == near


def test_only_kinds_and_certainty_that_were_asked_for_count():
    cat, dog, unsure = region(0, 0, 9, 9), region(0, 0, 9, 9, "Dog"), region(0, 0, 9, 9, "cat", 0.25)
    assert ObjectChoice("every").among([cat, dog, unsure]) == (cat, dog, unsure)
    assert ObjectChoice("every", ("CAT",)).among([cat, dog, unsure]) == (cat, unsure)
    assert ObjectChoice("every", ("dog",), 0.9).among([cat, dog, unsure]) == (dog,)
    assert ObjectChoice("every", confidence=0.26).among([cat, dog, unsure]) == (cat, dog)


def test_what_is_asked_for_is_part_of_the_key_unless_pictures_are_whole():
    assert WHOLE_PICTURES.settings == ObjectChoice("whole", ("cat",), 0.5).settings == {}
    first, same = ObjectChoice("main", ("Dog", "cat")), ObjectChoice("main", ("CAT", "dog"))
    assert first.settings == same.settings == {"look": "main", "kinds": "cat,dog", "confidence": 0.25}
    assert ObjectChoice("every").settings != ObjectChoice("main").settings


@pytest.mark.parametrize(
    ("box", "cut"),
    [
        ((100, 200, 200, 250), (96, 196, 204, 254)),  # 4% of the longer side all around
        ((200, 100, 250, 200), (196, 96, 254, 204)),
        ((2, 3, 102, 53), (0, 0, 106, 57)),
        ((350, 240, 399, 299), (348, 238, 400, 300)),
        ((0, 0, 400, 300), (0, 0, 400, 300)),
    ],
)
def test_a_crop_has_a_little_of_what_is_around_as_far_as_the_picture_goes(box, cut):
    crop = crop_of(region(*box), 400, 300)
    assert (crop.left, crop.top, crop.right, crop.bottom) == cut
    assert (crop.width, crop.height, crop.picture) == (400, 300, PICTURE)
    assert crop.part == ",".join(map(str, cut))
    assert crop.likely_bytes == round((cut[2] - cut[0]) * (cut[3] - cut[1]) * 0.6)
    assert read_crop(crop.as_bytes()) == crop


def record(path: str, part: Region | None) -> ImageRecord:
    return ImageRecord(ImageId(0), Path(path), "", FileStamp(1, 1), PICTURE, ImageFacts(400, 300, "JPEG"), region=part)


def test_objects_are_numbered_by_kind_within_their_picture():
    names = CropNames()
    cat, dog = region(0, 0, 9, 9), region(0, 0, 9, 9, "dog")
    met = [("a/x.cr2", cat), ("a/x.cr2", dog), ("a/x.cr2", cat), ("b/x.cr2", cat)]
    stems = ["x cat 1", "x dog 1", "x cat 2", "x cat 1"]
    for (path, part), stem in zip(met, stems, strict=True):
        assert names.values(record(path, part)) == {"stem": stem, "name": f"{stem}.jpg", "ext": "jpg"}
    assert names.values(record("a/x.cr2", None)) == {}
