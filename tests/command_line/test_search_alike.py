"""`shoal search --like`, and the same from Python."""

import json
import shutil
from pathlib import Path

import pytest
from tests.support.sample_folder import make_folder

import shoal
from shoal.command_line.cli import main

MODEL = "colour-layout"


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    return make_folder(tmp_path / "pictures", ("ball", "chair"), range(8))


def searched(capsys, *words: object) -> dict:
    assert main(["search", *map(str, words), "--model", MODEL, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_pictures_like_a_file_that_lies_elsewhere(pictures: Path, tmp_path: Path, capsys):
    files = sorted(file for file in pictures.rglob("*") if file.is_file())
    balls, chairs = ([file for file in files if kind in str(file)] for kind in ("ball", "chair"))
    example = Path(shutil.copy(balls[0], tmp_path / "example.png"))
    told = searched(capsys, pictures, "--like", example, "--unlike", chairs[0], "--limit", 5)
    assert [Path(one["path"]) for one in told["found"] if Path(one["path"]) in chairs] == []
    assert len(told["found"]) == 5
    assert told["like"] == [str(example)]
    found = shoal.search(pictures, like=[example], unlike=[chairs[0]], limit=5, model=MODEL)
    assert [(str(path), score) for path, score in found] == [(one["path"], one["score"]) for one in told["found"]]


@pytest.mark.parametrize("words", [[], ["--like", "nothing-there.jpg"]])
def test_what_cannot_be_looked_for_is_said_at_once(pictures: Path, words: list[str], capsys):
    assert main(["search", str(pictures), *words, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"] in (
        "There is nothing to look for.",
        f"There is no picture {Path('nothing-there.jpg').absolute()}.",
    )
