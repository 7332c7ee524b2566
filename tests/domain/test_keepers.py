"""Which of a group of duplicates stays."""

from pathlib import Path

import pytest

from shoal.domain.images import ContentHash, FileStamp, ImageFacts, ImageId, ImageRecord
from shoal.domain.keepers import Keeping


def record(number: int, path: str, side: int, sharp: float, taken: str | None, *companions: str) -> ImageRecord:
    facts = ImageFacts(side, side, "JPEG", taken, sharpness=sharp)
    beside = tuple(map(Path, companions))
    return ImageRecord(ImageId(number), Path(path), "", FileStamp(1, 1), ContentHash(f"{number:032x}"), facts, beside)


SMALL_WITH_RAW = record(0, "/p/deep/down/a.jpg", 100, 0.1, "2024-05-01T10:00:02", "/p/deep/down/a.nef")
LARGE = record(1, "/p/deep/b.jpg", 900, 0.3, "2024-05-01T10:00:01")
SHARP = record(2, "/p/deep/down/c.jpg", 500, 0.9, None)
OLD = record(3, "/p/d.jpg", 300, 0.2, "2024-05-01T09:00:00")
GROUP = [SMALL_WITH_RAW, LARGE, SHARP, OLD]


@pytest.mark.parametrize(
    ("rule", "stays"),
    [("raw", SMALL_WITH_RAW), ("largest", LARGE), ("sharpest", SHARP), ("oldest", OLD), ("folder", OLD)],
)
def test_the_first_rule_decides(rule: str, stays: ImageRecord):
    assert Keeping((rule,)).kept(GROUP) == [stays]
    assert Keeping((rule,)).spare(GROUP) == [one for one in GROUP if one is not stays]


def test_where_the_first_rule_sees_no_difference_the_next_one_does():
    twin = record(4, "/p/deep/e.jpg", 900, 0.8, None)
    assert Keeping(("largest", "sharpest")).kept([LARGE, twin]) == [twin]
    assert Keeping(("largest", "raw")).kept([twin, LARGE]) == [LARGE], "the first by path"


def test_all_in_the_reference_folder_stays_and_nothing_else_need():
    keeping = Keeping(reference=Path("/p/deep/down"))
    assert keeping.kept(GROUP) == [SMALL_WITH_RAW, SHARP]
    assert keeping.spare(GROUP) == [LARGE, OLD]
    assert Keeping(reference=Path("/elsewhere")).kept(GROUP) == [SMALL_WITH_RAW]


def test_the_reference_folder_may_be_written_with_a_way_round_or_be_a_link(tmp_path: Path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    inside, outside = (
        record(n, str(tmp_path / f"{where}.jpg"), 9, 0.1, None) for n, where in ((0, "real/a"), (1, "b"))
    )
    for reference in (tmp_path / "real", tmp_path / "link", tmp_path / "real" / ".." / "real"):
        assert Keeping(reference=reference).kept([outside, inside]) == [inside]
