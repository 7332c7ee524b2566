"""Whole families, and what is left alone, as `shoal sort` does and tells it."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.support.sample_folder import make_folder

from shoal.command_line.cli import main

FAMILY = (
    "IMG_1.JPG", "IMG_1.dng", "IMG_1.xmp", "IMG_1.JPG.xmp", "IMG_1_01.JPG.xmp", "IMG_1.MOV", "IMG_1.AAE", "IMG_1.WAV",
    "IMG_1.JPG.pp3", "IMG_1.JPG.dop", "IMG_1.on1", "IMG_1.JPG.supplemental-metadata.json", "IMG_1.JPG.own-notes",
    "CaptureOne/Settings50/IMG_1.dng.cos", "NKSC_PARAM/IMG_1.JPG.nksc",
)  # fmt: skip


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four pictures, one of them with all that can belong to it, and things that are nobody's loose pictures."""
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    folder = tmp_path / "pictures"
    drawn = sorted(make_folder(tmp_path / "drawn", ("ball", "chair"), range(2)).rglob("*.jpg"))
    folder.mkdir()
    for name, source in zip(("IMG_1.JPG", "b.jpg", "c.jpg", "d.jpg"), drawn, strict=True):
        (folder / name).write_bytes(source.read_bytes())
    for member in FAMILY[1:]:
        path = folder / member
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(member)
    for other in ("X.photoslibrary/originals/e.jpg", "@Recycle/f.jpg"):
        path = folder / other
        path.parent.mkdir(parents=True)
        path.write_bytes(drawn[0].read_bytes())
    (folder / "retouched.psd").write_text("8BPS")
    return folder


def sort(*words: object) -> int:
    return main(["sort", *map(str, words), "--model", "colour-layout"])


def below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def together(out: Path, lead: str) -> set[str]:
    """What lies in the folder of this picture."""
    (picture,) = out.glob(f"*/{lead}")
    return below(picture.parent)


@pytest.mark.parametrize("action", ["copy", "move", "hardlink", "symlink"])
@pytest.mark.changes_pictures("moves them")
def test_a_family_travels_whole_and_back(pictures, tmp_path, action, capsys):
    out, before = tmp_path / "out", below(pictures)
    assert sort(pictures, "--to", out, "--by", action) == 0
    assert set(FAMILY) <= together(out, "IMG_1.JPG")
    assert below(pictures).isdisjoint(FAMILY) == (action == "move")
    told = capsys.readouterr().out
    assert "14 files that belong to pictures go with them" in told
    assert ("exiv2" in told) == (action == "hardlink")
    assert main(["undo-export", str(out)]) == 0
    assert below(pictures) == before
    assert not out.exists() or not below(out)


@pytest.mark.parametrize("action", ["copy", "move"])
@pytest.mark.changes_pictures("moves them")
def test_a_family_is_renamed_in_parallel(pictures, tmp_path, action):
    out = tmp_path / "out"
    assert sort(pictures, "--to", out, "--by", action, "--clusters", 1, "--template", "all/x_{seq}") == 0
    (picture,) = (path for path in out.glob("all/*.JPG"))
    stem = picture.stem
    renamed = {name.replace("IMG_1", stem) for name in FAMILY}
    assert renamed <= below(out / "all")
    assert len(below(out / "all")) == len(FAMILY) + 3


@pytest.mark.changes_pictures("moves them")
def test_a_taken_name_renames_all_of_it(pictures, tmp_path):
    out = tmp_path / "out"
    (out / "all").mkdir(parents=True)
    (out / "all" / "img_1.mov").write_text("somebody else's")
    assert sort(pictures, "--to", out, "--by", "move", "--template", "all/{name}") == 0
    assert {name.replace("IMG_1", "IMG_1 (2)") for name in FAMILY} <= below(out / "all")
    assert (out / "all" / "img_1.mov").read_text() == "somebody else's"


def test_a_dry_run_says_what_becomes_of_each_file(pictures, tmp_path, capsys):
    out = tmp_path / "out"
    assert sort(pictures, "--to", out, "--dry-run", "--json") == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["companions"]["xmp"] == 3
    (lead,) = [one for one in told["plan"] if one["target"].endswith("/IMG_1.JPG")]
    along = [one for one in told["plan"] if one["picture"] == lead["target"]]
    assert lead["picture"] is None
    assert {Path(one["source"]).name for one in along} == {Path(name).name for name in FAMILY[1:]}
    assert not out.exists()


@pytest.mark.changes_pictures("moves them")
def test_what_is_left_alone_is_told_and_stays(pictures, tmp_path, capsys):
    assert sort(pictures, "--to", tmp_path / "out", "--by", "move") == 0
    told = capsys.readouterr().out
    assert "Left alone: @Recycle (a bin), X.photoslibrary (a library of Apple Photos" in told
    assert "--include" in told
    assert "1 other file (1 PSD)" in told
    assert {"X.photoslibrary/originals/e.jpg", "@Recycle/f.jpg", "retouched.psd"} == below(pictures)
    assert sort(pictures, "--to", tmp_path / "out", "--dry-run", "--json") == 1  # nothing is left
    capsys.readouterr()


@pytest.mark.parametrize("command", ["embed", "evaluate", "search"])
def test_every_command_tells_what_it_left_alone(pictures, tmp_path, capsys, command):
    more = {"embed": ["--out", tmp_path / "v.npz"], "evaluate": [], "search": ["cats"]}[command]
    (pictures / "other").mkdir()
    (pictures / "other" / "g.jpg").write_bytes(next(pictures.rglob("*.JPG")).read_bytes())
    words = [command, str(pictures), *map(str, more)]
    model = [] if command == "search" else ["--model", "colour-layout"]
    assert main([*words, "--json", *model]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {Path(one["path"]).name for one in told["left_alone"]} == {"@Recycle", "X.photoslibrary"}
    assert told["not_looked_at"]["psd"] == 1
    if command == "evaluate":
        assert main([*words, *model]) == 0
        said = capsys.readouterr().out
        assert "Left alone: @Recycle (a bin)" in said
        assert "--include" not in said


@pytest.mark.changes_pictures("moves them")
def test_what_is_included_is_looked_into_but_nothing_moves_out(pictures, tmp_path, capsys):
    out = tmp_path / "out"
    include = ("--include", "X.photoslibrary", "--include", pictures / "@Recycle")
    assert sort(pictures, "--to", out, "--by", "move", "--json", *include) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["left_alone"] == []
    assert told["images"] == 6
    assert {Path(one["path"]).name for one in told["skipped"]} == {"e.jpg", "f.jpg"}
    assert {"X.photoslibrary/originals/e.jpg", "@Recycle/f.jpg"} <= below(pictures)
    assert sort(pictures / "X.photoslibrary", "--to", tmp_path / "copies") == 0
    assert {Path(name).name for name in below(tmp_path / "copies")} >= {"e.jpg"}


@pytest.mark.parametrize("action", ["copy", "move"])
@pytest.mark.changes_pictures("moves them")
def test_pictures_are_numbered_as_they_were_taken(tmp_path, monkeypatch, action):
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    folder, out = tmp_path / "pictures", tmp_path / "out"
    folder.mkdir()
    moments = {
        "A_9999": ("10:00:00", "10", "+02:00"),
        "A_0001": ("10:00:00", "9", "+02:00"),
        "B_0500": ("08:00:00", "50", "+00:00"),
        "B_0499": ("09:59:59", "00", "+02:00"),
    }
    for name, (time, fraction, offset) in moments.items():
        image = Image.new("RGB", (64, 48), tuple(name.encode()[1:4]))
        exif = image.getexif()
        exif.get_ifd(0x8769).update({0x9003: f"2024:05:31 {time}", 0x9291: fraction, 0x9011: offset})
        image.save(folder / f"{name}.jpg", exif=exif)
    assert sort(folder, "--to", out, "--by", action, "--clusters", 1, "--template", "all/{seq}_{name}") == 0
    assert sorted(below(out / "all")) == ["0001_B_0499.jpg", "0002_A_9999.jpg", "0003_B_0500.jpg", "0004_A_0001.jpg"]
