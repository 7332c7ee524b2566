"""Stars, flags and labels in the sidecars beside the pictures: planned, written, read by other programs, taken back."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from tests.support.export_world import record_of
from tests.support.foreign_sidecars import listed, sidecar, simple, words
from tests.support.other_programs import (
    by_rule_of_darktable,
    by_rule_of_digikam,
    digikam_reads,
    exiftool_reads,
    exiv2_reads,
    has_digikam,
)
from tests.support.picture_files import rendered, saved
from tests.support.untouched import watch
from tests.support.written_facts import jpeg_with, keywords, xmp

from shoal.delivering.mark_writing import last_writing, plan_marks, take_back, write_marks
from shoal.domain.marks import Marks
from shoal.domain.task import Task
from shoal.exports.xmp_marks import read_marks
from shoal.files.changing import temporary_beside

JPEG = saved(rendered(), "JPEG")
NOT = -1


@pytest.fixture
def records(tmp_path: Path) -> Path:
    return tmp_path / "records"


def shot(tmp_path: Path, number: int = 0, picture: bytes = JPEG, **beside: bytes):
    """`beside`: sidecars by their endings, `xmp` and `jpg_xmp`; a RAW file as `cr2`."""
    folder = tmp_path / "pictures"
    folder.mkdir(exist_ok=True)
    path = folder / f"IMG_{number}.jpg"
    path.write_bytes(picture)
    companions = [path.with_name(f"IMG_{number}.{ending.replace('_', '.')}") for ending in beside]
    for companion, content in zip(companions, beside.values(), strict=True):
        companion.write_bytes(content)
    return record_of(number, path, companions)


def written(said, records: Path, names="full"):
    plan = plan_marks(said, names, Task())
    return write_marks(plan, records, Task())


def test_every_sidecar_of_a_shot_gets_the_same_and_the_picture_is_not_touched(tmp_path, records):
    title = "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Fjord</rdf:li></rdf:Alt></dc:title>"
    record = shot(
        tmp_path,
        xmp=sidecar('xmp:Rating="2"', title),
        jpg_xmp=sidecar('xmp:Rating="4" digiKam:PickLabel="3"', listed("dc:subject", ["C"])),
    )
    watch(record.path)
    done = written([(record, (5, NOT, 4))], records).done
    assert [path.name for path in done] == ["IMG_0.jpg.xmp", "IMG_0.xmp"]
    for path in done:
        marks = read_marks(path.read_bytes())
        assert (marks.stars, marks.label) == (5, "Green")
    assert b"Fjord" in record.path.with_suffix(".xmp").read_bytes()
    assert words(record.path.with_suffix(".jpg.xmp").read_bytes(), "dc:subject") == ["C"]
    assert simple(record.path.with_suffix(".jpg.xmp").read_bytes(), "digiKam:PickLabel") == ["3"]


@pytest.mark.parametrize(("names", "expected"), [("full", "IMG_0.jpg.xmp"), ("stem", "IMG_0.xmp")])
def test_a_first_sidecar_is_called_as_asked_and_holds_what_the_picture_says(tmp_path, records, names, expected):
    inside = jpeg_with(JPEG, xmp=xmp({"xmp:Rating": "2"}, keywords(["sea"])))
    record = shot(tmp_path, picture=inside)
    assert plan_marks([(record, (NOT, 3, NOT))], None, Task()).unasked == 1
    (made,) = written([(record, (NOT, 3, NOT))], records, names).done
    assert made.name == expected
    assert read_marks(made.read_bytes()) == Marks(("sea",), 2, pick=3)


def test_both_pictures_of_a_shot_get_one_where_programs_want_it_by_the_whole_name(tmp_path, records):
    record = shot(tmp_path, cr2=b"raw")
    done = written([(record, (3, NOT, NOT))], records).done
    assert sorted(path.name for path in done) == ["IMG_0.cr2.xmp", "IMG_0.jpg.xmp"]


def test_a_name_that_another_picture_would_share_is_not_used(tmp_path, records):
    record = shot(tmp_path)
    record.path.with_suffix(".png").write_bytes(b"another picture")
    (made,) = written([(record, (3, NOT, NOT))], records, "stem").done
    assert made.name == "IMG_0.jpg.xmp"


def test_a_sidecar_that_came_since_the_folder_was_looked_at_is_merged_into(tmp_path, records):
    record = shot(tmp_path)
    record.path.with_suffix(".XMP").write_bytes(sidecar('xmp:Rating="1" acme:odd="kept"'))
    (changed,) = written([(record, (3, NOT, NOT))], records).done
    assert changed.name == "IMG_0.XMP"
    assert b'xmp:Rating="3"' in changed.read_bytes()
    assert b"kept" in changed.read_bytes()


def test_what_says_nothing_new_makes_no_file_and_damage_is_told(tmp_path, records):
    silent, damaged = shot(tmp_path, 0), shot(tmp_path, 1, xmp=b"<x:xmpmeta>")
    plan = plan_marks([(silent, (0, 0, 0)), (damaged, (3, NOT, NOT)), (silent, (NOT, NOT, NOT))], "full", Task())
    assert not plan.changes
    assert [one.path.name for one in plan.lacking] == ["IMG_1.xmp"]


def test_it_is_taken_back_except_where_somebody_has_written_since(tmp_path, records):
    before = sidecar('xmp:Rating="2"')
    kept, new, other = shot(tmp_path, 0, xmp=before), shot(tmp_path, 1), shot(tmp_path, 2, xmp=before)
    written([(one, (5, NOT, NOT)) for one in (kept, new, other)], records)
    theirs = sidecar('xmp:Rating="1"')
    other.path.with_suffix(".xmp").write_bytes(theirs)
    outcome = take_back(records, Task())
    assert kept.path.with_suffix(".xmp").read_bytes() == before
    assert not new.path.with_suffix(".jpg.xmp").exists()
    assert other.path.with_suffix(".xmp").read_bytes() == theirs
    assert [one.path.name for one in outcome.kept] == ["IMG_2.xmp"]
    assert last_writing(records) is None
    assert not take_back(records, Task()).done


def test_a_sidecar_that_changes_between_plan_and_writing_stays(tmp_path, records):
    record = shot(tmp_path, xmp=sidecar('xmp:Rating="2"'))
    plan = plan_marks([(record, (5, NOT, NOT))], "full", Task())
    record.path.with_suffix(".xmp").write_bytes(sidecar('xmp:Rating="3"'))
    result = write_marks(plan, records, Task())
    assert not result.done
    assert [one.reason for one in result.kept] == ["it has changed since"]
    assert sorted(path.name for path in record.path.parent.iterdir()) == ["IMG_0.jpg", "IMG_0.xmp"]


def test_a_second_writing_changes_nothing(tmp_path, records):
    record = shot(tmp_path, xmp=sidecar('xmp:Rating="2"'))
    written([(record, (5, 1, 3))], records)
    assert not plan_marks([(record, (5, 1, 3))], "full", Task()).changes


@pytest.mark.parametrize(
    ("verdict", "stars", "pick", "label"),
    [((4, NOT, NOT), 4, 0, ""), ((4, 1, NOT), -1, 1, ""), ((NOT, 3, 6), 0, 3, "Purple"), ((2, 0, 1), 2, 0, "Red")],
)
def test_other_programs_agree(tmp_path, records, verdict, stars, pick, label):
    record = shot(tmp_path, jpg_xmp=sidecar('xmp:Rating="0" MicrosoftPhoto:Rating="75"', listed("dc:subject", ["sea"])))
    (path,) = written([(record, verdict)], records).done
    darktable, digikam = by_rule_of_darktable(record.path), by_rule_of_digikam(record.path)
    assert (darktable.stars, darktable.label) == (stars, label)
    if verdict[0] != NOT:
        assert (digikam.stars, digikam.pick, digikam.label) == (max(0, stars), pick, label)
    if shutil.which("exiftool"):
        assert exiftool_reads([path])[path.name].stars == stars
    if shutil.which("exiv2"):
        assert exiv2_reads(path).stars == stars
    if has_digikam() and verdict[0] != NOT:
        assert digikam_reads([record.path])[record.path.name] == digikam


CHILD = """
    import sys
    from pathlib import Path
    from tests.delivering.test_mark_writing import in_folder
    from shoal.delivering.mark_writing import plan_marks, write_marks
    from shoal.domain.task import Task
    folder, records = map(Path, sys.argv[1:])
    plan = plan_marks([(one, (5, 1, 4)) for one in in_folder(folder)], "full", Task())
    print("ready", flush=True)
    write_marks(plan, records, Task())
"""


def in_folder(folder: Path):
    return [
        record_of(number, path, [path.with_suffix(".xmp")] if path.with_suffix(".xmp").exists() else [])
        for number, path in enumerate(sorted(folder.glob("*.jpg")))
    ]


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 there")
@pytest.mark.parametrize("milliseconds", [1, 8, 30, 90])
def test_kill_leaves_each_sidecar_old_or_new_and_all_can_be_taken_back(tmp_path, records, milliseconds):
    before = sidecar('xmp:Rating="2"', listed("dc:subject", ["sea"]))
    for number in range(40):
        shot(tmp_path, number, **({"xmp": before} if number % 2 else {}))
    folder = tmp_path / "pictures"
    command = [sys.executable, "-c", textwrap.dedent(CHILD), str(folder), str(records)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(milliseconds / 1000)
        process.send_signal(signal.SIGKILL)
    for path in folder.glob("*.xmp"):
        content = path.read_bytes()
        assert content == before or read_marks(content).stars == -1, path
    take_back(records, Task())
    assert all(path.read_bytes() == before for path in folder.glob("*.xmp"))
    assert len(list(folder.glob("*.xmp"))) == 20
    assert not [path for path in folder.iterdir() if path == temporary_beside(path) or path.name.startswith(".")]
