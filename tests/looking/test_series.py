"""From files to series: by EXIF, thumbnails and names."""

import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from tests.analysis.test_series import clouds, panorama

from shoal.domain.geometry import Rows, StageKey
from shoal.domain.images import ContentHash, FileStamp, ImageFacts, ImageId, ImageRecord
from shoal.domain.stacks import BRACKET, NEAR, PANORAMA
from shoal.domain.task import Task
from shoal.imaging.shooting import burst_of, shooting_of
from shoal.looking import series as module
from shoal.looking.series import Earlier, find_shoot, shoot_key

BIAS, TIME, MODE = 0x9204, 0x829A, 0xA402


def record(number: int, path: Path, taken: str | None) -> ImageRecord:
    facts = ImageFacts(720, 480, "JPEG", taken, "Canon EOS R6")
    return ImageRecord(ImageId(number), path, "", FileStamp(1, 1), ContentHash(f"{number:032x}"), facts)


def written(path: Path, **details) -> Path:
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({int(tag[1:]): value for tag, value in details.items()})
    Image.new("RGB", (8, 8)).save(path, exif=exif)
    return path


def shoot_of(records, pictures=None):
    def small(one: ImageRecord):
        return None if pictures is None else np.repeat(pictures[one.id][..., np.newaxis], 3, axis=2).astype(np.uint8)

    return find_shoot(Rows(np.arange(len(records)), StageKey("e")), records, small, Task())


def test_a_bracket_is_found_among_other_shots(tmp_path):
    steps = [None, 0, -1, 1, None]
    records = [
        record(n, written(tmp_path / f"{n}.jpg", **({} if step is None else {f"_{BIAS}": IFDRational(step, 1)})), taken)
        for n, (step, taken) in enumerate(
            zip(steps, [f"2024-05-31T10:00:0{n}" for n in range(4)] + ["2024-05-31T15:00:00"], strict=True)
        )
    ]
    found = shoot_of(records)
    assert found.kinds.tolist() == [NEAR, BRACKET, BRACKET, BRACKET, NEAR]
    assert found.series.tolist() == [-1, 0, 0, 0, -1]


def test_a_panorama_is_found_by_thumbnails(tmp_path):
    pictures = [*panorama(), clouds(77)]
    records = [record(n, written(tmp_path / f"{n}.jpg"), f"2024-05-31T10:00:{n * 4:02}") for n in range(len(pictures))]
    assert shoot_of(records, [np.clip(grey, 0, 255) for grey in pictures]).kinds.tolist() == [PANORAMA] * 4 + [NEAR]


def test_a_burst_is_in_order_by_fractions_of_seconds_and_by_numbers_in_names(tmp_path):
    named = ["x.jpg", "IMG_20240531_100000_BURST002.jpg", "IMG_20240531_100000_BURST010.jpg", "b.jpg", "none.jpg"]
    taken = ["2024-05-31T10:00:01.5", *["2024-05-31T10:00:00"] * 2, "2024-05-31T10:00:01.25", None]
    records = [record(n, tmp_path / name, when) for n, (name, when) in enumerate(zip(named, taken, strict=True))]
    assert shoot_of(records).shots.tolist() == [3, 0, 1, 2, 4]


def note_of(order: str) -> bytes:
    """As Panasonic writes it: two entries, the second of which counts the shots of a burst."""
    entries = [(0x0001, 3, 1, 5), (0x002B, 4, 1, 7)]
    packed = [struct.pack(order + ("HHIHxx" if entry[1] == 3 else "HHII"), *entry) for entry in entries]
    return b"Panasonic\0\0\0" + struct.pack(order + "H", len(entries)) + b"".join(packed)


@pytest.mark.parametrize("order", ["<", ">"])
def test_cameras_number_bursts_in_their_notes(order):
    note = note_of(order)
    assert burst_of(note, order) == (7, "")
    assert burst_of(note.replace(b"Panasonic", b"Panasomic"), order) == (None, "")
    assert burst_of(note[:20], order) == (None, "")
    assert burst_of(b"", order) == (None, "")


def of_maker(head: bytes, order: str, tag: int, kind: int, count: int, content: bytes) -> bytes:
    """A note with another entry before the one that counts; what is longer than four bytes stands behind them."""
    start = len(head) + 2 + 2 * 12
    value = content.ljust(4, b"\0") if len(content) <= 4 else struct.pack(order + "I", start)
    entries = struct.pack(order + "HHIHxx", 0x0001, 3, 1, 9) + struct.pack(order + "HHI", tag, kind, count) + value
    return head + struct.pack(order + "H", 2) + entries + content


def numbers_of(order: str, *numbers: int) -> bytes:
    return struct.pack(f"{order}{len(numbers)}I", *numbers)


@pytest.mark.parametrize(
    "note",
    [
        of_maker(b"FUJIFILM\x0c\0\0\0", "<", 0x1101, 3, 1, struct.pack("<H", 4)),
        of_maker(b"OLYMPUS\0II\3\0", "<", 0x0200, 4, 3, numbers_of("<", 2, 4, 0)),
        of_maker(b"OM SYSTEM\0\0\0II\4\0", "<", 0x0200, 4, 3, numbers_of("<", 2, 4, 0)),
        of_maker(b"SONY DSC \0\0\0", ">", 0xB04A, 3, 1, struct.pack(">H", 4)),
    ],
)
def test_each_maker_in_its_own_way(note):
    assert burst_of(note, ">") == (4, "")
    for length in range(len(note)):
        assert burst_of(note[:length], ">")[0] in (4, None)


BURSTS = [f"{letter * 8}-1111-2222-3333-444444444444" for letter in "AB"]


def apple(burst: str) -> bytes:
    return of_maker(b"Apple iOS\0\0\1MM", ">", 0x000B, 2, 37, burst.encode() + b"\0")


def test_telephones_say_to_which_burst_a_shot_belongs():
    assert burst_of(apple(BURSTS[0]), "<") == (None, BURSTS[0])


def test_two_bursts_within_a_second_are_not_mixed(tmp_path):
    """Without fractions of a second; two telephones wrote into one folder."""
    notes = [apple(BURSTS[0]), apple(BURSTS[1]), apple(BURSTS[0]), apple(BURSTS[1])]
    records = [
        record(n, written(tmp_path / f"{n}.jpg", _37500=note), "2024-05-31T10:00:00") for n, note in enumerate(notes)
    ]
    assert shoot_of(records).shots.tolist() == [0, 2, 1, 3]


def test_the_number_is_read_of_a_file(tmp_path):
    numbers = {shooting_of(written(tmp_path / "a.jpg", _37500=note_of(order))).number for order in "<>"}
    assert 7 in numbers


def test_days_alone_are_no_moments_and_the_key_covers_what_counts(tmp_path):
    records = [record(n, tmp_path / f"{n}.jpg", "2024-05-31") for n in range(3)]
    assert shoot_of(records).shots.tolist() == [0, 1, 2]
    later = [record(n, tmp_path / f"{n}.jpg", "2024-06-01") for n in range(3)]
    assert shoot_key(records) == shoot_key(list(records)) != shoot_key(later)


def test_what_is_as_it_was_is_not_looked_at_again(tmp_path, monkeypatch):
    steps = [0, -1, 1]
    records = [
        record(n, written(tmp_path / f"{n}.jpg", **{f"_{BIAS}": IFDRational(step, 1)}), f"2024-05-31T10:00:0{n}")
        for n, step in enumerate(steps)
    ]
    first = shoot_of(records)
    later = [*records, *(record(3 + n, tmp_path / f"{n}.jpg", f"2024-05-31T12:00:0{n}") for n in range(3))]
    read: list[str] = []
    monkeypatch.setattr(module, "shooting_of", lambda path: read.append(path.name) or shooting_of(path))
    rows, same = Rows(np.arange(6), StageKey("f")), np.array([True] * 3 + [False] * 3)
    again = find_shoot(rows, later, lambda _record: None, Task(), Earlier(first, same))
    assert again.kinds.tolist() == [BRACKET] * 6
    assert again.series.tolist() == [0, 0, 0, 1, 1, 1]
    assert read == ["0.jpg", "1.jpg", "2.jpg"]
    assert find_shoot(rows, later, lambda _record: None, Task(), Earlier(first, ~same)).kinds.tolist() == [BRACKET] * 6
