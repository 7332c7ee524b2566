"""`shoal duplicates`: groups of copies of every kind, and what of each may go."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational
from tests.support.blobs import blobs
from tests.support.untouched import as_it_is_now

from shoal.command_line.cli import main


def save(folder: Path, name: str, pixels: np.ndarray, taken: str = "", quality: int = 92, bias: int = 0) -> Path:
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
        exif.get_ifd(0x8769)[0x9204] = IFDRational(bias, 1)
    file = folder / name
    Image.fromarray(pixels).save(file, quality=quality, exif=exif)
    return file


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twelve different ones, and of some a copy: the same file, other metadata, smaller, mirrored, cut, a burst."""
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    folder = tmp_path / "pictures"
    (folder / "kept").mkdir(parents=True)
    for number in range(12):
        save(folder, f"{number:02}.jpg", blobs(number))
    (folder / "kept" / "same-00.jpg").write_bytes((folder / "00.jpg").read_bytes())
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", "a copy")
    Image.fromarray(blobs(21)).save(folder / "plain.png")
    Image.fromarray(blobs(21)).save(folder / "plain-told.png", pnginfo=said)
    save(folder, "02-small.jpg", np.asarray(Image.fromarray(blobs(2)).resize((160, 120))), quality=60)
    save(folder, "03-mirrored.jpg", np.ascontiguousarray(blobs(3)[:, ::-1]))
    save(folder, "04-cut.jpg", np.ascontiguousarray(blobs(4)[10:220, 20:310]))
    moving = blobs(22).astype(int)
    for shot in range(3):
        noise = np.random.default_rng(shot).normal(0, 4, moving.shape)
        save(folder, f"burst{shot}.jpg", (moving + noise).clip(0, 255).astype(np.uint8), f"2024:05:01 10:00:0{shot}")
    return as_it_is_now(folder)


def told(capsys, *words: object) -> dict[str, tuple[str, list[str], list[str]]]:
    """Of each group its kind, what stays and what may go, by the name that comes first."""
    assert main(["duplicates", *map(str, words), "--json"]) == 0
    groups = json.loads(capsys.readouterr().out)["groups"]
    named = [
        (one["kind"], [Path(path).name for path in one["keep"]], [Path(path).name for path in one["spare"]])
        for one in groups
    ]
    return {min(keep + spare): (kind, keep, spare) for kind, keep, spare in named}


def test_copies_of_every_kind_are_grouped_and_the_best_stays(pictures: Path, capsys):
    groups = told(capsys, pictures)
    kind, keep, spare = groups.pop("burst0.jpg")
    assert (kind, sorted(keep + spare)) == ("series", ["burst0.jpg", "burst1.jpg", "burst2.jpg"])
    assert groups == {
        "00.jpg": ("exact", ["00.jpg"], ["same-00.jpg"]),
        "plain-told.png": ("pixels", ["plain-told.png"], ["plain.png"]),
        "02-small.jpg": ("near", ["02.jpg"], ["02-small.jpg"]),
        "03-mirrored.jpg": ("near", *_either("03-mirrored.jpg", "03.jpg", groups)),
        "04-cut.jpg": ("near", ["04.jpg"], ["04-cut.jpg"]),
    }


def _either(one: str, other: str, groups: dict) -> tuple[list[str], list[str]]:
    """Equally large ones: the sharper stays, whichever that is."""
    keep = groups[min(one, other)][1]
    return keep, [name for name in (one, other) if name not in keep]


def test_what_lies_in_the_reference_folder_stays(pictures: Path, capsys):
    groups = told(capsys, pictures, "--reference", pictures / "kept")
    assert groups["00.jpg"] == ("exact", ["same-00.jpg"], ["00.jpg"])


def test_people_are_told_what_may_go_and_that_nothing_went(pictures: Path, capsys):
    assert main(["duplicates", str(pictures), "--keep", "oldest"]) == 0
    said = capsys.readouterr().out
    assert "Found 6 groups of duplicates among 21 pictures; 7 may go:" in said
    assert "Nothing was moved or removed." in said


def test_a_folder_without_duplicates_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(3):
        save(folder, f"{number}.jpg", blobs(number))
    assert main(["duplicates", str(folder)]) == 0
    assert "No two of 3 pictures are copies of each other." in capsys.readouterr().out


def trash_and_back(capsys, *words: object) -> dict:
    main(["duplicates", *map(str, words), "--json"])
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def bin_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "Trash" / "files"


def test_to_the_trash_it_is_only_said_what_would_go(pictures: Path, bin_of_its_own: Path, capsys):
    assert main(["duplicates", str(pictures), "--to-trash"]) == 0
    said = capsys.readouterr().out
    assert "Nothing was moved yet: with --yes as well 5 files would go to the trash." in said
    assert "burst" not in said, "shots of one moment are alike on purpose"
    assert not bin_of_its_own.exists()


@pytest.mark.changes_pictures("copies go to the trash")
def test_yes_moves_them_to_the_trash_and_from_there_they_come_back(pictures: Path, bin_of_its_own: Path, capsys):
    before = {file: file.read_bytes() for file in pictures.rglob("*") if file.is_file()}
    found = trash_and_back(capsys, pictures, "--reference", pictures / "kept" / ".." / "kept", "--to-trash", "--yes")
    gone = {Path(file).name for file in found["trashed"]}
    assert len(gone) == 5
    assert "00.jpg" in gone, "what lies in the reference folder stays, however that is written"
    assert found["stayed"] == []
    assert {file.name for file in bin_of_its_own.iterdir()} == gone
    back = trash_and_back(capsys, pictures, "--from-trash")
    assert {Path(file).name for file in back["brought_back"]} == gone
    assert {file: file.read_bytes() for file in pictures.rglob("*") if file.is_file()} == before
    assert trash_and_back(capsys, pictures, "--from-trash")["error"].startswith("Nothing of")


def test_only_the_kinds_that_are_asked_for(pictures: Path, capsys):
    groups = told(capsys, pictures, "--kind", "exact", "--kind", "series")
    assert sorted(groups) == ["00.jpg", "burst0.jpg"]


def test_with_another_model_copies_are_told_by_looks_alone(pictures: Path, capsys):
    groups = told(capsys, pictures, "--model", "colour-layout")
    assert {"00.jpg", "02-small.jpg", "03-mirrored.jpg", "plain-told.png"} <= groups.keys()
    assert {len(keep) for _kind, keep, _spare in groups.values()} == {1}


@pytest.fixture
def bracket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three exposures of one scene, which are nearly the same picture, and four pictures of other things."""
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(4):
        save(folder, f"{number}.jpg", blobs(number))
    for shot, bias in enumerate((0, -1, 1)):
        lit = (blobs(22) * (1 + 0.03 * bias)).clip(0, 255).astype(np.uint8)
        save(folder, f"bracket{shot}.jpg", lit, f"2024:05:01 10:00:0{shot}", bias=bias)
    return as_it_is_now(folder)


def test_a_bracket_is_kept_whole_no_part_of_it_is_a_duplicate_and_all_are_written(bracket: Path, tmp_path, capsys):
    assert told(capsys, bracket) == {}
    assert main(["sort", str(bracket), "--to", str(tmp_path / "out"), "--only-tops", "--clusters", "2"]) == 0
    names = {path.name for path in (tmp_path / "out").rglob("*.jpg")}
    assert {"bracket0.jpg", "bracket1.jpg", "bracket2.jpg"} <= names
