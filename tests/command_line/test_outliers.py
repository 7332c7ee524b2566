"""`shoal sort --outliers`: what is unlike all others goes into a folder of its own; tables say how odd it is."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from shoal.command_line.cli import main


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Thirty grey ramps, nearly alike, and a check of red and green."""
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    folder, random = tmp_path / "pictures", np.random.default_rng(2)
    folder.mkdir()
    ramp = np.linspace(40, 200, 64)[np.newaxis, :, np.newaxis] * np.ones((64, 1, 3))
    for number in range(30):
        Image.fromarray((ramp + random.normal(0, 6, ramp.shape)).clip(0, 255).astype(np.uint8)).save(
            folder / f"ramp{number:02}.png"
        )
    check = np.indices((64, 64)).sum(axis=0) // 8 % 2
    colours = np.array([[250, 10, 10], [10, 250, 10]], np.uint8)
    Image.fromarray(colours[check]).save(folder / "stranger.png")
    return folder


def test_outliers_get_a_folder_of_their_own_also_the_second_time(pictures: Path, tmp_path: Path, capsys):
    to = tmp_path / "sorted"
    words = ["sort", str(pictures), "--to", str(to), "--model", "colour-layout", "--outliers", "Odd ones", "--json"]
    for _time in range(2):
        assert main(words) == 0
        told = json.loads(capsys.readouterr().out)
        assert {one["name"]: one["count"] for one in told["clusters"]}["Odd ones"] == 1
        assert [file.name for file in (to / "Odd ones").iterdir()] == ["stranger.png"]
    with (to / "clusters.csv").open(newline="") as file:
        isolation = {Path(row["path"]).name: float(row["isolation"]) for row in csv.DictReader(file)}
    assert len(isolation) == 31
    assert all(0.3 < value < 0.9 for value in isolation.values())
    images = json.loads((to / "clusters.json").read_text())["images"]
    assert {Path(one["path"]).name: one["isolation"] for one in images} == pytest.approx(isolation)
