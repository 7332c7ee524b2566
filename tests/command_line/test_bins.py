"""Named bins from one folder, and other pictures that fall into them; sub-folders as a start."""

import json
from pathlib import Path

import pytest
from tests.support.sample_folder import make_folder
from tests.support.untouched import as_it_is_now

from shoal.command_line.cli import main

KINDS = ("ball", "chair", "apple")
MODEL = ["--model", "colour-layout"]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))


def run(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> dict:
    assert main(["sort", *map(str, arguments), "--json"]) == code
    return json.loads(capsys.readouterr().out)


def in_sub_folders(folder: Path) -> Path:
    """Each kind in a sub-folder of its name, but one ball among the chairs."""
    make_folder(folder, KINDS, range(6))
    (folder / "ball" / "ball-0.jpg").rename(folder / "chair" / "ball-0.jpg")
    return as_it_is_now(folder)


def test_sub_folders_are_the_start_and_their_bins_take_other_pictures(tmp_path, capsys):
    scheme = tmp_path / "kinds.shoal-scheme"
    first = in_sub_folders(tmp_path / "first")
    told = run(capsys, first, "--to", tmp_path / "a", "--start-from-folders", "--save-scheme", scheme, *MODEL)
    assert {one["name"] for one in told["clusters"]} == set(KINDS)
    assert ("chair", "ball") in {(one["cluster"], one["rather"]) for one in told["disagreements"]}
    others = make_folder(tmp_path / "others", KINDS[:2], range(10, 14))
    again = run(capsys, others, "--to", tmp_path / "b", "--scheme", scheme)
    assert again["model"] == "colour-layout"
    assert {one["name"] for one in again["clusters"]} <= set(KINDS)
    assert sum(one["count"] for one in again["clusters"]) + again["unsorted"] == 8


def test_a_scheme_is_never_written_over_and_its_model_is_needed(tmp_path, capsys):
    first, scheme = in_sub_folders(tmp_path / "first"), tmp_path / "kinds.shoal-scheme"
    asked = ["sort", first, "--to", tmp_path / "a", "--start-from-folders", "--save-scheme", scheme, *MODEL]
    assert main([str(one) for one in asked]) == 0
    assert main([str(one) for one in asked]) == 1
    assert "nothing is ever overwritten" in capsys.readouterr().err
    assert main(["sort", str(first), "--to", str(tmp_path / "b"), "--scheme", str(first / "none")]) == 1
    assert "cannot be read" in capsys.readouterr().err
