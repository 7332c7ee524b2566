"""Duplicates moved out of the way, with what belongs to them, and back again."""

from pathlib import Path

from shoal.delivering.exporting import undo_export
from shoal.delivering.moving_aside import move_aside
from shoal.domain.images import ContentHash, FileStamp, ImageFacts, ImageId, ImageRecord
from shoal.domain.task import Task


def test_they_go_with_their_sidecars_and_come_back(tmp_path: Path):
    shoot, aside, journals = (tmp_path / name for name in ("shoot", "aside", "journals"))
    for folder in (shoot / "day", aside, journals):
        folder.mkdir(parents=True)
    picture, sidecar, stays = (shoot / "day" / name for name in ("a.jpg", "a.xmp", "b.jpg"))
    for file in (picture, sidecar, stays):
        file.write_bytes(file.name.encode())
    stamp = FileStamp(picture.stat().st_size, picture.stat().st_mtime_ns)
    record = ImageRecord(ImageId(3), picture, "day", stamp, ContentHash("0" * 32), ImageFacts(4, 4, "JPEG"), (sidecar,))
    assert move_aside([record], aside, journals, Task()) >= 1
    (folder,) = aside.iterdir()
    assert folder.name.startswith("Duplicates ")
    assert sorted(file.name for file in (folder / "day").iterdir()) == ["a.jpg", "a.xmp"]
    assert [file.name for file in (shoot / "day").iterdir()] == ["b.jpg"]
    undo_export(folder, journals, Task())
    assert sorted(file.name for file in (shoot / "day").iterdir()) == ["a.jpg", "a.xmp", "b.jpg"]
